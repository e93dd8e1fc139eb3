// A made-up room, to look at where there is no line: the steps and the buttons work, and nothing
// is kept. Anything else is answered with a sentence that says so.
export function playing(view, say, tell) {
  const activity = (key, change) => {
    view.activities = { ...view.activities, [key]: { ...view.activities[key], ...change } };
  };
  const acts = {
    go: ({ step }) => {
      const minutes = view.steps.find(({ key }) => key === step).minutes;
      Object.assign(view, { at: step, step_started_at: Date.now(), step_ends_at: Date.now() + minutes * 60000 });
      for (const key of Object.keys(view.activities)) activity(key, { open: false });
    },
    open: (asked) => activity(asked.activity, { open: true }),
    close: (asked) => activity(asked.activity, { open: false }),
    show: (asked) => activity(asked.activity, { shown: true }),
    hide: (asked) => activity(asked.activity, { shown: false }),
    question: (asked) => {
      view.questions = view.questions.map((one) => (one.id === asked.question ? { ...one, state: asked.to } : one));
    },
  };
  const start = view.steps.find(({ key }) => key === view.at);
  Object.assign(view, { now: Date.now(), step_ends_at: Date.now() + start.minutes * 60000 });
  return (type, asked) => {
    if (!acts[type]) return tell({ type: "refused", why: say("live-preview") });
    acts[type](asked);
    tell({ ...view, type: "view", now: Date.now() });
  };
}
