"""Reports made by forking: everything imported and warm in one parent, one process a report.

This side asks and waits; `forked` is what happens over there.
"""

from __future__ import annotations

import json
import os
import pickle
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from threading import BoundedSemaphore
from typing import Any

from viceversa.errors import Trouble
from viceversa.forking import Nursery
from viceversa.forking.environment import plain
from viceversa.reports.batch import LOST, Gather, Outcome, Task
from viceversa.reports.material import Material

WORK = "viceversa.reports.forked:work"
UP = ("viceversa.reports.quick:up", "viceversa.reports.forked:up")
UP_PDF = "viceversa.reports.forked:up_pdf"
PATIENCE = 300.0  # seconds for one report, of which a usual one takes a fiftieth of one
MOST = 1 << 16


def run(tasks: Sequence[Task], jobs: int, gather: Gather | None = None) -> Iterator[Outcome]:
    """Carry out tasks, each in a process forked for it, and give what became of each.

    With `gather` the child need not open the store, which takes it longer than all it reads there.
    """
    nursery = parent_for(tasks)
    # Threads only wait here, each for one child; one more gathers for the next child.
    waiting, turn = ThreadPoolExecutor(jobs + 1), BoundedSemaphore(jobs)
    try:
        asked = [waiting.submit(ask, nursery, task, gather, turn) for task in tasks]
        for done in as_completed(asked):
            yield done.result()
    finally:
        # Whoever stops in the middle does not wait for the rest.
        waiting.shutdown(wait=False, cancel_futures=True)
        nursery.close()
        waiting.shutdown()


def parent_for(tasks: Sequence[Task]) -> Nursery:
    """Give a parent that knows what these tasks have in common, and no more."""
    with_pdf = any("pdf" in task.formats for task in tasks)
    first = tasks[0]
    same = {"VICEVERSA_SCHEME": str(first.scheme), "VICEVERSA_NOTEBOOK": str(first.notebook)}
    return Nursery([*UP, *([UP_PDF] if with_pdf else [])], environment=same)


def ask(
    nursery: Nursery, task: Task, gather: Gather | None, turn: AbstractContextManager[Any]
) -> Outcome:
    """Have one task carried out by a child of its own, and wait for what it says of it.

    There is a child only while it is its `turn`.
    """
    told = pickle.dumps((task, gathered(gather, task)))
    with turn:
        return tell(nursery, task, told)


def tell(nursery: Nursery, task: Task, told: bytes) -> Outcome:
    """Fork a child for a task, and tell it what it needs for that."""
    here, there = socket.socketpair()
    environment = plain(os.environ) | {"VICEVERSA_SCHEME": str(task.scheme)}
    with here:
        try:
            child = nursery.fork(WORK, ["report"], env=environment, stdout=there.fileno())
        except OSError as error:
            return Outcome(task, f"No process could be had for it: {error}")
        finally:
            there.close()
        answer = _talk(here, told)
        child.kill()
        child.wait()
    return Outcome(task, json.loads(answer)["fault"] if answer else LOST)


def gathered(gather: Gather | None, task: Task) -> Material | None:
    """Give what a report may hold; a child without it looks itself, and tells what is wrong."""
    try:
        return gather(task) if gather else None
    except Trouble:
        return None


def _talk(line: socket.socket, told: bytes) -> bytes:
    """Tell a child what to do, and wait for what it says, or for its end; not for ever."""
    line.settimeout(PATIENCE)
    try:
        line.sendall(told)
        line.shutdown(socket.SHUT_WR)
        return line.recv(MOST)
    except OSError:
        return b""
