import { group, h, option } from "../parts.js";

export function choices(field, tools) {
  const boxes = field.options.map(({ key }) =>
    h("input", { type: "checkbox", value: key, onchange: () => tools.changed(read(), { now: true }) }));
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const most = field["at-most"];
  const named = (key) => field.options.find((one) => one.key === key)?.words ?? "";
  return {
    element: group(field, tools, null,
      most ? h("p", { class: "vv-help" }, tools.say("choose-at-most", { most })) : null,
      h("div", { class: "vv-options" }, ...boxes.map((box, n) => option(box, field.options[n].words)))),
    read,
    write: (value) => boxes.forEach((box) => (box.checked = Boolean(value?.includes?.(box.value)))),
    focus: () => boxes[0].focus(),
    say: (value) => (value ?? []).map(named).join("\n"),
  };
}
