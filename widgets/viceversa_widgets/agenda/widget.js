import { h, sayFrom } from "../parts.js";
import { keyed, setText } from "../line.js";

// The steps in order, with the one that is on now; each can be gone to.
export function agenda(say, go) {
  const list = h("ol", { class: "vv-agenda" });
  let now = null;
  const draw = keyed(list, ({ key }) => key, ({ key }) => {
    const title = h("span", { class: "vv-step-title" });
    const minutes = h("span", { class: "vv-quiet-text" });
    const where = h("button", { type: "button", onclick: () => go(key) }, title, " ", minutes);
    const element = h("li", {}, where);
    return {
      element,
      show: (step) => {
        setText(title, step.title);
        setText(minutes, say("live-minutes", { n: step.minutes }));
        if (step.key === now) where.setAttribute("aria-current", "step");
        else where.removeAttribute("aria-current");
      },
    };
  });
  return { element: list, show: (steps, at) => ((now = at), draw(steps)) };
}

function renderAgenda({ model, el }) {
  const steps = agenda(sayFrom(model.get("words")), (key) => model.send({ go: key }));
  el.classList.add("vv", "vv-live");
  el.replaceChildren(steps.element);
  const show = () => steps.show(model.get("steps"), model.get("at"));
  show();
  const changes = ["change:steps", "change:at"];
  changes.forEach((change) => model.on(change, show));
  return () => changes.forEach((change) => model.off(change, show));
}

export default { render: renderAgenda };
