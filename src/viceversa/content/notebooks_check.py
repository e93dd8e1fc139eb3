"""Check notebooks: they hold no outputs, no code that belongs in a module, and no local path."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from viceversa.content.faults import Fault

DEFINES = re.compile(r"^\s*(async\s+def|def|class)\s", re.MULTILINE)
LOCAL = re.compile(r"""(?:^|[\s"'(=])(/(?:home|Users|root|tmp|mnt|srv|var)/|[A-Za-z]:\\|~/)""")


def check_notebooks(folders: Iterable[Path]) -> list[Fault]:
    """Check every notebook in some folders; return every fault, with its cell as the key."""
    return [
        fault for folder in folders for file in notebook_files(folder) for fault in _faults(file)
    ]


def notebook_files(folder: Path) -> list[Path]:
    """Give the notebooks in a folder, without the copies that Jupyter keeps."""
    found = Path(folder).rglob("*.ipynb")
    return sorted(file for file in found if ".ipynb_checkpoints" not in file.parts)


def _faults(file: Path) -> Iterator[Fault]:
    try:
        notebook = json.loads(file.read_text("utf-8"))
        cells = [dict(cell) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError):
        yield Fault(file, 1, "", "This is not a notebook.", "Save it again in JupyterLab.")
        return
    kernel = notebook.get("metadata", {}).get("kernelspec", {}).get("name", "python3")
    if kernel != "python3":
        wrong = f"The notebook asks for the kernel “{kernel}”."
        yield Fault(file, 1, "", wrong, "Choose the kernel “python3” in JupyterLab.")
    for number, cell in enumerate(cells, start=1):
        for wrong, instead in _faults_in_cell(cell):
            yield Fault(file, 1, f"cell {number}", wrong, instead)


def _faults_in_cell(cell: dict[str, Any]) -> Iterator[tuple[str, str]]:
    source = "".join(cell.get("source", ""))
    if cell.get("outputs") or cell.get("execution_count"):
        yield "It holds what it gave when it ran.", "Clear all outputs in JupyterLab, and save."
    if cell.get("cell_type") == "code" and DEFINES.search(source):
        yield "It defines a function or a class.", "Move that to a module, and call it here."
    if cell.get("cell_type") == "code" and (path := LOCAL.search(source)):
        yield f"It names a path on one computer ({path[1]}…).", "Take it away."
