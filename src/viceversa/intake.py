"""Taking the people of a file into the store: all of them, or none."""

from collections.abc import Iterator
from dataclasses import dataclass

from viceversa.people import Fault, Faults, PeopleFile, Row
from viceversa.store import Store, links, people, sessions
from viceversa.store.people import Pair, Person


@dataclass(frozen=True)
class Intake:
    """What an import did; `kept` are the people in the scheme whom the file does not name."""

    new: int
    changed: int
    same: int
    pairs: int
    new_pairs: int
    kept: tuple[Person, ...]
    signed_out: tuple[Person, ...] = ()

    def __str__(self) -> str:
        read = self.new + self.changed + self.same
        return (
            f"{read} {'person' if read == 1 else 'people'} read: {self.new} new, "
            f"{self.changed} changed, {self.same} as before; "
            f"{self.pairs} {'pair' if self.pairs == 1 else 'pairs'}, {self.new_pairs} new."
        )


def bring_in(store: Store, file: PeopleFile, *, language: str = "en") -> Intake:
    """Add and change people by email, and join the pairs that the file names.

    `language` is that of new people where the file does not say. People the file does not name
    stay as they are, and so do their pairs. Whoever gets another role, or came in by themselves
    with an address that nobody had checked, needs a new link. Raises `Faults` with every fault,
    and then nothing was imported.
    """
    with store.writing():
        before = {person.email: person for person in people.everyone(store)}
        check = _Check(file, before, people.all_pairs(store))
        faults = [*file.faults, *check.faults()]
        if faults:
            raise Faults(faults)
        done = [_take_in(store, row, before.get(row.email), language) for row in file.rows]
        ids = {person.email: person.id for person in people.everyone(store)}
        joined = [people.join(store, ids[one], ids[two]) for one, two in check.couples()]
        new_pairs = {pair.id for pair in joined} - {pair.id for pair in check.pairs}
        signed_out = _sign_out(store, file, before, {one for two in check.couples() for one in two})
    named = {row.email for row in file.rows}
    return Intake(
        new=done.count("new"),
        changed=done.count("changed"),
        same=done.count("same"),
        pairs=len(joined),
        new_pairs=len(new_pairs),
        kept=tuple(person for email, person in before.items() if email not in named),
        signed_out=signed_out,
    )


def _take_in(store: Store, row: Row, before: Person | None, language: str) -> str:
    known = {"name": row.name, "role": row.role, **row.details}
    if before is None:
        people.add(store, email=row.email, **{"language": language, **known})
        return "new"
    changes = {key: text for key, text in known.items() if getattr(before, key) != text}
    if changes:
        people.update(store, before.id, **changes)
    return "changed" if changes else "same"


def _sign_out(
    store: Store, file: PeopleFile, before: dict[str, Person], paired: set[str]
) -> tuple[Person, ...]:
    """End the links and sessions of whoever may be somebody else than the file means."""
    alone = links.came_by_themselves(store)
    roles = {row.email: row.role for row in file.rows}
    unsure = [
        person
        for email, person in before.items()
        if (email in roles and roles[email] != person.role)
        or (person.id in alone and (email in roles or email in paired))
    ]
    ended = [(links.revoke(store, one.id), sessions.end_all(store, one.id)) for one in unsure]
    return tuple(one for one, had in zip(unsure, ended, strict=True) if any(had))


class _Check:
    """What only the whole file and the store together can show: who can be whose partner."""

    def __init__(self, file: PeopleFile, before: dict[str, Person], pairs: list[Pair]) -> None:
        self.rows = {row.email: row for row in file.rows if row.email}
        self.before = before
        self.pairs = pairs
        self.emails = {person.id: person.email for person in before.values()}
        self.roles = {email: person.role for email, person in before.items()}
        self.roles |= {email: row.role for email, row in self.rows.items()}

    def couples(self) -> list[tuple[str, str]]:
        """Mentor and mentee, by email, of every pair that the file names."""
        found = {}
        for row in self.rows.values():
            for partner in row.partners:
                couple = (row.email, partner) if row.role == "mentor" else (partner, row.email)
                found[couple] = None
        return list(found)

    def faults(self) -> Iterator[Fault]:
        for row in self.rows.values():
            yield from self._unfit(row)
            yield from self._contradictions(row)
            yield from self._against_pairs(row)

    def _unfit(self, row: Row) -> Iterator[Fault]:
        if row.partners and row.role in ("trainer", "coordinator"):
            yield Fault(row.number, f"a {row.role} has no partner. Leave the cell empty.")
            return
        for partner in row.partners:
            if partner == row.email:
                yield Fault(row.number, f"{partner} is named as their own partner.")
            elif partner not in self.roles:
                wrong = f"the partner {partner} is neither in the file nor in the scheme."
                yield Fault(row.number, wrong)
            elif row.role and (role := self.roles[partner]) not in ("", _other(row.role)):
                wrong = f"the partner {partner} is a {role}. A {row.role} needs a "
                yield Fault(row.number, f"{wrong}{_other(row.role)}.")

    def _contradictions(self, row: Row) -> Iterator[Fault]:
        for partner in row.partners:
            other = self.rows.get(partner)
            if other and other.partners and row.email not in other.partners and other is not row:
                wrong = (
                    f"{partner} is named as partner, but row {other.number} names "
                    f"{' and '.join(other.partners)} for them. Make the two rows agree, "
                    "with a semicolon between several partners."
                )
                yield Fault(row.number, wrong)
        rivals = [one for one in self.rows.values() if row.email in one.partners]
        if row.role == "mentee" and not row.partners and len(rivals) > 1:
            where = " and ".join(str(one.number) for one in rivals)
            wrong = f"rows {where} both name this mentee. Name the mentor here."
            yield Fault(row.number, wrong)

    def _against_pairs(self, row: Row) -> Iterator[Fault]:
        for pair in self._pairs_before(row):
            mentor, mentee = self.emails[pair.mentor], self.emails[pair.mentee]
            way_out = f"To end that pair first: viceversa people part {mentor} {mentee}"
            role = self.before[row.email].role
            named = {one for one, two in self.couples() if two == row.email}
            if row.role and row.role != role:
                wrong = f"{row.email} is in a pair as {role}, so cannot become a {row.role}."
                yield Fault(row.number, f"{wrong} {way_out}")
            elif row.role == "mentee" and named and mentor not in named:
                wrong = f"{row.email} is already in a pair with {mentor}."
                yield Fault(row.number, f"{wrong} {way_out}")

    def _pairs_before(self, row: Row) -> list[Pair]:
        """The pairs somebody is in already; one whose other half has left binds nobody."""
        known = self.before.get(row.email)
        return [
            pair
            for pair in self.pairs
            if known
            and known.id in (pair.mentor, pair.mentee)
            and {pair.mentor, pair.mentee} <= self.emails.keys()
        ]


def _other(role: str) -> str:
    return "mentee" if role == "mentor" else "mentor"
