import { button, clock, freshId, h, sayFrom, whoWillSee } from "../parts.js";
import { Drafts, Keeper } from "../keeping.js";
import { saveStatus, tellPage } from "../save_status/widget.js";
import { scale } from "../scale/widget.js";
import { howLongAgo } from "../how_long_ago/widget.js";
import { choice } from "../choice/widget.js";
import { choices } from "../choices/widget.js";
import { shortText } from "../short_text/widget.js";
import { longText } from "../long_text/widget.js";
import { list } from "../list/widget.js";
import { date } from "../date/widget.js";
import { rows } from "../rows/widget.js";
import { check } from "../check/widget.js";
import { scenario } from "../scenario/widget.js";
import { commitment } from "../commitment/widget.js";
import { story } from "../story/widget.js";

const KINDS = {
  scale, "how-long-ago": howLongAgo, choice, choices,
  "short-text": shortText, "long-text": longText, list, date, rows,
  check, scenario, commitment,
};
const REPLIES = { saved: "saved", refused: "refusedBy", stale: "stale", unsaved: "unsaved" };
const NEWS_EVERY = 4000;
// A page where neither of two people has done anything for a while asks less often.
const QUIET_AFTER = 180000;
const NEWS_WHEN_QUIET = 15000;

const together = {
  "short-text": (theirs, mine) => `${theirs} / ${mine}`,
  "long-text": (theirs, mine) => `${theirs}\n\n${mine}`,
};

function conflictBox(question, tools) {
  const { field, keeper, control } = question;
  const both = control.both ?? together[field.kind];
  const answer = (value, seen_by) => {
    control.write(value);
    question.who.write(seen_by);
    keeper.choose(value, seen_by);
    control.focus();
  };
  const text = (key, value) => h("div", { class: "vv-version" },
    h("p", {}, tools.say(key)), h("blockquote", {}, control.say(value) || tools.say("nothing")));
  const draw = ({ theirs, by, at, seen_by }, mine) => [
    h("p", { class: "vv-wrong" },
      tools.say(at ? "stale" : "stale-undated", { by: by || tools.say("someone"), at: clock(at) })),
    h("div", { class: "vv-versions" }, text("mine", mine.value), text("theirs", theirs)),
    h("p", { class: "vv-buttons" },
      button(tools.say("keep-mine"), () => answer(keeper.draft.value, keeper.draft.seen_by)),
      button(tools.say("keep-theirs"), () => answer(theirs, seen_by)),
      both && theirs && mine.value
        ? button(tools.say("keep-both"), () => answer(both(theirs, keeper.draft.value), keeper.draft.seen_by))
        : null),
  ];
  const element = h("div", { class: "vv-conflict", role: "group", "aria-label": tools.say("two-versions"), hidden: true });
  let shown;
  return {
    element,
    show() {
      element.hidden = !keeper.conflict;
      if (shown === keeper.conflict) {
        const mine = element.querySelector("blockquote");
        if (shown) mine.textContent = control.say(keeper.draft.value) || tools.say("nothing");
        return;
      }
      shown = keeper.conflict;
      element.replaceChildren(...(shown ? draw(shown, keeper.draft) : []));
    },
  };
}

// One field: its control, who will see it, and what there is to say about it.
function ask(field, sheet) {
  const question = { field };
  const id = (suffix) => `${sheet.id}-${field.key}-${suffix}`;
  const note = h("p", { class: "vv-note", id: id("note"), hidden: true });
  const wrong = h("p", { class: "vv-wrong", id: id("wrong"), hidden: true });
  const help = field.help ? h("p", { class: "vv-help", id: id("help") }, field.help) : null;
  const keeper = new Keeper(field, sheet.answers()[field.key], sheet.drafts, sheet.send, () => show());
  const setText = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
    node.hidden = !text;
  };
  let trouble = null;
  let noteIsAboutDraft = false;
  const tools = {
    words: sheet.words, say: sheet.say, id, announce: sheet.announce,
    describedBy: [help && id("help"), id("who"), id("note"), id("wrong")].filter(Boolean).join(" "),
    after: [note, wrong],
    changed: (value, { now = false } = {}) => keeper.change(value, question.who.read(), now),
    leave: () => keeper.timer && keeper.send(),
    trouble: (text) => ((trouble = text), show()),
  };
  question.keeper = keeper;
  question.who = whoWillSee(field, tools, (seen_by) => keeper.change(question.control.read(), seen_by, true));
  tools.before = [help, question.who.element];
  const control = (question.control = KINDS[field.kind](field, tools));
  const conflict = conflictBox(question, tools);
  wrong.after(conflict.element);
  const element = (question.element = control.element);
  element.dataset.field = field.key;

  const show = () => {
    if (Boolean(keeper.draft) !== noteIsAboutDraft) setText(note, "");
    setText(wrong, trouble ?? keeper.why);
    const boxes = element.querySelectorAll("input:not([type=radio]), textarea, .vv-column select");
    for (const box of element.role === "radiogroup" ? [element] : boxes) {
      if (keeper.refused) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
    conflict.show();
    sheet.summarise();
  };
  const write = ({ value, seen_by }) => (control.write(value), question.who.write(seen_by));

  // Where somebody is in the middle of a box, news waits until they leave it.
  question.take = () => {
    const answer = sheet.answers()[field.key];
    const busy = control.typed && element.contains(element.getRootNode().activeElement);
    if (busy && !keeper.draft && answer?.revision > keeper.base) {
      noteIsAboutDraft = false;
      return setText(note, sheet.say("newer-waits"));
    }
    if (!keeper.take(answer)) return;
    write(keeper.kept);
    noteIsAboutDraft = false;
    setText(note, sheet.say("newer"));
  };
  element.addEventListener("focusout", (event) => element.contains(event.relatedTarget) || question.take());

  write(keeper.kept);
  const draft = keeper.bringBack();
  if (draft) {
    write(draft);
    noteIsAboutDraft = true;
    setText(note, sheet.say("brought-back", { when: clock(new Date(draft.at).toISOString()) }));
  }
  return question;
}

// The same id after a redrawing, so that the page can put the cursor back where it was.
function ownId(name) {
  const id = `vv-${name}`;
  return document.querySelector(`[data-sheet="${CSS.escape(id)}"]`) ? freshId() : id;
}

function renderSheet({ model, el }) {
  const words = model.get("words") ?? {};
  const say = sayFrom(words);
  const preview = model.get("preview");
  const name = model.get("name");
  const heard = h("p", { class: "vv-heard", "aria-live": "polite" });
  const noStorage = h("p", { class: "vv-note", hidden: true }, say("no-device-storage"));
  const lost = () => (noStorage.hidden = false);
  const sheet = {
    id: ownId(name), words, say,
    answers: () => model.get("answers") ?? {},
    drafts: new Drafts(`${model.get("drafts")}:${name}`, !preview, lost),
    announce: (text) => (heard.textContent = text),
    summarise: () => summarise(),
    // A dead line throws; the draft stays, and the ticking below tries again.
    send: (message) => {
      try {
        model.send(message);
      } catch {}
    },
  };
  const questions = new Map();
  const keepers = () => [...questions.values()].map((question) => question.keeper);
  const status = saveStatus(words, () =>
    [...questions.values()].find(({ keeper }) => keeper.state === "needs-you")?.control.focus());

  let told = "";
  let savedAt = "";
  const wordsFor = {
    "needs-you": () => say("needs-you"),
    "not-saved": () => say(sheet.drafts.onDevice ? "not-saved" : "not-saved-keep-open"),
    saving: () => say("saving"),
    saved: () => say(preview ? "preview" : "saved-at", { time: savedAt }),
    quiet: () => say(preview ? "preview" : "saves-itself"),
  };
  const summarise = (anew = false) => {
    const states = keepers().map((keeper) => keeper.state);
    const state = Object.keys(wordsFor).find((one) => states.includes(one)) ?? "quiet";
    const text = wordsFor[state]();
    if (!anew && told === state + text) return;
    told = state + text;
    status.show(state, text);
    status.element.hidden = !tellPage({ state, text, name });
  };

  el.classList.add("vv", "vv-sheet");
  el.dataset.sheet = sheet.id;
  const level = Math.min(6, Math.max(1, model.get("heading_level") ?? 2));
  el.replaceChildren(status.element, noStorage, heard);
  for (const { title, text_html, story: told, fields } of model.get("sections") ?? []) {
    const text = h("div", { class: "vv-text" });
    text.innerHTML = text_html ?? "";
    for (const field of fields) questions.set(field.key, ask(field, sheet));
    el.append(h("section", { class: "vv-section" },
      title ? h(`h${level}`, {}, title) : null, text_html ? text : null,
      told ? story(told, say, level + 1) : null,
      ...fields.map(({ key }) => questions.get(key).element)));
  }

  // A view drawn later from this model starts from what is saved now.
  const remember = ({ flight }, { id, field, revision, at }) => {
    if (flight?.id !== id) return;
    savedAt = clock(at);
    if (sheet.answers()[field]?.revision > revision) return;
    const { value, seen_by } = flight;
    model.set("answers", { ...sheet.answers(), [field]: { value, seen_by, revision, at } });
  };
  const hear = (message) => {
    for (const [kind, method] of Object.entries(REPLIES)) {
      const reply = message?.[kind];
      const question = reply && questions.get(reply.field);
      if (!question) continue;
      if (kind === "saved") remember(question.keeper, reply);
      question.keeper.hear(method, reply);
      question.take();
    }
  };
  const takeNews = () => (stir(), questions.forEach((question) => question.take()));
  const visible = () => document.visibilityState === "visible";
  let asked = 0;
  let lively = Date.now();
  const stir = () => (lively = Date.now());
  const newsEvery = () => (Date.now() - lively > QUIET_AFTER ? NEWS_WHEN_QUIET : NEWS_EVERY);
  const askForNews = () => {
    if (!model.get("live") || !visible()) return;
    asked = Date.now();
    sheet.send({ refresh: true });
  };
  const ticking = setInterval(() => {
    keepers().forEach((keeper) => keeper.tick());
    if (Date.now() - asked >= newsEvery()) askForNews();
  }, 1000);
  const flush = () => visible() || keepers().forEach((keeper) => keeper.send());
  const again = () => keepers().forEach((keeper) => keeper.flight && keeper.post());
  const stay = (event) =>
    !preview && !sheet.drafts.onDevice && keepers().some((keeper) => keeper.draft) && event.preventDefault();
  const retell = () => summarise(true);
  const listening = [
    [document, "visibilitychange", flush], [window, "focus", askForNews], [window, "online", again],
    [document, "viceversa:back", again],
    [window, "beforeunload", stay], [document, "viceversa:status-please", retell],
    [document, "keydown", stir], [document, "pointerdown", stir],
  ];
  listening.forEach(([where, event, act]) => where.addEventListener(event, act));
  model.on("msg:custom", hear);
  model.on("change:answers", takeNews);
  keepers().forEach((keeper) => keeper.send());
  summarise(true);

  return () => {
    clearInterval(ticking);
    keepers().forEach((keeper) => keeper.send());
    listening.forEach(([where, event, act]) => where.removeEventListener(event, act));
    model.off("msg:custom", hear);
    model.off("change:answers", takeNews);
  };
}

export default { render: renderSheet };
