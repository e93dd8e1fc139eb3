import { button, group, h, heard, nounFor, repeating } from "../parts.js";

// One line an item; Enter opens the next one.
export function list(field, tools) {
  const noun = nounFor("item", field, tools);
  const most = field["each-at-most"] ?? Infinity;
  const item = (value, change) => {
    // It grows with its words: on a phone, one line would show four of them.
    const input = h("textarea", { rows: 1, autocomplete: "off", "aria-describedby": tools.describedBy });
    input.value = typeof value === "string" ? value : "";
    const which = heard("");
    const remove = button(tools.say("remove"), null, "quiet");
    remove.append(which);
    const count = h("p", { class: "vv-count vv-wrong", hidden: true });
    const element = h("div", { class: "vv-item" }, input, remove, count);
    input.addEventListener("input", () => {
      if (input.value.includes("\n")) input.value = input.value.replace(/\s*\n\s*/g, " ");
      count.hidden = input.value.length <= most;
      count.textContent = tools.say("too-long", { length: input.value.length, most });
      change(false);
    });
    input.addEventListener("blur", tools.leave);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      entries.after(element);
    });
    const number = (n) => {
      const name = tools.say("numbered", { name: noun, number: n });
      input.id = tools.id(`item-${n}`);
      input.setAttribute("aria-label", name);
      which.textContent = ` ${name}`;
      return name;
    };
    return { element, remove, number, read: () => input.value, focus: () => input.focus() };
  };
  const entries = repeating(field, { ...tools, noun }, item, (value) => !value.trim());
  return {
    ...entries.control,
    element: group(field, tools, null, ...entries.body),
    say: (value) => (value ?? []).join("\n"),
    both: (theirs, mine) => [...theirs, ...mine.filter((one) => !theirs.includes(one))],
  };
}
