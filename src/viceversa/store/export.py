"""Everything the store holds on one person, for them to take away."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from viceversa.access import may_see
from viceversa.store import links, reports, rooms, sessions
from viceversa.store.answers import Answer, Owner, everything, history
from viceversa.store.database import Store
from viceversa.store.people import Person, get, partner, past_pairs_of
from viceversa.store.tables import people


def export(store: Store, person_id: str) -> dict[str, Any]:
    """Everything on one person as plain values: texts, numbers, lists; times as ISO 8601, UTC.

    Holds their row, their answers with history, their pairs' sheets (of pairs that have ended,
    what they wrote), the live sessions they led with their own notes, and when links, sessions
    and reports were made. Links and sessions come without what would open them. Raises
    `StoreError` for somebody who is not here.
    """
    person = get(store, person_id)
    return _plain(
        {
            "person": {**asdict(person), "added_at": _added_at(store, person_id)},
            "answers": _answers(store, Owner("person", person_id), person),
            "pairs": _pairs(store, person),
            "links": [_without(asdict(one)) for one in links.made_for(store, person_id)],
            "sessions": [_without(asdict(one)) for one in sessions.of(store, person_id)],
            "sessions_led": [_led(one) for one in rooms.led_by(store, person_id)],
            "reports": [_without(asdict(one)) for one in reports.made_for(store, person_id)],
        }
    )


def _led(room: rooms.Room) -> dict[str, Any]:
    names = ("title", "running_order", "begun_at", "ended_at")
    return {**{name: getattr(room, name) for name in names}, "notes": room.pad}


def _added_at(store: Store, person_id: str) -> datetime | None:
    with store.reading() as connection:
        return connection.scalar(sa.select(people.c.added_at).where(people.c.id == person_id))


def _pairs(store: Store, person: Person) -> list[dict[str, Any]]:
    found = []
    for pair, ended in past_pairs_of(store, person.id):
        other = partner(store, pair, person.id)
        found.append(
            {
                "id": pair.id,
                "you_are": "mentor" if person.id == pair.mentor else "mentee",
                "partner": other.name if other else None,
                "ended_at": ended,
                "answers": _answers(store, Owner("pair", pair.id), person, own_only=bool(ended)),
            }
        )
    return found


def _answers(
    store: Store, owner: Owner, person: Person, *, own_only: bool = False
) -> list[dict[str, Any]]:
    found = []
    for worksheet, fields in everything(store, owner).items():
        for field in fields:
            revisions = [
                _revision(answer, person)
                for answer in history(store, owner, worksheet, field)
                if may_see("self", answer.seen_by) and not (own_only and answer.by != person.id)
            ]
            if revisions:
                found.append({"worksheet": worksheet, "field": field, "revisions": revisions})
    return found


def _revision(answer: Answer, person: Person) -> dict[str, Any]:
    names = ("revision", "value", "seen_by", "stamp", "at", "aside")
    written_by = {person.id: "you", None: None}.get(answer.by, "your partner")
    return {name: getattr(answer, name) for name in names} | {"written_by": written_by}


def _without(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "person_id"}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value
