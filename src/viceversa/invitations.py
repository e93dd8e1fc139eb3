"""Personal links for many people at once, in a file for a mail merge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from viceversa import spreadsheets
from viceversa.errors import Trouble
from viceversa.store import Store, links, people, sessions
from viceversa.store.people import Person
from viceversa.store.tables import now

HEADINGS = ("name", "email", "role", "link", "valid until")


@dataclass(frozen=True)
class Invitations:
    """How many links were made, how many of them ended older ones, and where they are."""

    made: int
    replaced: int
    file: Path
    moved: Path | None
    open_line: bool

    def __str__(self) -> str:
        lines = [f"{_count(self.made, 'link')} in {self.file}, which only you may read."]
        if self.replaced:
            lines.append(f"{_count(self.replaced, 'older link')} ended: use the new ones.")
        if self.moved:
            lines.append(f"The file that was there is now {self.moved}.")
        if self.open_line:
            lines.append("The address starts with http: use https where others share the line.")
        lines.append("A link lets in whoever holds it: delete the file when they are sent.")
        return "\n".join(lines)


def check_address(address: str) -> str:
    """The server's address without a slash at its end; raises `Trouble` when it is none."""
    try:
        parts = urlsplit(address.strip())
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        fine = fine and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        fine = False
    if not fine or any(sign.isspace() for sign in address.strip()):
        raise Trouble(
            f"“{address}” is not an address people can open. "
            "Write it as https://mentoring.example.org or http://127.0.0.1:8866."
        )
    return address.strip().rstrip("/")


def choose(
    store: Store, emails: Sequence[str], role: str | None, *, everybody: bool = False
) -> list[Person]:
    """Who gets a link: the people named, else those of the role without a working link.

    Whoever came in by themselves, as a guest who kept their reflections, was not invited yet.
    Raises `Trouble` with every email that nobody has.
    """
    if emails and role:
        raise Trouble("Name people with --for or a role with --role, but not both.")
    if emails:
        return _named(store, emails)
    if not (everyone := people.everyone(store, role)):
        raise Trouble(
            f"There is {'no ' + role if role else 'nobody'} in this scheme yet. "
            "Import people first: viceversa people import FILE.csv"
        )
    have = set() if everybody else _invited(store)
    return [person for person in everyone if person.id not in have]


def choose_to_revoke(
    store: Store, emails: Sequence[str], role: str | None, *, everybody: bool = False
) -> list[Person]:
    """Whose links end; it has to be said whose, so that nobody ends all of them by mistake."""
    if not (emails or role or everybody):
        raise Trouble("Say whose links to end: --for EMAIL, --role ROLE or --all.")
    return choose(store, emails, role, everybody=True)


def _invited(store: Store) -> set[str]:
    return links.people_with_one(store) - links.came_by_themselves(store)


def invite(
    store: Store, chosen: Sequence[Person], days: float, address: str, file: Path
) -> Invitations:
    """Make a link for each person and write them to a CSV file; a file there is moved aside.

    Whoever gets a new link is signed out: somebody else may have come in with the older one.
    Either all links are made and written, or none, and the older ones still work.
    """
    had = links.people_with_one(store)
    moved, written = None, False
    try:
        with store.writing():
            rows = [_row(store, person, days, address) for person in chosen]
            moved = _move_aside(file)
            spreadsheets.write(file, HEADINGS, rows)
            written = True
    except BaseException:
        # Links that were not kept must not lie in a file as if they were.
        if written:
            file.unlink()
        if moved:
            moved.rename(file)
        raise
    return Invitations(
        made=len(chosen),
        replaced=len(had & {person.id for person in chosen}),
        file=file,
        moved=moved,
        open_line=address.startswith("http:") and not _is_this_machine(address),
    )


def revoke(store: Store, chosen: Sequence[Person]) -> str:
    """End the links of these people and sign them out; returns what to tell."""
    with store.writing():
        ended = sum(links.revoke(store, person.id) for person in chosen)
        signed_out = sum(sessions.end_all(store, person.id) > 0 for person in chosen)
    who = "1 person" if signed_out == 1 else f"{signed_out} people"
    return f"{_count(ended, 'link')} ended, {who} signed out."


def _row(store: Store, person: Person, days: float, address: str) -> tuple[str, ...]:
    sessions.end_all(store, person.id)
    link = f"{address}/p/{links.make(store, person.id, days)}"
    until = (now() + timedelta(days=days)).date().isoformat()
    return person.name, person.email, person.role, link, until


def _named(store: Store, emails: Sequence[str]) -> list[Person]:
    found = {email: people.by_email(store, email) for email in emails}
    unknown = [email for email, person in found.items() if person is None]
    if unknown:
        raise Trouble(f"Nobody here has the email {', '.join(unknown)}. Nothing was changed.")
    return list({person.id: person for person in found.values() if person}.values())


def _move_aside(file: Path) -> Path | None:
    """The links in an older file may not have been sent yet, and are nowhere else."""
    if not file.exists():
        return None
    aside = file.with_name(f"{file.stem}-before-{now():%Y%m%dT%H%M%S%f}{file.suffix}")
    try:
        return file.rename(aside)
    except OSError as fault:
        raise Trouble(f"The file {file} cannot be moved aside: {fault.strerror}.") from fault


def _is_this_machine(address: str) -> bool:
    return urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
