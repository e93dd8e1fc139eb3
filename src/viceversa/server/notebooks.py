"""The notebooks that the server shows: read-only, the scheme's own before the kit's."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.services.contents.manager import ContentsManager
from nbformat import NotebookNode
from tornado.web import HTTPError
from traitlets import List


@lru_cache(maxsize=200)
def _read(file: Path, _changed: int) -> NotebookNode:
    return nbformat.read(file, as_version=4)


class Notebooks(ContentsManager):
    """Reads a notebook from the first folder that has it; writes, lists and serves nothing."""

    folders = List()

    def find(self, path: str) -> Path | None:
        """Return the file for a page such as ``reflection/mindset``, or None."""
        name = path.removesuffix(".ipynb").strip("/") + ".ipynb"
        if ".." in name.split("/"):
            return None
        return next(
            (file for folder in self.folders if (file := Path(folder, name)).is_file()), None
        )

    def read(self, path: str) -> NotebookNode:
        """Return the notebook at this address, read anew when it has changed, or raise 404."""
        file = self.find(path)
        if file is None:
            raise HTTPError(404)
        return _read(file, file.stat().st_mtime_ns)

    def get(self, path: str, *_: Any, **__: Any) -> dict[str, Any]:  # type: ignore[override]
        """Return a contents model of the notebook at this address, or raise 404."""
        # A copy, because Voila writes into it.
        return {"type": "notebook", "path": path, "content": deepcopy(self.read(path))}

    def file_exists(self, path: str = "") -> bool:  # type: ignore[override]
        """Nothing beside the notebooks is served, so no picture is looked for either."""
        return False
