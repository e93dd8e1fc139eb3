"""A running order on paper: what the trainer needs, and what people are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from viceversa.content.library import Library
from viceversa.content.sessions import Step
from viceversa.content.worksheets import Source
from viceversa.fragments import Html
from viceversa.live import programme
from viceversa.live.programme import Part, Programme
from viceversa.paper.page import page, sources

# After the trainer's own: in the order in which people are given them.
GIVEN = ("handout", "slips", "cards", "after")


@dataclass(frozen=True)
class Activity:
    """An activity with what is behind it, which nobody is told before they have answered."""

    part: Part
    behind: dict[str, Any]
    sources: tuple[Source, ...]

    @property
    def is_collected(self) -> bool:
        """Whether people hand something in."""
        return bool(self.part.result) or self.part.kind == "questions"


@dataclass(frozen=True)
class Stage:
    """A step, its place, and the minutes at which it begins and ends."""

    step: Step
    told: Any
    start: int
    activities: tuple[Activity, ...]

    @property
    def end(self) -> int:
        return self.start + self.step.minutes


@dataclass(frozen=True)
class Talk:
    """A running order, ready for paper."""

    library: Library
    programme: Programme
    stages: tuple[Stage, ...]

    @property
    def activities(self) -> list[Activity]:
        return [one for stage in self.stages for one in stage.activities]

    @property
    def sheets(self) -> tuple[str, ...]:
        """Which sheets there are to give to people: none that would be empty."""
        wanted = {
            "handout": True,
            "slips": any(one.is_collected for one in self.activities),
            "cards": any(one.part.cards for one in self.activities),
            "after": any(one.behind for one in self.activities),
        }
        return tuple(name for name in GIVEN if wanted[name])

    def page(self, name: str) -> str:
        """Make one of the sheets."""
        order = self.programme.order
        title = self.library.words.say(f"paper-sheet-{name}", title=order.title)
        return page(name, self.library, title, talk=self, order=order, letters=True)

    def sources(self) -> Html:
        """What the running order itself refers to."""
        return sources(self.library, self.programme.order.sources)

    def cited(self, *, opened: bool = False, behind: bool = False) -> Iterator[tuple[str, Html]]:
        """What the activities refer to, each with its title: in what is open to all, or behind."""
        for one in self.activities:
            texts = [one.part.opened] * opened + [one.behind] * behind
            listed = sources(self.library, one.sources, " ".join(_texts(texts)))
            if listed.text:
                yield one.part.title, listed


def read(library: Library, slug: str) -> Talk:
    """Read a running order with all that it names; raises `Missing` or `BadFile`."""
    read = programme.read(library, slug)
    stages = tuple(
        Stage(
            step,
            told,
            read.minutes_before(step.key),
            tuple(_activity(library, part) for part in read.parts_of(step.key)),
        )
        for step, told in zip(read.order.steps, read.steps, strict=True)
    )
    return Talk(library, read, stages)


def _activity(library: Library, part: Part) -> Activity:
    behind = dict(part.revealed)
    named: tuple[Source, ...] = ()
    if slug := getattr(part.activity, "scenario", None):
        scenario = library.scenario(slug)
        told, named = scenario.told(), scenario.sources
        behind = {"choices": told["choices"], "debrief_html": told["debrief-html"]}
    elif slug := getattr(part.activity, "module", None):
        named = library.module(slug).sources
    return Activity(part, behind, named)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)
