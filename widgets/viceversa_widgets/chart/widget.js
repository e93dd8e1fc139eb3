import { freshId, h } from "../parts.js";

// A drawing from the kernel, with the same said in words. The drawing lives in a shadow root:
// its ids and its style rules (matplotlib writes one for "*") stay its own.
function renderChart({ model, el }) {
  const id = freshId();
  const title = h("figcaption", { id });
  const drawing = h("div", { class: "vv-drawing", role: "img", "aria-labelledby": id });
  const said = h("div", { class: "vv-text" });
  const inside = drawing.attachShadow({ mode: "open" });
  el.classList.add("vv");
  el.replaceChildren(h("figure", { class: "vv-chart" }, title, drawing, said));
  const show = () => {
    title.textContent = model.get("title") ?? "";
    inside.innerHTML = model.get("svg") ?? "";
    const svg = inside.querySelector("svg");
    svg?.setAttribute("style", "display:block;max-width:100%;height:auto");
    // Without a view box a drawing is cropped, not made smaller, on a narrow page.
    if (svg && !svg.hasAttribute("viewBox"))
      svg.setAttribute("viewBox", `0 0 ${svg.width.baseVal.value} ${svg.height.baseVal.value}`);
    said.innerHTML = model.get("said_html") ?? "";
    drawing.hidden = !model.get("svg");
  };
  show();
  const changes = ["change:svg", "change:said_html", "change:title"];
  changes.forEach((change) => model.on(change, show));
  return () => changes.forEach((change) => model.off(change, show));
}

export default { render: renderChart };
