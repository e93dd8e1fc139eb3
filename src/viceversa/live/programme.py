"""A running order with everything that it names, read once and ready to be shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from viceversa.content import sessions as kinds
from viceversa.content.exercises import Commitment
from viceversa.content.fields import Choice, Field, List, Option
from viceversa.content.library import Library
from viceversa.content.markdown import to_html
from viceversa.content.modules import Module, reflection
from viceversa.content.sessions import Activity, RunningOrder, Step
from viceversa.errors import Missing

COUNTS, TEXTS = "counts", "texts"
LONGEST_WORD = 60
# What is written in words may show at once, if its writer says so: see `Kept.early`.
EARLY = ("trainer",)


@dataclass(frozen=True)
class Part:
    """One activity: what there is to answer, and what is shown of it and when.

    `result` is counts, texts or None; `opened` is for everybody once it is open, `revealed` once
    its result is shown. What is private is kept for its writer alone, and goes to `worksheet`.
    """

    activity: Activity
    title: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    result: str | None = None
    opened: Mapping[str, Any] = field(default_factory=dict)
    revealed: Mapping[str, Any] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)
    private: bool = False
    worksheet: str = ""
    stamp: str = ""

    @property
    def key(self) -> str:
        return self.activity.key

    @property
    def kind(self) -> str:
        return self.activity.kind

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen where there is one question with options."""
        return next((one.options for one in self.fields.values() if isinstance(one, Choice)), ())


@dataclass(frozen=True)
class Programme:
    """A running order, its activities by their keys, and its texts as HTML."""

    order: RunningOrder
    parts: Mapping[str, Part]
    steps: tuple[Mapping[str, Any], ...]
    after_html: str
    # The module whose commitment somebody can keep as their own; empty where there is none.
    module: str = ""
    module_stamp: str = ""

    def step(self, key: Any) -> Step | None:
        """A step by its key."""
        return next((step for step in self.order.steps if step.key == key), None)

    def number(self, key: str) -> int:
        """A step's place, the first is 1; also for a step that is not there any more."""
        keys = [step.key for step in self.order.steps]
        return keys.index(key) + 1 if key in keys else 1

    def minutes_before(self, key: str) -> int:
        """How many minutes the steps before this one are meant to take."""
        return sum(step.minutes for step in self.order.steps[: self.number(key) - 1])

    def parts_of(self, key: str) -> list[Part]:
        """The activities of a step."""
        step = self.step(key)
        return [self.parts[one.key] for one in step.activities] if step else []


def read(library: Library, slug: str) -> Programme:
    """Read a running order with all that it names; raises `Missing` or `BadFile`, in a sentence."""
    order = library.session(slug)
    parts = {one.key: _part(one, library) for _, one in order.activities()}
    steps = tuple(_told(number, step, parts) for number, step in enumerate(order.steps, start=1))
    module = _first_module(order, library)
    return Programme(
        order,
        parts,
        steps,
        to_html(order.after),
        module.slug if module else "",
        module.stamp if module else "",
    )


def _told(number: int, step: Step, parts: Mapping[str, Part]) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.title,
        "number": number,
        "minutes": step.minutes,
        "html": to_html(step.show),
        "notes_html": to_html(step.notes),
        "when_late_html": to_html(step.when_late),
        "when_the_line_fails_html": to_html(step.when_the_line_fails),
        "activities": [_named(parts[one.key]) for one in step.activities],
    }


def _named(part: Part) -> dict[str, Any]:
    cards = {"cards": dict(part.cards)} if part.cards else {}
    revealed = {"revealed": dict(part.revealed)} if part.revealed else {}
    named = {"key": part.key, "kind": part.kind, "title": part.title}
    return {**named, **part.opened, **revealed, **cards}


def _part(activity: Any, library: Library) -> Part:
    return MAKERS[type(activity)](activity, library)


def _poll(one: kinds.Poll, library: Library) -> Part:
    return _choosing(one, one.ask, _choice(one, one.ask, one.help, one.options))


def _check(one: kinds.GroupCheck, library: Library) -> Part:
    question = library.module(one.module).question(one.check)
    if question is None:
        raise Missing(f"There is no check question “{one.check}” in the module “{one.module}”.")
    choice = _choice(one, question.ask, question.help, question.options)
    told = [option.model_dump(mode="json") for option in question.options]
    return _choosing(one, question.ask, choice, revealed={"options": told})


def _scenario(one: kinds.GroupScenario, library: Library) -> Part:
    scenario = library.scenario(one.scenario)
    ask = scenario.ask or library.words["module-scenario-ask"]
    choice = _choice(one, ask, None, scenario.choices)
    told = scenario.told()
    opened = {"situation_html": told["situation-html"]}
    revealed = {"choices": told["choices"], "debrief_html": told["debrief-html"]}
    return _choosing(one, scenario.title, choice, opened=opened, revealed=revealed)


def _cloud(one: kinds.WordCloud, library: Library) -> Part:
    return _writing(one, List, each_at_most=LONGEST_WORD)


def _commitment(one: kinds.GroupCommitment, library: Library) -> Part:
    return _writing(one, Commitment, examples=one.examples)


def _writing(
    one: kinds.WordCloud | kinds.GroupCommitment, kind: type[List | Commitment], **more: Any
) -> Part:
    asked = {name: getattr(one, name) for name in ("key", "ask", "help", "at_most")}
    field = kind(**asked, seen_by="group", may_share_with=EARLY, **more)
    return Part(one, one.ask, {one.key: field}, TEXTS)


def _questions(one: kinds.Questions, library: Library) -> Part:
    return Part(one, one.ask, opened={"help": one.help} if one.help else {})


def _story(one: kinds.StoryTime, library: Library) -> Part:
    story = library.module(one.module).story
    told = {"title": story.title, "html": to_html(story.text), "made_up": story.made_up}
    return Part(one, story.title, opened={"story": told})


def _reflection(one: kinds.Reflection, library: Library) -> Part:
    slug = one.worksheet or one.module or ""
    sheet = library.worksheet(slug)
    if one.module:
        fields: Mapping[str, Field] = {
            prompt.key: prompt for prompt in [reflection(library.module(one.module))]
        }
    else:
        fields = {key: sheet.fields[key] for key in one.fields or sheet.fields}
    alone = {"seen_by": "only-me", "may_share_with": ()}
    own = {key: asked.model_copy(update=alone) for key, asked in fields.items()}
    return Part(one, sheet.title, own, private=True, worksheet=slug, stamp=sheet.stamp)


def _breakouts(one: kinds.Breakouts, library: Library) -> Part:
    scenario = library.scenario(one.scenario)
    cards = {role: to_html(text) for role, text in scenario.breakout.model_dump().items()}
    opened = {"situation_html": to_html(scenario.situation), "minutes": one.minutes}
    # The group never sees this of a scenario that it plays: the trainer tells what fits.
    revealed = {"debrief_html": scenario.told()["debrief-html"]}
    return Part(one, scenario.title, opened=opened, revealed=revealed, cards=cards)


def _choice(one: Activity, ask: str, help_: str | None, options: Any) -> Choice:
    # Only the words of each option: why it is right, and what follows, comes when it is revealed.
    plain = tuple(Option(key=option.key, words=option.words) for option in options)
    return Choice(key=one.key, ask=ask, help=help_, options=plain, seen_by="group")


def _choosing(one: Activity, title: str, choice: Choice, **shown: Any) -> Part:
    return Part(one, title, {one.key: choice}, COUNTS, **shown)


def _first_module(order: RunningOrder, library: Library) -> Module | None:
    named = (getattr(one, "module", None) for _, one in order.activities())
    slug = next(filter(None, named), None)
    return library.module(slug) if slug else None


MAKERS: Mapping[type, Callable[[Any, Library], Part]] = {
    kinds.Poll: _poll,
    kinds.WordCloud: _cloud,
    kinds.Questions: _questions,
    kinds.GroupCheck: _check,
    kinds.GroupScenario: _scenario,
    kinds.StoryTime: _story,
    kinds.Reflection: _reflection,
    kinds.Breakouts: _breakouts,
    kinds.GroupCommitment: _commitment,
}
