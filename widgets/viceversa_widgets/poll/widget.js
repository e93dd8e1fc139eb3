import { freshId, h, option, sayFrom } from "../parts.js";
import { keyed, setText } from "../line.js";

const mostChosen = (counts) => {
  const most = Math.max(0, ...counts.map(({ n }) => n));
  return most ? counts.filter(({ n }) => n === most) : [];
};

// How many chose what: bars for the eye, every number as text, and the gist in a sentence.
export function bars(say) {
  const gist = h("p", { class: "vv-gist" });
  const list = h("ul", { class: "vv-bars" });
  let answered = 0;
  let most = [];
  const draw = keyed(list, ({ key }) => key, () => {
    const words = h("span", { class: "vv-bar-words" });
    const number = h("span", { class: "vv-bar-number" });
    const bar = h("span", { class: "vv-share", "aria-hidden": "true" });
    const element = h("li", {}, words, number, bar);
    return {
      element,
      show: (one) => {
        setText(words, one.words);
        setText(number, say("live-n-of", { n: one.n, of: answered }));
        bar.style.setProperty("--share", answered ? one.n / answered : 0);
        element.classList.toggle("vv-most", most.includes(one));
      },
    };
  });
  return {
    element: h("div", { class: "vv-counts" }, gist, list),
    show: (result) => {
      answered = result.answered;
      most = mostChosen(result.counts);
      const words = most.map((one) => `“${one.words}”`).join(", ");
      const n = most[0]?.n;
      setText(gist, most.length ? say("live-most", { words, n, of: answered }) : say("live-answered", { n: answered }));
      draw(result.counts);
    },
  };
}

// On its own: a question to choose an answer to, and what has been chosen so far.
function renderPoll({ model, el }) {
  const say = sayFrom(model.get("words"));
  const picture = bars(say);
  const name = freshId();
  const inputs = model.get("options").map(({ key }) =>
    h("input", { type: "radio", name, value: key, onchange: () => model.send({ choose: key }) }));
  const choose = h("fieldset", { class: "vv-field", role: "radiogroup" }, h("legend", {}, model.get("ask")),
    h("div", { class: "vv-options" }, ...inputs.map((input, n) => option(input, model.get("options")[n].words))));
  const title = h("p", { class: "vv-ask" }, model.get("ask"));
  el.classList.add("vv", "vv-live");
  el.replaceChildren(choose, title, picture.element);
  const show = () => {
    const counts = model.get("options").map((one) => ({ ...one, n: model.get("counts")[one.key] ?? 0 }));
    const answered = counts.reduce((sum, { n }) => sum + n, 0);
    choose.hidden = !model.get("is_open");
    title.hidden = model.get("is_open");
    picture.element.hidden = !model.get("shown");
    inputs.forEach((input) => (input.checked = input.value === model.get("value")));
    picture.show({ answered, counts });
  };
  show();
  const changes = ["is_open", "shown", "counts", "value"].map((what) => `change:${what}`);
  changes.forEach((change) => model.on(change, show));
  return () => changes.forEach((change) => model.off(change, show));
}

export default { render: renderPoll };
