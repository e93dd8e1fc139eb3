"""Where reports lie: in the scheme's data, named by opaque ids, for their readers alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from viceversa import spreadsheets
from viceversa.errors import Trouble
from viceversa.scheme import Scheme
from viceversa.store import Store, reports
from viceversa.store.people import Person

FORMATS = ("html", "pdf")
NOTEBOOK = "ipynb"
WHO_IS_WHO = "who-is-who.csv"


def place_of(person_id: str, edition: str, format: str) -> str:
    """Give where a report lies, from the scheme's data folder on."""
    return f"reports/{edition}/{person_id}.{format}"


def keep(data: Path, place: str, content: bytes) -> None:
    """Write a report for its owner's eyes alone; the whole of it, or the one before stays."""
    file = data / place
    _private_folders(data, file.parent)
    made = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        made.replace(file)
    finally:
        made.unlink(missing_ok=True)


def is_kept(
    scheme: Scheme, store: Store, person_id: str, edition: str, format: str, mark: str
) -> bool:
    """Tell whether a report made from just this is there already."""
    made = reports.newest(store, person_id, edition, format)
    return bool(made and made.fingerprint == mark and (scheme.data / made.file).is_file())


def remove_outdated(scheme: Scheme, store: Store, person_id: str, edition: str, mark: str) -> None:
    """Remove the formats of this edition that were made from something else than `mark`.

    A PDF beside a newer page could show what somebody has taken back since.
    """
    for format in (*FORMATS, NOTEBOOK):
        made = reports.newest(store, person_id, edition, format)
        if made and made.fingerprint != mark:
            (scheme.data / made.file).unlink(missing_ok=True)
            reports.withdraw(store, person_id, edition=edition, format=format)


def copy_out(
    scheme: Scheme, store: Store, everyone: Iterable[Person], editions: Iterable[str], folder: Path
) -> int:
    """Copy reports to a folder of somebody's own, with a list of whose each is; count them."""
    rows = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for person in everyone:
            for edition in editions:
                for format in FORMATS:
                    made = reports.newest(store, person.id, edition, format)
                    if made and (scheme.data / made.file).is_file():
                        name = f"{edition}/{person.id}.{format}"
                        _copy(scheme.data / made.file, folder, name)
                        rows.append((name, person.name, person.email, person.role, edition))
    except OSError as fault:
        raise Trouble(
            f"Reports could not be copied to {folder}: {fault.strerror}. They are in the scheme's "
            "data folder. Name another folder, or make room in this one."
        ) from fault
    spreadsheets.write(folder / WHO_IS_WHO, ("file", "name", "email", "role", "edition"), rows)
    return len(rows)


def _copy(file: Path, folder: Path, name: str) -> None:
    keep(folder, name, file.read_bytes())


def _private_folders(top: Path, folder: Path) -> None:
    for place in reversed([folder, *folder.parents][: len(folder.relative_to(top).parts)]):
        place.mkdir(mode=0o700, exist_ok=True)
