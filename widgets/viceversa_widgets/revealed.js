import { h } from "./parts.js";
import { setHtml } from "./line.js";

export const trustedText = (html, kind = "vv-text") => {
  const element = h("div", { class: kind });
  setHtml(element, html);
  return element;
};

// What is told once the group has answered: why each answer is or is not the better one, or what
// each choice leads to.
export function revealed(say, level) {
  const element = h("div", { class: "vv-revealed" });
  const side = (key, text) => h("div", {}, h("p", { class: "vv-side" }, say(key)), h("p", {}, text));
  const explained = ({ words, right, feedback }) => h("div", { class: `vv-explained${right ? " vv-better" : ""}` },
    h("p", {}, h("strong", {}, words)), h("p", {}, say(right ? "check-better" : "check-other"), " ", feedback));
  const followed = ({ words, then, mentor, mentee }) => h("div", { class: "vv-course" },
    h("p", { class: "vv-chosen" }, words), h("p", {}, then),
    h("div", { class: "vv-sides" }, side("scenario-for-mentor", mentor), side("scenario-for-mentee", mentee)));
  const debrief = (told) => h("div", { class: "vv-debrief" }, h(`h${level}`, {}, say("scenario-debrief")), trustedText(told.both),
    ...["mentor", "mentee"].flatMap((role) => [h("p", { class: "vv-side" }, say(`scenario-for-${role}`)), trustedText(told[role])]));
  let known = "";
  return {
    element,
    show: (one) => {
      element.hidden = !one;
      const text = JSON.stringify(one ?? null);
      if (known === text) return;
      known = text;
      element.replaceChildren(...(one?.options ?? []).map(explained), ...(one?.choices ?? []).map(followed),
        ...(one?.debrief_html ? [debrief(one.debrief_html)] : []));
    },
  };
}
