"""Templates, filled: a page that stands by itself, in the look of a report."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from viceversa import fragments
from viceversa.content.library import Library
from viceversa.content.markdown import to_html
from viceversa.content.module_rules import CITED
from viceversa.content.worksheets import Source
from viceversa.fragments import Html
from viceversa.paper import room
from viceversa.reports.page import TEMPLATE as FRAME
from viceversa.reports.page import frame

TEMPLATE = Path(__file__).parent / "template"
# What is cut apart has no foot.
TO_CUT = ("cards", "scenario_cards", "slips")


def page(template: str, library: Library, title: str, **values: Any) -> str:
    """Fill a template as a page: no script, and nothing from any other place.

    `labels` says beside each question who would see the answer, `letters` names each option.
    """
    words = library.words
    style = (TEMPLATE / "paper.css").read_text("utf-8")
    footer = "" if template in TO_CUT else words["report-footer"]
    around = frame(title=title, footer=footer, words=words, more=style)
    known = {"frame": around, "words": words, "title": title, "labels": False, "letters": False}
    return environment().get_template(f"{template}.html.j2").render({**known, **values})


def sources(library: Library, listed: Iterable[Source], text: str | None = None) -> Html:
    """List sources with their numbers; only those that a text names, where one is given."""
    named = None if text is None else set(map(int, CITED.findall(text)))
    numbered = [
        (number, source)
        for number, source in enumerate(listed, start=1)
        if named is None or number in named
    ]
    if not numbered:
        return Html("")
    numbers, kept = zip(*numbered, strict=True)
    return fragments.show("sources", sources=kept, numbers=numbers, words=library.words)


@cache
def environment() -> Environment:
    """Our templates, and the frame of a report."""
    made = Environment(
        loader=FileSystemLoader([TEMPLATE, FRAME]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markdown"] = to_html
    made.globals["room"] = room
    return made
