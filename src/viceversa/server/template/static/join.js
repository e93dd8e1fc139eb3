// A guest's page in a live session. It has no kernel: a line to the server brings what there is to
// see, and answers go back over it. It follows the trainer, and never redraws what somebody is in.

import { activity } from "./activities.js";
import { Line, freshId, h, keyed, sayFrom, serverClock, setHtml, setText, timer } from "./widgets.js";

const LONG_ENOUGH = 8000; // to read a sentence
const CALM = 1500; // a line that is back sooner than this is not worth a word

const page = JSON.parse(document.getElementById("vv-page").textContent);
const say = sayFrom(page.words);
const clock = serverClock();
const spot = (id) => document.getElementById(`vv-${id}`);
const room = { say, words: page.words, drafts: "", send: (message) => line.say(message) };
const asked = new Map(); // questions on their way: id -> {activity, text}
const votes = new Map(); // votes on their way: question -> on
const watch = timer(say, clock, { tellsOver: false });
let view = null;
let fresh = []; // activities that were opened since somebody looked

spot("time").append(watch.element);
const draw = keyed(spot("activities"), ({ key }) => key, (one) => activity(one, room));

function announce(text) {
  setText(spot("live"), text);
}

function receive(message) {
  if (message.type === "view") show(message);
  if (message.type === "reply") room.parts.get(message.activity)?.hear(message.message);
  if (message.type === "done" || message.type === "refused") answered(message);
}

function answered({ type, id, why }) {
  const question = asked.get(id);
  asked.delete(id);
  if (question) room.parts.get(question.activity)?.[type === "done" ? "arrived" : "refused"](type === "done" ? question.text : why);
  else if (type === "refused" && why) {
    votes.clear();
    notice(why);
    setTimeout(() => line.isUp && notice(""), LONG_ENOUGH);
  }
}

room.parts = new Map();
room.ask = (activity, text) => {
  const id = freshId();
  asked.set(id, { activity, text });
  line.say({ type: "ask", id, activity, text });
};
room.vote = (question, on) => {
  votes.set(question, on);
  line.say({ type: "vote", question, on });
};

// A step is shown whole; what stays the same in it is not touched.
function show(next) {
  const before = view;
  view = next;
  clock.set(next.now);
  room.drafts = `live:${page.room}:${next.me?.number ?? ""}`;
  const ended = Boolean(next.room.ended);
  const moved = before && (before.step?.key !== next.step?.key || Boolean(before.room.ended) !== ended);
  const inside = document.activeElement?.closest("#vv-activities > *");
  spot("wait").hidden = true;
  spot("ended").hidden = !ended;
  spot("step").hidden = ended;
  for (const name of ["number", "name-form", "leave"]) spot(name).hidden = ended;
  spot("aside").open ||= ended;
  setText(spot("title"), ended ? say("live-thanks") : next.step.title);
  if (!ended) showStep(next);
  settleVotes(next.activities ?? []);
  draw(ended ? [] : (next.activities ?? []));
  setText(spot("me"), say("live-you-are", { name: next.me?.name || say("live-guest", { n: next.me?.number ?? "" }) }));
  setText(spot("here"), say("live-guests-here", { n: next.here ?? 0 }));
  if (moved) arrive(inside);
  tell(before, moved, ended);
  document.documentElement.dataset.ready = "yes";
}

function showStep({ step }) {
  setText(spot("number"), say("live-step-of", { n: step.number, of: step.of }));
  setHtml(spot("text"), step.html);
  watch.show(step.ends_at, step.minutes ?? 0);
}

// At a new step one begins at its top; whoever was in a control that is gone is put there as well.
function arrive(inside) {
  if (inside?.isConnected) return;
  if (inside) spot("title").focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

// Said once, politely: where we are now, and what can be answered.
function tell(before, moved, ended) {
  const open = (view.activities ?? []).filter((one) => one.open);
  const known = before && !moved ? (before.activities ?? []).filter((one) => one.open).map(({ key }) => key) : [];
  const opened = open.filter(({ key }) => !known.includes(key));
  const step = moved && !ended ? say("live-step-is", { n: view.step.number, of: view.step.of, title: view.step.title }) : "";
  const now = before && !ended && opened.length ? say("live-opened", { title: opened.map(({ title }) => title).join(", ") }) : "";
  if (moved && ended) announce(say("live-thanks"));
  else if (step || now) announce(`${step} ${now}`.trim());
  point(moved || ended ? [] : before ? opened : [], open);
}

// What was opened below the edge of the screen is pointed at, until it has been seen.
function point(opened, open) {
  fresh = [...fresh, ...opened.map(({ key }) => key)].filter((key) => open.some((one) => one.key === key) && !inSight(key));
  const link = spot("below");
  link.hidden = !fresh.length;
  link.href = `#vv-at-${fresh[0]}`;
}

function inSight(key) {
  const box = document.getElementById(`vv-at-${key}`)?.getBoundingClientRect();
  return !box || box.top < innerHeight - 60;
}

function settleVotes(activities) {
  for (const { questions } of activities)
    for (const { id, voted } of questions ?? []) if (votes.get(id) === Boolean(voted)) votes.delete(id);
}

function notice(text) {
  spot("notice").hidden = !text;
  setText(spot("notice"), text);
}

let patience = null;
let failures = 0;
let lost = false;

const line = new Line(page.line, {
  hear: receive,
  up: () => {
    clearTimeout(patience);
    patience = null;
    failures = 0;
    notice("");
    if (lost) announce(say("live-line-back"));
    lost = false;
    // What nobody has acknowledged goes once more, under the same id.
    for (const [id, question] of asked) line.say({ type: "ask", id, ...question });
    for (const [question, on] of votes) line.say({ type: "vote", question, on });
    document.dispatchEvent(new CustomEvent("viceversa:back"));
  },
  down: () => {
    patience ??= setTimeout(() => ((lost = true), notice(say("live-line-lost"))), CALM);
    if (++failures % 3 === 0) askWhy();
  },
  gone: () => location.reload(), // the server's own page says why
});

// The server answers, but not on this line: its own page says why.
async function askWhy() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect" || (answer.status >= 400 && answer.status < 500)) location.reload();
  } catch {}
}

spot("name-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (line.say({ type: "name", name: spot("name").value.trim() })) announce(say("live-name-sent"));
});
addEventListener("scroll", () => point([], view?.activities ?? []), { passive: true });
line.start();
