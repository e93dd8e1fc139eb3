"""Which reports were made, for whom, from what, and where they lie."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from viceversa.store.database import Store
from viceversa.store.people import hold
from viceversa.store.tables import now, reports


@dataclass(frozen=True)
class Report:
    """One file made: `edition` is personal or shared, `fingerprint` tells what it was made from."""

    id: str
    person_id: str
    edition: str
    format: str
    fingerprint: str
    file: str
    at: datetime


def record(
    store: Store, person_id: str, *, edition: str, format: str, fingerprint: str, file: str
) -> Report:
    """Note that a report was made; raises `StoreError` for somebody who is not here."""
    made = Report(secrets.token_hex(8), person_id, edition, format, fingerprint, file, now())
    with store.writing() as connection:
        hold(connection, person_id)
        connection.execute(insert(reports).values(**vars(made)))
    return made


def made_for(store: Store, person_id: str) -> list[Report]:
    """Every report made for a person, the oldest first."""
    query = select(reports).where(reports.c.person_id == person_id)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(reports.c.at, reports.c.id))
        return [Report(**row._mapping) for row in rows]


def newest(store: Store, person_id: str, edition: str, format: str) -> Report | None:
    """The last report of this edition and format made for a person."""
    made = made_for(store, person_id)
    fitting = [one for one in made if (one.edition, one.format) == (edition, format)]
    return fitting[-1] if fitting else None


def withdraw(store: Store, person_id: str, *, edition: str, format: str) -> None:
    """Forget that a person's reports of this edition and format were made: their file is gone."""
    theirs = (reports.c.person_id == person_id) & (reports.c.edition == edition)
    with store.writing() as connection:
        connection.execute(delete(reports).where(theirs, reports.c.format == format))
