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
from viceversa.reports.report import Report, find
from viceversa.scheme import Scheme

Fill = Callable[[Path, str, str, Path], nbformat.NotebookNode]

if TYPE_CHECKING:
    from viceversa.reports.batch import Task


def make_files(task: Task, fill: Fill = fill) -> None:
    """Make the files of a task; raises `NotMade`, with nothing written, when one cannot be made.

    `fill` runs the notebook: in a kernel of its own, where nothing better is at hand.
    """
    notebook = fill(task.notebook, task.person_id, task.edition, task.scheme)
    html = _page(notebook, find(task.scheme, task.person_id, task.edition))
    made = {"html": lambda: html.encode(), "pdf": lambda: pdf.make_pdf(html)}
    made["ipynb"] = lambda: nbformat.writes(nameless(notebook)).encode()
    contents = {format: made[format]() for format in task.formats}
    data = Scheme.open(task.scheme).data
    for format, content in contents.items():
        keeping.keep(data, keeping.place_of(task.person_id, task.edition, format), content)


def _page(notebook: nbformat.NotebookNode, report: Report) -> str:
    known, words = report.material, report.library.words
    title = "report-document-title" + ("-shared" if known.edition == "shared" else "")
    html = make_page(
        notebook,
        title=words.say(title, name=known.person.name),
        footer=words.say("report-footer", scheme=known.scheme, contact=known.contact),
        words=words,
    )
    if faults := check_page(html):
        raise NotMade(f"The page is not fit to be given to anybody. {' '.join(faults)}")
    return html
