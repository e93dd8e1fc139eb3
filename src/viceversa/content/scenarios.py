"""Scenarios: a situation, what one might do, what follows, and a talk about it afterwards."""

from typing import Annotated

from pydantic import Field as Setting

from viceversa.content.exercises import Situation
from viceversa.content.names import Model, Slug, Text
from viceversa.content.worksheets import Source, Whole


class Cards(Model):
    """The card of each role, for playing a scenario in threes."""

    mentor: Text
    mentee: Text
    observer: Text


class ScenarioSheet(Situation):
    """A scenario as its author writes it."""

    title: Text
    version: Whole = 1
    ask: Text | None = None
    breakout: Cards
    sources: Annotated[tuple[Source, ...], Setting(min_length=1)]


class ScenarioFile(ScenarioSheet):
    """A scenario with its name and the stamp of its exact text."""

    slug: Slug
    stamp: str = ""
