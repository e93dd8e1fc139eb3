"""``/live/ROOM/record.html``, ``.pdf`` and ``.csv``: what is kept of a session that has ended."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from tornado.web import authenticated

from viceversa import access
from viceversa.content.files import BadFile
from viceversa.content.library import Library
from viceversa.errors import Missing
from viceversa.live.record import Record, gather, table
from viceversa.live.results import Limits
from viceversa.reports.printing import NotPrinted, print_apart
from viceversa.reports.record import make_record
from viceversa.server import frame
from viceversa.server.doors import Framed
from viceversa.store import people, rooms
from viceversa.store.database import StoreError
from viceversa.store.rooms import Room

TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf", "csv": "text/csv"}
ONE_AT_A_TIME = asyncio.Semaphore(1)


class SessionRecord(Framed):
    """The record of one session, for whoever led it and for coordinators."""

    @authenticated
    async def get(self, room_id: str, kind: str) -> None:
        room = self._room(room_id)
        if room is None:
            self.show("message.html.j2", 404, about="record-gone")
        elif room.ended_at is None and room.expires_at > datetime.now(UTC):
            self.show("message.html.j2", 409, about="record-not-ended")
        else:
            await self._give(room, kind)

    def _room(self, room_id: str) -> Room | None:
        """The room, if it is there and theirs to read about: neither can be told from outside."""
        try:
            room = rooms.get(self.store, room_id)
        except StoreError:
            return None
        who = self.current_user
        return room if access.may_read_record(who.username, who.role, room.led_by) else None

    async def _give(self, room: Room, kind: str) -> None:
        library = frame.shelf(self.scheme, None)
        try:
            record = self._gathered(room, library)
            made = await self._made(room, record, library, kind)
        except (Missing, BadFile):
            self.show("message.html.j2", 500, about="record-no-order")
        except NotPrinted as fault:
            about = "record-no-pdf" if fault.missing else "page-500"
            self.show("message.html.j2", 500, about=about)
        else:
            self.set_header("Content-Type", TYPES[kind])
            self.set_header("Cache-Control", "no-store")
            how = "attachment" if kind == "csv" else "inline"
            self.set_header("Content-Disposition", f'{how}; filename="session-record.{kind}"')
            self.finish(made)

    def _gathered(self, room: Room, library: Library) -> Record:
        limits = Limits.at_least(self.scheme.group_at_least)
        return gather(self.store, room, library, limits, self._name(room.led_by))

    async def _made(self, room: Room, record: Record, library: Library, kind: str) -> bytes:
        if kind == "csv":
            return table(record, library.words).encode("utf-8-sig")
        own = room.led_by == self.current_user.username
        # The trainer's notes are theirs alone, as in the console.
        pad = room.pad if own else ""
        page = make_record(record, library.words, scheme=self.scheme.name, pad=pad)
        if kind == "html":
            return page.encode()
        async with ONE_AT_A_TIME:
            return await print_apart(page)

    def _name(self, person_id: str) -> str:
        try:
            return people.get(self.store, person_id).name
        except StoreError:
            return ""


ADDRESSES: list[Any] = [(r"live/([0-9a-f]{16})/record\.(html|pdf|csv)", SessionRecord)]
