"""Worksheets: what is asked, in which order, and what becomes of the answers."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field as Setting
from pydantic import ValidationError, model_validator

from viceversa.content.fields import AnyField, Field, Scale
from viceversa.content.files import BadFile, fingerprint, read_yaml
from viceversa.content.names import Asked, Model, Slug, Text
from viceversa.content.rules import broken

Whole = Annotated[int, Setting(strict=True, ge=1)]
Score = Annotated[float, Setting(ge=1, le=7)]


class Section(Model):
    """Some fields under one heading."""

    title: Text
    text: Text | None = None
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
    for_: Annotated[tuple[Asked, ...], Setting(min_length=1)] = ("mentor", "mentee")
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


def read_worksheet(path: Path) -> Worksheet:
    """Read a worksheet's file; the file's name is its slug.

    Raises `BadFile`, which names every fault in it.
    """
    mark = fingerprint(path)
    return _read(path, mark)


@lru_cache(maxsize=512)
def _read(path: Path, mark: str) -> Worksheet:
    data = read_yaml(path)
    try:
        sheet = Worksheet.model_validate({**data, "slug": path.stem}, by_name=False)
    except (ValidationError, TypeError) as error:
        raise _bad(path) from error
    if broken(data):
        raise _bad(path)
    return sheet.model_copy(update={"stamp": f"{sheet.version}-{mark[:8]}"})


def _bad(path: Path) -> BadFile:
    from viceversa.content.check import faults_in_worksheet

    faults = faults_in_worksheet(path)
    return BadFile("\n".join(str(fault) for fault in faults))
