// Brings a page to life, and back to life: after a lost line, a dead kernel, a restarted server or
// a long rest. What people write is kept on their device by the widgets until the kernel says that
// it is saved; so a page can always be fetched again and put in the place of the one that broke.

import { Kernel, show } from "./kernel.js";

const IDLE = 5 * 60 * 1000; // longer than this without a key or a click, a page may rest
const PATIENCE = 5000; // for a sign of life
const TRIES = 2; // at a kernel that does not answer while its server does
const LONG_PATIENCE = 90000; // for a whole page
const UNSAVED = "viceversa:"; // how the widgets name what they keep on the device

let page; // {kernel id, base, xsrf, words}, from the server
let kernel;
let cleanups = [];
let coming = null; // a page that was fetched again, until its kernel has told of its widgets
let busy = false; // a way back is being tried
let left = false; // the browser went to another page
let lastUse = Date.now();

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function notice(key) {
  const element = document.getElementById("vv-notice");
  element.hidden = !key;
  element.textContent = key ? page.words[key] : "";
}

function announce(key) {
  document.getElementById("vv-live").textContent = page.words[key];
}

function start(source = document) {
  page = JSON.parse(source.getElementById("vv-page").textContent);
  const own = new Kernel(page.base, page.kernel, {
    open: () => own === kernel && opened(),
    closed: () => own === kernel && !left && comeBack(),
    gone: () => own === kernel && renew(),
  });
  kernel = own;
  kernel.connect();
  kernel.settled(PATIENCE).then((open) => open || own !== kernel || comeBack());
}

async function opened() {
  const place = coming && takeItsPlace();
  const places = [...document.querySelectorAll(".vv-widget:not([data-shown])")];
  await Promise.all(places.map(fill));
  if (place) goBackTo(place);
  document.documentElement.dataset.ready = "yes";
  document.dispatchEvent(new CustomEvent("viceversa:back"));
}

async function fill(place) {
  place.dataset.shown = "yes";
  try {
    cleanups.push(await show(kernel.models.get(place.dataset.model), place));
  } catch (error) {
    console.error(error);
    place.textContent = page.words["page-cell-failed"];
  }
}

// The line broke, or fell silent. Try it until it holds; when the server answers but the kernel
// does not, ask for a new one.
async function comeBack() {
  if (busy) return;
  busy = true;
  const lost = kernel;
  notice("page-line-lost");
  let refused = 0;
  for (let pause = 500; refused < TRIES; pause = Math.min(pause * 1.6, 8000)) {
    await wait(pause);
    if (!(await serverAnswers())) continue;
    lost.connect();
    if ((await lost.settled(PATIENCE)) && (await lost.alive(PATIENCE))) break;
    refused += 1;
  }
  busy = false;
  if (refused === TRIES) return renew();
  notice();
  announce("page-line-back");
}

async function serverAnswers() {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return (await fetch(`${page.base}healthz`, { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

// The kernel is gone. Fetch the page again, put it in the place of this one, and let the widgets
// bring back what was not saved. A page that nobody is using rests until somebody does.
async function renew() {
  if (busy) return;
  busy = true;
  kernel.close();
  if (document.hidden || Date.now() - lastUse > IDLE) await rest();
  notice("page-kernel-gone-text");
  const { status, html } = await fetchPage();
  if (status === 200) {
    await replace(html);
    notice();
    announce("page-loaded");
  } else {
    notice(status === 401 ? "page-signed-out-elsewhere-text" : "page-403-text");
  }
  busy = false;
}

function rest() {
  notice("page-asleep-text");
  return new Promise((resolve) => {
    const signs = ["pointerdown", "keydown", "focus"];
    const wake = () => {
      for (const sign of signs) removeEventListener(sign, wake, true);
      resolve();
    };
    for (const sign of signs) addEventListener(sign, wake, true);
  });
}

async function fetchPage() {
  for (let pause = 1000; ; pause = Math.min(pause * 1.6, 8000)) {
    if (await serverAnswers()) {
      const { status, html } = await fetchOnce();
      if (status && status < 500) return { status, html };
      if (status) notice("page-503-text");
    } else notice("page-line-lost");
    await wait(pause);
  }
}

async function fetchOnce() {
  try {
    const signal = AbortSignal.timeout(LONG_PATIENCE);
    const answer = await fetch(location.href, { cache: "no-store", signal });
    return { status: answer.status, html: await answer.text() };
  } catch {
    return {};
  }
}

// The page that broke stays until the new one can be shown whole: somebody may be at its keys.
async function replace(html) {
  coming = new DOMParser().parseFromString(html, "text/html");
  delete document.documentElement.dataset.ready;
  const back = new Promise((resolve) => document.addEventListener("viceversa:back", resolve, { once: true }));
  start(coming);
  await Promise.race([back, wait(20000)]);
}

function takeItsPlace() {
  const place = whereTheyAre();
  for (const cleanup of cleanups.splice(0)) cleanup();
  // The header too: it says how far one is, and who is signed in now.
  for (const part of [".vv-header", "#main"]) {
    document.querySelector(part).replaceWith(document.adoptNode(coming.querySelector(part)));
  }
  coming = null;
  return place;
}

function whereTheyAre() {
  const { id, selectionStart, selectionEnd } = document.activeElement ?? {};
  return { id, selectionStart, selectionEnd, top: scrollY };
}

function goBackTo(place) {
  scrollTo({ top: place.top, behavior: "instant" });
  const element = place.id && document.getElementById(place.id);
  if (!element) return;
  element.focus({ preventScroll: true });
  if (typeof place.selectionStart === "number") element.setSelectionRange?.(place.selectionStart, place.selectionEnd);
}

// A line can be dead without saying so: when a save stays unanswered, or the device wakes up, ask.
async function verify() {
  if (busy) return;
  if (!kernel.socket) return renew();
  const asked = kernel;
  if (!asked.connected || (await asked.alive(PATIENCE)) || asked !== kernel) return;
  comeBack();
}

function anythingUnsaved() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(UNSAVED + page.who));
  } catch {
    return [];
  }
}

function beforeSignOut(event) {
  if (!event.target.matches(".vv-sign-out")) return;
  const kept = anythingUnsaved();
  if (kept.length && !confirm(page.words["page-sign-out-unsaved"])) event.preventDefault();
  else for (const key of kept) localStorage.removeItem(key);
}

// After a long rest it is better to find out at the first key than at the first save.
function used() {
  if (Date.now() - lastUse > IDLE) verify();
  lastUse = Date.now();
}

function leave() {
  left = true;
  navigator.sendBeacon(`${page.base}close/${page.kernel}`, new URLSearchParams({ _xsrf: page.xsrf }));
}

// Back or forward to a page that the browser had put aside whole: its kernel has been closed.
function comeBackFromAside(event) {
  left = false;
  lastUse = Date.now();
  if (event.persisted) renew();
}

start();
for (const use of ["pointerdown", "keydown"]) addEventListener(use, used, { capture: true, passive: true });
addEventListener("online", verify);
document.addEventListener("visibilitychange", () => document.hidden || verify());
document.addEventListener("viceversa:status", (event) => event.detail?.state === "not-saved" && verify());
document.addEventListener("submit", beforeSignOut);
addEventListener("pagehide", leave);
addEventListener("pageshow", comeBackFromAside);
