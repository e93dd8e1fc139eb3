import { button, h, sayFrom } from "../parts.js";

const GRAVEST_FIRST = ["needs-you", "not-saved", "saving", "saved", "quiet"];

// "Saving" is for the eye only: said aloud after each pause in typing it would drown the rest.
export function saveStatus(words, goThere) {
  const say = sayFrom(words);
  const spoken = h("span", { role: "status" });
  const saving = h("span", { class: "vv-saving", "aria-hidden": "true" }, say("saving"));
  const show = button(say("show-me"), () => goThere?.(), "quiet");
  const element = h("div", { class: "vv-status" }, spoken, saving, show);
  return {
    element,
    show(state, text) {
      element.dataset.state = state;
      show.hidden = !goThere || state !== "needs-you";
      if (state !== "saving" && spoken.textContent !== text) spoken.textContent = text;
    },
  };
}

export function tellPage(detail) {
  return document.dispatchEvent(new CustomEvent("viceversa:status", { detail, cancelable: true }));
}

// On its own it speaks for every sheet of the page, and each sheet's own line then steps back.
function renderStatus({ model, el }) {
  const status = saveStatus(model.get("words"));
  const sheets = new Map();
  el.classList.add("vv");
  el.append(status.element);
  const hear = (event) => {
    event.preventDefault();
    sheets.set(event.detail.name, event.detail);
    const rank = ({ state }) => GRAVEST_FIRST.indexOf(state);
    const gravest = Math.min(...[...sheets.values()].map(rank));
    const latest = rank(event.detail) === gravest ? event.detail : [...sheets.values()].find((one) => rank(one) === gravest);
    status.show(latest.state, latest.text);
  };
  document.addEventListener("viceversa:status", hear);
  document.dispatchEvent(new CustomEvent("viceversa:status-please"));
  return () => document.removeEventListener("viceversa:status", hear);
}

export default { render: renderStatus };
