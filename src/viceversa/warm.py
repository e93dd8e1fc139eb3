"""What every page needs, fetched once in the process that kernels are forked from."""

from __future__ import annotations

import os
import sqlite3  # noqa: F401 - SQLAlchemy imports it only with the first engine
from pathlib import Path

from ipywidgets import Widget

from viceversa import workbook
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.scheme import Scheme


def up() -> None:
    """Read all content, and go through a fictional pair's pages once.

    What is the same for everybody is then there before the first fork: content files (remembered
    by their time and size, so one that changes later is read anew), compiled templates, and code
    that has run once, which Python rewrites in place. Nothing stays open, and no real store is
    opened.
    """
    folder = os.environ.get("VICEVERSA_SCHEME")
    library = Scheme.open(Path(folder)).library() if folder else Library([shipped("content")])
    book = workbook.preview(library)
    for worksheet in library.worksheets():
        book.worksheet(worksheet.slug)
        if worksheet.profile:
            book.profile(worksheet.slug)
            book.partners_profile(worksheet.slug)
        if worksheet.timeline:
            book.timeline(worksheet.slug)
        book.sources(worksheet.slug)
    for show in (book.next_step, book.written, book.report, book.privacy, book.delete, book.data):
        show()
    Widget.close_all()
    book.store.close()
