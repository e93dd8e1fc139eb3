import { h, option, pickOne } from "../parts.js";

// A question to oneself: the answer that is chosen explains itself, and then so do the others.
export function check(field, tools) {
  const options = field.options.map(({ key, words }) => ({ value: key, words }));
  const verdict = h("p", { class: "vv-verdict" });
  const feedback = h("p", {});
  const others = h("div", { class: "vv-others" });
  const rest = h("details", {}, h("summary", {}, tools.say("check-others")), others);
  // The live region is there from the start: one that appears with its words is often not read out.
  const region = h("div", { role: "status" });
  const explained = h("div", { class: "vv-explained", hidden: true }, region, rest);
  const tell = (one) => [
    h("p", {}, h("strong", {}, one.words)),
    h("p", {}, tools.say(one.right ? "check-better" : "check-other"), " ", one.feedback),
  ];
  const explain = (value) => {
    const chosen = field.options.find(({ key }) => key === value);
    explained.hidden = !chosen;
    region.replaceChildren(...(chosen ? [verdict, feedback] : []));
    if (!chosen) return;
    verdict.textContent = tools.say(chosen.right ? "check-better" : "check-other");
    feedback.textContent = chosen.feedback;
    explained.classList.toggle("vv-better", Boolean(chosen.right));
    rest.open = false;
    others.replaceChildren(...field.options.filter((one) => one !== chosen).flatMap(tell));
  };
  const changed = (value, how) => (explain(value), tools.changed(value, how));
  const control = pickOne(field, { ...tools, changed }, options, (inputs) => [
    h("div", { class: "vv-options" }, ...inputs.map((input, n) => option(input, options[n].words))),
    explained,
  ]);
  return { ...control, write: (value) => (control.write(value), explain(value)) };
}
