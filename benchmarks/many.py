"""A thousand reports with the command itself: as quick as a hundred, and no more memory."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil

from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import Filled, filled
from benchmarks.servers import plain_environment

SAID = re.compile(r"(\d+) of \d+ reports made")
PATIENCE = 1200
FEWER = 10  # times fewer reports, to compare with


@dataclass
class Run:
    """A run of `viceversa report`: when it said how far it was, and the memory it then had."""

    seconds: list[tuple[int, float]] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    @property
    def each(self) -> float:
        """Seconds a report, once they come: neither the start nor the planning is in it."""
        (first, began), (last, ended) = self.seconds[0], self.seconds[-1]
        return (ended - began) / (last - first)


def measure(plan: Plan) -> Iterator[Figure]:
    """Compare a report among many with one among ten times fewer, and memory with time."""
    many, few = plan.many, max(plan.many // FEWER, 20)
    with filled(few) as scheme:
        peer = _run(scheme)
    with filled(many) as scheme:
        own = _run(scheme)
    each = ("s", own.each, peer.each, f"among {few}", "times as much")
    yield Figure("many", f"HTML and PDF, among {many}", *each, must=1.1)
    for place, name in enumerate(("the command", "the forking parent")):
        early, late = own.memory[0][place], own.memory[-1][place]
        what = f"memory of {name}, at the end and after a tenth"
        yield Figure("many", what, "MiB", late, early, "", "times as much", must=1.1)


def _run(scheme: Filled) -> Run:
    """Make everybody's personal edition, and note how it goes."""
    command = [sys.executable, "-u", "-m", "viceversa", "report", "--scheme", str(scheme.folder)]
    process = psutil.Popen(
        [*command, "--format", "html,pdf", "--edition", "personal"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=plain_environment(),
    )
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    run, began, said = Run(), time.monotonic(), []
    for line in process.stdout:
        said.append(line)
        if found := SAID.search(line):
            run.seconds.append((int(found[1]), time.monotonic() - began))
            _note_memory(run, process)
    watchdog.cancel()
    if process.wait():
        raise RuntimeError(f"The reports were not made: {''.join(said)[-500:]}")
    return run


def _note_memory(run: Run, process: psutil.Popen) -> None:
    """Note the memory of the command and of its parent of forks, which ends at the last report."""
    command = psutil.Process(process.pid)
    parents = command.children()
    if parents:
        # Not what is private: while it has children, a parent shares nearly everything with them.
        run.memory.append((_resident(command), _resident(parents[0])))


def _resident(process: psutil.Process) -> float:
    return process.memory_info().rss / 2**20
