// Nothing that a person writes may be lost. A draft stays on the device until the kernel has said
// that it holds those very words; each field has at most one save on its way.
import { freshId } from "./parts.js";

const AFTER_LAST_KEY = 800;
const AT_THE_LATEST = 5000;
const AGAIN = 5000;
const PATIENCE = 3000;

const tidy = (value) =>
  value === undefined || value === "" || (Array.isArray(value) && !value.length) ? null : value;

const inOrder = (key, value) =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, v]) => v !== "").sort())
    : value;

export const sameValue = (one, other) =>
  JSON.stringify(tidy(one), inOrder) === JSON.stringify(tidy(other), inOrder);

const same = (one, other) =>
  Boolean(one && other) && one.seen_by === other.seen_by && sameValue(one.value, other.value);

// Where local storage is refused, drafts at least outlive a redrawing of the page.
const memory = (globalThis.viceversaDrafts ??= new Map());

export class Drafts {
  constructor(prefix, onDevice, lost) {
    this.prefix = `viceversa:${prefix}:`;
    this.lost = lost;
    this.onDevice = onDevice;
    if (onDevice) this.attempt(() => (localStorage.setItem(this.prefix, ""), localStorage.removeItem(this.prefix)));
  }
  attempt(work) {
    try {
      return work();
    } catch {
      this.onDevice = false;
      this.lost();
    }
  }
  read(field) {
    const key = this.prefix + field;
    if (memory.has(key)) return memory.get(key);
    const text = this.onDevice ? this.attempt(() => localStorage.getItem(key)) : null;
    try {
      const draft = JSON.parse(text);
      const whole = "value" in draft && draft.base >= 0 && typeof draft.seen_by === "string";
      return whole && Number.isInteger(draft.base) && Number.isInteger(draft.at) ? draft : null;
    } catch {
      return null;
    }
  }
  write(field, draft) {
    const key = this.prefix + field;
    memory.set(key, draft);
    if (!this.onDevice) return;
    this.attempt(() => (localStorage.setItem(key, JSON.stringify(draft)), memory.delete(key)));
  }
  // Another tab may have written newer words meanwhile: only the acknowledged ones go.
  drop(field, kept) {
    if (!same(this.read(field), kept)) return;
    memory.delete(this.prefix + field);
    if (this.onDevice) this.attempt(() => localStorage.removeItem(this.prefix + field));
  }
}

export class Keeper {
  constructor(field, answer, drafts, send, show) {
    Object.assign(this, { field, drafts, transmit: send, show });
    this.base = answer?.revision ?? 0;
    this.kept = { value: answer?.value ?? null, seen_by: answer?.seen_by ?? field["seen-by"] };
    this.draft = this.flight = this.conflict = this.timer = null;
    this.refused = this.failed = false;
    this.why = this.savedAt = "";
  }

  // Words from an earlier visit that the kernel never acknowledged.
  bringBack() {
    const draft = this.drafts.read(this.field.key);
    if (!draft) return null;
    if (same(draft, this.kept)) return this.drafts.drop(this.field.key, draft), null;
    // Our last save did arrive, only its acknowledgement was lost: we build on our own words.
    if (!same(draft.sent, this.kept)) this.base = draft.base;
    this.draft = { ...draft, base: this.base };
    return this.draft;
  }

  change(value, seen_by, now = false) {
    this.draft = { value: tidy(value), seen_by, base: this.base, at: Date.now(), sent: this.draft?.sent };
    this.refused = false;
    this.drafts.write(this.field.key, this.draft);
    if (now) this.send();
    else this.schedule();
    this.show(this);
  }

  schedule() {
    this.latest ??= Date.now() + AT_THE_LATEST;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), Math.max(0, Math.min(AFTER_LAST_KEY, this.latest - Date.now())));
  }

  send() {
    clearTimeout(this.timer);
    this.timer = this.latest = null;
    if (!this.draft || this.flight || this.conflict || this.refused) return;
    const { value, seen_by } = this.draft;
    this.flight = { id: freshId(), field: this.field.key, value, seen_by, base: this.base };
    this.firstTry = Date.now();
    this.draft.sent = { value, seen_by };
    this.drafts.write(this.field.key, this.draft);
    this.post();
  }

  post() {
    this.lastTry = Date.now();
    this.transmit({ save: this.flight });
    this.show(this);
  }

  tick(now = Date.now()) {
    if (now - (this.lastTry ?? 0) < AGAIN) return this.draft && this.show(this);
    if (this.flight) this.post();
    else if (this.draft && !this.timer) this.send();
  }

  // A reply counts once, and only for the save that is on its way now.
  hear(kind, reply) {
    const sent = this.flight;
    if (!sent || reply?.id !== sent.id) return;
    if ((kind === "saved" || kind === "stale") && !Number.isInteger(reply.revision)) return;
    this.flight = null;
    this.failed = false;
    this.why = "";
    this[kind](reply, sent);
    this.show(this);
  }

  saved(reply, sent) {
    this.base = reply.revision;
    this.kept = { value: sent.value, seen_by: sent.seen_by };
    this.savedAt = reply.at ?? "";
    this.drafts.drop(this.field.key, sent);
    if (same(this.draft, sent)) return void (this.draft = null);
    this.draft = { ...this.draft, base: this.base, sent: null };
    this.drafts.write(this.field.key, this.draft);
    if (!this.timer) this.send();
  }

  refusedBy(reply, sent) {
    this.why = reply.why ?? "";
    this.refused = same(this.draft, sent);
    if (!this.refused && !this.timer) this.send();
  }

  unsaved(reply) {
    this.why = reply.why ?? "";
    this.failed = true;
  }

  stale(reply, sent) {
    this.conflict = { ...reply, seen_by: reply.seen_by ?? sent.seen_by };
    if (sameValue(reply.theirs, this.draft.value)) this.choose(this.draft.value, this.draft.seen_by);
  }

  choose(value, seen_by) {
    this.base = this.conflict.revision;
    this.conflict = null;
    this.change(value, seen_by, true);
  }

  // News from the kernel never replaces words that it does not hold yet.
  take(answer) {
    if (this.draft || !answer || !(answer.revision > this.base)) return false;
    this.base = answer.revision;
    this.kept = { value: answer.value ?? null, seen_by: answer.seen_by ?? this.kept.seen_by };
    return true;
  }

  get state() {
    if (this.conflict || this.refused) return "needs-you";
    if (!this.draft) return this.savedAt ? "saved" : "quiet";
    return this.failed || (this.flight && Date.now() - this.firstTry >= PATIENCE) ? "not-saved" : "saving";
  }
}
