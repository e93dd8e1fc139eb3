import { button, freshId, h, sayFrom } from "../parts.js";
import { keyed, setHidden, setText } from "../line.js";

const LONGEST_QUESTION = 300;
// What the trainer may do with a question, by where it stands now.
const NEXT = { waiting: ["shown", "hidden"], shown: ["answered", "hidden"], hidden: ["shown"], answered: ["shown", "hidden"] };
const ORDER = ["waiting", "shown", "answered", "hidden"];

const votesFirst = (one, other) =>
  ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || other.votes - one.votes;

// A question to send. What is written stays in the box until the server says that it has arrived.
export function questionForm(say, ask, title, kept = { read: () => "", write: () => {} }) {
  const box = h("textarea", { rows: 2, id: freshId(), maxlength: LONGEST_QUESTION });
  const told = h("p", { class: "vv-quiet-text", role: "status" });
  const send = button(say("live-ask-send"), () => {
    if (!box.value.trim()) return box.focus();
    setText(told, say("live-ask-sending"));
    ask(box.value.trim());
  });
  box.value = kept.read();
  box.addEventListener("input", () => (kept.write(box.value), setText(told, "")));
  return {
    element: h("div", { class: "vv-field vv-ask-form" },
      h("label", { class: "vv-ask", for: box.id }, title), h("p", { class: "vv-help" }, say("live-ask-help")),
      box, h("div", { class: "vv-beside" }, send, told)),
    // What was written meanwhile is the next question.
    arrived: (text) => {
      if (box.value.trim() === text) kept.write((box.value = ""));
      setText(told, say("live-ask-arrived"));
    },
    refused: (why) => setText(told, why),
  };
}

// Questions with their votes. vote(question, on) makes it a guest's list, to(question, state) the
// trainer's.
export function questionList(say, { vote, to }) {
  const list = h("ul", { class: "vv-questions" });
  const none = h("p", { class: "vv-quiet-text" }, say(to ? "live-questions-none" : "live-questions-none-yet"));
  const draw = keyed(list, ({ id }) => id, (question) => {
    let { voted, state } = question;
    const text = h("p", { class: "vv-question" });
    const votes = h("span", { class: "vv-votes" });
    const where = h("span", { class: "vv-quiet-text" });
    const small = (key, act) => {
      const one = button(say(key), act, "small");
      one.setAttribute("aria-label", `${say(key)}: ${question.text}`);
      return one;
    };
    const also = small("live-vote", () => vote(question.id, !voted));
    const moves = to
      ? ORDER.map((next) => [next, small(`live-question-to-${next}`, () => to(question.id, next))])
      : [];
    const element = h("li", {}, text, h("div", { class: "vv-beside" }, votes, where, vote ? also : null, ...moves.map(([, move]) => move)));
    return {
      element,
      show: (one) => {
        ({ voted, state } = one);
        element.dataset.state = state;
        setText(text, one.text);
        setText(votes, say("live-votes", { n: one.votes }));
        setText(where, to || state !== "shown" ? say(`live-question-${state}`) : "");
        also.setAttribute("aria-pressed", String(Boolean(voted)));
        also.hidden = state !== "shown";
        for (const [next, move] of moves) if (NEXT[state].includes(next)) move.hidden = false;
        const stays = moves.find(([next]) => next === NEXT[state][0])?.[1];
        for (const [next, move] of moves) setHidden(move, !NEXT[state].includes(next), stays);
      },
    };
  });
  return {
    element: h("div", { class: "vv-question-list" }, none, list),
    show: (questions) => {
      none.hidden = questions.length > 0;
      draw([...questions].sort(votesFirst));
    },
  };
}

// On its own: questions to collect and to vote for, or, for who leads, to show and to answer.
function renderQuestions({ model, el }) {
  const say = sayFrom(model.get("words"));
  const lead = model.get("lead");
  const form = questionForm(say, (text) => (model.send({ ask: text }), form.arrived(text)), model.get("ask"));
  const list = questionList(say, lead
    ? { to: (question, state) => model.send({ question, to: state }) }
    : { vote: (question, on) => model.send({ vote: question, on }) });
  el.classList.add("vv", "vv-live");
  el.replaceChildren(lead ? h("p", { class: "vv-ask" }, model.get("ask")) : form.element, list.element);
  const show = () => list.show(model.get("questions").filter(({ state, mine }) => lead || mine || state === "shown" || state === "answered"));
  show();
  model.on("change:questions", show);
  return () => model.off("change:questions", show);
}

export default { render: renderQuestions };
