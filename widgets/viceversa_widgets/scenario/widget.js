import { button, group, h, heard } from "../parts.js";

const trusted = (kind, html) => {
  const element = h("div", { class: kind });
  element.innerHTML = html ?? ""; // made safe where it was made
  return element;
};

// A situation: choose, see what follows for each side, go back and try another.
// Its value is the list of what has been tried.
export function scenario(field, tools) {
  let tried = [];
  const words = (key) => field.choices.find((one) => one.key === key)?.words ?? "";
  const marks = field.choices.map(() => h("span", { class: "vv-tried" }));
  const buttons = field.choices.map((choice, n) => {
    const one = button("", () => follow(choice));
    one.append(h("span", {}, choice.words), marks[n]);
    return one;
  });
  const choices = h("div", { class: "vv-courses" }, ...buttons);
  const course = h("section", { class: "vv-course", tabindex: -1, hidden: true });
  const side = (name, text) => h("div", {}, h("p", { class: "vv-side" }, tools.say(name)), h("p", {}, text));
  const debrief = h("details", { class: "vv-debrief", hidden: true },
    h("summary", {}, tools.say("scenario-debrief")),
    trusted("vv-text", field["debrief-html"].both),
    ...["mentor", "mentee"].flatMap((role) => [
      h("p", { class: "vv-side" }, tools.say(`scenario-for-${role}`)), trusted("vv-text", field["debrief-html"][role]),
    ]));

  const back = () => {
    const place = field.choices.findIndex(({ key }) => key === course.dataset.choice);
    course.hidden = true;
    choices.hidden = false;
    (buttons[place] ?? buttons[0]).focus();
  };
  const follow = (choice) => {
    tried = field.choices.map(({ key }) => key).filter((key) => tried.includes(key) || key === choice.key);
    course.dataset.choice = choice.key;
    course.setAttribute("aria-label", choice.words);
    course.replaceChildren(
      h("p", { class: "vv-chosen" }, heard(`${tools.say("scenario-chosen")} `), choice.words),
      h("p", {}, choice.then),
      h("div", { class: "vv-sides" }, side("scenario-for-mentor", choice.mentor), side("scenario-for-mentee", choice.mentee)),
      button(tools.say("scenario-back"), back));
    choices.hidden = true;
    course.hidden = false;
    course.focus();
    mark();
    tools.changed(tried, { now: true });
  };
  const mark = () => {
    field.choices.forEach(({ key }, n) => (marks[n].textContent = tried.includes(key) ? tools.say("scenario-tried") : ""));
    debrief.hidden = !tried.length;
  };
  return {
    element: group(field, tools, null,
      trusted("vv-text vv-situation", field["situation-html"]), choices, course, debrief),
    read: () => tried,
    write: (value) => ((tried = Array.isArray(value) ? value : []), mark()),
    focus: () => buttons[0].focus(),
    say: (value) => (value ?? []).map(words).join("\n"),
  };
}
