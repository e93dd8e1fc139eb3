"""People and the pairs they form."""

import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row
from sqlalchemy.exc import IntegrityError

from viceversa.store.database import Store, StoreError
from viceversa.store.tables import answers, links, now, pairs, people, reports, rooms, sessions

ROLES = ("mentor", "mentee", "trainer", "coordinator")


@dataclass(frozen=True)
class Person:
    """Somebody in the scheme; what is not known is an empty string."""

    id: str
    name: str
    email: str
    role: str
    grade: str = ""
    department: str = ""
    line_manager: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Pair:
    """A mentor and a mentee, by their ids."""

    id: str
    mentor: str
    mentee: str


def add(
    store: Store,
    name: str,
    email: str,
    role: str,
    *,
    grade: str = "",
    department: str = "",
    line_manager: str = "",
    language: str = "en",
) -> Person:
    """Add a person; raises `StoreError` for a role that is none or an email already here."""
    person = Person(
        secrets.token_hex(8),
        name,
        email.lower(),
        _role(role),
        grade,
        department,
        line_manager,
        language,
    )
    try:
        with store.writing() as connection:
            connection.execute(sa.insert(people).values(**vars(person), added_at=now()))
    except IntegrityError as fault:
        raise StoreError(_taken(person.email)) from fault
    return person


def get(store: Store, person_id: str) -> Person:
    """The person with this id; raises `StoreError` when there is none, or none any more."""
    found = _people(store, people.c.id == person_id)
    if not found:
        raise StoreError(f"There is nobody with the id {person_id} here. They may have left.")
    return found[0]


def everyone(store: Store, role: str | None = None) -> list[Person]:
    """Everybody in the scheme, or everybody of one role, by name."""
    return _people(store, *([people.c.role == role] if role else []))


def by_email(store: Store, email: str) -> Person | None:
    """The person with this email address, in capitals or not."""
    found = _people(store, people.c.email == email.strip().lower())
    return found[0] if found else None


def update(store: Store, person_id: str, **changes: str) -> Person:
    """Change what is known of a person (name, email, role, grade …); returns them as they are now.

    Raises `StoreError` for an email that somebody else has, or a role that is none.
    """
    get(store, person_id)
    if "role" in changes:
        _role(changes["role"])
    if "email" in changes:
        changes["email"] = changes["email"].lower()
    if "id" in changes:
        raise StoreError("A person's id stays what it is.")
    try:
        with store.writing() as connection:
            connection.execute(sa.update(people).where(people.c.id == person_id).values(**changes))
    except IntegrityError as fault:
        raise StoreError(_taken(changes.get("email", ""))) from fault
    return get(store, person_id)


def join(store: Store, mentor_id: str, mentee_id: str) -> Pair:
    """Make a pair of a mentor and a mentee; the pair they already are, where there is one.

    Raises `StoreError` when one of them does not have that role.
    """
    with store.writing() as connection:
        for person_id, role in ((mentor_id, "mentor"), (mentee_id, "mentee")):
            person = get(store, person_id)
            if person.role != role:
                raise StoreError(f"{person.name} is a {person.role} here, and not a {role}.")
        either = (pairs.c.mentor_id == mentor_id) & (pairs.c.mentee_id == mentee_id)
        row = connection.execute(sa.select(pairs).where(either)).first()
        if row is None:
            pair = Pair(secrets.token_hex(8), mentor_id, mentee_id)
            connection.execute(
                sa.insert(pairs).values(
                    id=pair.id, mentor_id=mentor_id, mentee_id=mentee_id, joined_at=now()
                )
            )
            return pair
        connection.execute(sa.update(pairs).where(pairs.c.id == row.id).values(ended_at=None))
        return _pair(row)


def part(store: Store, pair_id: str) -> None:
    """End a pair; its sheets stay in the store, and open again when the two are joined again."""
    with store.writing() as connection:
        connection.execute(sa.update(pairs).where(pairs.c.id == pair_id).values(ended_at=now()))


def all_pairs(store: Store) -> list[Pair]:
    """Every pair that has not ended, in the order in which they were joined."""
    return _pairs(store, pairs.c.ended_at.is_(None))


def pairs_of(store: Store, person_id: str) -> list[Pair]:
    """The pairs this person is in that have not ended: one, or more for a mentor of several."""
    member = sa.or_(pairs.c.mentor_id == person_id, pairs.c.mentee_id == person_id)
    return _pairs(store, member, pairs.c.ended_at.is_(None))


def past_pairs_of(store: Store, person_id: str) -> list[tuple[Pair, datetime | None]]:
    """Every pair this person is or was in, with the time at which it ended."""
    member = sa.or_(pairs.c.mentor_id == person_id, pairs.c.mentee_id == person_id)
    query = sa.select(pairs).where(member).order_by(pairs.c.joined_at, pairs.c.id)
    with store.reading() as connection:
        return [(_pair(row), row.ended_at) for row in connection.execute(query)]


def partner(store: Store, pair: Pair, person_id: str) -> Person | None:
    """The other one of a pair; None when they have been forgotten.

    Raises `StoreError` when the person is not in this pair.
    """
    if person_id not in (pair.mentor, pair.mentee):
        raise StoreError("This person is not one of the pair.")
    other = pair.mentee if person_id == pair.mentor else pair.mentor
    found = _people(store, people.c.id == other)
    return found[0] if found else None


def forget(store: Store, person_id: str, also_pair_words: bool) -> tuple[str, ...]:
    """Delete a person: their answers, links, sessions and the list of their reports.

    Left are a row with neither name nor address, so that a pair still has two sides, and what
    they wrote in a pair's sheets, no longer marked as theirs; with `also_pair_words` that text
    is erased too. Returns the report files, which lie outside the store: delete them as well.
    Copies in `backups/` still hold what was deleted.
    """
    get(store, person_id)
    with store.writing() as connection:
        made = connection.scalars(sa.select(reports.c.file).where(reports.c.person_id == person_id))
        files = tuple(sorted(set(made)))
        for table in (answers, links, sessions, reports):
            connection.execute(sa.delete(table).where(table.c.person_id == person_id))
        # A row of the pair's stays, so that revisions keep counting on both screens.
        erased: dict[str, Any] = {"value": None} if also_pair_words else {}
        theirs = answers.c.by == person_id
        connection.execute(sa.update(answers).where(theirs).values(by=None, **erased))
        blank = dict.fromkeys(("name", "grade", "department", "line_manager", "language"), "")
        connection.execute(
            sa.update(people)
            .where(people.c.id == person_id)
            .values(email=None, forgotten_at=now(), **blank)
        )
        # What a session has of its guests stays; what its trainer noted for themselves goes.
        led = sa.update(rooms).where(rooms.c.led_by == person_id)
        connection.execute(led.values(pad="", code=None))
    _empty_write_ahead_log(store)
    return files


def hold(connection: Connection, person_id: str) -> None:
    """Refuse what is meant for somebody who is not, or no longer, in the scheme."""
    here = (people.c.id == person_id) & people.c.forgotten_at.is_(None)
    if connection.execute(sa.select(people.c.id).where(here)).first() is None:
        raise StoreError(f"There is nobody with the id {person_id} here. They may have left.")


def _people(store: Store, *which: ColumnElement[bool]) -> list[Person]:
    columns = [people.c[name] for name in Person.__dataclass_fields__]
    query = sa.select(*columns).where(people.c.forgotten_at.is_(None), *which)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(people.c.name, people.c.id)).all()
    return [Person(*row) for row in rows]


def _pairs(store: Store, *which: ColumnElement[bool]) -> list[Pair]:
    query = sa.select(pairs).where(*which).order_by(pairs.c.joined_at, pairs.c.id)
    with store.reading() as connection:
        return [_pair(row) for row in connection.execute(query)]


def _pair(row: Row[Any]) -> Pair:
    return Pair(row.id, row.mentor_id, row.mentee_id)


def _role(role: str) -> str:
    if role not in ROLES:
        raise StoreError(f"There is no role “{role}”. The roles are {', '.join(ROLES)}.")
    return role


def _taken(email: str) -> str:
    return f"Somebody with the email {email} is already here. Nothing was changed."


def _empty_write_ahead_log(store: Store) -> None:
    """Deleted words may still lie in SQLite's log beside the file, until it is emptied."""
    if store.file is None:
        return
    with closing(store.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
