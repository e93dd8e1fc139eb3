"""From sending an answer to hearing that it is saved: with one person, and with many at once."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterator
from statistics import quantiles

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import filled
from benchmarks.visitors import Visitor, hear, message, open_all
from benchmarks.visits import PAGE

EVERY = 3.0  # seconds between two answers of one person
ALONE = 60  # answers of the one person
PAUSE = 0.1  # seconds between those
FIELD, SHEET = "first-draft", "mindset"


def measure(plan: Plan) -> Iterator[Figure]:
    """Compare the wait with everybody writing to the wait of one person alone."""
    with filled(plan.people) as scheme, servers.ours(scheme.folder) as server:
        alone, many = asyncio.run(_both(server.address, scheme.cookies(), plan.saving))
    what = f"{plan.people} people writing at once"
    yield Figure(
        "saves",
        f"p50, {what}",
        "ms",
        percentile(many, 50),
        percentile(alone, 50),
        "one person writing",
        "more",
    )
    yield Figure(
        "saves",
        f"p95, {what}",
        "ms",
        percentile(many, 95),
        percentile(alone, 95),
        "one person writing",
        "more",
        must=150,
        aim=50,
    )


def percentile(seconds: list[float], percent: int) -> float:
    return quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000


async def _both(address: str, cookies: list[str], saving: float) -> tuple[list[float], list[float]]:
    first = Writer((await open_all(address, PAGE, cookies[:1]))[0])
    await first.save()
    alone = [await first.save(PAUSE) for _ in range(ALONE)]
    others = [Writer(one) for one in await open_all(address, PAGE, cookies[1:])]
    writers = [first, *others]
    await asyncio.gather(*(one.save() for one in writers))
    turns = max(1, round(saving / EVERY))
    began = time.monotonic()
    waits = await asyncio.gather(
        *(
            one.write(began + EVERY * place / len(writers), turns)
            for place, one in enumerate(writers)
        )
    )
    return alone, [wait for some in waits for wait in some]


class Writer:
    """Somebody who changes one answer again and again."""

    def __init__(self, visitor: Visitor) -> None:
        self.line = visitor.line
        self.sheet = next(
            model
            for model, told in visitor.states.items()
            if told["state"].get("name") == SHEET and "answers" in told["state"]
        )
        answer = visitor.states[self.sheet]["state"]["answers"].get(FIELD) or {}
        self.revision, self.value = answer.get("revision", 0), answer.get("value")

    async def write(self, begin: float, turns: int) -> list[float]:
        """Save at even times, so that all together write evenly."""
        waits = []
        for turn in range(turns):
            waits.append(await self.save(max(0, begin + EVERY * turn - time.monotonic())))
        return waits

    async def save(self, after: float = 0) -> float:
        """Save another value, and return how long it took until that was acknowledged."""
        await asyncio.sleep(after)
        self.value = 2 if self.value == 1 else 1
        asked = {"id": secrets.token_hex(8), "field": FIELD, "value": self.value}
        asked |= {"seen_by": "only-me", "base": self.revision}
        content = {"method": "custom", "content": {"save": asked}}
        began = time.monotonic()
        await self.line.write_message(message("comm_msg", {"comm_id": self.sheet, "data": content}))
        told = await self._heard(asked["id"])
        if "saved" not in told:
            raise RuntimeError(f"An answer was not saved: {told}")
        self.revision = told["saved"]["revision"]
        return time.monotonic() - began

    async def _heard(self, asked: str) -> dict:
        while True:
            told = (await hear(self.line))["content"].get("data")
            content = told.get("content") if isinstance(told, dict) else None
            if isinstance(content, dict) and any(
                isinstance(one, dict) and one.get("id") == asked for one in content.values()
            ):
                return content
