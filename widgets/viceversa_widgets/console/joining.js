import { button, h } from "../parts.js";
import { part, setHtml, setText } from "../line.js";

// How people come in: the code, the link and the square to point a phone at, also as large as the
// screen allows.
export function joining(say, level) {
  const code = h("p", { class: "vv-code", translate: "no" });
  const link = h("a", { target: "_blank", rel: "noopener" });
  const square = h("div", { class: "vv-qr", role: "img", "aria-label": say("live-qr") });
  const told = h("p", { class: "vv-quiet-text", role: "status" });
  const copy = button(say("live-copy-link"), async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      setText(told, say("live-copied"));
    } catch {
      setText(told, say("live-not-copied"));
    }
  });
  const largeCode = h("p", { class: "vv-code" });
  const largeLink = h("p", { class: "vv-large-link" });
  const largeSquare = h("div", { class: "vv-qr", "aria-hidden": "true" });
  const large = h("dialog", { class: "vv-large", "aria-label": say("live-joining") },
    h("p", {}, say("live-large-at")), largeLink, h("p", {}, say("live-large-code")), largeCode, largeSquare,
    button(say("live-close"), () => large.close(), "main"));
  const linked = h("p", { class: "vv-join-link" }, link);
  const element = part("vv-part vv-joining", level, say("live-joining"),
    code, linked, square,
    h("div", { class: "vv-beside" }, copy, button(say("live-show-large"), () => large.showModal())), told, large);
  return {
    element,
    show: (room) => {
      element.hidden = Boolean(room.ended_at);
      for (const place of [code, largeCode]) setText(place, room.code ?? "");
      // Read out letter by letter, as it has to be typed.
      code.setAttribute("aria-label", say("live-code-is", { code: [...(room.code ?? "")].join(" ") }));
      code.setAttribute("role", "img");
      setText(link, (room.link ?? "").replace(/^https?:\/\//, ""));
      setText(largeLink, link.textContent.replace(/\/[^/]*$/, ""));
      if (link.getAttribute("href") !== room.link) link.href = room.link ?? "";
      for (const place of [square, largeSquare]) setHtml(place, room.qr);
      linked.hidden = copy.hidden = !room.link;
      square.hidden = largeSquare.hidden = !room.qr;
    },
  };
}
