// There is no room for this page yet: ask now and then, and load it when there is. A page that
// loaded itself anew every few seconds would interrupt whoever has it read aloud.
const asked = document.querySelector("script[data-ask]").dataset.ask;
const EVERY = 3000;

async function ask() {
  try {
    const answer = await fetch(asked, { cache: "no-store" });
    if ((await answer.json()).room) return location.reload();
  } catch {
    // The server is starting again: it will answer the next time.
  }
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
