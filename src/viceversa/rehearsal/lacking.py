"""What a running order lacks, or has too much of: found by reading it, without playing it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from viceversa.content.files import BadFile
from viceversa.content.library import Library
from viceversa.content.reading_age import WORD
from viceversa.content.sessions import Activity, Questions, RunningOrder, Step
from viceversa.content.text import PLACEHOLDER
from viceversa.errors import Missing
from viceversa.live import programme
from viceversa.live.programme import Part
from viceversa.rehearsal.finding import Finding, warning

READ_A_MINUTE, SPOKEN_A_MINUTE = 200, 130
# Fewer words than these are no help to anybody.
LEAST_NOTES, LEAST_ADVICE = 10, 2
CLOCK = re.compile(r"\*\*(\d{1,3}):([0-5]\d)")


def lacking(order: RunningOrder, library: Library) -> list[Finding]:
    """List all that a running order lacks."""
    found = [one for step in order.steps for one in _in_step(step)]
    found += [
        one for step, activity in order.activities() for one in _named(step, activity, library)
    ]
    return [*found, *_as_a_whole(order, library)]


def minutes_to_read(text: str) -> float:
    """How long people need to read a text, at 200 words a minute."""
    return len(WORD.findall(text)) / READ_A_MINUTE


def minutes_to_say(text: str) -> float:
    """How long it takes to say a text, at 130 words a minute."""
    return len(WORD.findall(text)) / SPOKEN_A_MINUTE


def _in_step(step: Step) -> Iterator[Finding]:
    if len(WORD.findall(step.notes)) < LEAST_NOTES:
        yield Finding(step.title, "There is hardly a speaker note. Write what the trainer says.")
    if len(WORD.findall(step.when_late)) < LEAST_ADVICE:
        yield Finding(step.title, "It does not say what to do when late.")
    if len(WORD.findall(step.when_the_line_fails)) < LEAST_ADVICE:
        yield Finding(step.title, "It does not say what to do when the line fails.")
    yield from _times(step)


def _times(step: Step) -> Iterator[Finding]:
    read, said = minutes_to_read(step.show), minutes_to_say(step.notes)
    played = sum(getattr(one, "minutes", 0) for one in step.activities)
    has = f"and the step has {_minutes(step.minutes)}."
    if read > step.minutes:
        yield Finding(step.title, f"Its text takes {_minutes(read)} to read, {has}")
    if said > step.minutes:
        yield Finding(step.title, f"Its notes take {_minutes(said)} to say, {has}")
    elif played and said + played > step.minutes:
        both = f"Its notes and the small groups together take {_minutes(said + played)}, {has}"
        yield warning(step.title, both)
    late = [found[0].strip("*") for found in CLOCK.finditer(step.notes) if _after(found, step)]
    if late:
        yield warning(step.title, f"Its notes go on at {late[0]}, {has}")


def _after(found: re.Match[str], step: Step) -> bool:
    """Whether a time in the notes, in hours and minutes, is after the end of their step."""
    return int(found[1]) * 60 + int(found[2]) > step.minutes


def _named(step: Step, activity: Activity, library: Library) -> Iterator[Finding]:
    """Look at what an activity names, and at what it holds."""
    part = _made(activity, library)
    if isinstance(part, str):
        yield Finding(step.title, f"The activity “{activity.key}” cannot be made: {part}")
    elif gaps := _gaps([part.title, part.opened, part.revealed, part.cards, _asked(part)]):
        yield Finding(step.title, f"In “{part.title}” this is not filled in: {', '.join(gaps)}.")


def _made(activity: Activity, library: Library) -> Part | str:
    try:
        return programme.MAKERS[type(activity)](activity, library)
    except (Missing, BadFile) as trouble:
        return str(trouble)
    except KeyError as missing:
        return f"There is no question {missing} in its worksheet."


def _asked(part: Part) -> list[Any]:
    return [field.look() for field in part.fields.values()]


def _as_a_whole(order: RunningOrder, library: Library) -> Iterator[Finding]:
    first, last = order.steps[0], order.steps[-1]
    if not _speaks_of(library.words["rehearsal-privacy"], first):
        yield Finding(first.title, "The first step does not say who sees what. Begin with privacy.")
    if not _speaks_of(library.words["rehearsal-support"], last):
        yield Finding(last.title, "The last step does not say where to turn for support.")
    if not any(isinstance(one, Questions) for _, one in order.activities()):
        yield Finding("", "There is no place for questions. Add an activity of the kind questions.")
    for step in order.steps:
        if gaps := _gaps(step.model_dump(mode="json")):
            yield Finding(step.title, f"This is not filled in: {', '.join(gaps)}.")
    if gaps := _gaps([order.title, order.about, order.before, order.after]):
        yield Finding("", f"This is not filled in: {', '.join(gaps)}.")
    yield from _sum(order)


def _sum(order: RunningOrder) -> Iterator[Finding]:
    total = sum(step.minutes for step in order.steps)
    if total != order.minutes:
        meant = f"The steps take {_minutes(total)}, and the session is to take {order.minutes}."
        yield Finding("", meant)


def _speaks_of(known: str, step: Step) -> bool:
    """Whether what participants read in a step has one of some words in it."""
    text = step.show.casefold()
    return any(word.strip().casefold() in text for word in known.split(","))


def _gaps(values: Any) -> list[str]:
    """Name every {placeholder} that is left in some texts."""
    text = json.dumps(values, ensure_ascii=False, default=str)
    return list(dict.fromkeys(found[0] for found in PLACEHOLDER.finditer(text)))


def _minutes(many: float) -> str:
    rounded = f"{many:.1f}".removesuffix(".0")
    return "1 minute" if rounded == "1" else f"{rounded} minutes"
