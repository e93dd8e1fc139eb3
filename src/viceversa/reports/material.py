"""What a report may hold: gathered once, by what the readers of its edition may see.

The report is written from this alone, and its fingerprint is taken from this: what is not in
here can neither be in a report nor make it out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from viceversa import access, calendars
from viceversa.content.library import Library
from viceversa.errors import Missing
from viceversa.progress import owner_of
from viceversa.scheme import Scheme
from viceversa.store import Store, answers, people
from viceversa.store.answers import Answer, Owner
from viceversa.store.people import Pair, Person

Edition = Literal["personal", "shared"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)

# By worksheet, then by field; nothing that was taken back, nothing the reader may not see.
Given = Mapping[str, Mapping[str, Answer]]


@dataclass(frozen=True)
class Plan:
    """What a report tells of one pair; `partner` is None when they have left.

    `theirs` is what the partner shares with the pair, `swapped` the partner's answers to a
    questionnaire whose result both have agreed to show each other.
    """

    partner: Person | None
    ours: Given
    theirs: Given
    swapped: Mapping[str, Mapping[str, Any]]
    next_meeting: Mapping[str, str] | None


@dataclass(frozen=True)
class Material:
    """All that goes into one edition of one person's report, but for the words round it."""

    person: Person
    edition: Edition
    scheme: str
    organisation: str
    contact: str
    own: Given
    plans: tuple[Plan, ...]

    def plain(self) -> dict[str, Any]:
        """Give all of it as plain values, for a fingerprint."""
        return {
            **{key: getattr(self, key) for key in ("edition", "scheme", "organisation", "contact")},
            "person": vars(self.person),
            "own": _plain(self.own),
            "plans": [
                {
                    "partner": plan.partner and [plan.partner.name, plan.partner.role],
                    "ours": _plain(plan.ours),
                    "theirs": _plain(plan.theirs),
                    "swapped": plan.swapped,
                    "next": plan.next_meeting,
                }
                for plan in self.plans
            ],
        }


@dataclass(frozen=True)
class _Coordinator:
    """Whoever it is that opens the shared edition: no more than a role."""

    id: str = ""
    role: str = "coordinator"


def check_edition(edition: str) -> Edition:
    """Give the edition's name back; raises `Missing` for one that does not exist."""
    if edition not in EDITIONS:
        raise Missing(f"There is no edition “{edition}”. There are: {' and '.join(EDITIONS)}.")
    return edition


def gather(
    scheme: Scheme | None,
    store: Store,
    library: Library,
    person: Person,
    edition: Edition,
    today: date | None = None,
) -> Material:
    """Gather what may go into one edition of a person's report.

    The personal edition holds what the person may see, the shared one what a coordinator may.
    """
    reader = person if edition == "personal" else _Coordinator()
    pairs = people.pairs_of(store, person.id)
    looking = _Looking(store, library, reader, pairs)
    return Material(
        person,
        edition,
        scheme.name if scheme else library.words["page-site-name"],
        (scheme and scheme.organisation) or "",
        (scheme and scheme.contact) or library.words["page-contact"],
        looking.at("person", person, None),
        tuple(looking.at_pair(person, pair, today) for pair in pairs),
    )


@dataclass(frozen=True)
class _Looking:
    """Somebody who reads, and what `access` lets them see."""

    store: Store
    library: Library
    reader: Any
    pairs: Iterable[Pair]
    # A person's answers are asked for twice, by what may be shown and by what may be swapped.
    _read: dict[Owner, dict[str, dict[str, Answer]]] = field(default_factory=dict)

    def at(self, kind: str, person: Person, pair: Pair | None) -> Given:
        """Give what the reader may see of a person's own sheets, or of their pair's."""
        owner = owner_of(kind, person, pair)
        if owner is None:
            return {}
        relation = access.relation(self.reader, owner, self.pairs)
        return {
            slug: seen
            for slug, given in self._everything(owner).items()
            if (seen := _visible(given, relation))
        }

    def at_pair(self, person: Person, pair: Pair, today: date | None) -> Plan:
        partner = people.partner(self.store, pair, person.id)
        ours = self.at("pair", person, pair)
        # The partner has a report of their own for the coordinator.
        both = partner is not None and self.reader == person
        meetings = ours["meeting-plan"].get("meetings") if "meeting-plan" in ours else None
        return Plan(
            partner,
            ours,
            self.at("person", partner, None) if partner and both else {},
            self._swapped(person, partner) if partner and both else {},
            calendars.next_meeting(meetings.value if meetings else [], today),
        )

    def _swapped(self, person: Person, partner: Person) -> dict[str, dict[str, Any]]:
        mine, theirs = (self._values(one) for one in (person, partner))
        return {
            sheet.slug: theirs[sheet.slug]
            for sheet in self.library.worksheets()
            if sheet.profile
            and access.may_swap(
                mine.get(sheet.slug, {}), theirs.get(sheet.slug, {}), sheet.partner_may_see_when
            )
        }

    def _values(self, person: Person) -> dict[str, dict[str, Any]]:
        everything = self._everything(Owner("person", person.id))
        return {
            slug: {key: answer.value for key, answer in given.items()}
            for slug, given in everything.items()
        }

    def _everything(self, owner: Owner) -> dict[str, dict[str, Answer]]:
        if owner not in self._read:
            kept = answers.everything(self.store, owner)
            self._read[owner] = {slug: kept[slug] for slug in self.library.slugs if slug in kept}
        return self._read[owner]


def _visible(given: Mapping[str, Answer], relation: str) -> dict[str, Answer]:
    return {
        key: answer
        for key, answer in given.items()
        if answer.value is not None and access.may_see(relation, answer.seen_by)
    }


def _plain(given: Given) -> dict[str, Any]:
    return {
        slug: {key: [answer.value, answer.seen_by] for key, answer in fields.items()}
        for slug, fields in given.items()
    }
