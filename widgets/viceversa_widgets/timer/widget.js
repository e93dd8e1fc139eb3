import { h, sayFrom } from "../parts.js";
import { serverClock, setText } from "../line.js";

const SOON = 120;

const minutesAndSeconds = (seconds) => {
  const whole = Math.abs(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

// What is left of a step's time. The eye sees every second; the ear is told twice: two minutes
// before the end, and at it.
export function timer(say, clock = serverClock(), { tellsOver = true } = {}) {
  const left = h("span", { class: "vv-left-time", role: "timer" });
  const bar = h("span", { class: "vv-time-bar", "aria-hidden": "true" });
  const heard = h("span", { class: "vv-heard", "aria-live": "polite" });
  const element = h("div", { class: "vv-timer", hidden: true }, left, bar, heard);
  let ends = null;
  let whole = 1;
  let before = null;
  const tick = () => {
    if (!ends) return;
    const seconds = Math.ceil((ends - clock.now()) / 1000);
    const over = seconds < 0;
    setText(left, say(over ? "live-time-over" : "live-time-left", { time: minutesAndSeconds(seconds) }));
    element.classList.toggle("vv-over", over);
    element.hidden = over && !tellsOver;
    bar.style.setProperty("--share", Math.min(1, Math.max(0, seconds / whole)));
    if (before > SOON && seconds <= SOON && seconds > 0) setText(heard, say("live-two-minutes"));
    if (before > 0 && seconds <= 0) setText(heard, say("live-time-up"));
    before = seconds;
  };
  const ticking = setInterval(tick, 1000);
  return {
    element,
    // ends_at: milliseconds since 1970, by the server's clock; minutes: how long the whole is.
    show: (ends_at, minutes) => {
      if (ends !== ends_at) [before, heard.textContent] = [null, ""];
      ends = ends_at;
      whole = Math.max(1, minutes * 60);
      element.hidden = !ends;
      tick();
    },
    over: () => Boolean(ends) && clock.now() > ends,
    stop: () => clearInterval(ticking),
  };
}

function renderTimer({ model, el }) {
  const watch = timer(sayFrom(model.get("words")));
  el.classList.add("vv", "vv-live");
  el.replaceChildren(h("p", { class: "vv-ask" }, model.get("label")), watch.element);
  const show = () => watch.show(model.get("ends_at"), model.get("minutes"));
  show();
  model.on("change:ends_at", show);
  return () => (watch.stop(), model.off("change:ends_at", show));
}

export default { render: renderTimer };
