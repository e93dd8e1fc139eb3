"""The record of a live session as a page that holds all it needs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from viceversa.content.words import Words
from viceversa.live.record import Record
from viceversa.reports.page import TEMPLATE, frame


def make_record(record: Record, words: Words, *, scheme: str, pad: str = "") -> str:
    """Return a session's record as HTML; `pad` are the notes of whoever gets it, if they led it."""
    title = words.say("record-title", title=record.title)
    footer = words["report-footer"]
    return (
        _environment()
        .get_template("record.html.j2")
        .render(
            frame=frame(title=title, footer=footer, words=words),
            say=words.say,
            scheme=scheme,
            record=record,
            steps=tuple(_steps(record, words)),
            questions=tuple(_questions(record, words)),
            pad=pad.strip(),
        )
    )


def _steps(record: Record, words: Words) -> Iterator[tuple[str, int, int | str]]:
    for step in record.steps:
        left_out = words["record-left-out"]
        yield step.title, step.planned, left_out if step.used is None else step.used


def _questions(record: Record, words: Words) -> Iterator[tuple[str, int, str]]:
    for text, votes, answered in record.questions:
        yield text, votes, words["record-answered" if answered else "record-not-answered"]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
