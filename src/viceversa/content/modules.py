"""Modules: five to ten minutes on one thing, for both roles.

A module becomes a worksheet of its own, so that everything that holds for worksheets (saving,
who sees what, progress, reports) holds for modules without being written again.
"""

import hashlib
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field as Setting

from viceversa.content.citing import renumbered, together
from viceversa.content.exercises import Check, Commitment, Explained, Scenario
from viceversa.content.fields import LongText
from viceversa.content.names import Model, Role, Slug, Text
from viceversa.content.scenarios import ScenarioFile
from viceversa.content.words import Words
from viceversa.content.worksheets import Section, Source, Story, Whole, Worksheet

# The fields of a module's worksheet that are not check questions.
SCENARIO, REFLECTION, COMMITMENT = "scenario", "reflection", "commitment"
# The worksheet of all scenarios.
ALL = "scenarios"


class CheckQuestion(Model):
    """A question to oneself; each answer explains itself."""

    key: Slug
    ask: Text
    help: Text | None = None
    options: Annotated[tuple[Explained, ...], Setting(min_length=2)]


class Prompt(Model):
    """What to think about, with some help."""

    ask: Text
    help: Text | None = None


class Promise(Prompt):
    """What to promise oneself, with examples of how small it may be."""

    examples: tuple[Text, ...] = ()


class ModuleSheet(Model):
    """A module as its author writes it; everything but `for` and `version` must be there."""

    title: Text
    version: Whole = 1
    for_: Annotated[tuple[Role, ...], Setting(min_length=1)] = ("mentor", "mentee")
    minutes: Annotated[int, Setting(strict=True, ge=3, le=15)]
    why: Text
    text: Text
    for_mentors: Text
    for_mentees: Text
    story: Story
    scenario: Slug
    check: Annotated[tuple[CheckQuestion, ...], Setting(min_length=3, max_length=5)]  # type: ignore[assignment]
    prompt: Prompt
    commitment: Promise
    sources: Annotated[tuple[Source, ...], Setting(min_length=1)]


class Module(ModuleSheet):
    """A module with its name and the stamp of its exact text."""

    slug: Slug
    stamp: str = ""

    def question(self, key: str) -> Check | None:
        """Give one of its check questions, or None where there is none with this key."""
        found = (one for one in self.check if one.key == key)
        return next((_check(one) for one in found), None)

    def worksheet(self, scenario: ScenarioFile, words: Words) -> Worksheet:
        """Make the worksheet that somebody works through alone."""
        return Worksheet(
            slug=self.slug,
            stamp=self.stamp,
            title=self.title,
            version=self.version,
            for_=self.for_,
            minutes=self.minutes,
            intro=self.why,
            sections=tuple(_sections(self, scenario, words)),
            sources=together(self.sources, scenario.sources),
        )


def reflection(module: Module) -> LongText:
    """Give a module's prompt as a field; nobody but its writer sees the answer."""
    return LongText(key=REFLECTION, **module.prompt.model_dump())


def _sections(module: Module, scenario: ScenarioFile, words: Words) -> list[Section]:
    among = together(module.sources, scenario.sources)
    return [
        Section(title=words["module-text"], text=module.text),
        Section(title=words["module-for-mentors"], text=module.for_mentors),
        Section(title=words["module-for-mentees"], text=module.for_mentees),
        Section(title=words["module-story"], story=module.story),
        Section(title=scenario.title, fields=(tried(scenario, words, among),)),
        Section(title=words["module-check"], fields=tuple(map(_check, module.check))),
        Section(title=words["module-prompt"], fields=(reflection(module),)),
        Section(title=words["module-commitment"], fields=(_commitment(module),)),
    ]


def all_of_them(scenarios: Iterable[ScenarioFile], words: Words) -> Worksheet:
    """Make the worksheet of all scenarios, one under the other."""
    scenarios = tuple(scenarios)
    among = together(*(one.sources for one in scenarios))
    return Worksheet(
        slug=ALL,
        stamp=hashlib.sha256("".join(one.stamp for one in scenarios).encode()).hexdigest()[:8],
        title=words["scenarios-title"],
        for_=("mentor", "mentee", "trainer", "coordinator"),
        sections=tuple(
            Section(title=one.title, fields=(tried(one, words, among, one.slug, optional=True),))
            for one in scenarios
        ),
        sources=among,
    )


def tried(
    scenario: ScenarioFile,
    words: Words,
    among: Iterable[Source] = (),
    key: str = SCENARIO,
    optional: bool = False,
) -> Scenario:
    """Give a scenario as a field to try; its texts name their sources by their place `among` all
    that are listed with it, if there are others.
    """
    plain = scenario.model_dump(include={"situation", "choices", "debrief"})
    parts = renumbered(plain, scenario.sources, tuple(among) or scenario.sources)
    ask = scenario.ask or words["module-scenario-ask"]
    return Scenario(key=key, ask=ask, optional=optional, **parts)


def _check(question: CheckQuestion) -> Check:
    return Check(**{name: getattr(question, name) for name in CheckQuestion.model_fields})


def _commitment(module: Module) -> Commitment:
    return Commitment(key=COMMITMENT, **module.commitment.model_dump())
