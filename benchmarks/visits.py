"""Everybody opens the mindset page at once: seconds, CPU and memory a person."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

from benchmarks import otree, servers
from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import Filled, filled
from benchmarks.servers import Server, cpu, private
from benchmarks.visitors import open_all

PAGE = "/reflection/mindset"
WARM_UP = 2


@dataclass(frozen=True)
class Round:
    """What one round cost a person: seconds, CPU seconds, and MiB that are nobody else's."""

    seconds: float
    server: float
    kernel: float
    memory: float
    parent: float = 0.0


def measure(plan: Plan) -> Iterator[Figure]:
    """Compare ours with stock Voila and with oTree."""
    with filled(plan.people + WARM_UP) as scheme:
        rounds = [ours(scheme) for _ in range(plan.rounds)]
    with TemporaryDirectory(prefix="viceversa-bench-") as place:
        peer = stock(Path(place), plan.stock)
    own = Round(*(median(getattr(one, name) for one in rounds) for name in Round.__annotations__))
    what, stock_is = f"{plan.people} people at once, a person", f"stock with {plan.stock} people"
    yield Figure(
        "visits", what, "s", own.seconds, peer.seconds, stock_is, "times less", must=15, aim=40
    )
    yield joins(plan, own.seconds)
    yield Figure(
        "visits",
        "CPU of the server, a person",
        "s",
        own.server,
        peer.server,
        stock_is,
        "times less",
    )
    yield Figure(
        "visits",
        "CPU of the kernel, a person",
        "s",
        own.kernel,
        peer.kernel,
        stock_is,
        "times less",
    )
    yield Figure("visits", "CPU of the forking parent, a person", "s", own.parent)
    yield Figure("memory", "a kernel", "MiB", own.memory, peer.memory, "stock", must=30, aim=20)


def joins(plan: Plan, seconds: float) -> Figure:
    """Compare with oTree; where it cannot be installed, the figure says so and has no peer."""
    try:
        with otree.serving() as server:
            otree.seconds_for(server, WARM_UP)
            peer = median(otree.seconds_for(server, plan.people) for _ in range(plan.rounds))
            peer, peer_is = peer / plan.people, f"oTree {otree.version(server)}"
    except (OSError, RuntimeError) as trouble:
        peer, peer_is = None, f"no oTree here ({str(trouble)[:60]})"
    what = f"{plan.people} people at once, a person"
    return Figure("visits", what, "s", seconds, peer, peer_is, "times as much", aim=1)


def ours(scheme: Filled) -> Round:
    """Let everybody open the page on a server that has just started and warmed up."""
    with servers.ours(scheme.folder) as server:
        return asyncio.run(_ours(server, scheme.cookies()))


async def _ours(server: Server, cookies: list[str]) -> Round:
    warm, people = cookies[:WARM_UP], cookies[WARM_UP:]
    await open_all(server.address, PAGE, warm)
    parent, known = servers.parent_of(server), set(servers.kernels_of(server))
    before = cpu(server.main), cpu(parent)
    visitors = await open_all(server.address, PAGE, people)
    kernels = [one for one in servers.kernels_of(server) if one not in known]
    return Round(
        seconds=max(one.widgets for one in visitors) / len(people),
        server=(cpu(server.main) - before[0]) / len(people),
        kernel=mean(cpu(one) for one in kernels),
        memory=mean(private(one) for one in kernels),
        parent=(cpu(parent) - before[1]) / len(people),
    )


def stock(folder: Path, people: int) -> Round:
    """Let people open the page on stock Voila; it comes with ordinary kernels."""
    with servers.stock(folder) as server:
        return asyncio.run(_stock(server, people))


async def _stock(server: Server, people: int) -> Round:
    await open_all(server.address, "/", [""])
    known, before = set(servers.stock_kernels_of(server)), cpu(server.main)
    visitors = await open_all(server.address, "/", [""] * people)
    kernels = [one for one in servers.stock_kernels_of(server) if one not in known]
    return Round(
        seconds=max(one.widgets for one in visitors) / people,
        server=(cpu(server.main) - before) / people,
        kernel=mean(cpu(one) for one in kernels),
        memory=mean(private(one) for one in kernels),
    )
