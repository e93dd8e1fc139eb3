import { button, freshId, h, sayFrom } from "../parts.js";
import { keyed, setText } from "../line.js";

const MOST_IN_CLOUD = 60;

// Words as large as they were often named, and a list that says the same.
export function cloud(say, listed = true) {
  const picture = h("p", { class: "vv-cloud", "aria-hidden": "true" });
  const list = h("ul", { class: "vv-cloud-list" });
  const title = h("p", { class: "vv-quiet-text" });
  let most = 1;
  const draw = keyed(picture, ({ text }) => text, ({ text }) => {
    const element = h("span", {}, text);
    return { element, show: ({ n }) => element.style.setProperty("--often", most > 1 ? (n - 1) / (most - 1) : 0.3) };
  });
  const tell = keyed(list, ({ text }) => text, () => {
    const element = h("li");
    return { element, show: ({ text, n }) => setText(element, n > 1 ? say("live-word-times", { text, n }) : text) };
  });
  return {
    element: h("div", { class: "vv-words-named" }, picture, ...(listed ? [title, list] : [])),
    show: ({ texts }) => {
      const sorted = [...texts].sort((one, other) => other.n - one.n || one.text.localeCompare(other.text));
      most = Math.max(1, ...texts.map(({ n }) => n));
      setText(title, say("live-words-listed", { n: texts.length }));
      draw(sorted.slice(0, MOST_IN_CLOUD).sort((one, other) => one.text.localeCompare(other.text)));
      tell(sorted);
    },
  };
}

// What people wrote, each in full.
export function sayings() {
  const list = h("ul", { class: "vv-sayings" });
  const draw = keyed(list, ({ text }) => text, () => {
    const element = h("li");
    return { element, show: ({ text }) => setText(element, text) };
  });
  return { element: list, show: ({ texts }) => draw(texts) };
}

// On its own: somebody adds words, and the cloud grows.
function renderWordCloud({ model, el }) {
  const say = sayFrom(model.get("words"));
  const picture = cloud(say);
  const input = h("input", { type: "text", id: freshId(), autocomplete: "off", maxlength: 100 });
  const add = () => {
    if (input.value.trim()) model.send({ add: input.value.trim() });
    input.value = "";
    input.focus();
  };
  input.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && add());
  const form = h("div", { class: "vv-field vv-add-word" },
    h("label", { class: "vv-ask", for: input.id }, model.get("ask")),
    h("div", { class: "vv-beside" }, input, button(say("live-add-word"), add)));
  const title = h("p", { class: "vv-ask" }, model.get("ask"));
  el.classList.add("vv", "vv-live");
  el.replaceChildren(form, title, picture.element);
  const show = () => {
    form.hidden = !model.get("is_open");
    title.hidden = model.get("is_open");
    picture.element.hidden = !model.get("texts").length;
    picture.show({ texts: model.get("texts") });
  };
  show();
  const changes = ["change:texts", "change:is_open"];
  changes.forEach((change) => model.on(change, show));
  return () => changes.forEach((change) => model.off(change, show));
}

export default { render: renderWordCloud };
