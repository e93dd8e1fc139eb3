"""A scheme of fictional people in a temporary folder, each with as much written as the other."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from viceversa.demo import make_demo
from viceversa.scheme import FILE, Scheme
from viceversa.server.identity import COOKIE
from viceversa.store import Store, open_store, people, sessions, tables
from viceversa.store.people import Pair, Person

MANY = 5000


@dataclass(frozen=True)
class Filled:
    """A scheme with people to measure with; `ids` are theirs."""

    scheme: Scheme
    ids: list[str]

    @property
    def folder(self) -> Path:
        return self.scheme.folder

    def cookies(self) -> list[str]:
        """Sign everybody in, each with a session of their own."""
        with opened(self.scheme) as store, store.writing():
            return [f"{COOKIE}={sessions.start(store, one, 1)}" for one in self.ids]


@contextmanager
def filled(many: int) -> Iterator[Filled]:
    """Make a scheme with so many people, two by two; it is gone afterwards."""
    with TemporaryDirectory(prefix="viceversa-bench-") as place:
        folder = Path(place) / "scheme"
        make_demo(folder)
        settings = (folder / FILE).read_text("utf-8")
        changed = settings.replace("most-pages: 60", f"most-pages: {MANY}")
        (folder / FILE).write_text(changed, "utf-8")
        scheme = Scheme.open(folder)
        with opened(scheme) as store, store.writing():
            ids = _add(store, many)
        yield Filled(scheme, ids)


@contextmanager
def opened(scheme: Scheme) -> Iterator[Store]:
    store = open_store(scheme.store_url)
    try:
        yield store
    finally:
        store.close()


def _add(store: Store, many: int) -> list[str]:
    """Copy the pair that has written most, under other names, until there are enough people."""
    pattern = max(people.all_pairs(store), key=lambda pair: len(_written(store, pair)))
    rows = _written(store, pattern)
    ids: list[str] = []
    for number in range(0, many, 2):
        mentor = _person(store, number, "mentor")
        mentee = _person(store, number + 1, "mentee")
        pair = people.join(store, mentor.id, mentee.id)
        _copy(store, rows, {pattern.mentor: mentor.id, pattern.mentee: mentee.id}, pair)
        ids += [mentor.id, mentee.id]
    return ids[:many]


def _person(store: Store, number: int, role: str) -> Person:
    email = f"person-{number}-{secrets.token_hex(3)}@example.org"
    return people.add(store, name=f"Person {number}", email=email, role=role)


def _written(store: Store, pair: Pair) -> list[dict]:
    answers = tables.answers
    theirs = sa.or_(
        answers.c.person_id.in_((pair.mentor, pair.mentee)), answers.c.pair_id == pair.id
    )
    with store.reading() as connection:
        found = connection.execute(sa.select(answers).where(theirs).order_by(answers.c.id))
        return [dict(row._mapping) for row in found]


def _copy(store: Store, rows: list[dict], known: dict[str, str], pair: Pair) -> None:
    copies = [
        {
            **{key: value for key, value in row.items() if key != "id"},
            "person_id": known.get(row["person_id"]),
            "pair_id": pair.id if row["pair_id"] else None,
            "by": known.get(row["by"]),
        }
        for row in rows
    ]
    with store.writing() as connection:
        connection.execute(sa.insert(tables.answers), copies)
