"""A rehearsal: a running order is played with scripted people, and what is amiss is told."""

from __future__ import annotations

from viceversa.content.library import Library
from viceversa.content.sessions import RunningOrder, Step
from viceversa.errors import Trouble
from viceversa.live.record import gather, table
from viceversa.live.results import Limits
from viceversa.live.scripted import play_out
from viceversa.rehearsal import scenes
from viceversa.rehearsal.finding import Finding, warning
from viceversa.rehearsal.lacking import lacking, minutes_to_read, minutes_to_say
from viceversa.rehearsal.stage import Say, Stage
from viceversa.reports.checking import check_page
from viceversa.reports.record import make_record
from viceversa.store import rooms

__all__ = ["PEOPLE", "Finding", "rehearse"]

PEOPLE = 12
LATE = 2


def rehearse(
    library: Library,
    slug: str,
    *,
    people: int = PEOPLE,
    limits: Limits | None = None,
    say: Say = lambda line: None,
) -> list[Finding]:
    """Play a running order and return what was found; `say` is given each line as it goes.

    Raises `Missing` where there is no such running order, and `BadFile` with every fault of its
    file.
    """
    order = library.session(slug)
    found = lacking(order, library)
    if any(one.grave and "cannot be made" in one.said for one in found):
        say("It was not played, because some of what it names is not there.")
        return found
    limits = limits or Limits()
    played = play_out(_play(library, order, people, limits, say))
    return [*found, *_few(people, limits), *played]


def _few(people: int, limits: Limits) -> list[Finding]:
    if people >= limits.texts:
        return []
    return [
        warning("", f"With {people} people, texts are held back: they show from {limits.texts}.")
    ]


async def _play(
    library: Library, order: RunningOrder, people: int, limits: Limits, say: Say
) -> list[Finding]:
    stage = Stage(library, limits, order.minutes, say)
    try:
        await stage.begin(order.slug)
        say(f"{people} people: {people - LATE} at the start, {LATE} come late.")
        await stage.let_in(people - LATE)
        minute = 0
        for number, step in enumerate(order.steps):
            stage.time = max(stage.time, stage.began + minute * 60)
            await _step(stage, step, minute)
            minute += step.minutes
            if number < LATE:
                await _somebody_late(stage, step)
        await _end(stage)
    except (Trouble, RuntimeError) as trouble:
        stage.fail(f"The rehearsal stopped: {trouble}")
    finally:
        await stage.close()
    return stage.found


async def _step(stage: Stage, step: Step, minute: int) -> None:
    stage.step = step.title
    read, said = minutes_to_read(step.show), minutes_to_say(step.notes)
    stage.say(
        f"{minute // 60}:{minute % 60:02}  {step.title} ({step.minutes} min; "
        f"{read:.1f} to read, notes {said:.1f} to say)"
    )
    if not await stage.do("go", step=step.key):
        return
    for guest in stage.here:
        stage.check(guest.seen["step"]["key"] == step.key, "A guest did not follow to this step.")
    for part in stage.live.programme.parts_of(step.key):
        await scenes.play(stage, part)


async def _somebody_late(stage: Stage, step: Step) -> None:
    await stage.let_in(1)
    at = stage.guests[-1].seen["step"]["key"]
    stage.check(at == step.key, "Somebody who came late did not land at the current step.")
    stage.say("Somebody comes late, and lands here.")


async def _end(stage: Stage) -> None:
    stage.step = ""
    await stage.do("end")
    for guest in stage.here:
        stage.check(guest.seen["room"]["ended"], "A guest was not told that it is over.")
    kept = rooms.get(stage.store, stage.live.record.id)
    record = gather(stage.store, kept, stage.library, stage.limits, "Trainer")
    joined = len(stage.guests)
    stage.check(record.attendance.joined == joined, "The record counts another number of people.")
    words = stage.library.words
    stage.check(table(record, words), "The record is empty.")
    faults = check_page(make_record(record, words, scheme=words["page-site-name"]))
    stage.check(not faults, f"The record is not fit to be read: {' '.join(faults)}")
    stage.say(f"The end. The record counts {joined} people and {len(record.results)} results.")
