import { h, option, pickOne } from "../parts.js";

const TIMES = ["this-week", "this-month", "this-quarter", "this-year", "longer", "cannot-recall"];

export function howLongAgo(field, tools) {
  const times = TIMES.map((value) => ({ value, words: tools.say(`how-long-ago-${value}`) }));
  return pickOne(field, tools, times, (inputs) => [
    h("div", { class: "vv-options vv-side-by-side" },
      ...inputs.map((input, n) => option(input, times[n].words))),
  ]);
}
