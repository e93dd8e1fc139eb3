"""Personal links: the way a person signs in. Only their hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update

from viceversa.errors import Trouble
from viceversa.store.database import Store
from viceversa.store.people import hold
from viceversa.store.tables import links, now

FAULTS = {
    "unknown": "This link is not one of ours. Check that all of it was copied.",
    "expired": "This link has run out. Ask your coordinator for a new one.",
    "revoked": "This link was replaced or withdrawn. Use the newest one you were sent.",
}


class LinkFault(Trouble):
    """A link that lets nobody in; `reason` is unknown, expired or revoked."""

    def __init__(self, reason: str) -> None:
        super().__init__(FAULTS[reason])
        self.reason = reason


@dataclass(frozen=True)
class Link:
    """What is known of a link without the link itself."""

    person_id: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


def make(store: Store, person_id: str, days: float, *, by_guest: bool = False) -> str:
    """Make a link that works for `days` days, end the older ones, and return its token.

    The token is shown this once: the store keeps its hash. With `by_guest` it was made at the
    wish of a guest of a live session, whose address nobody has checked. Raises `StoreError` for
    nobody.
    """
    token = secrets.token_urlsafe(24)
    with store.writing() as connection:
        hold(connection, person_id)
        revoke(store, person_id)
        made = now()
        connection.execute(
            insert(links).values(
                hash=digest(token),
                person_id=person_id,
                made_at=made,
                expires_at=made + timedelta(days=days),
                by_guest=by_guest,
            )
        )
    return token


def revoke(store: Store, person_id: str) -> int:
    """End every working link of a person; returns how many there were."""
    standing = (links.c.person_id == person_id) & links.c.revoked_at.is_(None)
    working = standing & (links.c.expires_at > now())
    with store.writing() as connection:
        ended = connection.execute(update(links).where(working).values(revoked_at=now()))
        return ended.rowcount


def read(store: Store, token: str, *, used: bool = False) -> str:
    """The id of the person a link is for; with `used`, the time of its use is noted.

    Raises `LinkFault` when the link is unknown, expired or revoked. Looking at a link is not
    using it: mail scanners open links, too.
    """
    with store.reading() as connection:
        row = connection.execute(select(links).where(links.c.hash == digest(token))).first()
    if row is None:
        raise LinkFault("unknown")
    if row.revoked_at is not None:
        raise LinkFault("revoked")
    if row.expires_at <= now():
        raise LinkFault("expired")
    if used:
        with store.writing() as connection:
            connection.execute(update(links).where(links.c.hash == row.hash).values(used_at=now()))
    return row.person_id


def made_for(store: Store, person_id: str) -> list[Link]:
    """Every link made for a person, the oldest first."""
    columns = [links.c[name] for name in Link.__dataclass_fields__]
    query = select(*columns).where(links.c.person_id == person_id).order_by(links.c.made_at)
    with store.reading() as connection:
        return [Link(*row) for row in connection.execute(query)]


def people_with_one(store: Store) -> set[str]:
    """The ids of the people who have a working link."""
    working = links.c.revoked_at.is_(None) & (links.c.expires_at > now())
    return _people(store, working)


def came_by_themselves(store: Store) -> set[str]:
    """The ids of the people whose only links were made at their own wish, as guests."""
    return _people(store, links.c.by_guest) - _people(store, ~links.c.by_guest)


def _people(store: Store, which: ColumnElement[bool]) -> set[str]:
    with store.reading() as connection:
        return set(connection.scalars(select(links.c.person_id).where(which)))


def digest(token: str) -> str:
    """What is stored instead of a token; it is random and long, so a plain hash will do."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
