"""Rooms, which are live sessions while they are held, and the guests who joined with the code."""

import secrets
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from viceversa.store.database import Store, StoreError
from viceversa.store.links import digest
from viceversa.store.people import hold
from viceversa.store.tables import (
    guests,
    now,
    room_answers,
    room_notes,
    room_questions,
    room_votes,
    rooms,
)

HOURS = 12
TRY_AGAIN_HOURS = 3
# How long after a session a guest can keep their reflections, and how long there is its record.
NOTES_DAYS, RECORD_DAYS = 7, 30
TRIES = 20


@dataclass(frozen=True)
class Room:
    """One live session; `state` is what `live.room.State` makes of it, `code` None at the end."""

    id: str
    running_order: str
    stamp: str
    title: str
    code: str | None
    led_by: str
    state: Mapping[str, Any]
    pad: str
    pad_revision: int
    begun_at: datetime
    expires_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Guest:
    """Somebody who joined with a code; an empty name is one not given."""

    id: str
    room_id: str
    number: int
    name: str
    joined_at: datetime
    last_seen_at: datetime | None
    left_at: datetime | None
    kept_at: datetime | None
    removed: bool

    @property
    def gone(self) -> bool:
        """Whether they left or were asked to."""
        return self.removed or self.left_at is not None


def begin(
    store: Store,
    led_by: str,
    *,
    running_order: str,
    stamp: str,
    title: str,
    state: Mapping[str, Any],
    code: Callable[[], str],
) -> Room:
    """Open a room; `code()` makes a code, and is asked again where that one is in use."""
    begun = now()
    for _ in range(TRIES):
        room = Room(
            id=secrets.token_hex(8),
            running_order=running_order,
            stamp=stamp,
            title=title,
            code=code(),
            led_by=led_by,
            state=dict(state),
            pad="",
            pad_revision=0,
            begun_at=begun,
            expires_at=begun + timedelta(hours=HOURS),
            ended_at=None,
        )
        with suppress(IntegrityError), store.writing() as connection:
            hold(connection, led_by)
            connection.execute(sa.insert(rooms).values(**vars(room)))
            return room
    raise StoreError("No free code was found. Nothing was begun. Try again.")


def get(store: Store, room_id: str) -> Room:
    """The room with this id; raises `StoreError` when there is none."""
    found = _rooms(store, rooms.c.id == room_id)
    if not found:
        raise StoreError("There is no such session.")
    return found[0]


def by_code(store: Store, code: str) -> Room | None:
    """The room with this code that has not ended; whether its time is up is for its reader."""
    found = _rooms(store, rooms.c.code == code, rooms.c.ended_at.is_(None))
    return found[0] if found else None


def led_by(store: Store, person_id: str, days: float | None = None) -> list[Room]:
    """The rooms somebody leads or has led, the newest first; with `days`, ended no longer ago."""
    which = [rooms.c.led_by == person_id]
    if days is not None:
        recent = rooms.c.ended_at > now() - timedelta(days=days)
        which.append(sa.or_(rooms.c.ended_at.is_(None), recent))
    return _rooms(store, *which)


def keep_state(store: Store, room_id: str, state: Mapping[str, Any]) -> None:
    """Keep where a room is."""
    _change(store, room_id, state=dict(state))


def keep_pad(store: Store, room_id: str, text: str, revision: int) -> None:
    """Keep the trainer's own notes."""
    _change(store, room_id, pad=text, pad_revision=revision)


def end(store: Store, room_id: str, state: Mapping[str, Any]) -> None:
    """End a room: its code lets nobody in any more."""
    _change(store, room_id, state=dict(state), code=None, ended_at=now())
    _lose_order(store)


def forget(store: Store, room_id: str) -> None:
    """Delete a room and everything that was written in it."""
    with store.writing() as connection:
        _delete(connection, room_id)
    _lose_order(store)


def _delete(connection: sa.Connection, room_id: str) -> None:
    asked = sa.select(room_questions.c.id).where(room_questions.c.room_id == room_id)
    came = sa.select(guests.c.id).where(guests.c.room_id == room_id)
    connection.execute(sa.delete(room_votes).where(room_votes.c.question_id.in_(asked)))
    connection.execute(sa.delete(room_notes).where(room_notes.c.guest_id.in_(came)))
    for table in (room_questions, room_answers, guests):
        connection.execute(sa.delete(table).where(table.c.room_id == room_id))
    connection.execute(sa.delete(rooms).where(rooms.c.id == room_id))


def forget_old(store: Store) -> list[str]:
    """Delete what guests wrote for themselves a week after a session, and all of it after 30 days.

    Returns the ids of the rooms that are gone.
    """
    later = sa.select(guests.c.id).join(rooms, guests.c.room_id == rooms.c.id)
    with store.writing() as connection:
        theirs = room_notes.c.guest_id.in_(later.where(_over_for(NOTES_DAYS)))
        gone = connection.execute(sa.delete(room_notes).where(theirs)).rowcount
        old = list(connection.scalars(sa.select(rooms.c.id).where(_over_for(RECORD_DAYS))))
        for room_id in old:
            _delete(connection, room_id)
        # The file may have been in use when a session ended.
        lately = rooms.c.ended_at > now() - timedelta(hours=TRY_AGAIN_HOURS)
        ended = connection.scalar(sa.select(rooms.c.id).where(lately).limit(1))
    if gone or old or ended:
        _lose_order(store)
    return old


def _over_for(days: float) -> sa.ColumnElement[bool]:
    limit = now() - timedelta(days=days)
    return sa.or_(rooms.c.ended_at < limit, rooms.c.expires_at < limit)


def join(store: Store, room_id: str, token: str, name: str) -> Guest:
    """Add a guest to a room; the store keeps only a hash of their token."""
    with store.writing() as connection:
        highest = sa.select(sa.func.max(guests.c.number)).where(guests.c.room_id == room_id)
        guest = Guest(
            id=secrets.token_hex(8),
            room_id=room_id,
            number=(connection.scalar(highest) or 0) + 1,
            name=name,
            joined_at=now(),
            last_seen_at=None,
            left_at=None,
            kept_at=None,
            removed=False,
        )
        connection.execute(sa.insert(guests).values(**vars(guest), token_hash=digest(token)))
    return guest


def guest_with(store: Store, token: str) -> Guest | None:
    """The guest whose token this is."""
    found = _guests(store, guests.c.token_hash == digest(token))
    return found[0] if found else None


def guests_of(store: Store, room_id: str) -> list[Guest]:
    """Everybody who ever joined a room, in the order in which they came."""
    return _guests(store, guests.c.room_id == room_id)


def change_guest(store: Store, guest_id: str, **changes: Any) -> Guest:
    """Change a guest's name, left_at, kept_at or removed; returns them as they are now."""
    which = guests.c.id == guest_id
    with store.writing() as connection:
        connection.execute(sa.update(guests).where(which).values(**changes))
        return _guests(store, which)[0]


def seen(store: Store, when: Mapping[str, datetime | None]) -> None:
    """Note when guests were last here, by their ids; None for those who are back."""
    rows = [{"guest": guest_id, "at": at} for guest_id, at in when.items()]
    if rows:
        which = sa.update(guests).where(guests.c.id == sa.bindparam("guest"))
        with store.writing() as connection:
            connection.execute(which.values(last_seen_at=sa.bindparam("at")), rows)


def _change(store: Store, room_id: str, **values: Any) -> None:
    with store.writing() as connection:
        connection.execute(sa.update(rooms).where(rooms.c.id == room_id).values(**values))


def _rooms(store: Store, *which: sa.ColumnElement[bool]) -> list[Room]:
    columns = [rooms.c[name] for name in Room.__dataclass_fields__]
    query = sa.select(*columns).where(*which).order_by(rooms.c.begun_at.desc(), rooms.c.id)
    with store.reading() as connection:
        return [Room(*row) for row in connection.execute(query)]


def _guests(store: Store, *which: sa.ColumnElement[bool]) -> list[Guest]:
    columns = [guests.c[name] for name in Guest.__dataclass_fields__]
    query = sa.select(*columns).where(*which).order_by(guests.c.number)
    with store.reading() as connection:
        return [Guest(*row) for row in connection.execute(query)]


def _lose_order(store: Store) -> None:
    """Write SQLite's file anew in the order of the keys, and empty the log beside it.

    Within a page, rows lie as they were written, even where they are read by their keys. Where
    somebody else uses the file just now, the next tidying does it.
    """
    if store.file is not None:
        for lose in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            with suppress(sqlite3.Error), closing(store.engine.raw_connection()) as connection:
                connection.cursor().execute(lose)
