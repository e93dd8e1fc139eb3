"""A list of people, read from the CSV file that a spreadsheet wrote."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from viceversa import spreadsheets
from viceversa.errors import Trouble

REQUIRED = ("name", "email", "role")
OPTIONAL = ("grade", "department", "line manager", "language", "partner")
ROLES = ("mentor", "mentee", "trainer", "coordinator")

# What else a heading may be called; compared without case, spaces and signs.
OTHER_NAMES = {
    "fullname": "name",
    "displayname": "name",
    "participant": "name",
    "participantname": "name",
    "emailaddress": "email",
    "mail": "email",
    "mailaddress": "email",
    "workemail": "email",
    "workemailaddress": "email",
    "roleinscheme": "role",
    "band": "grade",
    "level": "grade",
    "dept": "department",
    "directorate": "department",
    "division": "department",
    "manager": "line manager",
    "linemanagername": "line manager",
    "reportsto": "line manager",
    "preferredlanguage": "language",
    "lang": "language",
    "partneremail": "partner",
    "partnersemail": "partner",
    "partneremailaddress": "partner",
    "partners": "partner",
    "pairedwith": "partner",
}
LANGUAGES = {
    "english": "en",
    "welsh": "cy",
    "cymraeg": "cy",
    "irish": "ga",
    "gaeilge": "ga",
    "french": "fr",
    "français": "fr",
    "german": "de",
    "deutsch": "de",
    "spanish": "es",
    "español": "es",
    "polish": "pl",
    "polski": "pl",
}
_EMAIL = re.compile(r"[^@\s,;:<>()\[\]\"\\]+@[^@\s,;:<>()\[\]\"\\.]+(\.[^@\s,;:<>()\[\]\"\\.]+)+")
_DAMAGED = "\ufffd"


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a row; the number is the one a spreadsheet shows, 0 for the whole file."""

    row: int
    wrong: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.wrong}" if self.row else self.wrong


class Faults(Trouble):
    """All faults of a file at once, in `faults`; nothing was imported."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(set(faults))
        many = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        told = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"{told}\n{many}. Nothing was imported.")


@dataclass(frozen=True)
class Row:
    """One person of the file; what has a fault is an empty string.

    `details` holds the optional columns that the file has, named as in the store.
    """

    number: int
    name: str
    email: str
    role: str
    details: Mapping[str, str]
    partners: tuple[str, ...]


@dataclass
class PeopleFile:
    """The people of a file, its faults, its charset, and the headings that were not understood."""

    charset: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read(source: bytes | Path, languages: Sequence[str] = ("en",)) -> PeopleFile:
    """Read a CSV file of people; faults in its rows are collected, not raised.

    `languages` are those the scheme offers, the first for whoever names none. Raises `Faults`
    when the file cannot be read at all or lacks a column.
    """
    try:
        table = spreadsheets.read(_bytes(source), lambda heading: _column(heading) is not None)
    except spreadsheets.NotCsv as fault:
        raise Faults([Fault(0, str(fault))]) from fault
    (number, headings), *rows = table.rows
    columns = _columns(number, headings)
    found = PeopleFile(table.charset, ignored=_ignored(headings))
    reading = _Reading(columns, languages)
    for number, cells in rows:
        found.faults += reading.faults_of_width(number, cells, len(headings))
        row, faults = reading.row(number, cells)
        found.rows.append(row)
        found.faults += faults
    if not rows:
        found.faults.append(Fault(0, "The file holds headings, but nobody below them."))
    found.faults += _same_email_twice(found.rows)
    return found


def is_email(text: str) -> bool:
    """Whether a text has the form of one email address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def _bytes(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as fault:
        wrong = f"The file {source} cannot be read: {fault.strerror}."
        raise Faults([Fault(0, wrong)]) from fault


def _column(heading: str) -> str | None:
    plain = "".join(letter for letter in heading.casefold() if letter.isalnum())
    known = {name.replace(" ", ""): name for name in (*REQUIRED, *OPTIONAL)} | OTHER_NAMES
    return known.get(plain)


def _columns(number: int, headings: Sequence[str]) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if (column := _column(heading)) is not None:
            places.setdefault(column, []).append(place)
    faults = [_missing(column, headings) for column in REQUIRED if column not in places]
    for column, found in places.items():
        if len(found) > 1:
            same = " and ".join(f"“{headings[place]}”" for place in found)
            wrong = f"the headings {same} both mean {column}. Keep one of them."
            faults.append(Fault(number, wrong))
    if faults:
        raise Faults(faults)
    return {column: found[0] for column, found in places.items()}


def _missing(column: str, headings: Sequence[str]) -> Fault:
    there = ", ".join(f"“{heading}”" for heading in headings if heading)
    return Fault(0, f"There is no column “{column}”. The first row that is not blank has: {there}.")


def _ignored(headings: Sequence[str]) -> list[str]:
    return [heading for heading in headings if heading and _column(heading) is None]


def _same_email_twice(rows: Sequence[Row]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.email and first.setdefault(row.email, row.number) != row.number:
            yield Fault(row.number, f"{row.email} is in row {first[row.email]} already.")


class _Reading:
    """How the rows of one file are read."""

    def __init__(self, columns: Mapping[str, int], languages: Sequence[str]) -> None:
        self.columns = columns
        self.languages = languages
        self.faults: list[str] = []

    def row(self, number: int, cells: Sequence[str]) -> tuple[Row, list[Fault]]:
        self.faults = []
        cell = {
            column: cells[place] if place < len(cells) else ""
            for column, place in self.columns.items()
        }
        for column, text in cell.items():
            if _DAMAGED in text:
                self.faults.append(
                    f"the {column} “{text}” has letters that were lost. Write it again, and save "
                    "the file as “CSV UTF-8”."
                )
        row = Row(
            number,
            self._name(cell["name"]),
            self._email(cell["email"]),
            self._role(cell["role"]),
            self._details(cell),
            self._partners(cell.get("partner", "")),
        )
        return row, [Fault(number, wrong) for wrong in self.faults]

    def faults_of_width(self, number: int, cells: Sequence[str], width: int) -> list[Fault]:
        if not any(cells[width:]):
            return []
        wrong = (
            f"it has more cells than there are headings ({width}). Is there a comma or semicolon "
            "in a text? Then put that text in quotation marks."
        )
        return [Fault(number, wrong)]

    def _name(self, text: str) -> str:
        if not text:
            self.faults.append("the name is missing.")
        return text

    def _email(self, text: str) -> str:
        if not text:
            self.faults.append("the email is missing.")
            return ""
        if not is_email(text):
            self.faults.append(f"“{text}” is not an email address.")
            return ""
        return text.lower()

    def _role(self, text: str) -> str:
        role = re.sub(r"[\s-]", "", text.casefold())
        if role in ROLES:
            return role
        there = ", ".join(ROLES)
        wrong = f"there is no role “{text}”" if text else "the role is missing"
        self.faults.append(f"{wrong}. Write one of: {there}.")
        return ""

    def _details(self, cell: Mapping[str, str]) -> dict[str, str]:
        names = (name for name in ("grade", "department", "line manager") if name in cell)
        details = {name.replace(" ", "_"): cell[name] for name in names}
        if "language" in cell:
            details["language"] = self._language(cell["language"])
        return details

    def _language(self, text: str) -> str:
        code = LANGUAGES.get(text.casefold(), text.casefold())
        for offered in self.languages:
            if code in ("", offered.casefold(), offered.casefold().split("-")[0]):
                return offered
            if code.split("-")[0] == offered.casefold():
                return offered
        self.faults.append(
            f"the language “{text}” is not one of this scheme's ({', '.join(self.languages)}). "
            "Leave the cell empty for the first of them."
        )
        return ""

    def _partners(self, text: str) -> tuple[str, ...]:
        if "@" not in text:
            if text:
                self.faults.append(
                    f"the partner “{text}” is not an email address. Write the partner's email."
                )
            return ()
        partners = [one for one in re.split(r"[;|,\s]+", text.lower()) if one]
        for one in partners:
            if not is_email(one):
                self.faults.append(f"the partner “{one}” is not an email address.")
        return tuple(dict.fromkeys(one for one in partners if is_email(one)))
