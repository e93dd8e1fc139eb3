import { h, sayFrom } from "../parts.js";

// What happened to somebody; the page says where the people are made up.
export function story({ title, text_html, made_up }, say, level) {
  const text = h("div", { class: "vv-text" });
  text.innerHTML = text_html ?? ""; // made safe where it was made
  return h("div", { class: "vv-story" },
    h(`h${Math.min(6, level)}`, {}, title), text,
    made_up ? h("p", { class: "vv-quiet-text" }, say("story-made-up")) : null);
}

function renderStory({ model, el }) {
  el.classList.add("vv");
  const { title, text_html, made_up } = Object.fromEntries(
    ["title", "text_html", "made_up"].map((name) => [name, model.get(name)]));
  el.replaceChildren(story({ title, text_html, made_up }, sayFrom(model.get("words")), model.get("heading_level")));
}

export default { render: renderStory };
