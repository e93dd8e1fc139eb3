"""One report among a hundred: ours, papermill with nbconvert, and the cells in one interpreter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import Filled, filled, opened
from benchmarks.servers import plain_environment
from viceversa.reports import batch, warm
from viceversa.store import people

PDFS = 30
CORES = os.cpu_count() or 1
PEERS_TIME = 600


def measure(plan: Plan) -> Iterator[Figure]:
    """Compare a batch of ours with both, as it is run and one report at a time."""
    with filled(plan.reports) as scheme, opened(scheme.scheme) as store:
        planner = batch.Planner(scheme.scheme, store)
        html = due(planner, scheme.ids, ("html",))
        start = _start(html)
        several, one = timed(planner, html, CORES), timed(planner, html, 1)
        peer = _peer("stock", scheme, scheme.ids[: plan.stock_reports + 1])
        floor = _peer("floor", scheme, scheme.ids)
        some = min(PDFS, plan.reports)
        pdfs = due(planner, scheme.ids[:some], ("html", "pdf"))
        both, bare = timed(planner, pdfs, 1), timed(planner, html[:some], 1)
    many, made = plan.reports, f"papermill + nbconvert, {plan.stock_reports} one after the other"
    faster = ("s", several.whole, peer, made, "times less")
    yield Figure("reports", f"in a batch of {many}, start included", *faster, must=25, aim=50)
    alone = ("s", one.whole, peer, made, "times less")
    yield Figure("reports", f"in a batch of {many}, one at a time, start included", *alone)
    lasts = ("s", several.whole, floor, "same cells, one interpreter", "times as much")
    yield Figure("reports", f"in a batch of {many}, start included", *lasts, must=2, aim=1.3)
    like = ("s", one.running, floor, "same cells, one interpreter", "times as much")
    yield Figure("reports", "one at a time, start left out", *like)
    yield Figure("reports", "the start of the forking parent, once a batch", "s", start)
    added = both.running - bare.running
    yield Figure("reports", "a PDF adds, one at a time", "s", added, aim=0.1)


def due(planner: batch.Planner, ids: list[str], formats: tuple[str, ...]) -> list[batch.Task]:
    """List what there is to make, as the command does; nothing of it counts as made."""
    chosen = [people.get(planner.store, one) for one in ids]
    return planner.due(chosen, ("personal",), formats)


@dataclass(frozen=True)
class Batch:
    """Seconds a report: with everything that a batch takes, and once the first is there."""

    whole: float
    running: float


def timed(planner: batch.Planner, tasks: list[batch.Task], jobs: int) -> Batch:
    """Make reports, so many at a time; raises RuntimeError when one is not made."""
    began, ends = time.monotonic(), []
    for done in batch.run(tasks, jobs, planner.gather):
        ends.append(time.monotonic())
        if done.fault:
            raise RuntimeError(f"A report was not made: {done.fault}")
    whole = (time.monotonic() - began) / len(tasks)
    return Batch(whole, (ends[-1] - ends[0]) / (len(ends) - 1))


def _start(tasks: list[batch.Task]) -> float:
    """Return how long the parent of a batch takes to start."""
    return median(_start_once(tasks) for _ in range(3))


def _start_once(tasks: list[batch.Task]) -> float:
    began = time.monotonic()
    nursery = warm.parent_for(tasks)
    nursery.start()
    seconds = time.monotonic() - began
    nursery.close()
    return seconds


def _peer(which: str, scheme: Filled, ids: list[str]) -> float:
    """Return the median seconds a report of a peer, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.report_peers", which, *ids]
    environment = plain_environment(VICEVERSA_SCHEME=str(scheme.folder))
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=PEERS_TIME, env=environment
    )
    if done.returncode:
        raise RuntimeError(f"A peer made no reports: {done.stderr[-500:]}")
    # The first one warms up.
    return median(json.loads(done.stdout.splitlines()[-1])[1:])
