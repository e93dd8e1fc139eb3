"""A stage for live sessions: a hub, a trainer, guests, and a clock that tests turn."""

import asyncio
import time
from typing import Any

from viceversa.content.library import Library
from viceversa.live.hub import Hub
from viceversa.live.scripted import ScriptedGuest, ScriptedTrainer
from viceversa.store import Store, people


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += seconds


class Play:
    """A hub on a stage: `group` lets guests in, `settle` waits until everybody has been told."""

    def __init__(self, store: Store, library: Library, clock: Clock) -> None:
        self.store, self.library, self.clock = store, library, clock
        self.hub = Hub(store, lambda: library, clock=clock)
        self.leader = people.add(store, "Bea Trainer", "bea@example.org", "trainer")
        self.trainer = ScriptedTrainer(self.hub, self.leader.id)
        self.code = ""

    async def begin(self, order: str = "awareness-60") -> str:
        self.code = await self.trainer.begin(order)
        return self.code

    async def group(self, many: int, **named: Any) -> list[ScriptedGuest]:
        return [await ScriptedGuest(self.hub, self.code, **named).join() for _ in range(many)]

    async def open(self, step: str, *activities: str) -> None:
        await self.trainer.do("go", step=step)
        for activity in activities:
            done = await self.trainer.do("open", activity=activity)
            assert done["type"] == "done", done
        await self.settle()

    def rows(self, table: str) -> list[Any]:
        """All rows of a table of the store."""
        with self.store.reading() as connection:
            return list(connection.exec_driver_sql(f"SELECT * FROM {table}"))

    async def settle(self) -> None:
        """Wait until nothing more is about to be told to anybody."""
        while any(live.waits for live in self.hub.rooms.values()):
            await asyncio.sleep(0.01)

    async def restart(self) -> None:
        """The server goes down and comes up again; every line is gone."""
        await self.hub.stop()
        self.hub = Hub(self.store, lambda: self.library, clock=self.clock)
        self.trainer = ScriptedTrainer(self.hub, self.leader.id)
        await self.trainer.console.hear({"type": "hello"})
