"""One edition of one person's report: filled, shown as a page, checked, printed and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from viceversa.reports import keeping, pdf
from viceversa.reports.checking import check_page
from viceversa.reports.filling import NotMade, fill, nameless
from viceversa.reports.page import make_page
from viceversa.reports.report import language_of
from viceversa.scheme import Scheme
from viceversa.store import open_store, people

Fill = Callable[[Path, str, str, Path], nbformat.NotebookNode]

if TYPE_CHECKING:
    from viceversa.reports.batch import Task


def make_files(task: Task, fill: Fill = fill) -> None:
    """Make the files of a task; raises `NotMade`, with nothing written, when one cannot be made.

    `fill` runs the notebook: in a kernel of its own, where nothing better is at hand.
    """
    scheme = Scheme.open(task.scheme)
    notebook = fill(task.notebook, task.person_id, task.edition, task.scheme)
    html = _page(notebook, scheme, task)
    made = {"html": lambda: html.encode(), "pdf": lambda: pdf.make_pdf(html)}
    made["ipynb"] = lambda: nbformat.writes(nameless(notebook)).encode()
    contents = {format: made[format]() for format in task.formats}
    for format, content in contents.items():
        keeping.keep(scheme.data, keeping.place_of(task.person_id, task.edition, format), content)


def _page(notebook: nbformat.NotebookNode, scheme: Scheme, task: Task) -> str:
    store = open_store(scheme.store_url)
    try:
        person = people.get(store, task.person_id)
    finally:
        store.close()
    words = scheme.library(language_of(scheme, person)).words
    title = "report-document-title" + ("-shared" if task.edition == "shared" else "")
    html = make_page(
        notebook,
        title=words.say(title, name=person.name),
        footer=words.say(
            "report-footer", scheme=scheme.name, contact=scheme.contact or words["page-contact"]
        ),
        words=words,
    )
    if faults := check_page(html):
        raise NotMade(f"The page is not fit to be given to anybody. {' '.join(faults)}")
    return html
