// A line to the server that comes back by itself, and lists that change without being drawn anew.
import { freshId } from "./parts.js";

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 3000;
const SIGN_OF_LIFE = 20000;
const SILENCE = 5000;
// The server's way of saying that there is nothing to come back for.
const FOR_GOOD = 4001;

export class Line {
  // on: {hear(message), up(), down(), gone()}. Each message is an object with a "type".
  constructor(path, on) {
    this.address = `${location.origin.replace(/^http/, "ws")}${path}`;
    this.on = on;
    this.pause = FIRST_PAUSE;
    this.isUp = false;
    this.heardAt = 0;
  }

  start() {
    this.wake = () => document.visibilityState === "visible" && this.check();
    this.listening = [[window, "online", () => this.check()], [document, "visibilitychange", this.wake], [window, "pageshow", (event) => event.persisted && this.check()]];
    this.listening.forEach(([where, event, act]) => where.addEventListener(event, act));
    this.beating = setInterval(() => this.beat(), SIGN_OF_LIFE);
    this.connect();
    return this;
  }

  stop() {
    this.listening?.forEach(([where, event, act]) => where.removeEventListener(event, act));
    [this.beating, this.retry, this.doubt].forEach(clearTimeout);
    this.stopped = true;
    this.drop();
  }

  connect() {
    clearTimeout(this.retry);
    this.drop();
    const socket = (this.socket = new WebSocket(this.address));
    socket.onopen = () => socket === this.socket && this.opened();
    socket.onmessage = ({ data }) => socket === this.socket && this.heard(data);
    socket.onclose = ({ code }) => socket === this.socket && this.closed(code);
    // One that neither opens nor fails: a network that swallows everything.
    this.expect();
  }

  // Its own end says nothing more to us; what it still brings is nobody's.
  drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  opened() {
    this.pause = FIRST_PAUSE;
    this.isUp = true;
    clearTimeout(this.doubt);
    this.on.up();
  }

  heard(data) {
    this.heardAt = Date.now();
    clearTimeout(this.doubt);
    this.doubt = null;
    const message = JSON.parse(data);
    if (message.type !== "alive") this.on.hear(message);
  }

  closed(code) {
    clearTimeout(this.doubt);
    this.doubt = null;
    this.isUp = false;
    this.socket = null;
    if (this.stopped) return;
    if (code === FOR_GOOD) return this.stop(), this.on.gone();
    this.on.down();
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(this.pause * 1.6, LONGEST_PAUSE);
  }

  say(message) {
    if (!this.isUp || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  beat() {
    if (this.say({ type: "alive" })) this.expect();
  }

  // A line can be dead without saying so: what gets no answer in time is closed and tried anew.
  expect() {
    clearTimeout(this.doubt);
    this.doubt = setTimeout(() => (this.drop(), this.closed()), SILENCE);
  }

  // The device woke up, or its network is back: find out now, not at the next beat.
  check() {
    this.pause = FIRST_PAUSE;
    if (this.isUp) return this.beat();
    if (this.socket?.readyState !== WebSocket.CONNECTING) this.connect();
  }
}

export const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

// Only what the server has made safe. What is the same stays: somebody may be reading in it.
export const setHtml = (node, html) => {
  if (node.dataset.html === (html ?? "")) return;
  node.dataset.html = html ?? "";
  node.innerHTML = html ?? "";
};

// Who is on something that goes is put on what takes its place.
export const setHidden = (node, hidden, instead) => {
  const on = node.contains(document.activeElement);
  node.hidden = hidden;
  if (hidden && on) instead?.focus();
};

// A list whose entries keep their elements, so that focus, caret and scroll stay where they are.
// make(item) gives an entry: {element, show(item), gone()}.
export const keyed = (place, keyOf, make) => {
  const entries = new Map();
  return (items) => {
    const focused = document.activeElement;
    const wanted = new Map(items.map((item) => [keyOf(item), item]));
    for (const [key, entry] of entries) {
      if (wanted.has(key)) continue;
      entries.delete(key);
      if (entry.gone?.() !== "stay") entry.element.remove();
    }
    let at = place.firstElementChild;
    for (const [key, item] of wanted) {
      const entry = entries.get(key) ?? make(item);
      entries.set(key, entry);
      if (entry.element === at) at = at.nextElementSibling;
      else place.insertBefore(entry.element, at);
      entry.show?.(item);
    }
    if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
  };
};

// A server's clock may differ from the device's: times are told by the server's.
export const serverClock = () => {
  let ahead = 0;
  return { set: (now) => now && (ahead = now - Date.now()), now: () => Date.now() + ahead };
};

// A heading that says what a part is called, and the part that is called so.
export const part = (kind, level, title, ...children) => {
  const id = freshId();
  const heading = document.createElement(`h${Math.min(6, level)}`);
  heading.id = id;
  heading.textContent = title;
  const element = document.createElement("section");
  element.className = kind;
  element.setAttribute("aria-labelledby", id);
  element.append(heading, ...children);
  return element;
};
