import { clock, freshId, h } from "../parts.js";
import { Drafts, Keeper } from "../keeping.js";
import { part, setText } from "../line.js";

const FIELD = { key: "pad", "seen-by": "only-me" };

// The trainer's own notes, kept as everything that is written here is kept: on the device until the
// server has them. send(save) sends them; hear(kind, reply) tells what became of it.
export function pad(say, level, room, first, send, onDevice) {
  const box = h("textarea", { rows: 4, id: freshId(), "aria-label": say("live-pad") });
  const told = h("p", { class: "vv-quiet-text", role: "status" });
  const drafts = new Drafts(`live:${room}`, onDevice, () => {});
  const words = {
    "needs-you": () => keeper.why,
    "not-saved": () => say("not-saved"), saving: () => say("saving"),
    saved: () => say("saved-at", { time: clock(keeper.savedAt) }), quiet: () => "",
  };
  // Written on two devices at once: both texts stay, one under the other.
  const both = ({ theirs }, { value }) => {
    box.value = [theirs, value].filter(Boolean).join("\n\n");
    keeper.choose(box.value, "only-me");
  };
  const show = () => {
    if (keeper.conflict) return both(keeper.conflict, keeper.draft);
    // "Saving" is for the eye: said at each pause in writing, it would drown the rest.
    told.setAttribute("aria-live", keeper.state === "saving" ? "off" : "polite");
    setText(told, words[keeper.state]());
  };
  const answer = { value: first.text, revision: first.revision, seen_by: "only-me" };
  const keeper = new Keeper(FIELD, answer, drafts, ({ save }) => send(save), show);
  box.addEventListener("input", () => keeper.change(box.value, "only-me"));
  box.addEventListener("blur", () => keeper.timer && keeper.send());
  box.value = (keeper.bringBack() ?? keeper.kept).value ?? "";
  keeper.send();
  const ticking = setInterval(() => keeper.tick(), 1000);
  return {
    element: part("vv-part vv-pad", level, say("live-pad"), h("p", { class: "vv-help" }, say("live-pad-help")), box, told),
    hear: (kind, reply) => keeper.hear(kind, reply),
    again: () => keeper.flight && keeper.post(),
    // From another device of the trainer's: it shows where nothing of this one's is unsaved.
    show: ({ text, revision }) => {
      if (keeper.take({ value: text, revision, seen_by: "only-me" }) && box.value !== text) box.value = text ?? "";
    },
    stop: () => (keeper.send(), clearInterval(ticking)),
  };
}
