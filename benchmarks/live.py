"""A live session with everybody's line open: how long what one does takes to reach the others."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.guests import Guest, Leader, join_all
from benchmarks.plan import Plan
from benchmarks.saves import percentile
from benchmarks.schemes import Filled, filled, opened
from benchmarks.servers import Server, cpu, private
from viceversa.server.identity import COOKIE
from viceversa.store import people, room_answers, sessions

ORDER = "awareness-60"
POLLS = (("where-we-stand", "today"), ("what-and-why", "check-agenda"), ("close", "pulse"))
ROUNDS = 3  # how often the trainer goes through all steps
WITHIN = 2.0  # seconds in which everybody answers a poll
WRITING = 10.0  # seconds for which everybody goes on changing their answer
EVERY = 1.0  # seconds between two of those of one guest
PATIENCE = 300
LIMIT = 1000.0  # milliseconds that may pass


@dataclass
class Played:
    """Seconds that things took, and what the server needed."""

    steps: list[float] = field(default_factory=list)
    results: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    commands: list[float] = field(default_factory=list)
    lost: int = 0
    cpu: float = 0.0
    memory: float = 0.0


def measure(plan: Plan) -> Iterator[Figure]:
    """Hold a session with guests over real websockets, and one console."""
    with filled(2) as scheme, servers.ours(scheme.folder) as server:
        played = asyncio.run(_bounded(scheme, server, plan.guests))
    many = f"{plan.guests} guests"
    for percent in (50, 95):
        steps, results = (percentile(some, percent) for some in (played.steps, played.results))
        must = LIMIT if percent == 95 else None
        yield Figure("live", f"p{percent}, a step reaches each of {many}", "ms", steps, must=must)
        what = f"p{percent}, a poll answer reaches the trainer, {many}"
        yield Figure("live", what, "ms", results, must=must)
    while_ = f"while {many} write"
    yield Figure("live", f"p95, an answer is saved, {while_}", "ms", percentile(played.answers, 95))
    done = percentile(played.commands, 95)
    yield Figure("live", f"p95, a command of the console is done, {while_}", "ms", done)
    yield Figure("live", f"answers lost, {many}", "", played.lost, must=0)
    yield Figure("live", "CPU of the server, a guest, the whole session", "s", played.cpu)
    yield Figure("live", "memory of the server, a guest", "MiB", played.memory)


async def _bounded(scheme: Filled, server: Server, many: int) -> Played:
    async with asyncio.timeout(PATIENCE):
        return await _play(scheme, server, many)


async def _play(scheme: Filled, server: Server, many: int) -> Played:
    played = Played()
    leader = await Leader.open(server.address, _trainer(scheme))
    code = await leader.begin(ORDER)
    before = cpu(server.main), private(server.main)
    guests = await join_all(server.address, code, many)
    await _walk(leader, guests, played)
    for step, activity in POLLS:
        await _poll(leader, guests, step, activity, played)
    await _everybody_writes(leader, guests, *POLLS[0], played)
    played.cpu = (cpu(server.main) - before[0]) / many
    played.memory = (private(server.main) - before[1]) / many
    await leader.do("end")
    played.lost = _lost(scheme, leader.room, guests)
    for one in (leader, *guests):
        one.leave()
    return played


def _trainer(scheme: Filled) -> str:
    """Sign a trainer in, and give their cookie."""
    with opened(scheme.scheme) as store, store.writing():
        email = f"trainer-{secrets.token_hex(3)}@example.org"
        trainer = people.add(store, "Trainer", email, "trainer")
        return f"{COOKIE}={sessions.start(store, trainer.id, 1)}"


async def _walk(leader: Leader, guests: list[Guest], played: Played) -> None:
    """Go through all steps, and time each guest's view of each."""
    for step in leader.steps * ROUNDS:
        began = time.monotonic()
        waits = [
            guest.until(lambda seen, step=step: seen["step"]["key"] == step) for guest in guests
        ]
        told, *_ = await asyncio.gather(asyncio.gather(*waits), leader.do("go", step=step))
        played.steps += [at - began for at in told]


async def _poll(
    leader: Leader, guests: list[Guest], step: str, activity: str, played: Played
) -> None:
    """Let everybody answer, and time until the trainer's count has each answer."""
    await _open(leader, guests, step, activity)
    began = time.monotonic()
    gap = WITHIN / len(guests)
    answers = [guest.answer(activity, began + gap * n) for n, guest in enumerate(guests)]
    counted = asyncio.create_task(leader.counts(activity, len(guests)))
    sent = sorted(at for at, _ in await asyncio.gather(*answers))
    played.results += [seen - at for at, seen in zip(sent, await counted, strict=True)]


async def _open(leader: Leader, guests: list[Guest], step: str, activity: str) -> None:
    await leader.do("go", step=step)
    await leader.do("open", activity=activity)
    await asyncio.gather(*(guest.until(lambda _, g=guest: g.is_open(activity)) for guest in guests))


async def _everybody_writes(
    leader: Leader, guests: list[Guest], step: str, activity: str, played: Played
) -> None:
    """Let everybody change their answer again and again while the trainer shows and hides."""
    await _open(leader, guests, step, activity)
    until = time.monotonic() + WRITING
    writing = [
        asyncio.create_task(_go_on(guest, activity, EVERY * n / len(guests), until))
        for n, guest in enumerate(guests)
    ]
    while time.monotonic() < until:
        for command in ("show", "hide"):
            played.commands.append(await leader.do(command, activity=activity))
            await asyncio.sleep(0.1)
    for waits in await asyncio.gather(*writing):
        played.answers += waits


async def _go_on(guest: Guest, activity: str, after: float, until: float) -> list[float]:
    waits, begin = [], time.monotonic() + after
    while begin < until:
        waits.append((await guest.answer(activity, begin))[1])
        begin += EVERY
    return waits


def _lost(scheme: Filled, room: str, guests: list[Guest]) -> int:
    """Count the acknowledged answers that are not in the store as they were given."""
    with opened(scheme.scheme) as store:
        kept = room_answers.answers_in(store, room)
    lost = 0
    for _, activity in POLLS:
        said = Counter(guest.said[activity] for guest in guests)
        there = Counter((one.value, one.revision) for one in kept.get(activity, {}).values())
        lost += (said - there).total()
    return lost
