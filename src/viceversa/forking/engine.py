"""A papermill engine that runs the cells where it stands: in a process forked for one notebook.

A kernel beside the process that asks would cost its start and every message between the two; in a
fork that ends with its notebook, IPython's own shell gives the same isolation. Anywhere else the
notebook would share the process with whoever calls it, so it is only registered by name:
``papermill.execute_notebook(..., engine_name="here")`` after `register()`.

Written against papermill 2.7 and IPython 9.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

NAME = "here"


class HereEngine(Engine):
    """Runs each cell in this process's own shell and keeps what it shows."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Run the cells in order; the first that fails is marked, and the rest are left."""
        shell = take_shell()
        with working_in(options.get("cwd")):
            for number, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code":
                    continue
                nb_man.cell_start(cell, number)
                if not run_cell(shell, cell, number + 1):
                    nb_man.cell_exception(cell, number)
                    return
                nb_man.cell_complete(cell, number)


_waiting: list[InteractiveShell] = []


def prepare_shell() -> None:
    """Make the shell of the next notebook: before a fork, so that each child finds one there."""
    shell = new_shell()
    # Much of it is only made when it first runs and shows something.
    shell.run_cell("0", store_history=False)
    shell.display_trap.hook.outputs.clear()
    _waiting[:] = [shell]


def take_shell() -> InteractiveShell:
    """Give the shell that was prepared, which serves one notebook; else a new one."""
    return _waiting.pop() if _waiting else new_shell()


def new_shell() -> InteractiveShell:
    """Return a shell that remembers nothing, and keeps what is displayed for `run_cell`."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(
        config=Config(
            HistoryManager=Config(enabled=False),
            InteractiveShell=Config(colors="nocolor", xmode="Minimal"),
        )
    )
    # Once, where IPython's `capture_output` would make both anew for each cell.
    shell.display_pub = keeper = CapturingDisplayPublisher()
    shell.display_trap.hook = CapturingDisplayHook(shell, keeper.outputs)
    return shell


def run_cell(shell: InteractiveShell, cell: NotebookNode, number: int) -> bool:
    """Run a cell, put what it shows in it, and tell whether it went well."""
    shown: list[dict[str, Any]] = shell.display_trap.hook.outputs
    shown.clear()
    with redirect_stdout(StringIO()) as said, redirect_stderr(StringIO()) as warned:
        result = shell.run_cell(cell.source, store_history=False)
    printed = {"stdout": said.getvalue(), "stderr": warned.getvalue()}
    cell.execution_count = number
    cell.outputs = outputs(printed, shown)
    if not result.success:
        cell.outputs.append(failure(result))
    return result.success


def outputs(printed: Mapping[str, str], shown: list[dict[str, Any]]) -> list[NotebookNode]:
    """Return what was printed, by the stream's name, and displayed, as a notebook keeps it."""
    streams = [
        {"output_type": "stream", "name": name, "text": text}
        for name, text in printed.items()
        if text
    ]
    displays = [
        {"output_type": "display_data", "data": one["data"], "metadata": one["metadata"] or {}}
        for one in shown
    ]
    # Not nbformat's own functions: they check each piece, and all of it is checked when written.
    return from_dict([*streams, *displays])  # type: ignore[return-value]


def failure(result: ExecutionResult) -> NotebookNode:
    """Return an error as a notebook keeps it."""
    error = result.error_before_exec or result.error_in_exec
    assert error is not None
    lines = traceback.format_exception(error)
    told = {"ename": type(error).__name__, "evalue": str(error), "traceback": lines}
    return from_dict({"output_type": "error", **told})  # type: ignore[return-value]


@contextmanager
def working_in(folder: Any) -> Any:
    """Work in a folder, with it first among the places that modules come from."""
    before = os.getcwd()  # noqa: PTH109
    os.chdir(folder or before)
    sys.path.insert(0, "")
    try:
        yield
    finally:
        sys.path.remove("")
        os.chdir(before)


def register() -> None:
    """Let papermill know the engine by its name."""
    papermill_engines.register(NAME, HereEngine)
