"""Keep my reflections: a guest becomes somebody in the scheme, and takes their words along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from viceversa.content.modules import COMMITMENT
from viceversa.content.refused import Refused
from viceversa.live import keys, results
from viceversa.live.programme import Programme
from viceversa.live.telling import Live
from viceversa.people import is_email
from viceversa.store import Store, answers, links, people, room_answers, rooms
from viceversa.store.answers import Owner
from viceversa.store.database import StoreError
from viceversa.store.people import Person
from viceversa.store.rooms import Guest
from viceversa.store.tables import now

ROLES = ("mentor", "mentee")


@dataclass(frozen=True)
class Wish:
    """What a guest asks for; checked by `wished`."""

    name: str
    email: str
    role: str
    commitment: str | None = None


def wished(typed: Mapping[str, str], commitment: str | None) -> Wish:
    """Read what was typed into the form; raises `Refused` with what is missing."""
    name, email = typed.get("name", "").strip()[:200], typed.get("email", "").strip()
    if not name:
        raise Refused("live-keep-who")
    if not is_email(email):
        raise Refused("live-keep-not-an-email")
    if typed.get("role") not in ROLES:
        raise Refused("live-keep-no-role")
    return Wish(name, email, typed["role"], commitment if typed.get("also_commitment") else None)


def commitment_of(live: Live, token: str) -> str | None:
    """What this guest has committed to, by the secret that only their browser has."""
    for part in live.programme.parts.values():
        if part.kind == "commitment":
            key = keys.answer_key(token, live.record.id, part.key)
            kept = live.answers.get(part.key, {}).get(key)
            if kept and results.given([kept]):
                return str(kept.value)
    return None


def keep(
    store: Store, programme: Programme, guest: Guest, wish: Wish, *, days: float, language: str
) -> str:
    """Make a person of a guest, with their words, in one change; return their link's token.

    Raises `Refused` for an email that is in the scheme, and for a guest who did this before.
    """
    with store.writing():
        if people.by_email(store, wish.email):
            raise Refused("live-keep-taken")
        if _again(store, guest):
            raise Refused("live-keep-again")
        person = people.add(store, wish.name, wish.email, wish.role, language=language)
        for (sheet, stamp, field), value in _words(store, programme, guest, wish).items():
            _copy(store, person, sheet, stamp, field, value)
        # They are moved, not copied: whoever is forgotten later leaves nothing here.
        room_answers.forget_notes(store, guest.id)
        rooms.change_guest(store, guest.id, kept_at=now())
        return links.make(store, person.id, days, by_guest=True)


def _again(store: Store, guest: Guest) -> bool:
    found = [one for one in rooms.guests_of(store, guest.room_id) if one.id == guest.id]
    if not found:
        raise StoreError("This guest is not here any more.")
    return found[0].kept_at is not None


def _words(
    store: Store, programme: Programme, guest: Guest, wish: Wish
) -> dict[tuple[str, str, str], Any]:
    """What goes into the workbook: by worksheet, its stamp, and field."""
    found: dict[tuple[str, str, str], Any] = {}
    for activity, fields in room_answers.notes_of(store, guest.id).items():
        part = programme.parts.get(activity)
        for field, kept in fields.items():
            if part and field in part.fields and results.given([kept]):
                found[part.worksheet, part.stamp, field] = kept.value
    if wish.commitment and programme.module:
        found[programme.module, programme.module_stamp, COMMITMENT] = wish.commitment
    return found


def _copy(store: Store, person: Person, sheet: str, stamp: str, field: str, value: Any) -> None:
    owner = Owner("person", person.id)
    answers.save(
        store, owner, sheet, field, value, stamp=stamp, seen_by="only-me", by=person.id, base=0
    )
