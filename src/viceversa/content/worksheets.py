"""Worksheets: what is asked, in which order, and what becomes of the answers."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field as Setting
from pydantic import StrictBool, model_validator

from viceversa.content.fields import Field, Scale
from viceversa.content.kinds import AnyField
from viceversa.content.names import Model, Role, Slug, Text

Whole = Annotated[int, Setting(strict=True, ge=1)]
Score = Annotated[float, Setting(ge=1, le=7)]


class Story(Model):
    """What happened to somebody, told in our own words; made up unless it is a source's case."""

    title: Text
    text: Text
    made_up: StrictBool = True


class Section(Model):
    """Some fields under one heading, below a text or a story."""

    title: Text
    text: Text | None = None
    story: Story | None = None
    fields: tuple[AnyField, ...] = ()


class End(Model):
    """One end of a profile's scale, in one sentence."""

    name: Text
    text: Text | None = None


class FacetEnd(Model):
    """One end of a facet's scale: what it is good for, and what it costs."""

    name: Text
    strengths: tuple[Text, ...] = ()
    costs: tuple[Text, ...] = ()


class Facet(Model):
    """Scale items that belong together and get a score of their own."""

    key: Slug
    title: Text
    low: FacetEnd
    high: FacetEnd


class ProfileSpec(Model):
    """How answers to scale items become a profile; scores run from 1 (low) to 7 (high).

    `overlap` is the zone in which both ends hold; `spread` is the standard deviation on the
    scale of 1 to 7 and `reliability` a coefficient between 0 and 1, for the width of the band.
    """

    title: Text
    low: End
    high: End
    facets: Annotated[tuple[Facet, ...], Setting(min_length=1)]
    overlap: tuple[Score, Score] = (3.5, 4.5)
    spread: Annotated[float, Setting(gt=0, le=3)] = 1.2
    reliability: Annotated[float, Setting(ge=0, lt=1)] = 0.7
    reliability_is: Literal["assumed", "measured"] = "assumed"


class Timeline(Model):
    """Which how-long-ago fields make a timeline."""

    title: Text
    fields: Annotated[tuple[Slug, ...], Setting(min_length=1)]


class Source(Model):
    """Where an idea comes from, and what was taken from it."""

    title: Text
    by: Text | None = None
    year: Annotated[int, Setting(strict=True, ge=1000, le=2999)] | None = None
    link: Annotated[str, Setting(pattern=r"^https?://\S+$")] | None = None
    for_: Text | None = None


class Sheet(Model):
    """A worksheet as its author writes it."""

    title: Text
    version: Whole = 1
    belongs_to: Literal["person", "pair"] = "person"
    for_: Annotated[tuple[Role, ...], Setting(min_length=1)] = ("mentor", "mentee")
    minutes: Whole | None = None
    intro: Text | None = None
    sections: Annotated[tuple[Section, ...], Setting(min_length=1)]
    profile: ProfileSpec | None = None
    timeline: Timeline | None = None
    partner_may_see_when: Slug | None = None
    sources: tuple[Source, ...] = ()


class Worksheet(Sheet):
    """A worksheet with its name and the stamp of its exact text."""

    slug: Slug
    stamp: str = ""

    @model_validator(mode="before")
    @classmethod
    def _pair_sees(cls, data: Any) -> Any:
        return seen_by_the_pair(data)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by its key, in the order of the page."""
        return {field.key: field for section in self.sections for field in section.fields}

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """The scale items, in the order of the page."""
        return tuple(field for field in self.fields.values() if isinstance(field, Scale))


def seen_by_the_pair(data: Any) -> Any:
    """Fill in who sees a field of the pair's sheet where the author did not say: the pair."""
    if not isinstance(data, dict) or data.get("belongs-to") != "pair":
        return data
    sections = data.get("sections")
    if not isinstance(sections, list):
        return data
    return {**data, "sections": [_seen_section(section) for section in sections]}


def _seen_section(section: Any) -> Any:
    if not isinstance(section, dict) or not isinstance(section.get("fields"), list):
        return section
    filled = [
        {"seen-by": "my-pair", **field} if isinstance(field, dict) else field
        for field in section["fields"]
    ]
    return {**section, "fields": filled}
