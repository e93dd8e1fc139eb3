import { h, single, wholeDate } from "../parts.js";

export function date(field, tools) {
  const input = h("input", { type: "date", min: field.earliest, max: field.latest });
  const { read, write } = wholeDate(input, tools, () => tools.changed(read()));
  return {
    element: single(field, tools, input),
    typed: true, read, write,
    focus: () => input.focus(),
    say: (value) => value ?? "",
  };
}
