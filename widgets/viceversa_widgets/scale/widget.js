import { h, option, pickOne } from "../parts.js";

// Seven places between two statements, and "it depends": eight radios of one group.
export function scale(field, tools) {
  const { left, right } = field;
  const places = [1, 2, 3, 4, 5, 6, 7].map((value) => {
    const words = tools.say(`scale-${value}`, { left, right });
    return { value, words, heard: words };
  });
  const depends = { value: "it-depends", words: tools.say("it-depends") };
  return pickOne(field, tools, [...places, depends], (inputs) => [
    h("div", { class: "vv-between" },
      h("p", { class: "vv-left" }, left),
      h("div", { class: "vv-points" },
        ...inputs.slice(0, 7).map((input) => h("label", { class: "vv-point" }, input))),
      h("p", { class: "vv-right" }, right)),
    option(inputs[7], depends.words),
  ]);
}
