"""A small scheme for the tests of reports: a pair, a coordinator, and words like no others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from viceversa.content.fields import Date, Field, List, LongText, Rows, ShortText, Time
from viceversa.content.library import Library
from viceversa.progress import owner_of
from viceversa.reports.preview import sample
from viceversa.scheme import Scheme
from viceversa.starter import make_scheme
from viceversa.store import Store, answers, open_store, people
from viceversa.store.people import Pair, Person

HEAD = 'person = ""\nedition = "personal"'


class Small:
    """A scheme with Mo and Lee, who are a pair, and Cora, who coordinates."""

    def __init__(self, folder: Path) -> None:
        make_scheme(folder, name="Both ways", organisation="Made Up Council")
        self.scheme = Scheme.open(folder)
        self.store = open_store(self.scheme.store_url)
        self.mentor, self.mentee, self.coordinator, self.pair = add_people(self.store)

    @property
    def library(self) -> Library:
        return self.scheme.library()

    def save(self, person: Person, slug: str, field: str, value: Any, seen_by: str = "") -> None:
        answer(self.store, self.library, person, self.pair, slug, field, value, seen_by)

    def use_notebook(self, *cells: str) -> None:
        """Give the scheme a report notebook of its own, with these cells."""
        file = self.scheme.folder / "notebooks/reports/participant.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(notebook(HEAD, *cells)), encoding="utf-8")

    def files(self) -> list[str]:
        """Name what lies in the folder of reports."""
        folder = self.scheme.data / "reports"
        return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())

    def read(self, person: Person, edition: str, format: str = "html") -> str:
        file = self.scheme.data / "reports" / edition / f"{person.id}.{format}"
        return file.read_text("utf-8")


def add_people(store: Store) -> tuple[Person, Person, Person, Pair]:
    mentor = people.add(store, "Mo Mentor", "mo@example.org", "mentor")
    mentee = people.add(store, "Lee Mentee", "lee@example.org", "mentee")
    coordinator = people.add(store, "Cora Coordinator", "cora@example.org", "coordinator")
    return mentor, mentee, coordinator, people.join(store, mentor.id, mentee.id)


def answer(
    store: Store,
    library: Library,
    person: Person,
    pair: Pair,
    slug: str,
    field: str,
    value: Any,
    seen_by: str = "",
) -> None:
    """Save an answer over whatever there was."""
    worksheet = library.worksheet(slug)
    owner = owner_of(worksheet.belongs_to, person, pair)
    assert owner is not None
    before = answers.current(store, owner, slug).get(field)
    answers.save(
        store,
        owner,
        slug,
        field,
        value,
        stamp=worksheet.stamp,
        seen_by=seen_by or worksheet.fields[field].seen_by,
        by=person.id,
        base=before.revision if before else 0,
    )


def canary(asked: Field, word: str, library: Library) -> Any:
    """Make an answer that can be found again: text becomes the word, other kinds a sample."""
    match asked:
        case ShortText() | LongText():
            return word
        case List():
            return [word]
        case Rows():
            return [{column.key: canary(column, word, library) for column in asked.columns}]
        case Date():
            return "2031-01-31"
        case Time():
            return "09:59"
        case _:
            return sample(asked, 0, library.words)


def notebook(*cells: str) -> dict[str, Any]:
    """Make a notebook of code cells, the first one with the parameters."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {} if number else {"tags": ["parameters"]},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def structure(reader: PdfReader) -> list[Any]:
    """Walk through the structure of a tagged PDF: every element, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        node = node.get_object()
        if not isinstance(node, DictionaryObject):
            return
        if "/S" in node:
            yield node
        kids = node.get("/K")
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            if kid is not None:
                yield from walk(kid)

    return list(walk(reader.root_object["/StructTreeRoot"]))
