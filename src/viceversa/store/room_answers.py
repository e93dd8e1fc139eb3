"""What guests write in a live session: without names, for themselves alone, or as questions.

Nothing here that is said without a name is kept beside a guest: its key is made with a secret
that only their browser has (`live.keys`), and no time is kept with it.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from viceversa.store.database import Store
from viceversa.store.tables import now, room_answers, room_notes, room_questions, room_votes, rooms


@dataclass(frozen=True)
class Kept:
    """One answer as it is now; `early` says that its writer lets the group see it at once."""

    value: Any
    revision: int
    early: bool = False


@dataclass(frozen=True)
class Question:
    """One question to the trainer: state waiting, shown, answered or hidden; `n` is its place."""

    id: str
    activity: str
    text: str
    state: str
    n: int
    author_key: str


def answers_in(store: Store, room_id: str) -> dict[str, dict[str, Kept]]:
    """Every answer without a name: by activity, then by key."""
    found: dict[str, dict[str, Kept]] = {}
    query = sa.select(room_answers).where(room_answers.c.room_id == room_id)
    with store.reading() as connection:
        for row in connection.execute(query.order_by(room_answers.c.key)):
            kept = Kept(row.value, row.revision, row.early)
            found.setdefault(row.activity, {})[row.key] = kept
    return found


def keep_answer(store: Store, room_id: str, activity: str, key: str, kept: Kept) -> bool:
    """Keep an answer without a name, in the place of the one under this key.

    False for a room that has ended: then it is not kept.
    """
    over = sa.select(rooms.c.id).where(rooms.c.id == room_id, rooms.c.ended_at.is_not(None))
    with store.writing() as connection:
        if connection.execute(over).first():
            return False
        connection.execute(sa.delete(room_answers).where(room_answers.c.key == key))
        connection.execute(
            sa.insert(room_answers).values(
                key=key, room_id=room_id, activity=activity, **vars(kept)
            )
        )
    return True


def notes_of(store: Store, guest_id: str) -> dict[str, dict[str, Kept]]:
    """What a guest wrote for themselves: by activity, then by field."""
    found: dict[str, dict[str, Kept]] = {}
    query = sa.select(room_notes).where(room_notes.c.guest_id == guest_id)
    with store.reading() as connection:
        for row in connection.execute(query):
            found.setdefault(row.activity, {})[row.field] = Kept(row.value, row.revision)
    return found


def keep_note(store: Store, guest_id: str, activity: str, field: str, kept: Kept) -> None:
    """Keep what a guest wrote for themselves, in the place of what was there."""
    key = {"guest_id": guest_id, "activity": activity, "field": field}
    with store.writing() as connection:
        mine = sa.and_(*(room_notes.c[name] == value for name, value in key.items()))
        connection.execute(sa.delete(room_notes).where(mine))
        row = {**key, "value": kept.value, "revision": kept.revision, "at": now()}
        connection.execute(sa.insert(room_notes).values(**row))


def forget_notes(store: Store, guest_id: str) -> None:
    """Delete what a guest wrote for themselves."""
    with store.writing() as connection:
        connection.execute(sa.delete(room_notes).where(room_notes.c.guest_id == guest_id))


def questions_in(store: Store, room_id: str) -> list[Question]:
    """Every question of a room, in the order in which they came."""
    columns = [room_questions.c[name] for name in Question.__dataclass_fields__]
    query = sa.select(*columns).where(room_questions.c.room_id == room_id)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(room_questions.c.n))
        return [Question(*row) for row in rows]


def ask(
    store: Store, room_id: str, question_id: str, activity: str, text: str, author_key: str
) -> Question:
    """Keep a question, which waits until the trainer has read it."""
    with store.writing() as connection:
        highest = sa.select(sa.func.max(room_questions.c.n)).where(
            room_questions.c.room_id == room_id
        )
        n = (connection.scalar(highest) or 0) + 1
        question = Question(question_id, activity, text, "waiting", n, author_key)
        connection.execute(sa.insert(room_questions).values(room_id=room_id, **vars(question)))
    return question


def mark(store: Store, question_id: str, state: str) -> None:
    """Let a question be waiting, shown, answered or hidden."""
    which = room_questions.c.id == question_id
    with store.writing() as connection:
        connection.execute(sa.update(room_questions).where(which).values(state=state))


def votes_in(store: Store, room_id: str) -> dict[str, set[str]]:
    """The keys of the votes for each question that has any."""
    joined = room_votes.join(room_questions, room_votes.c.question_id == room_questions.c.id)
    query = sa.select(room_votes).select_from(joined).where(room_questions.c.room_id == room_id)
    found: dict[str, set[str]] = {}
    with store.reading() as connection:
        for row in connection.execute(query):
            found.setdefault(row.question_id, set()).add(row.key)
    return found


def vote(store: Store, question_id: str, key: str, *, on: bool) -> None:
    """Give a question a vote, or take it back; one key is one vote."""
    with store.writing() as connection:
        connection.execute(sa.delete(room_votes).where(room_votes.c.key == key))
        if on:
            connection.execute(sa.insert(room_votes).values(key=key, question_id=question_id))
