"""What a process does that was forked for one report, and what its parent does beforehand.

Written against papermill 2.7. The parent holds what is the same for everybody: a prepared
notebook, the scheme's content and words, and warm templates. It never sees what a person wrote.
"""

from __future__ import annotations

import copy
import gc
import json
import os
import pickle
import socket
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.translators import translate_parameters

from viceversa.content.shipped import shipped
from viceversa.content.words import shipped_words
from viceversa.forking import engine
from viceversa.reports import page, report
from viceversa.reports.batch import TEMPLATE, Task, make
from viceversa.reports.filling import NotMade, where_it_failed
from viceversa.reports.material import Material
from viceversa.reports.report import Report, language_of
from viceversa.reports.shelf import Shelf, shelf
from viceversa.scheme import Scheme

INJECTED = "injected-parameters"


def work(request: dict[str, Any]) -> None:
    """In the child: carry out the task and say what became of it."""
    # It ends before there is anything worth collecting.
    gc.disable()
    # Whatever else the notebook writes there must not be taken for the answer.
    with socket.socket(fileno=os.dup(1)) as line:
        os.dup2(0, 1)
        with line.makefile("rb") as heard:
            task, material = pickle.load(heard)
        if material:
            hand_over(task, material)
        outcome = make(task, fill_here)
        line.sendall(json.dumps({"fault": outcome.fault}).encode())
    # Whoever asked ends it now anyhow.
    os._exit(0)


def hand_over(task: Task, material: Material) -> None:
    """Let the notebook find its report ready; where that fails, it opens it, and says why."""
    with suppress(Exception):
        language = language_of(_scheme(task.scheme), material.person)
        report.hand_over(Report(material, _library(task.scheme, language)))


def fill_here(notebook: Path, person_id: str, edition: str, scheme: Path) -> NotebookNode:
    """Run a report's notebook for one person in this process, which ends with the report."""
    os.environ["VICEVERSA_SCHEME"] = str(scheme)
    # A copy: the parent makes a report with it, too, and what comes of that is nobody else's.
    filled = copy.deepcopy(_prepared(notebook))
    _give(filled, {"person": person_id, "edition": edition})
    quiet = {"progress_bar": False, "log_output": False}
    try:
        filled = engine.HereEngine.execute_notebook(filled, "python3", cwd=notebook.parent, **quiet)
        raise_for_execution_errors(filled, None)
    except PapermillExecutionError as fault:
        raise NotMade(where_it_failed(fault)) from None
    return filled


def up() -> None:
    """In the parent: get ready what all reports share, and make a fictional person's.

    What fails here fails again in each child, which tells it with whose report it stops.
    """
    for step in (_read_notebook, _read_content, _preview, engine.prepare_shell):
        with suppress(Exception):
            step()


def up_pdf() -> None:
    """In the parent: print a fictional person's report, so that fonts and layout are warm."""
    from viceversa.reports import pdf

    with suppress(Exception):
        if pdf.what_is_missing() is None:
            pdf.make_pdf(_preview())
    engine.prepare_shell()


def _read_notebook() -> None:
    _prepared(Path(os.environ["VICEVERSA_NOTEBOOK"]))


def _read_content() -> None:
    folder = Path(os.environ["VICEVERSA_SCHEME"])
    for language in (None, *_scheme(folder).languages):
        library = _library(folder, language)
        assert library.words
        library.worksheets()


def _preview() -> str:
    scheme = Path(os.environ["VICEVERSA_SCHEME"])
    notebook = fill_here(shipped("notebooks") / TEMPLATE, "", "personal", scheme)
    return page.make_page(notebook, title="", footer="", words=shipped_words())


@cache
def _prepared(notebook: Path) -> NotebookNode:
    """Read a notebook as papermill does, with room for the parameters."""
    return papermill.execute_notebook(
        str(notebook),
        None,
        {"person": "", "edition": ""},
        kernel_name="python3",
        language="python",
        prepare_only=True,
    )


def _give(notebook: NotebookNode, parameters: dict[str, str]) -> None:
    """Put parameters where papermill has made room for them."""
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", ()):
            cell.source = translate_parameters("python3", "python", parameters, "Parameters")
    notebook.metadata.papermill["parameters"] = parameters


@cache
def _scheme(folder: Path) -> Scheme:
    return Scheme.open(folder)


@cache
def _library(folder: Path, language: str | None) -> Shelf:
    return shelf(_scheme(folder), language)
