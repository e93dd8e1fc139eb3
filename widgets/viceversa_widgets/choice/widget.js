import { h, option, pickOne } from "../parts.js";

export function choice(field, tools) {
  const options = field.options.map(({ key, words }) => ({ value: key, words }));
  return pickOne(field, tools, options, (inputs) => [
    h("div", { class: "vv-options" }, ...inputs.map((input, n) => option(input, options[n].words))),
  ]);
}
