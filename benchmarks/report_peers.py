"""The peers of our reports, each run as a process: prints the seconds of each report.

`stock` is papermill with an ordinary kernel and nbconvert's HTML exporter, as their documentation
shows them. `floor` runs the same cells and our export again and again in one interpreter; nothing
could be quicker, and nobody would want it, as one person's report could then hold another's.
"""

from __future__ import annotations

import copy
import json
import sys
import time
from collections.abc import Callable

import nbformat
import papermill
from nbconvert import HTMLExporter

from viceversa.content.shipped import shipped
from viceversa.content.words import shipped_words
from viceversa.forking import engine
from viceversa.reports import page

NOTEBOOK = shipped("notebooks") / "reports/participant.ipynb"


def stock() -> Callable[[str], None]:
    """Return what makes one report as papermill's and nbconvert's documentation shows."""

    def make(person: str) -> None:
        parameters = {"person": person, "edition": "personal"}
        filled = papermill.execute_notebook(
            str(NOTEBOOK), None, parameters, kernel_name="python3", progress_bar=False
        )
        html, _ = HTMLExporter().from_notebook_node(filled)
        _check(html)

    return make


def floor() -> Callable[[str], None]:
    """Return what makes one report with everything there already."""
    shell, words = engine.new_shell(), shipped_words()
    read = nbformat.read(NOTEBOOK, as_version=4)

    def make(person: str) -> None:
        notebook = copy.deepcopy(read)
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        cells[0].source = f"person, edition = {person!r}, 'personal'"
        for number, cell in enumerate(cells):
            if not engine.run_cell(shell, cell, number):
                raise RuntimeError(str(cell.outputs))
        _check(page.make_page(notebook, title="", footer="", words=words))

    return make


def _check(html: str) -> None:
    if "<svg" not in html:
        raise RuntimeError("A report has no drawing.")


def main(which: str, people: list[str]) -> None:
    make = {"stock": stock, "floor": floor}[which]()
    seconds = []
    for person in people:
        began = time.monotonic()
        make(person)
        seconds.append(time.monotonic() - began)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
