import { h, textBox } from "../parts.js";

export function longText(field, tools) {
  return textBox(field, tools, h("textarea", { rows: 4 }));
}
