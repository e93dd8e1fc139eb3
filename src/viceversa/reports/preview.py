"""A fictional person's report, so that a report's notebook runs anywhere."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from viceversa import scheme
from viceversa.content.fields import (
    HOW_LONG_AGO,
    Choice,
    Choices,
    Date,
    Field,
    List,
    Rows,
    Scale,
    Time,
)
from viceversa.content.fields import HowLongAgo as Ago
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.content.words import Words
from viceversa.progress import owner_of
from viceversa.reports.material import Edition, gather
from viceversa.reports.report import Report
from viceversa.reports.shelf import Shelf
from viceversa.store import answers, memory_store, people

PLACES = (6, 2, 5, 3, 6, 4, 7, 2, 5, 3, 6, 1)


def preview(edition: Edition) -> Report:
    """Make a fictional person who has answered every question there is, and open their report.

    What they let others see is as wide as each question allows, so that both editions show it.
    """
    folder = scheme.find(Path.cwd())
    settings = scheme.Scheme.open(folder) if folder else None
    library = Shelf(settings.library() if settings else Library([shipped("content")]))
    store = memory_store()
    mentor = people.add(store, "Sam Preview", "sam@example.org", "mentor")
    mentee = people.add(store, "Alex Preview", "alex@example.org", "mentee")
    pair = people.join(store, mentor.id, mentee.id)
    for worksheet in library.worksheets():
        for person in (mentor, mentee) if worksheet.belongs_to == "person" else (mentor,):
            owner = owner_of(worksheet.belongs_to, person, pair)
            for number, asked in enumerate(worksheet.fields.values()):
                answers.save(
                    store,
                    owner,  # type: ignore[arg-type]  # there is a pair, so there is an owner
                    worksheet.slug,
                    asked.key,
                    sample(asked, number, library.words),
                    stamp=worksheet.stamp,
                    seen_by=(asked.seen_by, *asked.may_share_with)[-1],
                    by=person.id,
                    base=0,
                )
    material = gather(settings, store, library, mentor, edition)
    store.close()
    return Report(material, library)


def sample(asked: Field, number: int, words: Words) -> Any:
    """Make up an answer to the question with this number, as the store keeps it."""
    text = words["report-preview-words"]
    match asked:
        case Scale():
            return PLACES[number % len(PLACES)]
        case Ago():
            return HOW_LONG_AGO[number % len(HOW_LONG_AGO)]
        case Choice():
            return asked.options[0].key
        case Choices():
            return [option.key for option in asked.options[: asked.at_most or 2]]
        case List():
            return [text]
        case Date():
            return (date.today() + timedelta(days=14)).isoformat()
        case Time():
            return "10:30"
        case Rows():
            return [{column.key: sample(column, number, words) for column in asked.columns}]
        case _:
            return text
