"""What a rehearsal is played on: a hub of its own, a clock that is turned, a trainer and guests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from viceversa.content.library import Library
from viceversa.live.hub import Hub
from viceversa.live.open_room import ROLE_KEPT
from viceversa.live.results import Limits
from viceversa.live.scripted import ScriptedGuest, ScriptedTrainer
from viceversa.live.telling import Live
from viceversa.rehearsal.finding import Finding
from viceversa.store import memory_store, people

Say = Callable[[str], None]


class Stage:
    """A session that is only played; `found` is what went wrong, said with `fail`."""

    def __init__(self, library: Library, limits: Limits, minutes: int, say: Say) -> None:
        self.library, self.limits, self.say = library, limits, say
        # It ends about now: its guests' times are taken from the real clock.
        self.began = time.time() - minutes * 60
        self.time = self.began
        self.store = memory_store()
        self.hub = Hub(self.store, lambda: library, limits=limits, clock=lambda: self.time)
        leader = people.add(self.store, "Trainer", "trainer@example.org", "trainer")
        self.trainer = ScriptedTrainer(self.hub, leader.id)
        self.guests: list[ScriptedGuest] = []
        self.code = ""
        self.found: list[Finding] = []
        self.step = ""

    @property
    def live(self) -> Live:
        return self.trainer.console.here

    @property
    def here(self) -> list[ScriptedGuest]:
        """The guests whose page is open."""
        return [guest for guest in self.guests if guest.seat]

    async def begin(self, order: str) -> None:
        """Open the room."""
        self.code = await self.trainer.begin(order)

    async def let_in(self, many: int) -> None:
        """Let some guests in; every other one gives a name."""
        for _ in range(many):
            number = len(self.guests) + 1
            name = f"Person {number}" if number % 2 else ""
            self.guests.append(await ScriptedGuest(self.hub, self.code, name).join())
        self.look_round()

    async def lose(self, guest: ScriptedGuest) -> None:
        """Let a guest go away, for so long that their role is given to somebody else."""
        guest.hang_up()
        self.time += ROLE_KEPT + 1
        await self.hub.tick()
        self.look_round()

    async def do(self, command: str, **asked: Any) -> bool:
        """Let the trainer do something; tells when it is refused."""
        answer = await self.trainer.do(command, **asked)
        self.look_round()
        if answer["type"] == "refused":
            self.fail(f"The trainer could not “{command}”: {answer['why']}")
        return answer["type"] == "done"

    def look_round(self) -> None:
        """Let everybody see where the room is, without waiting for it."""
        for guest in self.here:
            if guest.seat:
                self.live.show_one(guest.seat)
        self.live.show_trainer(self.trainer.line)

    def check(self, holds: Any, otherwise: str) -> None:
        """Note what is wrong where something does not hold."""
        if not holds:
            self.fail(otherwise)

    def fail(self, said: str) -> None:
        """Note what is wrong."""
        self.found.append(Finding(self.step, said))

    async def close(self) -> None:
        """Clear the stage."""
        await self.hub.stop()
        self.store.close()
