"""Answers: only ever added, with their history; two people's words are never overwritten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, insert, or_, select

from viceversa.errors import Trouble
from viceversa.store.database import Store, StoreError
from viceversa.store.people import hold
from viceversa.store.tables import answers, now, pairs, people


@dataclass(frozen=True)
class Owner:
    """Whose a worksheet is: one person's, or a pair's."""

    kind: Literal["person", "pair"]
    id: str


@dataclass(frozen=True)
class Answer:
    """One revision of an answer; value None is one taken back, `aside` one that came too late."""

    owner: Owner
    worksheet: str
    field: str
    value: Any
    seen_by: str
    stamp: str
    revision: int
    by: str | None
    at: datetime
    aside: bool = False


class Stale(Trouble):
    """A save started from an older revision: both texts are kept, and the person chooses."""

    def __init__(self, current: Answer | None, aside: Answer) -> None:
        super().__init__(
            "This answer was changed somewhere else in the meantime. Both texts are kept: "
            "choose one of them, or keep both."
        )
        self.current = current
        self.aside = aside


def current(store: Store, owner: Owner, worksheet: str) -> dict[str, Answer]:
    """The newest answer to each field, by field key; one taken back is there with value None.

    It is there because the next save has to name its revision.
    """
    with store.reading() as connection:
        return {row.field: _answer(row) for row in _newest(connection, owner, worksheet=worksheet)}


def everything(store: Store, owner: Owner) -> dict[str, dict[str, Answer]]:
    """The newest answers of every worksheet of this owner: by worksheet, then by field."""
    found: dict[str, dict[str, Answer]] = {}
    with store.reading() as connection:
        for row in _newest(connection, owner):
            found.setdefault(row.worksheet, {})[row.field] = _answer(row)
    return found


def history(store: Store, owner: Owner, worksheet: str, field: str) -> list[Answer]:
    """Every revision of one answer, the oldest first, those put aside among them."""
    query = select(answers).where(_of(owner), *_only(worksheet, field))
    with store.reading() as connection:
        return [_answer(row) for row in connection.execute(query.order_by(answers.c.revision))]


def save(
    store: Store,
    owner: Owner,
    worksheet: str,
    field: str,
    value: Any,
    *,
    stamp: str,
    seen_by: str,
    by: str | None,
    base: int,
) -> Answer:
    """Keep an answer that was begun from revision `base` (0 = there was none) and return it.

    The same answer for the same readers again is not kept twice. Raises `Stale` when another
    revision came in between, with both texts kept; `NotSaved` when the store could not be
    written; `StoreError` when the owner or the writer is not in the scheme.
    """
    value = None if value in ("", []) else value
    with store.writing() as connection:
        _hold_owner(connection, owner)
        if by is not None:
            hold(connection, by)
        now_kept = _newest(connection, owner, worksheet=worksheet, field=field)
        kept = _answer(now_kept[0]) if now_kept else None
        if kept and _same(kept, value, seen_by):
            return kept
        stale = base != (kept.revision if kept else 0)
        earlier = _asides(connection, owner, worksheet, field, kept, by) if stale else []
        # An unanswered save is sent again: its text is put aside once.
        put = next((a for a in earlier if _same(a, value, seen_by)), None) or _insert(
            connection, owner, worksheet, field, value, stamp, seen_by, by, aside=stale
        )
    if stale:
        raise Stale(kept, put)
    return put


def changed_since(
    store: Store, owners: Sequence[Owner], last_id: int | None
) -> tuple[list[Answer], int]:
    """What these owners' answers have become since `last_id`, and the id to ask with next.

    None asks only for the id to start from. One indexed query; at most one answer a field.
    """
    theirs = and_(or_(false(), *(_of(owner) for owner in owners)), answers.c.aside.is_(False))
    with store.reading() as connection:
        if last_id is None:
            newest = connection.scalar(select(func.max(answers.c.id)).where(theirs))
            return [], newest or 0
        query = select(answers).where(theirs, answers.c.id > last_id).order_by(answers.c.id)
        rows = connection.execute(query).all()
    news = {(row.person_id, row.pair_id, row.worksheet, row.field): row for row in rows}
    return [_answer(row) for row in news.values()], rows[-1].id if rows else last_id


def _of(owner: Owner) -> ColumnElement[bool]:
    column = answers.c.person_id if owner.kind == "person" else answers.c.pair_id
    return column == owner.id


def _only(worksheet: str | None, field: str | None) -> list[ColumnElement[bool]]:
    wanted = ((answers.c.worksheet, worksheet), (answers.c.field, field))
    return [column == value for column, value in wanted if value is not None]


def _newest(
    connection: Connection, owner: Owner, *, worksheet: str | None = None, field: str | None = None
) -> list[Row[Any]]:
    key = (answers.c.worksheet, answers.c.field)
    last = (
        select(func.max(answers.c.id))
        .where(_of(owner), answers.c.aside.is_(False), *_only(worksheet, field))
        .group_by(*key)
    )
    query = select(answers).where(answers.c.id.in_(last)).order_by(answers.c.id)
    return list(connection.execute(query))


def _asides(
    connection: Connection,
    owner: Owner,
    worksheet: str,
    field: str,
    kept: Answer | None,
    by: str | None,
) -> list[Answer]:
    query = select(answers).where(
        _of(owner),
        *_only(worksheet, field),
        answers.c.aside.is_(True),
        answers.c.by.is_(by) if by is None else answers.c.by == by,
        answers.c.revision > (kept.revision if kept else 0),
    )
    return [_answer(row) for row in connection.execute(query)]


def _insert(
    connection: Connection,
    owner: Owner,
    worksheet: str,
    field: str,
    value: Any,
    stamp: str,
    seen_by: str,
    by: str | None,
    *,
    aside: bool,
) -> Answer:
    last = select(func.max(answers.c.revision)).where(_of(owner), *_only(worksheet, field))
    answer = Answer(
        owner=owner,
        worksheet=worksheet,
        field=field,
        value=value,
        seen_by=seen_by,
        stamp=stamp,
        revision=(connection.scalar(last) or 0) + 1,
        by=by,
        at=now(),
        aside=aside,
    )
    row = {name: value for name, value in vars(answer).items() if name != "owner"}
    row["person_id" if owner.kind == "person" else "pair_id"] = owner.id
    connection.execute(insert(answers).values(**row))
    return answer


def _hold_owner(connection: Connection, owner: Owner) -> None:
    """One save at a time for an owner, also on a database that lets several write at once."""
    table = people if owner.kind == "person" else pairs
    gone = table.c.forgotten_at if owner.kind == "person" else table.c.ended_at
    row = connection.execute(
        select(table.c.id).where(table.c.id == owner.id, gone.is_(None)).with_for_update()
    ).first()
    if row is None:
        whose = "person is" if owner.kind == "person" else "pair is"
        raise StoreError(f"This {whose} no longer in the scheme, so nothing was saved.")


def _same(answer: Answer, value: Any, seen_by: str) -> bool:
    # As JSON, because in Python True equals 1.
    return answer.seen_by == seen_by and _json(answer.value) == _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _answer(row: Row[Any]) -> Answer:
    owner = Owner("person", row.person_id) if row.person_id else Owner("pair", row.pair_id)
    return Answer(
        owner,
        row.worksheet,
        row.field,
        row.value,
        row.seen_by,
        row.stamp,
        row.revision,
        row.by,
        row.at,
        row.aside,
    )
