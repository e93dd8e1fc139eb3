import { button, group, h, heard, nounFor, repeating, wholeDate } from "../parts.js";

const cellBox = {
  "short-text": () => h("input", { type: "text", autocomplete: "off" }),
  "long-text": () => h("textarea", { rows: 2 }),
  date: ({ earliest, latest }) => h("input", { type: "date", min: earliest, max: latest }),
  time: () => h("input", { type: "time" }),
  choice: ({ options }, tools) =>
    h("select", {}, h("option", { value: "" }, tools.say("choose")),
      ...options.map(({ key, words }) => h("option", { value: key }, words))),
};

const cell = (column, value, tools, change) => {
  const box = cellBox[column.kind](column, tools);
  box.value = value ?? "";
  const element = h("label", { class: `vv-column vv-column-${column.kind}` }, h("span", {}, column.ask), box);
  if (column.kind === "date" || column.kind === "time")
    return { element, box, read: wholeDate(box, tools, () => change(false)).read };
  box.addEventListener("input", () => change(column.kind === "choice"));
  box.addEventListener("blur", tools.leave);
  return { element, box, read: () => box.value };
};

// Repeating groups: the same columns for each meeting, or whatever a row is.
export function rows(field, tools) {
  const { columns } = field;
  const noun = nounFor("row", field, tools);
  const row = (value, change) => {
    const cells = columns.map((column) => cell(column, value?.[column.key], tools, change));
    const legend = h("legend", {}, "");
    const which = heard("");
    const remove = button(tools.say("remove"), null, "quiet");
    remove.append(which);
    const element = h("fieldset", { class: "vv-row" },
      legend, h("div", { class: "vv-columns" }, ...cells.map((one) => one.element)), remove);
    const number = (n) => {
      const name = tools.say("numbered", { name: noun, number: n });
      cells.forEach(({ box }, at) => (box.id = tools.id(`row-${n}-${columns[at].key}`)));
      legend.textContent = name;
      which.textContent = ` ${name}`;
      return name;
    };
    const read = () => Object.fromEntries(columns.map(({ key }, n) => [key, cells[n].read()]));
    return { element, remove, number, read, focus: () => cells[0].box.focus() };
  };
  const empty = (value) => Object.values(value).every((text) => !text.trim());
  const entries = repeating(field, { ...tools, noun }, row, empty);
  const words = ({ kind, options }, text) =>
    (kind === "choice" ? options.find(({ key }) => key === text)?.words : text) ?? "";
  const line = (one) => columns.filter(({ key }) => one[key])
    .map((column) => `${column.ask}: ${words(column, one[column.key])}`).join("; ");
  return {
    ...entries.control,
    element: group(field, tools, null, ...entries.body),
    say: (value) => (value ?? []).map(line).join("\n"),
    both: (theirs, mine) => [
      ...theirs, ...mine.filter((one) => !theirs.some((other) => line(other) === line(one)))],
  };
}
