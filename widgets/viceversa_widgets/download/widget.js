import { button, h, sayFrom } from "../parts.js";

const ANSWER_WITHIN = 20000;

const blobOf = ({ base64, mime }) =>
  new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: mime });

const hand = (file) => {
  const address = URL.createObjectURL(blobOf(file));
  const link = h("a", { href: address, download: file.name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
};

// A button that asks the kernel for a file and saves it on the device.
function renderDownload({ model, el }) {
  const say = sayFrom(model.get("words"));
  const status = h("p", { class: "vv-help", role: "status" });
  let waiting = null;
  const tell = (text, wrong = false) => {
    status.textContent = text;
    status.className = wrong ? "vv-wrong" : "vv-help";
  };
  const done = () => (clearTimeout(waiting), (waiting = null));
  const ask = () => {
    if (waiting) return;
    tell(say("download-making"));
    waiting = setTimeout(() => (done(), tell(say("download-no-answer"), true)), ANSWER_WITHIN);
    try {
      model.send({ make: true });
    } catch {
      done();
      tell(say("download-no-answer"), true);
    }
  };
  const hear = (message) => {
    if (!message?.file && !message?.failed) return;
    done();
    if (message.failed) return tell(message.failed, true);
    try {
      hand(message.file);
      tell(say("download-done", { name: message.file.name }));
    } catch {
      tell(say("download-failed"), true);
    }
  };
  el.classList.add("vv");
  el.replaceChildren(
    h("div", { class: "vv-download" }, button(model.get("label") || say("download"), ask, "main"), status));
  model.on("msg:custom", hear);
  return () => (done(), model.off("msg:custom", hear));
}

export default { render: renderDownload };
