"""One notebook, filled for one person: papermill, in a kernel that knows nothing else.

Written against papermill 2.7, nbclient 0.11 and jupyter_client 8.10. `fill` is the one place
that starts a kernel for a report.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets import Unicode, default
from traitlets.config import Config

from viceversa.errors import Trouble
from viceversa.forking.environment import plain

START_SECONDS = 60
CELL_SECONDS = 120
# What these say names code, content or a file, and never an answer; any other error might.
TELLING = {"BadFile", "ImportError", "Missing", "ModuleNotFoundError", "NameError", "NoScheme"}


class NotMade(Trouble):
    """A report could not be made; the sentence says why, without a word of any answer."""


class ReportKernel(AsyncKernelManager):
    """This interpreter's own kernel, in a private folder, with the scheme in its environment.

    jupyter_client would take whatever is installed as python3, often another environment's.
    """

    private = Unicode(config=True, help="A folder that only this user may enter.")
    scheme = Unicode(config=True, help="The scheme folder.")

    # A socket file in the private folder: no port that two kernels could both think free.
    transport = "tcp" if os.name == "nt" else "ipc"

    @default("connection_file")
    def _in_the_private_folder(self) -> str:
        return str(Path(self.private) / "kernel.json")

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, language="python", display_name="Python 3")

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start it without a history, and with nowhere to write what it says."""
        kwargs["extra_arguments"] = ["--HistoryManager.enabled=False"]
        kwargs["env"] = plain(os.environ) | {
            "VICEVERSA_SCHEME": self.scheme,
            # Nobody's own IPython profile may run in somebody's report.
            "IPYTHONDIR": str(Path(self.private) / "ipython"),
        }
        # A traceback on the terminal could hold what somebody wrote.
        kwargs |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await super().start_kernel(**kwargs)


def fill(notebook: Path, person_id: str, edition: str, scheme: Path) -> NotebookNode:
    """Run a report's notebook for one person, in a kernel of its own, and return it in memory.

    Only the opaque id and the edition are parameters. Raises `NotMade`.
    """
    with TemporaryDirectory(prefix="viceversa-") as private:
        try:
            return papermill.execute_notebook(
                str(notebook),
                None,
                {"person": person_id, "edition": edition},
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=False,
                cwd=notebook.parent,
                start_timeout=START_SECONDS,
                execution_timeout=CELL_SECONDS,
                kernel_manager_class=ReportKernel,
                config=Config(ReportKernel=Config(private=private, scheme=str(scheme))),
            )
        except PapermillExecutionError as fault:
            raise NotMade(where_it_failed(fault)) from None
        except CellTimeoutError:
            raise NotMade(f"A cell took more than {CELL_SECONDS} seconds.") from None
        except DeadKernelError:
            raise NotMade("Its kernel ended before the notebook did.") from None


def nameless(notebook: NotebookNode) -> NotebookNode:
    """Take out of a filled notebook whose it is: papermill writes that in a cell and beside it."""
    notebook.cells = [
        cell
        for cell in notebook.cells
        if "injected-parameters" not in cell.metadata.get("tags", ())
    ]
    notebook.metadata.pop("papermill", None)
    return notebook


def where_it_failed(fault: PapermillExecutionError) -> str:
    """Say which cell failed and how; the message itself only where it cannot hold an answer."""
    line = next((line for line in fault.source.splitlines() if line.strip()), "")
    why = f"{fault.ename}: {fault.evalue}" if fault.ename in TELLING else f"a {fault.ename}"
    return f"The cell “{line.strip()[:80]}” of its notebook failed with {why.rstrip('.')}."
