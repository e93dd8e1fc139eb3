"""A trainer and guests who play by a script, in this process and without sockets.

They speak to the hub as a browser does and see no more than one would: rehearsals, benchmarks
and tests play whole sessions with them.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from viceversa.live import guests
from viceversa.live.console import Console
from viceversa.live.hub import Hub
from viceversa.live.open_room import Seat

T = TypeVar("T")


def play_out(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene to its end in a loop of its own: also where one runs already."""
    with ThreadPoolExecutor(1) as stage:
        return stage.submit(asyncio.run, scene).result()


class Heard:
    """What stands in for a websocket: the newest view, every other message, and why it ended."""

    def __init__(self) -> None:
        self.seen: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []
        self.ended: str | None = None
        self.views = 0

    def view(self, text: str) -> None:
        self.seen = {**self.seen, **json.loads(text)}
        self.views += 1

    def tell(self, message: str) -> None:
        said = json.loads(message)
        if said["type"] == "order":
            self.seen = {**self.seen, **said}
        self.told.append(said)

    def end(self, why: str) -> None:
        self.ended = why


class ScriptedTrainer:
    """A trainer at a console."""

    def __init__(self, hub: Hub, person_id: str) -> None:
        self.line = Heard()
        self.console = Console(hub, person_id, self.line, lambda code: f"/join/{code}")
        self._ids = itertools.count(1)

    @property
    def seen(self) -> dict[str, Any]:
        return self.line.seen

    async def do(self, command: str, **asked: Any) -> dict[str, Any]:
        """Give a command and return its answer: done, or refused with `why`."""
        await self.console.hear({"type": command, "id": str(next(self._ids)), **asked})
        return next(one for one in reversed(self.line.told) if one["type"] in ("done", "refused"))

    async def begin(self, order: str) -> str:
        """Begin a session and return its code; raises `RuntimeError` where it is refused."""
        done = await self.do("begin", order=order)
        if done["type"] != "done":
            raise RuntimeError(done.get("why", ""))
        return self.seen["room"]["code"]


class ScriptedGuest:
    """A guest with a page open; `hang_up` and `come_back` are a line that breaks and returns."""

    def __init__(self, hub: Hub, code: str, name: str = "") -> None:
        self.hub = hub
        self.code = code
        self.name = name
        self.line = Heard()
        self.token: str | None = None
        self.seat: Seat | None = None
        self._ids = itertools.count(1)

    @property
    def seen(self) -> dict[str, Any]:
        return self.line.seen

    async def join(self) -> ScriptedGuest:
        """Come in with the code, and open the page."""
        joined = await self.hub.join(self.code, self.name, self.token)
        if joined is None:
            raise RuntimeError("No open room has this code.")
        self.guest, self.token = joined
        self.come_back()
        return self

    def come_back(self) -> None:
        """Open a line to the room."""
        live = self.hub.room(self.guest.room_id)
        self.seat = self.hub.sit(live, live.guests[self.guest.id], str(self.token), self.line)

    def hang_up(self) -> None:
        """Lose the line."""
        if self.seat:
            self.hub.leave_line(self.hub.room(self.guest.room_id), self.seat, self.line)
            self.seat = None

    async def say(self, **message: Any) -> dict[str, Any]:
        """Send a message and return the reply to it."""
        if self.seat is None:
            raise RuntimeError("There is no line.")
        live = self.hub.room(self.guest.room_id)
        return await guests.hear(self.hub, live, self.seat, message)

    async def answer(self, activity: str, value: Any, **more: Any) -> dict[str, Any]:
        """Answer as the sheet does, from what the page shows; return what it is told."""
        field = more.get("field", activity)
        mine = (self.activity(activity) or {}).get("answers", {}).get(field, {})
        seen_by = self._seen_by(activity, field)
        save = {"id": str(next(self._ids)), "field": field, "value": value, "seen_by": seen_by}
        save = {**save, "base": mine.get("revision", 0), **more}
        reply = await self.say(type="save", activity=activity, message={"save": save})
        return reply.get("message", reply)

    async def ask(self, activity: str, text: str) -> dict[str, Any]:
        """Ask the trainer something."""
        return await self.say(type="ask", id=str(next(self._ids)), activity=activity, text=text)

    def activity(self, key: str) -> dict[str, Any] | None:
        """What the page shows of an activity; None where it shows none."""
        shown = self.seen.get("activities", [])
        return next((one for one in shown if one["key"] == key), None)

    def _seen_by(self, activity: str, field: str) -> str:
        fields = (self.activity(activity) or {}).get("fields", [])
        return next((one["seen-by"] for one in fields if one["key"] == field), "group")


def something(field: Mapping[str, Any], turn: int) -> Any:
    """A valid answer to a field, by its look; another one at every turn."""
    options = field.get("options") or field.get("choices")
    if options:
        chosen = options[turn % len(options)]["key"]
        return [chosen] if field["kind"] in ("choices", "scenario") else chosen
    made = {
        "scale": lambda: 1 + turn % 7,
        "how-long-ago": lambda: "this-month",
        "list": lambda: [f"word {turn % 12}"],
        "date": lambda: "2030-01-15",
        "rows": lambda: None,
    }
    return made.get(field["kind"], lambda: f"What guest {turn} thinks of it")()
