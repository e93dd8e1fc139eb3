"""What every page and report needs, fetched once in the process that kernels are forked from."""

from __future__ import annotations

import os
from pathlib import Path

from viceversa import fragments, workbook
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.scheme import Scheme


def up() -> None:
    """Import what notebooks use and read all content; nothing is opened and nobody's is read.

    Content files are remembered by their time and size, so one that changes later is read anew.
    """
    folder = os.environ.get("VICEVERSA_SCHEME")
    library = Scheme.open(Path(folder)).library() if folder else Library([shipped("content")])
    for worksheet in library.worksheets():
        workbook.sheet_for(worksheet, library.words)
    fragments.show("sentence", text="")
