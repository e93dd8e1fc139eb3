"""Reports made by forking: everything imported, exporters and fonts warm, one process a report."""

from __future__ import annotations

import json
import os
import select
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from viceversa.content.shipped import shipped
from viceversa.content.words import shipped_words
from viceversa.forking import Nursery, engine
from viceversa.forking.environment import plain
from viceversa.reports.batch import LOST, TEMPLATE, Outcome, Task, make
from viceversa.reports.filling import NotMade, where_it_failed

WORK = "viceversa.reports.warm:work"
UP = "viceversa.reports.warm:up"
PATIENCE = 300.0  # seconds for one report, of which a usual one takes a fifth of one


def run(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Carry out tasks, each in a process forked for it, and give what became of each."""
    nursery = Nursery([UP])
    try:
        # Threads only wait here: each for one child.
        with ThreadPoolExecutor(jobs) as waiting:
            asked = [waiting.submit(ask, nursery, task) for task in tasks]
            for done in as_completed(asked):
                yield done.result()
    finally:
        nursery.close()


def ask(nursery: Nursery, task: Task) -> Outcome:
    """Have one task carried out by a child of its own, and wait for what it says of it."""
    heard, said = os.pipe()
    environment = plain(os.environ) | {"VICEVERSA_SCHEME": str(task.scheme)}
    told = json.dumps(asdict(task), default=str)
    try:
        child = nursery.fork(WORK, ["report", told], env=environment, stdout=said)
    except OSError as error:
        return Outcome(task, f"No process could be had for it: {error}")
    finally:
        os.close(said)
    with os.fdopen(heard, "rb") as answer:
        text = answer.read() if _speaks(answer.fileno()) else b""
        child.kill()
        child.wait()
    return Outcome(task, json.loads(text)["fault"] if text else LOST)


def _speaks(pipe: int) -> bool:
    """Wait for a child to say something, or to end; not for ever."""
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN | select.POLLHUP)
    return bool(waiting.poll(PATIENCE * 1000))


def work(request: dict[str, Any]) -> None:
    """In the child: carry out the task and say what became of it."""
    task = Task(**json.loads(request["argv"][1]))
    places = {"scheme": Path(task.scheme), "notebook": Path(task.notebook)}
    task = Task(**{**vars(task), **places, "formats": tuple(task.formats)})
    outcome = make(task, fill_here)
    os.write(1, json.dumps({"fault": outcome.fault}).encode())


def fill_here(notebook: Path, person_id: str, edition: str, scheme: Path) -> NotebookNode:
    """Run a report's notebook for one person in this process, which ends with the report."""
    os.environ["VICEVERSA_SCHEME"] = str(scheme)
    try:
        return papermill.execute_notebook(
            str(notebook),
            None,
            {"person": person_id, "edition": edition},
            engine_name=engine.NAME,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            log_output=False,
            cwd=notebook.parent,
        )
    except PapermillExecutionError as fault:
        raise NotMade(where_it_failed(fault)) from None


def up() -> None:
    """In the parent: import everything, and make a fictional person's report from end to end."""
    from viceversa.reports import page, pdf

    engine.register()
    notebook = papermill.execute_notebook(
        str(shipped("notebooks") / TEMPLATE),
        None,
        engine_name=engine.NAME,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        log_output=False,
    )
    html = page.make_page(notebook, title="", footer="", words=shipped_words())
    if pdf.what_is_missing() is None:
        pdf.make_pdf(html)
