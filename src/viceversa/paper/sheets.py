"""What there is to print for a name, whatever it is the name of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from viceversa.content.documents import DOCUMENTS, MODULES, SCENARIOS, SESSIONS, WORKSHEETS
from viceversa.content.fields import Field, LongText
from viceversa.content.library import Library
from viceversa.content.modules import ALL, tried
from viceversa.content.names import listed, nearest
from viceversa.content.scenarios import ScenarioFile
from viceversa.content.words import Words
from viceversa.content.worksheets import Section, Worksheet
from viceversa.errors import Missing
from viceversa.paper import session
from viceversa.paper.page import page, sources


@dataclass(frozen=True)
class Sheet:
    """One thing to print: what its file is called, and its page."""

    name: str
    html: str


def sheets(library: Library, name: str) -> tuple[Sheet, ...]:
    """Make all there is to print for a running order, worksheet, module or scenario.

    Raises `Missing`, with the names that exist, or `BadFile`, with what is wrong in a file.
    """
    for sort, known in names(library).items():
        if name in known:
            return tuple(MAKERS[sort](library, name))
    raise Missing(_no_such(name, names(library)))


def names(library: Library) -> dict[str, list[str]]:
    """Name all that can be printed, sort by sort."""
    known = {sort.name: library.named(sort) for sort in (SESSIONS, *DOCUMENTS)}
    known[WORKSHEETS.name] += [ALL] if known[SCENARIOS.name] else []
    return known


def _session(library: Library, name: str) -> Iterable[Sheet]:
    talk = session.read(library, name)
    for one in ("trainer", *talk.sheets):
        yield Sheet(f"{name}-{one}", talk.page(one))


def _worksheet(library: Library, name: str) -> Iterable[Sheet]:
    yield _blank(library, library.worksheet(name))


def _scenario(library: Library, name: str) -> Iterable[Sheet]:
    scenario, words = library.scenario(name), library.words
    yield _blank(library, _for_a_group(scenario, words))
    title = words.say("paper-cards", title=scenario.title)
    yield Sheet(f"{name}-cards", page("scenario_cards", library, title, scenario=scenario))


def _for_a_group(scenario: ScenarioFile, words: Words) -> Worksheet:
    talk = LongText(key="talk", ask=words["paper-talk"], at_most=1000)
    section = Section(title=words["paper-situation"], fields=(tried(scenario, words), talk))
    return Worksheet(
        slug=scenario.slug, title=scenario.title, sections=(section,), sources=scenario.sources
    )


def _blank(library: Library, worksheet: Worksheet) -> Sheet:
    made = page(
        "worksheet",
        library,
        worksheet.title,
        worksheet=worksheet,
        kinds={field.kind for field in worksheet.fields.values()},
        exercises=list(_exercises(worksheet)),
        own=sources(library, worksheet.sources).text,
        borrowed=[],
    )
    return Sheet(worksheet.slug, made)


def _exercises(worksheet: Worksheet) -> Iterator[tuple[str, Field]]:
    """What is explained overleaf, each with what it is called: an only one like the sheet."""
    alone = len(worksheet.sections) == 1
    for section in worksheet.sections:
        for field in section.fields:
            if field.PRACTICE:
                yield worksheet.title if alone else section.title, field


MAKERS: dict[str, Callable[[Library, str], Iterable[Sheet]]] = {
    SESSIONS.name: _session,
    WORKSHEETS.name: _worksheet,
    MODULES.name: _worksheet,
    SCENARIOS.name: _scenario,
}


def _no_such(name: str, known: dict[str, list[str]]) -> str:
    near = nearest(name, [one for some in known.values() for one in some])
    meant = f" Did you mean “{near}”?" if near else ""
    there = "\n".join(f"  {sort}s: {listed(some)}" for sort, some in known.items() if some)
    return f"There is nothing called “{name[:80]}” to print.{meant} These can be printed:\n{there}"
