import { button, clock, h } from "../parts.js";
import { confirming } from "./people.js";
import { keyed, part, setHtml, setText } from "../line.js";

const begunAt = (milliseconds) => clock(new Date(milliseconds).toISOString());

export const records = (say, base, room) =>
  ["html", "pdf", "csv"].map((kind) => {
    const link = h("a", { href: `${base}live/${room}/record.${kind}`, class: "vv-record" }, say(`live-record-${kind}`));
    return h("li", {}, link);
  });

// Before a session: what can be begun, what is open, and what was held not long ago.
export function lobby(say, command, base, level) {
  const orders = h("ul", { class: "vv-orders" });
  const open = h("ul", { class: "vv-rooms" });
  const held = h("ul", { class: "vv-rooms" });
  const none = h("p", {}, say("live-orders-none"));
  const drawOrders = keyed(orders, ({ slug }) => slug, (order) => {
    const about = h("div", { class: "vv-text" });
    const before = h("div", { class: "vv-text" });
    const title = h("span", {}, order.title);
    const begin = button(say("live-begin"), () => command("begin", { order: order.slug }), "main");
    begin.setAttribute("aria-label", `${say("live-begin")}: ${order.title}`);
    return {
      element: h("li", { class: "vv-order" },
        h(`h${level + 1}`, {}, title), h("p", { class: "vv-quiet-text" }, say("live-minutes", { n: order.minutes })), about,
        h("details", {}, h("summary", {}, say("live-prepare")), before), h("div", { class: "vv-beside" }, begin)),
      show: (one) => (setText(title, one.title), setHtml(about, one.about_html), setHtml(before, one.before_html)),
    };
  });
  const drawOpen = keyed(open, ({ id }) => id, ({ id, title, begun_at }) => {
    const enter = button(say("live-enter"), () => command("enter", { room: id }), "main");
    enter.setAttribute("aria-label", `${say("live-enter")}: ${title}`);
    return { element: h("li", {}, h("span", {}, say("live-begun-at", { title, when: begunAt(begun_at) })), enter) };
  });
  let doomed = null;
  const sure = confirming(say, "", say("live-forget-yes"), () => command("forget", { room: doomed }));
  const drawHeld = keyed(held, ({ id }) => id, ({ id, title, begun_at }) => {
    const name = say("live-begun-at", { title, when: begunAt(begun_at) });
    const forget = button(say("live-forget"), () => ((doomed = id), sure.ask(say("live-forget-ask", { name }))), "quiet");
    forget.setAttribute("aria-label", `${say("live-forget")}: ${name}`);
    return { element: h("li", {}, h("span", {}, name), h("ul", { class: "vv-beside vv-records" }, ...records(say, base, id)), forget) };
  });
  const openPart = part("vv-part", level, say("live-open-rooms"), open);
  const heldPart = part("vv-part", level, say("live-held-rooms"), h("p", { class: "vv-help" }, say("live-held-help")), held, sure.element);
  return {
    element: h("div", { class: "vv-lobby" }, openPart, part("vv-part", level, say("live-choose-order"), none, orders), heldPart),
    show: ({ orders: known = [], rooms = [] }) => {
      drawOrders(known);
      drawOpen(rooms.filter((room) => !room.ended_at));
      drawHeld(rooms.filter((room) => room.ended_at));
      none.hidden = known.length > 0;
      openPart.hidden = !open.children.length;
      heldPart.hidden = !held.children.length;
    },
  };
}
