"""Answers as a person reads them: on the home page, beside a partner's plan, in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from viceversa import access
from viceversa.content.fields import Field, Reading
from viceversa.content.words import Words
from viceversa.content.worksheets import Worksheet
from viceversa.store.answers import Answer


@dataclass(frozen=True)
class Said:
    """One question with what was answered."""

    field: Field
    value: Any
    reading: Reading
    seen_by: str


@dataclass(frozen=True)
class Part:
    """The answered questions of one section."""

    title: str
    said: tuple[Said, ...]


def read(
    worksheet: Worksheet, given: Mapping[str, Answer], relation: str, words: Words
) -> tuple[Part, ...]:
    """Return what a viewer may read of a worksheet, section by section; empty sections and
    exercises drop out.

    `relation` is the viewer's to the owner, as `access.relation` gives it.
    """
    parts = (
        Part(section.title, tuple(_said(section.fields, given, relation, words)))
        for section in worksheet.sections
    )
    return tuple(part for part in parts if part.said)


def values(given: Mapping[str, Answer], relation: str = "self") -> dict[str, Any]:
    """Return the values a viewer may see, by field; what was taken back is left out."""
    return {
        key: answer.value
        for key, answer in given.items()
        if answer.value is not None and access.may_see(relation, answer.seen_by)
    }


def _said(fields: Any, given: Mapping[str, Answer], relation: str, words: Words) -> Any:
    seen = values(given, relation)
    for field in fields:
        if field.key in seen and not field.PRACTICE:
            reading = field.read(seen[field.key], words)
            yield Said(field, seen[field.key], reading, given[field.key].seen_by)
