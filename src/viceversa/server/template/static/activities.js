// What a guest finds in a step: questions to answer, results, a story, a scenario, a role card.

import {
  bars, button, cloud, h, questionForm, questionList, renderSheet, revealed, sayings, setHtml, setText, story,
  trustedText,
} from "./widgets.js";

const UNSAVED = ["saving", "not-saved", "needs-you"];
// Who sees an answer is said in the words of a live session, by what becomes of it there.
const COUNTED = ["poll", "check", "scenario"];
const RESULTS = { "word-cloud": cloud };

// What the sheet's script takes for its model: it keeps drafts, sends again and says "Saved 14:02"
// here as everywhere, only over this page's line.
class Model {
  constructor(state, send) {
    Object.assign(this, { state, sending: send, listeners: new Map() });
  }
  get(name) {
    return this.state[name];
  }
  set(name, value) {
    this.state[name] = value;
    this.tell(`change:${name}`, value);
  }
  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }
  off(name, listener) {
    this.listeners.set(name, (this.listeners.get(name) ?? []).filter((one) => one !== listener));
  }
  tell(name, ...values) {
    for (const listener of this.listeners.get(name) ?? []) listener(...values);
  }
  send(message) {
    if (message.save) this.sending(message);
  }
}

const wordsFor = ({ kind }, words) => ({
  ...words,
  "seen-by-group": words[COUNTED.includes(kind) ? "live-seen-counted" : "live-seen-group"],
  "seen-by-trainer": words["live-seen-trainer"],
  "seen-by-only-me": words["live-seen-only-me"],
  ...(kind === "word-cloud" ? { item: words["live-noun-word"] } : {}),
});

// The questions of an activity. They stay as long as something in them has not arrived.
function answering(first, room, settled) {
  const place = h("div", { class: "vv-answering" });
  const name = first.key;
  let model = null;
  let cleanup = null;
  let told = "";
  let state = "quiet";
  const listen = ({ detail }) => {
    if (detail.name !== name) return;
    state = detail.state;
    settled();
  };
  const open = ({ fields, answers }) => {
    const sections = [{ title: "", text_html: "", fields }];
    const send = (message) => {
      if (!room.send({ type: "save", activity: name, message })) throw new Error("the line is down");
    };
    model = new Model({ name, sections, answers, drafts: room.drafts, words: wordsFor(first, room.words), heading_level: 3 }, send);
    document.addEventListener("viceversa:status", listen);
    cleanup = renderSheet({ model, el: place.appendChild(document.createElement("div")) });
    told = JSON.stringify(answers);
  };
  const close = () => {
    cleanup?.();
    document.removeEventListener("viceversa:status", listen);
    place.replaceChildren();
    model = cleanup = null;
  };
  return {
    element: place,
    unsaved: () => Boolean(model) && UNSAVED.includes(state),
    close,
    hear: (message) => model?.tell("msg:custom", message, []),
    show: (one) => {
      if (!model && one.open && one.fields?.length) return open(one);
      if (!model || told === JSON.stringify(one.answers)) return;
      told = JSON.stringify(one.answers);
      model.set("answers", one.answers);
    },
  };
}

// What I answered, once it can no longer be changed.
function answered(say, alone) {
  const element = h("dl", { class: "vv-my-answers" });
  const words = ({ options }, value) => {
    if (Array.isArray(value)) return value.map((one) => words({ options }, one)).join(", ");
    return options?.find(({ key }) => key === value)?.words ?? String(value);
  };
  return {
    element,
    show: ({ open, fields = [], answers = {} }) => {
      const given = open ? [] : fields.filter(({ key }) => ![undefined, null, ""].includes(answers[key]?.value));
      const parts = given.flatMap((field) => [
        h("dt", {}, alone ? say("live-my-answer") : field.ask), h("dd", {}, words(field, answers[field.key].value)),
      ]);
      const text = parts.map((part) => part.textContent).join("\n");
      element.hidden = !parts.length;
      if (element.dataset.text !== text) element.replaceChildren(...parts);
      element.dataset.text = text;
    },
  };
}

// The group's result: a picture, and the same in words.
function result(say, kind) {
  const held = h("p", { class: "vv-note" });
  const counts = bars(say);
  const texts = (RESULTS[kind] ?? sayings)(say);
  const element = h("div", { class: "vv-outcome" }, held, counts.element, texts.element);
  const parts = { "held-back": held, counts: counts.element, texts: texts.element };
  return {
    element,
    show: (one) => {
      element.hidden = !one;
      if (!one) return;
      for (const [name, part] of Object.entries(parts)) part.hidden = name !== one.kind;
      const key = COUNTED.includes(kind) ? "live-held-back" : "live-held-back-texts";
      if (one.kind === "held-back") setText(held, say(key, { n: one.answered, needed: one.needed }));
      if (one.kind === "counts") counts.show(one);
      if (one.kind === "texts") texts.show(one);
    },
  };
}

function roleCard(say) {
  const title = h("h3", {});
  const others = h("p", {});
  const situation = trustedText("", "vv-text vv-situation");
  const card = trustedText("", "vv-text");
  const element = h("div", { class: "vv-role-card" }, situation, title, others, card);
  return {
    element,
    show: (one) => {
      element.hidden = !one;
      if (!one) return;
      setText(title, say("live-your-role", { n: one.number, role: say(`live-role-${one.role || "observer"}`) }));
      setText(others, one.with?.length ? say("live-with", { names: one.with.join(", ") }) : "");
      setHtml(situation, one.situation_html);
      setHtml(card, one.card_html);
    },
  };
}

function asking(first, room) {
  const key = `viceversa:${room.drafts}:ask:${first.key}`;
  const kept = {
    read: () => {
      try {
        return localStorage.getItem(key) ?? "";
      } catch {
        return "";
      }
    },
    write: (text) => {
      try {
        if (text) localStorage.setItem(key, text);
        else localStorage.removeItem(key);
      } catch {}
    },
  };
  const form = questionForm(room.say, (text) => room.ask(first.key, text), first.title, kept);
  const list = questionList(room.say, { vote: room.vote });
  return {
    element: h("div", { class: "vv-asking" }, form.element, list.element), form,
    show: ({ open, questions }) => ((form.element.hidden = !open), list.show(questions ?? [])),
  };
}

// One activity of the step, as it is for this guest now.
export function activity(first, room) {
  const { say } = room;
  let now = first;
  const alone = first.fields?.length === 1 && first.fields[0].ask === first.title;
  const title = h("h2", { id: `vv-of-${first.key}` }, first.title);
  const closed = h("p", { class: "vv-quiet-text" }, say("live-closed"));
  const late = h("div", { class: "vv-note", hidden: true }, h("p", {}, say("live-closed-unsaved")),
    button(say("live-put-away"), () => (sheet.close(), gone ? element.remove() : settle())));
  const sheet = answering(first, room, () => settle());
  const mine = answered(say, alone);
  const picture = result(say, first.kind);
  const reveal = revealed(say, 3);
  const card = roleCard(say);
  const questions = first.kind === "questions" ? asking(first, room) : null;
  const told = h("div", {});
  const situation = trustedText("", "vv-text vv-situation");
  const waits = h("p", { class: "vv-quiet-text" }, say("live-groups-wait"));
  let gone = false;
  const element = h("section", { class: "vv-activity", id: `vv-at-${first.key}`, "aria-labelledby": title.id, tabindex: -1 },
    title, situation, told, waits, card.element, late, sheet.element, mine.element, questions?.element, closed, picture.element, reveal.element);
  // Closed while something is on its way: it stays in sight until it has arrived or is put away.
  const settle = () => {
    const stays = (gone || !now.open) && sheet.unsaved();
    late.hidden = !stays;
    if ((gone || !now.open) && !stays) sheet.close();
    if (gone && !stays) element.remove();
  };
  room.parts.set(first.key, {
    hear: sheet.hear,
    arrived: (text) => questions?.form.arrived(text),
    refused: (why) => questions?.form.refused(why),
  });
  return {
    element,
    show: (one) => {
      now = one;
      // For the eye, the question itself stands there already, as long as it can be answered.
      title.classList.toggle("vv-heard", first.kind === "story" || (one.open && (alone || first.kind === "questions")));
      // A role card brings its own.
      const apart = one.group ? "" : one.situation_html;
      setHtml(situation, apart);
      situation.hidden = !apart;
      waits.hidden = one.kind !== "breakouts" || Boolean(one.group);
      if (one.story && !told.children.length) told.append(story({ ...one.story, text_html: one.story.html }, say, 3));
      card.show(one.group);
      sheet.show(one);
      mine.show(one);
      questions?.show(one);
      closed.hidden = one.open || Boolean(one.result || one.revealed || one.story || one.group);
      picture.show(one.result);
      reveal.show(one.revealed);
      settle();
    },
    gone: () => {
      gone = true;
      settle();
      return element.isConnected ? "stay" : "";
    },
  };
}
