"""All rooms that are in use: who is connected, what is written, and who is told.

Everything that counts is in the store before it is acknowledged. All writing is done by one
thread, one after the other, so that nothing waits for the disk but what was written.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from viceversa.content.library import Library
from viceversa.content.refused import Refused
from viceversa.errors import Trouble
from viceversa.live import keys, programme, room
from viceversa.live.codes import make as make_code
from viceversa.live.open_room import Line, Seat
from viceversa.live.results import Limits
from viceversa.live.room import State
from viceversa.live.telling import UNHURRIED, Live
from viceversa.live.writer import Writer
from viceversa.store import Store, rooms
from viceversa.store.links import digest
from viceversa.store.rooms import Guest, Room

log = logging.getLogger(__name__)

TICK = 1.0
TIDY = 3600.0
MOST_GUESTS = 600


class Hub:
    """The live sessions of one server, all in one event loop."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library],
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.store = store
        self.library = library
        self.limits = limits or Limits()
        self.clock = clock
        self.rooms: dict[str, Live] = {}
        # A store in memory has one connection, which no second thread may use.
        self._writer = Writer(store) if store.file or _is_server(store) else None
        self._tidied = float("-inf")
        self._beginning: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._ticking: asyncio.Task[None] | None = None

    async def write(self, work: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Do a piece of writing, after all that was asked for before."""
        if self._writer is None:
            return work(self.store, *values, **named)
        return await self._writer.write(work, *values, **named)

    def start(self) -> None:
        """Begin to look after the rooms every second; within a running event loop."""
        if self._ticking is None or self._ticking.done():
            self._ticking = asyncio.get_running_loop().create_task(self._look_after())

    async def stop(self) -> None:
        """Stop looking after the rooms, and let what is being written be written."""
        if self._ticking:
            self._ticking.cancel()
        for live in self.rooms.values():
            live.quiet()
        if self._writer:
            await self._writer.stop()

    def room(self, room_id: str) -> Live:
        """A room by its id, fetched from the store where it is not in use yet."""
        if room_id not in self.rooms:
            self.rooms[room_id] = self._opened(rooms.get(self.store, room_id))
        return self.rooms[room_id]

    async def begin(self, person_id: str, slug: str) -> Live:
        """Begin a session with this running order; raises `Trouble` or `Refused` in a sentence."""
        # Somebody may press it on two devices at once.
        async with self._beginning[person_id]:
            if self.open_room_of(person_id):
                raise Refused("live-refused-one-at-a-time")
            order = programme.read(self.library(), slug)
            record = await self.write(
                rooms.begin,
                person_id,
                running_order=slug,
                stamp=order.order.stamp,
                title=order.order.title,
                state=room.to_json(room.begin(order, self.now())),
                code=make_code,
            )
        return self.room(record.id)

    def open_room_of(self, person_id: str) -> Room | None:
        """The room that somebody leads and has not ended."""
        led = (one for one in rooms.led_by(self.store, person_id) if one.ended_at is None)
        return next((one for one in led if not self._is_over(one)), None)

    async def join(self, code: str, name: str, token: str | None) -> tuple[Guest, str] | None:
        """Let somebody in: the guest and their token; None where no open room has this code.

        With the token of a guest of that room they are that guest again.
        """
        record = rooms.by_code(self.store, code)
        if record is None or self._is_over(record):
            return None
        live = self.room(record.id)
        known = rooms.guest_with(self.store, token) if token else None
        if known and token and known.room_id == record.id and not known.removed:
            changes = {"left_at": None, "name": name or known.name}
            guest = await self.write(rooms.change_guest, known.id, **changes)
        else:
            if sum(not one.gone for one in live.guests.values()) >= MOST_GUESTS:
                raise Refused("live-refused-full", most=MOST_GUESTS)
            token = keys.new_token()
            guest = await self.write(rooms.join, record.id, token, name)
        live.change_guest(guest)
        live.tell_trainers()
        return guest, token

    def sit(self, live: Live, guest: Guest, token: str, line: Line) -> Seat:
        """Connect a guest's page, and show it where the room is."""
        seat = live.sit(self.store, guest, token)
        seat.lines.append(line)
        live.show_one(seat)
        live.tell_all(UNHURRIED)
        return seat

    def leave_line(self, live: Live, seat: Seat, line: Line) -> None:
        """A guest's line is gone."""
        if line in seat.lines:
            seat.lines.remove(line)
        if not seat.lines:
            live.stand_up(seat, self.clock())

    async def change(self, live: Live, make: Callable[[State], State]) -> None:
        """Change where a room is: one change after the other, each kept before it is shown."""
        async with live.turn:
            if live.ended:
                raise Refused("live-refused-ended")
            state = make(live.state)
            if state != live.state:
                await self.write(rooms.keep_state, live.record.id, room.to_json(state))
                live.change(state)
        live.tell_all()

    async def end(self, live: Live) -> None:
        """End a session: its code lets nobody in any more, and nothing more is taken."""
        async with live.turn:
            if live.ended:
                return
            state = room.end(live.state, digest(live.record.code or ""))
            await self.write(rooms.end, live.record.id, room.to_json(state))
            live.change(state)
            live.change_record(code=None, ended_at=datetime.now(UTC))
        live.tell_all()

    async def leave(self, live: Live, guest_id: str) -> None:
        """A guest leaves of their own will; the same code brings them back."""
        await self.change_guest(live, guest_id, left_at=datetime.now(UTC))

    async def forget(self, room_id: str) -> None:
        """Delete a session that has ended, with all that was written in it."""
        live = self.room(room_id)
        if not live.ended:
            raise Refused("live-refused-not-ended")
        async with live.turn:
            await self.write(rooms.forget, room_id)
            self.rooms.pop(room_id, None)
            live.let_go(live.words["live-gone-forgotten"])

    async def change_guest(self, live: Live, guest_id: str, **changes: Any) -> None:
        """Change what is known of a guest; whoever has left or was removed loses their lines."""
        guest = await self.write(rooms.change_guest, guest_id, **changes)
        live.change_guest(guest)
        seat = live.seats.get(guest_id)
        if seat and guest.gone:
            why = "live-gone-removed" if guest.removed else "live-gone-left"
            for line in tuple(seat.lines):
                line.end(live.words[why])
                self.leave_line(live, seat, line)
        live.tell_all(UNHURRIED)

    async def tick(self) -> None:
        """Look after all rooms once: presence, groups, time, and rooms that nobody uses."""
        now = self.clock()
        for live in tuple(self.rooms.values()):
            try:
                await self._tend(live, now)
            except (Refused, Trouble) as trouble:
                log.error("A live session could not be kept: %s", trouble)
        if now - self._tidied > TIDY:
            self._tidied = now
            for key in await self.write(rooms.forget_old):
                self.rooms.pop(key, None)
        unused = [key for key, live in self.rooms.items() if live.ended and live.unused]
        for key in unused:
            self.rooms.pop(key).quiet()

    def now(self) -> int:
        """The time in milliseconds since 1970."""
        return int(self.clock() * 1000)

    def _opened(self, record: Room) -> Live:
        library = self.library()
        order = programme.read(library, record.running_order)
        return Live(
            self.store, record, order, library.words, self.limits, self.clock(), clock=self.clock
        )

    def _is_over(self, record: Room) -> bool:
        return record.expires_at.timestamp() <= self.clock()

    async def _tend(self, live: Live, now: float) -> None:
        if live.ended:
            return
        if self._is_over(live.record):
            await self.end(live)
            return
        if live.count_present(now):
            live.tell_all(UNHURRIED)
        if changed := live.mended():
            await self.change(live, changed)
        if seen := live.take_seen():
            await self.write(rooms.seen, seen)

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            try:
                await self.tick()
            except Exception as error:
                # Only its kind: its text may hold somebody's words.
                log.error("Looking after the live sessions failed: %s", type(error).__name__)


def _is_server(store: Store) -> bool:
    return store.engine.url.get_backend_name() != "sqlite"
