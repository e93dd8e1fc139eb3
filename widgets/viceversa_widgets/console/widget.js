import { button, freshId, h, sayFrom } from "../parts.js";
import { Line, keyed, part, serverClock, setHtml, setText } from "../line.js";
import { agenda } from "../agenda/widget.js";
import { questionList } from "../questions/widget.js";
import { timer } from "../timer/widget.js";
import { joining } from "./joining.js";
import { lobby, records } from "./lobby.js";
import { confirming, people } from "./people.js";
import { pad } from "./pad.js";
import { playing } from "./preview.js";
import { task } from "./task.js";

const MINUTE = 60000;
const MORE = 5;

const fold = (title, kind = "") => {
  const text = h("div", { class: "vv-text" });
  const element = h("details", { class: `vv-part vv-fold ${kind}` }, h("summary", {}, title), text);
  return { element, show: (html) => ((element.hidden = !html), setHtml(text, html)) };
};

// Where the session is now: it stays in sight, and the way back and forward with it.
function nowBar(say, command, watch, level) {
  const number = h("p", { class: "vv-quiet-text" });
  const title = h(`h${level}`, {});
  const behind = h("p", { class: "vv-behind" });
  const code = h("p", { class: "vv-small-code", translate: "no" });
  const go = (by) => step(by) && command("go", { step: step(by).key });
  const back = button("", () => go(-1));
  const on = button("", () => (started ? go(1) : command("go", { step: step(0).key })), "main");
  let started = true;
  const more = button(say("live-more-minutes", { n: MORE }), () => command("extend", { minutes: MORE }), "quiet");
  const planText = h("div", { class: "vv-text" });
  const planTitle = say("step-when-the-line-fails");
  const plan = h("dialog", { class: "vv-confirm", "aria-label": planTitle }, h(`h${level}`, {}, planTitle), planText,
    h("div", { class: "vv-beside" }, button(say("live-close"), () => plan.close(), "main")));
  const planB = button(say("live-plan-b"), () => plan.showModal());
  planB.setAttribute("aria-label", `${say("live-plan-b")}: ${planTitle}`);
  let steps = [];
  let place = 0;
  const step = (by) => steps[place + by];
  const nameOn = () => {
    setText(on, step(1) ? say("live-on-to", { title: step(1).title }) : say("live-last-step"));
    on.setAttribute("aria-disabled", String(!step(1)));
  };
  // The way on names the next step; the way back needs less room, and names it for the ear.
  const nameBack = () => {
    setText(back, say("live-back"));
    back.setAttribute("aria-label", step(-1) ? say("live-back-to", { title: step(-1).title }) : say("live-first-step"));
    back.setAttribute("aria-disabled", String(!step(-1)));
  };
  return {
    element: h("div", { class: "vv-now" },
      h("div", { class: "vv-where" }, number, title),
      h("div", { class: "vv-clock" }, watch.element, behind, more), code,
      h("div", { class: "vv-beside vv-moves" }, planB, back, on), plan),
    show: (view) => {
      steps = view.steps;
      place = steps.findIndex(({ key }) => key === view.at);
      setText(number, say("live-step-of", { n: place + 1, of: steps.length }));
      setText(title, step(0)?.title ?? "");
      setText(code, view.room.code ? say("live-code", { code: view.room.code }) : "");
      setHtml(planText, step(0)?.when_the_line_fails_html);
      nameBack();
      nameOn();
      // People come in before the first minute: the clock starts when the trainer says so.
      started = view.started !== false;
      if (!started) setText(on, say("live-start-clock"));
      more.hidden = !started;
    },
    late: (minutes) => {
      behind.hidden = minutes < 1;
      setText(behind, say("live-behind", { n: minutes }));
    },
  };
}

// The step that is on: what to do in it, what to say, and what if.
function stepDesk(say, command, level) {
  const late = h("div", { class: "vv-note vv-when-late" }, h("p", { class: "vv-note-title" }, say("step-when-late")));
  const lateText = h("div", { class: "vv-text" });
  late.append(lateText);
  const tasks = h("div", { class: "vv-tasks" });
  const notes = h("div", { class: "vv-text vv-notes-text" });
  const notesPart = part("vv-part vv-notes", level, say("live-notes"), notes);
  const lateFold = fold(say("step-when-late"));
  const seenFold = fold(say("live-they-see"));
  const list = questionList(say, { to: (question, to) => command("question", { question, to }) });
  const count = h("summary", {});
  const questions = h("details", { class: "vv-part vv-fold" }, count, list.element);
  const doing = h("div", { class: "vv-doing" }, tasks, questions);
  let view = null;
  let at = null;
  const draw = keyed(tasks, ({ key }) => key, (one) => {
    const made = task(say, command, one, level);
    return { element: made.element, show: ({ key }) => made.show(view.activities[key], view.groups?.[key]) };
  });
  return {
    element: h("div", { class: "vv-desk" }, late, doing,
      h("div", { class: "vv-saying" }, notesPart, h("div", {}, lateFold.element, seenFold.element))),
    show: (told) => {
      view = told;
      const step = view.steps.find(({ key }) => key === view.at);
      draw(step.activities);
      setHtml(notes, step.notes_html);
      setHtml(lateText, step.when_late_html);
      lateFold.show(step.when_late_html);
      seenFold.show(step.html);
      const asking = step.activities.some(({ kind }) => kind === "questions");
      const asked = view.questions ?? [];
      questions.hidden = !asking && !asked.length;
      doing.hidden = questions.hidden && !step.activities.length;
      setText(count, say("live-questions", { n: asked.length, waiting: asked.filter(({ state }) => state === "waiting").length }));
      // Left over in a later step, they make room for what is new there.
      if (at !== view.at) questions.open = asking;
      at = view.at;
      list.show(asked);
    },
    late: (minutes) => {
      const isLate = minutes > 0 && Boolean(lateText.textContent);
      late.hidden = !isLate;
      lateFold.element.hidden = isLate || !lateText.textContent;
    },
  };
}

function renderConsole({ model, el }) {
  const say = sayFrom(model.get("words"));
  const level = model.get("heading_level");
  const base = model.get("base");
  const made = model.get("made_up");
  const clock = serverClock();
  const waiting = new Map();
  const told = {};
  let room = null;

  const heard = h("p", { class: "vv-heard", "aria-live": "polite" });
  const trouble = h("p", { class: "vv-note vv-trouble", role: "alert", hidden: true });
  const preview = h("p", { class: "vv-note" , hidden: !made }, say("live-preview"));
  const wait = h("p", { class: "vv-quiet-text" }, say("live-connecting"));
  const complain = (why) => ((trouble.hidden = !why), setText(trouble, why));

  const command = (type, asked = {}) => {
    if (play) return play(type, asked);
    const id = freshId();
    if (!line.say({ type, id, ...asked })) return complain(say("live-line-lost-command"));
    waiting.set(id, { type, ...asked });
  };
  const savePad = (save) => {
    if (play) return hear({ type: "refused", id: save.id, pad: true, why: say("live-preview") });
    if (line.say({ type: "pad", id: save.id, text: save.value ?? "", base: save.base })) waiting.set(save.id, { type: "pad", base: save.base });
  };

  const hall = lobby(say, command, base, level);
  const watch = timer(say, clock);
  const bar = nowBar(say, command, watch, level);
  const desk = stepDesk(say, command, level + 1);
  const steps = agenda(say, (step) => command("go", { step }));
  const joins = joining(say, level);
  const here = people(say, command);
  const sure = confirming(say, say("live-end-ask"), say("live-end-yes"), () => command("end"));
  const endPart = part("vv-part", level, say("live-end-title"), h("p", { class: "vv-help" }, say("live-end-help")),
    h("div", { class: "vv-beside" }, button(say("live-end"), () => sure.ask())), sure.element);
  const recordList = h("ul", { class: "vv-beside vv-records" });
  const after = h("div", { class: "vv-text" });
  const newOne = button(say("live-to-lobby"), () => line?.say({ type: "hello" }));
  const over = part("vv-part vv-over-part", level, say("live-ended"), h("p", {}, say("live-ended-text")), recordList, after, h("div", { class: "vv-beside" }, newOne));
  const padPlace = h("div", {});
  const agendaPart = part("vv-part", level, say("live-agenda"), steps.element);
  const side = h("div", { class: "vv-side-desk" }, joins.element, agendaPart, here.element, padPlace, endPart);
  const main = h("div", { class: "vv-main-desk" }, over, desk.element);
  const floor = h("div", { class: "vv-room" }, bar.element, h("div", { class: "vv-desks" }, main, side));
  hall.element.hidden = floor.hidden = true;
  el.classList.add("vv", "vv-console");
  el.replaceChildren(heard, trouble, preview, wait, hall.element, floor);

  const leave = () => {
    room?.pad.stop();
    room = null;
    floor.hidden = true;
  };
  const enter = () => {
    leave();
    const notes = pad(say, level, told.room.id, told.pad ?? { text: "", revision: 0 }, savePad, !made);
    room = { id: told.room.id, at: told.at, pad: notes };
    padPlace.replaceChildren(notes.element);
    recordList.replaceChildren(...records(say, base, told.room.id));
  };
  const lateBy = () => {
    if (!room || told.room.ended_at || told.started === false) return 0;
    const since = Math.max(told.now, told.step_ends_at ?? told.now);
    return (told.behind_minutes ?? 0) + Math.max(0, Math.floor((clock.now() - since) / MINUTE));
  };
  const showLate = () => {
    bar.late(lateBy());
    desk.late(lateBy() || (watch.over() ? 1 : 0));
  };
  const showRoom = () => {
    if (room?.id !== told.room.id) enter();
    const ended = Boolean(told.room.ended_at);
    wait.hidden = hall.element.hidden = true;
    floor.hidden = false;
    over.hidden = !ended;
    bar.element.hidden = desk.element.hidden = agendaPart.hidden = endPart.hidden = ended;
    setHtml(after, told.after_html);
    bar.show(told);
    desk.show(told);
    steps.show(told.steps, told.at);
    joins.show(told.room);
    here.show(told);
    room.pad.show(told.pad ?? { text: "", revision: 0 });
    const step = told.steps.find(({ key }) => key === told.at);
    watch.show(ended || told.started === false ? null : told.step_ends_at, step.minutes);
    if (room.at !== told.at) setText(heard, say("live-step-is", { n: told.steps.indexOf(step) + 1, of: told.steps.length, title: step.title }));
    room.at = told.at;
    showLate();
  };
  const showLobby = (message) => {
    leave();
    wait.hidden = true;
    hall.element.hidden = false;
    hall.show(message);
  };
  const answered = (message) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (asked?.type === "pad" || message.pad) return hearPad(message, asked);
    complain(message.type === "refused" ? message.why : "");
  };
  const hearPad = ({ type, id, why, stale, at, revision }, asked) => {
    if (type === "done") return room?.pad.hear("saved", { id, revision: revision ?? asked.base + 1, at: at ?? new Date(clock.now()).toISOString() });
    if (stale) return room?.pad.hear("stale", { id, ...stale });
    room?.pad.hear("refusedBy", { id, why });
  };
  let farewell = "";
  const hear = (message) => {
    if (message.type === "gone") return void (farewell = message.why);
    clock.set(message.now);
    if (message.type === "lobby") return showLobby(message);
    if (message.type === "done" || message.type === "refused") return answered(message);
    if (message.type !== "order" && message.type !== "view") return;
    const { type, ...news } = message;
    if (news.room && news.room.id !== told.room?.id) for (const key of Object.keys(told)) delete told[key];
    Object.assign(told, news, { room: { ...told.room, ...news.room } });
    if (told.steps && told.at) showRoom();
  };

  const play = made ? playing(structuredClone(made), say, hear) : null;
  const line = made ? null : new Line(`${base}live/console`, {
    hear,
    up: () => {
      complain("");
      line.say({ type: "hello" });
      room?.pad.again();
    },
    down: () => (waiting.clear(), complain(say("live-line-lost-console"))),
    gone: () => complain(farewell),
  }).start();
  if (made) hear({ ...made, now: Date.now(), step_ends_at: Date.now() + 5 * MINUTE, type: "view" });
  const looking = setInterval(showLate, 5000);
  return () => (line?.stop(), leave(), watch.stop(), clearInterval(looking));
}

export default { render: renderConsole };
