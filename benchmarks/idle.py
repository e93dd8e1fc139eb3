"""Pages that are merely open: CPU and memory while nobody does anything."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import filled
from benchmarks.servers import Server, cpu, private
from benchmarks.visitors import open_all
from benchmarks.visits import PAGE

QUIET = 0.05  # of a core: less than this, and what the opening itself cost is over
LOOK = 1.0  # seconds between looks
MOST_STOCK = 10


def measure(plan: Plan) -> Iterator[Figure]:
    """Compare so many of our open pages with stock's, scaled to as many."""
    with filled(plan.people) as scheme, servers.ours(scheme.folder) as server:
        work = _watch(server, PAGE, scheme.cookies(), plan.idle)
        percent, before, after = asyncio.run(work)
    pages = min(plan.stock, MOST_STOCK)
    with TemporaryDirectory(prefix="viceversa-bench-") as place, servers.stock(Path(place)) as peer:
        stock, *_ = asyncio.run(_watch(peer, "/", [""] * pages, plan.idle))
    scaled = stock * plan.people / pages
    what, peer_is = f"{plan.people} open pages, of one core", f"stock, {pages} pages scaled"
    yield Figure("idle", what, "%", percent, scaled, peer_is, must=3, aim=1)
    yield Figure(
        "idle", "memory of all of it after that, and before", "MiB", after, before, "", "more"
    )


async def _watch(
    server: Server, path: str, cookies: list[str], seconds: float
) -> tuple[float, float, float]:
    """Open the pages, do nothing, and return percent of a core with MiB before and after."""
    visitors = await open_all(server.address, path, cookies)
    everything = [server.main, *server.main.children(recursive=True)]
    await _calm(everything)
    before, used, began = _sum(private, everything), _sum(cpu, everything), time.monotonic()
    await asyncio.sleep(seconds)
    used, took = _sum(cpu, everything) - used, time.monotonic() - began
    after = _sum(private, everything)
    for visitor in visitors:
        visitor.line.close()
    return 100 * used / took, before, after


async def _calm(processes: list) -> None:
    """Wait until the pages are done with opening, half a minute at most."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        used = _sum(cpu, processes)
        await asyncio.sleep(LOOK)
        if _sum(cpu, processes) - used < QUIET * LOOK:
            return


def _sum(what: Callable, processes: list) -> float:
    return sum(what(one) for one in processes)
