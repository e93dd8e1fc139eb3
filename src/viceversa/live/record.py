"""What is kept of a session that has ended, for whoever led it: group results and no more.

Here are results within their limits, texts that the trainer let everybody see, questions
that were shown, and who came. Nothing that was private, waiting or hidden is read for it, and no
name stands beside anything that was said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from viceversa import spreadsheets
from viceversa.calendars import day_in_words
from viceversa.content.library import Library
from viceversa.content.words import Words
from viceversa.live import programme, results, room
from viceversa.live.open_room import OpenRoom
from viceversa.live.programme import TEXTS, Part
from viceversa.live.results import Limits
from viceversa.store import Store
from viceversa.store.rooms import Guest, Room

SHOWN = ("shown", "answered")
COLUMNS = ("record-column-part", "record-column-item", "record-column-value", "record-column-count")

Row = tuple[str, str, str, int | str]


@dataclass(frozen=True)
class StepHeld:
    """A step, and how many minutes it was meant to take and took; None for one left out."""

    title: str
    planned: int
    used: int | None


@dataclass(frozen=True)
class Attendance:
    """How many came, when, and who gave a name; `came` counts by the step they came in."""

    joined: int
    named: tuple[tuple[str, str], ...]
    unnamed: int
    came: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class GroupResult:
    """What a group answered: counts, or texts that it could read; `held_back` says why neither."""

    title: str
    kind: str
    answered: int | None = None
    counts: tuple[tuple[str, int], ...] = ()
    texts: tuple[tuple[str, int], ...] = ()
    not_shown: int = 0
    held_back: str = ""


@dataclass(frozen=True)
class Record:
    """All of it, as plain values; times are texts in the clock of this machine."""

    title: str
    day: str
    began: str
    ended: str
    zone: str
    led_by: str
    minutes: int
    planned: int
    changed_since: bool
    steps: tuple[StepHeld, ...]
    attendance: Attendance
    results: tuple[GroupResult, ...]
    questions: tuple[tuple[str, int, bool], ...]
    breakouts: tuple[tuple[str, int, int], ...]


def gather(store: Store, record: Room, library: Library, limits: Limits, led_by: str) -> Record:
    """Gather what may be kept of a session that has ended.

    Raises `Missing` or `BadFile` where its running order is not there any more.
    """
    order = programme.read(library, record.running_order)
    held = OpenRoom(store, record, order, library.words, limits, record.begun_at.timestamp())
    ended = record.ended_at or record.expires_at
    local = record.begun_at.astimezone()
    steps = tuple(_steps(held, ended))
    return Record(
        title=record.title,
        day=day_in_words(local.date().isoformat(), library.words),
        began=_clock(record.begun_at),
        ended=_clock(ended),
        zone=local.tzname() or "UTC",
        led_by=led_by,
        minutes=sum(step.used or 0 for step in steps),
        planned=order.order.minutes,
        changed_since=record.stamp != order.order.stamp,
        steps=steps,
        attendance=_attendance(held, library.words),
        results=tuple(_results(held, library.words)),
        questions=tuple(_questions(held)),
        breakouts=tuple(_breakouts(held)),
    )


def table(record: Record, words: Words) -> str:
    """Give a record as one table, a row for each thing, that a spreadsheet opens without harm."""
    return spreadsheets.as_text([words[key] for key in COLUMNS], _rows(record, words))


def _steps(held: OpenRoom, ended: datetime) -> Iterator[StepHeld]:
    used = room.minutes_used(held.state, int(ended.timestamp() * 1000))
    for step in held.programme.order.steps:
        took = used.get(step.key)
        yield StepHeld(step.title, step.minutes, None if took is None else round(took))


def _attendance(held: OpenRoom, words: Words) -> Attendance:
    came = [guest for guest in held.guests.values() if not guest.removed]
    named = sorted((guest.name, _clock(guest.joined_at)) for guest in came if guest.name)
    return Attendance(
        len(came), tuple(named), len(came) - len(named), tuple(_when(held, came, words))
    )


def _when(held: OpenRoom, came: Iterable[Guest], words: Words) -> Iterator[tuple[str, int]]:
    """Count who came by the step that it was, in the order of the steps."""
    found = Counter(_step_at(held, guest.joined_at) for guest in came)
    titles = {"": words["record-came-before"]}
    titles |= {step.key: step.title for step in held.programme.order.steps}
    for key, title in titles.items():
        if found[key]:
            yield title, found[key]


def _step_at(held: OpenRoom, when: datetime) -> str:
    known = {step.key for step in held.programme.order.steps}
    at = when.replace(tzinfo=when.tzinfo or UTC).timestamp() * 1000
    gone = [step for step, began in takewhile(lambda one: one[1] <= at, held.state.went)]
    return gone[-1] if gone and gone[-1] in known else ""


def _results(held: OpenRoom, words: Words) -> Iterator[GroupResult]:
    for part in held.programme.parts.values():
        found = held.result(part)
        if found is not None:
            yield _result(part, _read(held, part, found), words)


def _read(held: OpenRoom, part: Part, found: dict[str, Any]) -> dict[str, Any]:
    """A result as it was read: a text was let through for nothing where none was ever shown."""
    if "texts" not in found or part.key in held.state.ever_shown:
        return found
    return {**found, "texts": [{**one, "released": False} for one in found["texts"]]}


def _result(part: Part, found: Mapping[str, Any], words: Words) -> GroupResult:
    few = _held_back(found, words)
    if part.result != TEXTS:
        counts = tuple((one["words"], one["n"]) for one in found.get("counts", ()))
        answered = found["answered"] if counts else None
        return GroupResult(part.title, part.kind, answered, counts, held_back=few)
    seen = results.for_the_group(found).get("texts", ())
    return GroupResult(
        part.title,
        part.kind,
        None if few else found["answered"],
        texts=tuple((one["text"], one["n"]) for one in seen),
        not_shown=0 if few else len(found["texts"]) - len(seen),
        held_back=few,
    )


def _held_back(found: Mapping[str, Any], words: Words) -> str:
    """Say why not everything is here; empty where it is."""
    if "needed" not in found:
        return ""
    some = any(one["released"] for one in found.get("texts", ()))
    key = "record-held-back-some" if some else "record-held-back"
    return words.say(key, n=found["needed"])


def _questions(held: OpenRoom) -> Iterator[tuple[str, int, bool]]:
    """Those that everybody saw, most votes first; never in the order in which they were asked."""
    votes = {id_: len(held.votes.get(id_, ())) for id_ in held.questions}
    seen = [one for one in held.questions.values() if one.state in SHOWN]
    for one in sorted(seen, key=lambda one: (-votes[one.id], one.text)):
        yield one.text, votes[one.id], one.state == "answered"


def _breakouts(held: OpenRoom) -> Iterator[tuple[str, int, int]]:
    for key, dealt in held.state.groups.items():
        if key in held.programme.parts:
            people = sum(len(group.members) for group in dealt)
            yield held.programme.parts[key].title, len(dealt), people


def _rows(record: Record, words: Words) -> Iterator[Row]:
    makers = (
        _session_rows,
        _step_rows,
        _attendance_rows,
        _result_rows,
        _question_rows,
        _group_rows,
    )
    for make in makers:
        yield from make(record, words)


def _session_rows(record: Record, words: Words) -> Iterator[Row]:
    part = words["record-part-session"]
    told = {
        "record-session-title": record.title,
        "record-session-day": record.day,
        "record-session-began": f"{record.began} {record.zone}",
        "record-session-ended": f"{record.ended} {record.zone}",
        "record-session-led-by": record.led_by,
    }
    for key, value in told.items():
        if value:
            yield part, words[key], value, ""


def _step_rows(record: Record, words: Words) -> Iterator[Row]:
    part = words["record-part-steps"]
    for step in record.steps:
        yield part, step.title, words["record-planned"], step.planned
        if step.used is not None:
            yield part, step.title, words["record-used"], step.used


def _attendance_rows(record: Record, words: Words) -> Iterator[Row]:
    part, came = words["record-part-attendance"], record.attendance
    yield part, words["record-joined"], "", came.joined
    yield part, words["record-unnamed"], "", came.unnamed
    for title, many in came.came:
        yield part, words["record-came-when"], title, many
    for name, at in came.named:
        yield part, name, at, ""


def _result_rows(record: Record, words: Words) -> Iterator[Row]:
    part = words["record-part-results"]
    for one in record.results:
        if one.held_back:
            yield part, one.title, one.held_back, ""
        for text, many in (*one.counts, *one.texts):
            yield part, one.title, text, many


def _question_rows(record: Record, words: Words) -> Iterator[Row]:
    part = words["record-part-questions"]
    for text, votes, answered in record.questions:
        state = words["record-answered"] if answered else words["record-not-answered"]
        yield part, state, text, votes


def _group_rows(record: Record, words: Words) -> Iterator[Row]:
    part = words["record-part-breakouts"]
    for title, groups, people in record.breakouts:
        yield part, title, words["record-groups"], groups
        yield part, title, words["record-in-groups"], people


def _clock(when: datetime) -> str:
    return when.astimezone().strftime("%H:%M")
