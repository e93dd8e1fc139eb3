// What every control is made of: elements, words, labels, and who will see an answer.

export const h = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

// The field's own noun for one entry ("row-meetings: meeting"), else the general one.
export const nounFor = (kind, field, tools) => tools.words[`${kind}-${field.key}`] ?? tools.say(kind);

export const sayFrom = (words) => (key, values = {}) =>
  (words?.[key] ?? key).replace(/\{([\w-]+)\}/g, (whole, name) => values[name] ?? whole);

// The kernel says when in UTC; a person reads their own clock, and the day where it is not today.
export const clock = (at) => {
  if (!/^\d{4}-\d\d-\d\dT/.test(at)) return at ?? "";
  const then = new Date(at);
  const language = document.documentElement.lang || undefined;
  const time = then.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (then.toDateString() === new Date().toDateString()) return time;
  return `${time}, ${then.getDate()} ${then.toLocaleDateString(language, { month: "long" })}`;
};

// Each model has its own copy of this module, so a counter alone would give the same id twice.
export const freshId = () =>
  `vv-${Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join("")}`;

export const button = (text, onclick, kind = "plain") =>
  h("button", { type: "button", class: `vv-button vv-button-${kind}`, onclick }, text);

// "Remove" for the eye, "Remove Meeting 2" for the ear.
export const heard = (text) => h("span", { class: "vv-heard" }, text);

export const group = (field, tools, role, ...body) =>
  h("fieldset", { role, class: `vv-field vv-${field.kind}`, "aria-describedby": tools.describedBy },
    h("legend", {}, field.ask), ...tools.before, ...body, ...tools.after);

export const single = (field, tools, input, ...body) => {
  input.id = tools.id("input");
  input.setAttribute("aria-describedby", tools.describedBy);
  return h("div", { class: `vv-field vv-${field.kind}` },
    h("label", { class: "vv-ask", for: input.id }, field.ask),
    ...tools.before, input, ...body, ...tools.after);
};

// One of several radios, none chosen at first, and a way to take the answer back.
export const pickOne = (field, tools, options, lay) => {
  const name = tools.id("pick");
  const inputs = options.map((option, place) =>
    h("input", {
      type: "radio", name, id: `${name}-${place}`, value: place, "aria-label": option.heard,
      onchange: () => (mark(), tools.changed(read(), { now: true })),
    }));
  const read = () => options[inputs.findIndex((input) => input.checked)]?.value ?? null;
  const mark = () => (clear.hidden = read() === null);
  const write = (value) => {
    inputs.forEach((input, place) => (input.checked = options[place].value === value));
    mark();
  };
  const clear = button(tools.say("clear"), () => {
    write(null);
    inputs[0].focus();
    tools.changed(null, { now: true });
  }, "quiet");
  write(null);
  return {
    element: group(field, tools, "radiogroup", ...lay(inputs), clear),
    read, write,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    say: (value) => options.find((option) => option.value === value)?.words ?? "",
  };
};

export const option = (input, text) =>
  h("label", { class: "vv-option" }, input, h("span", {}, text));

// Text is never cut off by the browser: too long is said, and the kernel decides.
export const textBox = (field, tools, box) => {
  const most = field["at-most"] ?? Infinity;
  const count = h("p", { class: "vv-count", hidden: true });
  let over = false;
  const measure = () => {
    const length = box.value.length;
    count.hidden = length < most * 0.8;
    count.textContent = tools.say(length > most ? "too-long" : "characters", { length, most });
    count.classList.toggle("vv-wrong", length > most);
    if (length > most && !over) tools.announce(count.textContent);
    over = length > most;
  };
  box.addEventListener("input", () => (measure(), tools.changed(box.value)));
  box.addEventListener("blur", tools.leave);
  return {
    element: single(field, tools, box, count),
    typed: true,
    read: () => box.value,
    write: (value) => ((box.value = value ?? ""), measure()),
    focus: () => box.focus(),
    say: (value) => value ?? "",
  };
};

// A date half typed reads as empty in a browser; the last whole one stands until it is whole again.
export const wholeDate = (input, tools, changed) => {
  let whole = input.value;
  const read = () => {
    const begun = input.validity.badInput || /^0/.test(input.value);
    if (!begun) whole = input.value;
    return whole;
  };
  input.addEventListener("input", () => {
    const before = whole;
    if (read() !== before) changed();
  });
  input.addEventListener("blur", () => {
    tools.trouble(input.validity.badInput ? tools.say("date-unfinished") : null);
    tools.leave();
  });
  return { read, write: (value) => (whole = input.value = value ?? "") };
};

// Entries that can be added and removed; a removal can be undone. make(value) gives one entry:
// { element, read, focus, number(n) -> its name, remove: its button }.
export const repeating = (field, tools, make, empty) => {
  const most = field["at-most"] ?? Infinity;
  let entries = [];
  const place = h("div", { class: "vv-entries" });
  const full = h("p", { class: "vv-help", hidden: true }, tools.say("full", { most }));
  const add = button(tools.say("add", { name: tools.noun }), () => insert(entries.length), "plain");
  let undo = null;

  const settle = () => {
    entries.forEach((entry, n) => (entry.name = entry.number(n + 1)));
    add.hidden = entries.length >= most;
    full.hidden = !add.hidden;
  };
  const change = (now = true) => tools.changed(read(), { now });
  const put = (value, at) => {
    const entry = make(value, change);
    entry.remove.addEventListener("click", () => takeOut(entry));
    const next = entries[at]?.element ?? null;
    entries.splice(at, 0, entry);
    place.insertBefore(entry.element, next);
    settle();
    return entry;
  };
  const insert = (at) => {
    if (entries.length >= most) return entries[at]?.focus();
    const entry = put(undefined, at);
    entry.focus();
    tools.announce(tools.say("added", { name: entry.name }));
  };
  const takeOut = (entry) => {
    const at = entries.indexOf(entry);
    const value = entry.read();
    entries.splice(at, 1);
    undo?.remove();
    undo = null;
    if (empty(value)) {
      entry.element.remove();
      settle();
      (entries[at] ?? entries[at - 1] ?? { focus: () => add.focus() }).focus();
      return change();
    }
    offer(entry, at, value);
    settle();
    change();
  };
  const offer = (entry, at, value) => {
    const gone = tools.say("removed", { name: entry.name });
    const back = button(tools.say("undo"), () => {
      undo.remove();
      undo = null;
      const again = put(value, Math.min(at, entries.length));
      again.focus();
      tools.announce(tools.say("restored", { name: again.name }));
      change();
    });
    undo = h("div", { class: "vv-undo" }, h("span", {}, gone), back);
    entry.element.replaceWith(undo);
    back.focus();
    tools.announce(gone);
  };
  const read = () => entries.map((entry) => entry.read()).filter((value) => !empty(value));
  const write = (values) => {
    entries = [];
    undo = null;
    place.replaceChildren();
    const given = Array.isArray(values) ? values : [];
    (given.length ? given : [undefined]).forEach((value, n) => put(value, n));
  };
  const after = (element) => insert(entries.findIndex((entry) => entry.element === element) + 1);
  write([]);
  return {
    body: [place, full, add], after,
    control: { typed: true, read, write, focus: () => (entries[0] ?? { focus: () => add.focus() }).focus() },
  };
};

export const whoWillSee = (field, tools, changed) => {
  const audiences = [field["seen-by"], ...(field["may-share-with"] ?? [])];
  const name = (audience) => tools.say(`seen-by-${audience}`);
  const ask = tools.say("who-will-see");
  if (audiences.length === 1)
    return {
      element: h("p", { class: "vv-who", id: tools.id("who") }, `${ask}: `, h("strong", {}, name(audiences[0]))),
      read: () => audiences[0], write: () => {},
    };
  // A select does not read well inside a description: the same is said there in plain words.
  const said = h("span", { id: tools.id("who"), hidden: true });
  const mark = () => (said.textContent = `${ask}: ${name(select.value)}`);
  const select = h("select", { id: tools.id("seen-by"), onchange: () => (mark(), changed(select.value)) },
    ...audiences.map((audience) => h("option", { value: audience }, name(audience))));
  return {
    element: h("p", { class: "vv-who" }, h("label", { for: select.id }, ask), " ", select, said),
    read: () => select.value,
    // An audience that is no longer offered stays until the person chooses another.
    write: (audience) => {
      if (![...select.options].some(({ value }) => value === audience))
        select.append(h("option", { value: audience }, name(audience)));
      select.value = audience;
      mark();
    },
  };
};
