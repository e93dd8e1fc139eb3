import { button, h } from "../parts.js";
import { keyed, setText } from "../line.js";

// Asks once more, in words of its own, before something that cannot be taken back.
export function confirming(say, question, yes, act) {
  const text = h("p", {}, question);
  const box = h("dialog", { class: "vv-confirm", "aria-label": question }, text,
    h("div", { class: "vv-beside" }, button(yes, () => (box.close(), act()), "main"), button(say("live-cancel"), () => box.close())));
  return {
    element: box,
    ask: (told = question) => {
      setText(text, told);
      box.setAttribute("aria-label", told);
      box.showModal();
    },
  };
}

// Who is here. The names are drawn only while somebody looks at them: there may be hundreds.
export function people(say, command) {
  const summary = h("summary", {});
  const list = h("ul", { class: "vv-people" });
  let leaving = null;
  const sure = confirming(say, "", say("live-remove-yes"), () => command("remove", { guest: leaving }));
  const element = h("details", { class: "vv-part vv-fold" }, summary, h("p", { class: "vv-help" }, say("live-people-help")), list, sure.element);
  let guests = [];
  const named = (guest) => guest.name || say("live-guest", { n: guest.number });
  const draw = keyed(list, ({ id }) => id, ({ id }) => {
    let name = "";
    const who = h("span", {});
    const away = h("span", { class: "vv-quiet-text" });
    const remove = button(say("live-remove"), () => ((leaving = id), sure.ask(say("live-remove-ask", { name }))), "quiet");
    return {
      element: h("li", {}, who, away, remove),
      show: (guest) => {
        name = named(guest);
        setText(who, name);
        setText(away, guest.here ? "" : say("live-away"));
        remove.setAttribute("aria-label", `${say("live-remove")}: ${name}`);
      },
    };
  });
  const show = () => element.open && draw(guests);
  element.addEventListener("toggle", show);
  return {
    element,
    show: ({ guests: all = [], here = 0, joined = 0 }) => {
      guests = all;
      setText(summary, say("live-here", { here, joined }));
      show();
    },
  };
}
