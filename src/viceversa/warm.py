"""What every page needs, fetched once in the process that kernels are forked from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import nbformat
from ipywidgets import Widget

from viceversa import workbook
from viceversa.content.worksheets import Worksheet
from viceversa.errors import Trouble
from viceversa.forking import page
from viceversa.scheme import Scheme
from viceversa.store import memory_store, people
from viceversa.store.database import Rehearsal
from viceversa.workbook import Book


def up() -> None:
    """Read all content, and go through a fictional pair's pages.

    What is the same for everybody is then there before the first fork: content files (remembered
    by their time and size, so one that changes later is read anew), compiled templates and
    statements, and code that has run. Nothing stays open, and no real store is opened.
    """
    scheme = Scheme.open(Path(os.environ["VICEVERSA_SCHEME"]))
    show_everything(scheme)
    page.make().rehearse(notebooks(scheme))


def show_everything(scheme: Scheme) -> None:
    """Show all worksheets, and all that becomes of them, to a mentor who is made up."""
    sqlite = scheme.store_url.startswith("sqlite:")
    with closing(Rehearsal(scheme.store_url) if sqlite else memory_store()) as store:
        mentor = people.add(store, "Sam Preview", "sam@example.org", "mentor")
        mentee = people.add(store, "Alex Preview", "alex@example.org", "mentee")
        people.join(store, mentor.id, mentee.id)
        book = workbook.of_person(scheme, store, mentor.id)
        show_book(book)
        Widget.close_all()


def show_book(book: Book) -> None:
    for slug in book.library.slugs:
        # What is wrong with one is told where it is shown: the rest can still be.
        with suppress(Trouble):
            show_worksheet(book, book.library.worksheet(slug))
    for show in (book.next_step, book.written, book.report, book.privacy, book.delete, book.data):
        with suppress(Trouble):
            show()


def show_worksheet(book: Book, worksheet: Worksheet) -> None:
    book.worksheet(worksheet.slug)
    if worksheet.profile:
        book.profile(worksheet.slug)
        book.partners_profile(worksheet.slug)
    if worksheet.timeline:
        book.timeline(worksheet.slug)
    book.sources(worksheet.slug)


def notebooks(scheme: Scheme) -> Iterator[list[tuple[str, bool]]]:
    """Give the cells of each notebook that we ship, as their kernel takes them.

    They show previews here. The scheme's own are not run: who knows what they do.
    """
    for file in sorted(scheme.notebooks()[-1].glob("*/*.ipynb")):
        if file.parent.name != "reports":
            read = nbformat.read(file, as_version=4)
            yield [(cell.source, True) for cell in read.cells if cell.cell_type == "code"]
