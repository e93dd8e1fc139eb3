import { h, sayFrom } from "../parts.js";

// How many answers there are, as a bar and in words; it follows the kernel's count.
function renderProgress({ model, el }) {
  const say = sayFrom(model.get("words"));
  const bar = h("progress", {});
  const text = h("span", { class: "vv-progress-text" });
  el.classList.add("vv");
  el.replaceChildren(h("label", { class: "vv-progress" }, text, bar));
  const show = () => {
    const answered = model.get("answered") ?? 0;
    const of = model.get("of") ?? 0;
    text.textContent = say("progress", { answered, of });
    bar.max = Math.max(1, of);
    bar.value = answered;
  };
  show();
  model.on("change:answered", show);
  model.on("change:of", show);
  return () => {
    model.off("change:answered", show);
    model.off("change:of", show);
  };
}

export default { render: renderProgress };
