import { button, h } from "../parts.js";
import { bars } from "../poll/widget.js";
import { revealed, trustedText } from "../revealed.js";
import { story } from "../story/widget.js";
import { cloud } from "../word_cloud/widget.js";
import { keyed, setHidden, setText } from "../line.js";

const WITH_RESULT = ["poll", "word-cloud", "check", "scenario", "commitment"];

// What people wrote, each to be ticked for the group to see.
function releasing(say, command, activity) {
  const list = h("ul", { class: "vv-releasing" });
  // Only what is on the screen: a text that comes in meanwhile has not been read.
  let read = [];
  const all = button(say("live-release-all"), () => command("release-all", { activity, items: read }), "small");
  const draw = keyed(list, ({ item }) => item, ({ item }) => {
    const text = h("span", { class: "vv-release-text" });
    const tick = h("input", { type: "checkbox", onchange: () => command(tick.checked ? "release" : "withhold", { activity, item }) });
    return {
      element: h("li", {}, h("label", { class: "vv-option" }, tick, text)),
      show: (now) => {
        tick.checked = now.released;
        setText(text, now.n > 1 ? say("live-word-times", { text: now.text, n: now.n }) : now.text);
      },
    };
  });
  const help = h("legend", { class: "vv-help" }, say("live-release-help"));
  return {
    element: h("fieldset", { class: "vv-release" }, help, list, all),
    show: (texts) => {
      draw(texts);
      read = texts.map(({ item }) => item);
      setHidden(all, texts.every((one) => one.released), list.querySelector("input"));
    },
  };
}

// What is known of the answers so far: a picture, and the same in words.
export function outcome(say, kind, command, activity) {
  const held = h("p", { class: "vv-note" });
  const counted = bars(say);
  const named = cloud(say, false);
  const texts = releasing(say, command, activity);
  const parts = { "held-back": [held], counts: [counted.element], texts: kind === "word-cloud" ? [named.element, texts.element] : [texts.element] };
  const element = h("div", { class: "vv-outcome" }, held, counted.element, named.element, texts.element);
  return {
    element,
    show: (result) => {
      element.hidden = !result;
      if (!result) return;
      for (const one of element.children) one.hidden = !parts[result.kind].includes(one);
      if (result.kind === "held-back") setText(held, say(kind === "word-cloud" || kind === "commitment" ? "live-held-back-texts" : "live-held-back", { n: result.answered, needed: result.needed }));
      if (result.kind === "counts") counted.show(result);
      if (result.kind === "texts") (named.show(result), texts.show(result.texts));
    },
  };
}

// The small groups: how they are dealt, and who is in which.
function dealing(say, command, activity) {
  const list = h("ol", { class: "vv-groups" });
  const none = h("p", { class: "vv-quiet-text" }, say("live-groups-none"));
  const deal = button("", () => command("deal", { activity }));
  const draw = keyed(list, ({ number }) => number, () => {
    const title = h("p", { class: "vv-group-title" });
    const members = h("ul", {});
    const fill = keyed(members, ({ key }) => key, () => {
      const element = h("li");
      return { element, show: ({ name, role }) => setText(element, say("live-in-role", { name, role: say(`live-role-${role}`) })) };
    });
    return {
      element: h("li", {}, title, members),
      show: (one) => {
        setText(title, say("live-group", { n: one.number }));
        fill(one.members.map((member, n) => ({ ...member, key: n })));
      },
    };
  });
  return {
    element: h("div", { class: "vv-dealing" }, h("div", { class: "vv-beside" }, deal), none, list),
    show: (groups) => {
      setText(deal, say(groups.length ? "live-deal-again" : "live-deal"));
      none.hidden = groups.length > 0;
      draw(groups);
    },
  };
}

// What is in it, for the trainer to read beforehand or aloud: it stays the same.
function contents(say, one, level) {
  const told = revealed(say, level + 1);
  told.show(one.revealed);
  const cards = Object.entries(one.cards ?? {}).flatMap(([role, html]) => [h(`h${level + 1}`, {}, say(`live-card-${role}`)), trustedText(html)]);
  const parts = [
    one.story ? story({ ...one.story, text_html: one.story.html }, say, level + 1) : null,
    one.situation_html ? trustedText(one.situation_html) : null, ...cards, one.revealed ? told.element : null,
  ].filter(Boolean);
  return parts.length ? h("details", { class: "vv-contents" }, h("summary", {}, say("live-read-it")), ...parts) : null;
}

// One activity of the step: open and close it, show and hide what came of it.
export function task(say, command, activity, level) {
  const { key, kind, title } = activity;
  let now = {};
  const mark = h("p", { class: "vv-task-state" });
  const progress = h("progress", { "aria-hidden": "true" });
  const answered = h("span", { class: "vv-answered" });
  const count = h("div", { class: "vv-task-count" }, answered, progress);
  const opener = button("", () => command(now.open ? "close" : "open", { activity: key }), "main");
  const shower = button("", () => command(now.shown ? "hide" : "show", { activity: key }));
  const result = outcome(say, kind, command, key);
  const groups = dealing(say, command, key);
  const element = h("section", { class: "vv-task", "aria-label": title },
    h("p", { class: "vv-quiet-text" }, say(`activity-${kind}`)),
    h(`h${level}`, {}, title), mark,
    h("div", { class: "vv-beside" }, opener, shower), count, result.element, groups.element, contents(say, activity, level));
  const name = (one, text) => (setText(one, text), one.setAttribute("aria-label", `${text}: ${title}`));
  shower.hidden = !WITH_RESULT.includes(kind);
  groups.element.hidden = kind !== "breakouts";
  return {
    element,
    show: (state = {}, dealt = []) => {
      now = state;
      element.classList.toggle("vv-is-open", Boolean(now.open));
      setText(mark, say(`live-task-${now.open ? "open" : "closed"}${now.shown ? "-shown" : ""}`));
      name(opener, say(now.open ? "live-close-task" : "live-open-task"));
      name(shower, say(now.shown ? "live-hide-result" : "live-show-result"));
      // Of what is private, nobody knows how many have written.
      count.hidden = !WITH_RESULT.includes(kind) || now.answered === null;
      setText(answered, say("live-answered-of", { n: now.answered ?? 0, of: now.of ?? 0 }));
      progress.max = Math.max(1, now.of ?? 0);
      progress.value = now.answered ?? 0;
      result.show(now.answered ? now.result : null);
      if (kind === "breakouts") groups.show(dealt);
    },
  };
}
