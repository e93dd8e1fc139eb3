// Brings a page to life, and back to life: after a lost line, a dead kernel, a restarted server or
// a long rest. What people write is kept on their device by the widgets until the kernel says that
// it is saved; so a page can always be fetched again and put in the place of the one that broke.

import { Kernel, show } from "./kernel.js";

const IDLE = 5 * 60 * 1000; // longer than this without a key or a click, a page may rest
const UNSAVED = "viceversa:"; // how the widgets name what they keep on the device

let page; // {kernel id, base, xsrf, words}, from the server
let kernel;
let cleanups = [];
let busy = false; // a way back is being tried
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

function start() {
  page = JSON.parse(document.getElementById("vv-page").textContent);
  const own = new Kernel(page.base, page.kernel, {
    open: () => own === kernel && opened(),
    closed: () => own === kernel && comeBack(),
    gone: () => own === kernel && renew(),
  });
  kernel = own;
  kernel.connect();
}

async function opened() {
  const places = [...document.querySelectorAll(".vv-widget:not([data-shown])")];
  await Promise.all(places.map(fill));
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

// The line broke. Try it again until it holds; when the server answers but the kernel does not,
// ask for a new one.
async function comeBack() {
  if (busy) return;
  busy = true;
  const lost = kernel;
  notice("page-line-lost");
  let refused = 0;
  for (let pause = 500; kernel === lost && !kernel.connected; pause = Math.min(pause * 1.6, 8000)) {
    await wait(pause);
    refused = (await serverAnswers()) ? refused + 1 : 0;
    if (refused > 2) break;
    kernel.connect();
    await settled(kernel);
  }
  busy = false;
  if (kernel !== lost) return;
  if (!kernel.connected) return renew();
  notice();
  announce("page-line-back");
}

function settled(own) {
  return new Promise((resolve) => {
    own.socket.addEventListener("open", resolve, { once: true });
    own.socket.addEventListener("error", resolve, { once: true });
    own.socket.addEventListener("close", resolve, { once: true });
  });
}

async function serverAnswers() {
  try {
    return (await fetch(`${page.base}healthz`, { cache: "no-store" })).ok;
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
  const answer = await fetchPage();
  if (answer.ok) {
    await replace(await answer.text());
    notice();
    announce("page-loaded");
  } else {
    notice(answer.status === 401 ? "page-signed-out-elsewhere-text" : "page-403-text");
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
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.status < 500) return answer;
      notice("page-503-text");
    } catch {
      notice("page-line-lost");
    }
    await wait(pause);
  }
}

async function replace(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const place = whereTheyAre();
  for (const cleanup of cleanups.splice(0)) cleanup();
  document.getElementById("main").replaceWith(document.adoptNode(fresh.getElementById("main")));
  delete document.documentElement.dataset.ready;
  const back = new Promise((resolve) => document.addEventListener("viceversa:back", resolve, { once: true }));
  start();
  await Promise.race([back, wait(20000)]);
  goBackTo(place);
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
  if (busy || !kernel?.connected) return;
  const asked = kernel;
  if ((await asked.alive()) || asked !== kernel || busy) return;
  if (asked.doubted) renew();
  else {
    asked.doubted = true;
    asked.connect();
  }
}

function anythingUnsaved() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(UNSAVED));
  } catch {
    return [];
  }
}

function beforeSignOut(event) {
  const kept = anythingUnsaved();
  if (kept.length && !confirm(page.words["page-sign-out-unsaved"])) event.preventDefault();
  else for (const key of kept) localStorage.removeItem(key);
}

start();
for (const use of ["pointerdown", "keydown"]) addEventListener(use, () => (lastUse = Date.now()), { capture: true, passive: true });
addEventListener("online", verify);
document.addEventListener("visibilitychange", () => document.hidden || verify());
document.addEventListener("viceversa:status", (event) => event.detail?.state === "not-saved" && verify());
document.querySelector(".vv-sign-out")?.addEventListener("submit", beforeSignOut);
addEventListener("pagehide", () => navigator.sendBeacon(`${page.base}close/${page.kernel}`, new URLSearchParams({ _xsrf: page.xsrf })));
addEventListener("pageshow", (event) => event.persisted && renew());
