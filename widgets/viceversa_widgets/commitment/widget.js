import { h, textBox } from "../parts.js";

// One thing to do, in one's own words; examples show how small it may be.
export function commitment(field, tools) {
  const { examples = [] } = field;
  const such = h("div", { class: "vv-help", id: tools.id("examples") },
    h("p", {}, tools.say("commitment-such-as")), h("ul", {}, ...examples.map((one) => h("li", {}, one))));
  const before = examples.length ? [...tools.before, such] : tools.before;
  return textBox(field, { ...tools, before }, h("textarea", { rows: 3 }));
}
