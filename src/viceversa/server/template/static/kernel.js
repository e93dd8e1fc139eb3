// One kernel, seen from the page: a websocket in Jupyter's own message format, and the models of
// the widgets that live in the kernel. It shows anywidgets, which is what all our widgets are.

const WIDGET_TARGET = "jupyter.widget";
const CONTROL_TARGET = "jupyter.widget.control";

export class Kernel {
  // on: {open(), gone(), closed()}; closed means the line broke, gone that the kernel ended.
  constructor(base, id, on) {
    this.id = id;
    this.on = on;
    this.session = crypto.getRandomValues(new Uint32Array(4)).join("");
    this.address = `${location.origin.replace(/^http/, "ws")}${base}api/kernels/${id}/channels?session_id=${this.session}`;
    this.models = new Map();
    this.waiting = new Set(); // called at the next sign of life
    this.count = 0;
  }

  connect() {
    this.socket?.close();
    const socket = (this.socket = new WebSocket(this.address));
    socket.onopen = () => this.askForStates();
    socket.onmessage = (event) => socket === this.socket && this.receive(event.data);
    socket.onclose = () => socket === this.socket && this.on.closed();
  }

  // Resolves when the socket is open, or will not be: true when it is.
  settled(within) {
    const { socket } = this;
    if (!socket) return false;
    const ended = new Promise((resolve) => {
      for (const sign of ["open", "error", "close"]) socket.addEventListener(sign, resolve, { once: true });
      setTimeout(resolve, within);
    });
    return ended.then(() => this.connected);
  }

  get connected() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  close() {
    const socket = this.socket;
    this.socket = null; // what arrives from now on is nobody's
    socket?.close();
  }

  send(type, content, metadata = {}) {
    if (!this.connected) return;
    const header = {
      msg_id: `${this.session}-${++this.count}`,
      msg_type: type,
      session: this.session,
      username: "",
      version: "5.3",
      date: new Date().toISOString(),
    };
    const message = { channel: "shell", header, parent_header: {}, metadata, content, buffers: [] };
    this.socket.send(JSON.stringify(message));
  }

  // One question brings the state of every widget on the page.
  askForStates() {
    this.control = crypto.getRandomValues(new Uint32Array(4)).join("");
    this.send("comm_open", { comm_id: this.control, target_name: CONTROL_TARGET, data: {} }, { version: "1.0.0" });
    this.send("comm_msg", { comm_id: this.control, data: { method: "request_states" } });
  }

  // Resolves to true when the kernel says anything within so many milliseconds.
  alive(within = 5000) {
    return new Promise((resolve) => {
      const heard = () => (clearTimeout(timer), this.waiting.delete(heard), resolve(true));
      const timer = setTimeout(() => (this.waiting.delete(heard), resolve(false)), within);
      this.waiting.add(heard);
      this.send("comm_info_request", { target_name: WIDGET_TARGET });
    });
  }

  receive(data) {
    if (typeof data !== "string") return; // only messages with binary buffers, which we never ask for
    const { header, content } = JSON.parse(data);
    if (header.msg_type === "status" && ["dead", "restarting"].includes(content.execution_state)) {
      this.on.gone();
      return;
    }
    for (const heard of [...this.waiting]) heard();
    if (header.msg_type === "comm_msg") this.deliver(content.comm_id, content.data);
    if (header.msg_type === "comm_open" && content.target_name === WIDGET_TARGET) {
      this.model(content.comm_id, content.data.state);
    }
  }

  deliver(id, data) {
    if (id === this.control && data.method === "update_states") {
      for (const [model, { state }] of Object.entries(data.states)) this.model(model, state);
      this.on.open();
    } else {
      this.models.get(id)?.receive(data);
    }
  }

  model(id, state) {
    if (this.models.has(id)) this.models.get(id).update(state);
    else this.models.set(id, new Model(id, state, this));
  }
}

// What an anywidget calls its model: https://anywidget.dev/en/afm/
class Model {
  constructor(id, state, kernel) {
    Object.assign(this, { id, state, kernel, changed: new Set(), listeners: new Map() });
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    if (this.state[name] === value) return;
    this.state[name] = value;
    this.changed.add(name);
    this.emit(`change:${name}`, value);
  }

  save_changes() {
    if (!this.changed.size) return;
    const state = Object.fromEntries([...this.changed].map((name) => [name, this.state[name]]));
    this.changed.clear();
    this.kernel.send("comm_msg", { comm_id: this.id, data: { method: "update", state, buffer_paths: [] } });
  }

  send(content) {
    this.kernel.send("comm_msg", { comm_id: this.id, data: { method: "custom", content } });
  }

  on(names, listener) {
    for (const name of names.split(" ")) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name).add(listener);
    }
  }

  off(names, listener) {
    if (!names) return this.listeners.clear();
    for (const name of names.split(" ")) {
      if (listener) this.listeners.get(name)?.delete(listener);
      else this.listeners.delete(name);
    }
  }

  emit(name, ...values) {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...values);
  }

  receive(data) {
    if (data.method === "update") this.update(data.state);
    if (data.method === "custom") this.emit("msg:custom", data.content, []);
  }

  update(state) {
    const news = Object.keys(state).filter((name) => JSON.stringify(this.state[name]) !== JSON.stringify(state[name]));
    Object.assign(this.state, state);
    for (const name of news) this.emit(`change:${name}`, state[name]);
    if (news.length) this.emit("change");
  }
}

const modules = new Map(); // the text of a widget's module -> the loaded module
const styles = new Set();

function load(text) {
  if (!modules.has(text)) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    modules.set(text, import(address).finally(() => URL.revokeObjectURL(address)));
  }
  return modules.get(text);
}

function dress(css) {
  if (!css || styles.has(css)) return;
  styles.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

// Shows a model in an element; returns what takes it away again. Throws for a widget that is none
// of ours, so that the page can say so.
export async function show(model, element) {
  if (!model?.get("_esm")) throw new Error(`not an anywidget: ${model?.get("_model_name")}`);
  dress(model.get("_css"));
  const module = await load(model.get("_esm"));
  const widget = typeof module.default === "function" ? await module.default() : module.default;
  if (!model.initialized) {
    model.initialized = true;
    await widget.initialize?.({ model });
  }
  element.replaceChildren();
  return (await widget.render?.({ model, el: element })) ?? (() => {});
}
