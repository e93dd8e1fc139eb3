"""Who is signed in: a session is an opaque id in a cookie, looked up here."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from viceversa.store.database import Store
from viceversa.store.links import digest
from viceversa.store.people import hold
from viceversa.store.tables import now, sessions


@dataclass(frozen=True)
class Session:
    """When somebody signed in and until when that holds."""

    person_id: str
    started_at: datetime
    expires_at: datetime


def start(store: Store, person_id: str, days: float) -> str:
    """Sign a person in for `days` days and return the session's token; only a hash is kept."""
    token = secrets.token_urlsafe(24)
    started = now()
    with store.writing() as connection:
        hold(connection, person_id)
        connection.execute(delete(sessions).where(sessions.c.expires_at <= started))
        connection.execute(
            insert(sessions).values(
                hash=digest(token),
                person_id=person_id,
                started_at=started,
                expires_at=started + timedelta(days=days),
            )
        )
    return token


def read(store: Store, token: str) -> str | None:
    """The id of the person who is signed in with this token; None when nobody is."""
    valid = (sessions.c.hash == digest(token)) & (sessions.c.expires_at > now())
    with store.reading() as connection:
        return connection.scalar(select(sessions.c.person_id).where(valid))


def end(store: Store, token: str) -> None:
    """Sign out this session."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.hash == digest(token)))


def end_all(store: Store, person_id: str) -> int:
    """Sign a person out everywhere; returns in how many places they were signed in."""
    with store.writing() as connection:
        ended = connection.execute(delete(sessions).where(sessions.c.person_id == person_id))
        return ended.rowcount


def of(store: Store, person_id: str) -> list[Session]:
    """A person's sessions, the oldest first."""
    columns = [sessions.c[name] for name in Session.__dataclass_fields__]
    query = select(*columns).where(sessions.c.person_id == person_id)
    with store.reading() as connection:
        return [Session(*row) for row in connection.execute(query.order_by(sessions.c.started_at))]
