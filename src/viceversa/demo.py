"""A scheme of fictional people at every stage, to look at before one has people of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from viceversa import intake
from viceversa import people as people_file
from viceversa.content.files import read_yaml
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.scheme import FILE, Scheme
from viceversa.starter import make_scheme
from viceversa.store import Store, answers, open_store, people
from viceversa.store.answers import Owner
from viceversa.store.people import Person

DAYS = re.compile(r"[+-]\d+d")


def make_demo(folder: Path) -> Scheme:
    """Make the demo scheme in an empty folder; raises Trouble when something is there already."""
    make_scheme(
        folder, name="Two-Way Mentoring (demo)", organisation="Northbridge Council (made up)"
    )
    settings = folder / FILE
    added = 'contact: "the scheme team (demo@example.org)"\ndemo: true\n'
    settings.write_text(settings.read_text(encoding="utf-8") + added, encoding="utf-8")
    scheme = Scheme.open(folder)
    store = open_store(scheme.store_url)
    with store.writing():
        intake.bring_in(store, people_file.read(shipped("content") / "en/demo/people.csv"))
        _answer_everything(store, scheme.library())
    return scheme


def in_order(store: Store) -> list[Person]:
    """Return everybody as one would introduce them: who runs the scheme, then pair by pair."""
    everyone = {person.id: person for person in people.everyone(store)}
    running = [person for person in everyone.values() if person.role in ("coordinator", "trainer")]
    paired = [
        everyone[one] for pair in people.all_pairs(store) for one in (pair.mentor, pair.mentee)
    ]
    return list(dict.fromkeys([*running, *paired, *everyone.values()]))


def _answer_everything(store: Store, library: Library) -> None:
    told = read_yaml(shipped("content") / "en/demo/answers.yaml")
    known = {person.email: person for person in people.everyone(store)}
    for email, entry in told["people"].items():
        person = known[email]
        _save(store, library, Owner("person", person.id), person.id, entry)
    for entry in told["pairs"]:
        mentor, mentee = (known[email] for email in entry["pair"])
        pair = people.join(store, mentor.id, mentee.id)
        _save(store, library, Owner("pair", pair.id), mentor.id, entry)


def _save(
    store: Store, library: Library, owner: Owner, writer: str, entry: Mapping[str, Any]
) -> None:
    for slug, field, value in _told(entry):
        worksheet = library.worksheet(slug)
        asked = worksheet.fields[field]
        answers.save(
            store,
            owner,
            slug,
            field,
            asked.check(_dated(value)),
            stamp=worksheet.stamp,
            seen_by=entry.get("shared", {}).get(slug, {}).get(field, asked.seen_by),
            by=writer,
            base=0,
        )


def _told(entry: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for slug, fields in (entry.get("answers") or {}).items():
        for field, value in fields.items():
            yield slug, field, value


def _dated(value: Any) -> Any:
    """Turn "+14d", anywhere in an answer, into the day that is fourteen days from today."""
    if isinstance(value, list):
        return [_dated(item) for item in value]
    if isinstance(value, dict):
        return {key: _dated(item) for key, item in value.items()}
    if isinstance(value, str) and DAYS.fullmatch(value):
        return (date.today() + timedelta(days=int(value[:-1]))).isoformat()
    return value
