"""Many reports: which are missing or out of date, several at once, and what became of each."""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from viceversa import forking
from viceversa.content.files import fingerprint as of_file
from viceversa.content.library import Library
from viceversa.errors import Trouble
from viceversa.reports import keeping
from viceversa.reports.keeping import NOTEBOOK
from viceversa.reports.material import Edition, Material, gather
from viceversa.reports.report import language_of
from viceversa.reports.shelf import shelf
from viceversa.scheme import Scheme
from viceversa.store import Store, people, reports
from viceversa.store.people import Person

if TYPE_CHECKING:
    from viceversa.reports.making import Fill

TEMPLATE = "reports/participant.ipynb"
LOST = (
    "The process that made it ended in the middle. Run this again; fewer --jobs need less memory."
)


@dataclass(frozen=True)
class Task:
    """One edition of one person's report that is to be made, with no more than that takes."""

    scheme: Path
    notebook: Path
    person_id: str
    edition: Edition
    formats: tuple[str, ...]
    mark: str


@dataclass(frozen=True)
class Outcome:
    """What became of a task; `fault` is a sentence without a word of any answer."""

    task: Task
    fault: str | None = None


Gather = Callable[[Task], Material]


class Planner:
    """Knows what each report would be made from, and so which ones are due."""

    def __init__(self, scheme: Scheme, store: Store, today: date | None = None) -> None:
        self.scheme = scheme
        self.store = store
        self.today = today
        self.notebook = find_notebook(scheme)
        self._libraries: dict[str | None, tuple[Library, str]] = {}

    def due(
        self,
        chosen: Iterable[Person],
        editions: Sequence[Edition],
        formats: Sequence[str],
        keep_notebooks: bool = False,
    ) -> list[Task]:
        """List what is missing or was made from something else than what there is now."""
        wanted = (*formats, NOTEBOOK) if keep_notebooks else tuple(formats)
        tasks = []
        for person in chosen:
            for edition in editions:
                mark = self._mark(person, edition)
                missing = [
                    format
                    for format in wanted
                    if not keeping.is_kept(
                        self.scheme, self.store, person.id, edition, format, mark
                    )
                ]
                if missing:
                    place = (self.scheme.folder, self.notebook, person.id, edition)
                    tasks.append(Task(*place, tuple(missing), mark))
        return tasks

    def note(self, outcome: Outcome) -> Outcome:
        """Record what was made; it is deleted again when its person has left meanwhile."""
        task = outcome.task
        if outcome.fault:
            return outcome
        try:
            for format in task.formats:
                place = keeping.place_of(task.person_id, task.edition, format)
                reports.record(
                    self.store,
                    task.person_id,
                    edition=task.edition,
                    format=format,
                    fingerprint=task.mark,
                    file=place,
                )
            keeping.remove_outdated(
                self.scheme, self.store, task.person_id, task.edition, task.mark
            )
        except Trouble as trouble:
            for format in task.formats:
                place = keeping.place_of(task.person_id, task.edition, format)
                (self.scheme.data / place).unlink(missing_ok=True)
            return Outcome(task, str(trouble))
        return outcome

    def gather(self, task: Task) -> Material:
        """Gather what a report may hold now: since it was planned, somebody may have changed it."""
        person = people.get(self.store, task.person_id)
        library, _ = self._library(language_of(self.scheme, person))
        return gather(self.scheme, self.store, library, person, task.edition, self.today)

    def _mark(self, person: Person, edition: Edition) -> str:
        library, shelf = self._library(language_of(self.scheme, person))
        material = gather(self.scheme, self.store, library, person, edition, self.today)
        made_from = json.dumps([shelf, material.plain()], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(made_from.encode()).hexdigest()

    def _library(self, language: str | None) -> tuple[Library, str]:
        """Give a language's library, and a mark of all that is the same for everybody in it."""
        if language not in self._libraries:
            library = shelf(self.scheme, language)
            stamps = {sheet.slug: sheet.stamp for sheet in library.worksheets()}
            same = [
                of_file(self.notebook),
                dict(library.words),
                stamps,
                look(),
                version("viceversa"),
            ]
            self._libraries[language] = library, json.dumps(same, sort_keys=True)
        return self._libraries[language]


def without(tasks: Iterable[Task], format: str) -> list[Task]:
    """Take a format out of some tasks; one that has nothing left to make drops out."""
    kept = (
        replace(task, formats=tuple(one for one in task.formats if one != format)) for task in tasks
    )
    return [task for task in kept if task.formats]


def find_notebook(scheme: Scheme) -> Path:
    """Give the report's notebook: the scheme's own, else the kit's."""
    places = [folder / TEMPLATE for folder in scheme.notebooks()]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise Trouble(f"There is no notebook {TEMPLATE}. Install viceversa again.")
    return found


@cache
def look() -> str:
    """Give a mark of the templates that shape a report, to notice when one was changed."""
    folders = [files("viceversa") / "reports" / "template", files("viceversa") / "fragments"]
    found = sorted(
        (one for folder in folders for one in folder.iterdir()), key=lambda one: one.name
    )
    text = (one.read_bytes() for one in found if one.name.endswith((".j2", ".css")))
    return hashlib.sha256(b"".join(text)).hexdigest()


def run(tasks: Sequence[Task], jobs: int, gather: Gather | None = None) -> Iterator[Outcome]:
    """Carry out tasks, so many at once, and give what became of each as soon as it has.

    `gather` is the planner's: whoever makes a report need not open the store for it again.
    """
    if len(tasks) > 1 and forking.available():
        from viceversa.reports import warm

        yield from warm.run(tasks, jobs, gather)
        return
    if jobs == 1 or len(tasks) < 2:
        yield from map(make, tasks)
        return
    # spawn: a fork would take along this process's threads' locks, and its open store.
    pool = ProcessPoolExecutor(
        min(jobs, len(tasks)), mp_context=get_context("spawn"), initializer=_finish_what_is_begun
    )
    try:
        waiting = {pool.submit(make, task): task for task in tasks}
        for done in as_completed(waiting):
            yield _outcome(done, waiting[done])
    finally:
        pool.shutdown(cancel_futures=True)


def make(task: Task, fill: Fill | None = None) -> Outcome:
    """Make one edition of one person's report, in every format that is due."""
    from viceversa.reports import filling
    from viceversa.reports.filling import NotMade
    from viceversa.reports.making import make_files

    try:
        make_files(task, fill or filling.fill)
    except NotMade as trouble:
        return Outcome(task, str(trouble))
    except OSError as fault:
        return Outcome(
            task, f"Its files could not be written: {fault.strerror or 'no reason given'}."
        )
    except Exception as fault:
        # The message of an error we do not know could hold an answer.
        return Outcome(task, f"Vice Versa itself failed with a {type(fault).__name__}.")
    return Outcome(task)


def _finish_what_is_begun() -> None:
    # Ctrl+C reaches every process of the terminal; the first one alone decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _outcome(done: Future[Outcome], task: Task) -> Outcome:
    try:
        return done.result()
    except BrokenExecutor:
        return Outcome(task, LOST)
