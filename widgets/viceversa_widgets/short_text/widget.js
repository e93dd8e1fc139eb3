import { h, textBox } from "../parts.js";

export function shortText(field, tools) {
  return textBox(field, tools, h("input", { type: "text", autocomplete: "off" }));
}
