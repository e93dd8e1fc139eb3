"""Check a journey: its pages and worksheets exist."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from viceversa.content.faults import Fault
from viceversa.content.library import JOURNEY
from viceversa.content.marks import Marked, read_marked
from viceversa.content.modules import ALL
from viceversa.content.names import ENGLISH, listed, nearest
from viceversa.content.shape import faults_in_shape


def faults_in_journey(
    file: Path, folders: Sequence[Path], notebooks: Sequence[Path]
) -> list[Fault]:
    """Find the faults in a journey; without notebook folders its pages are not looked for."""
    marked = read_marked(file)
    if marked.data is None:
        return marked.faults
    faults = [*marked.faults, *faults_in_shape(marked, JOURNEY)]
    languages = {file.parent.name, ENGLISH}
    places = [folder / language for folder in folders for language in languages]
    sheets = {
        sheet.stem
        for place in places
        for folder in ("worksheets", "modules")
        for sheet in place.glob(f"{folder}/*.yaml")
    }
    if any(any(place.glob("scenarios/*.yaml")) for place in places):
        sheets.add(ALL)
    pages = {
        page.relative_to(folder).with_suffix("").as_posix()
        for folder in notebooks
        for page in folder.glob("*/*.ipynb")
    }
    for number, page in enumerate(marked.data if isinstance(marked.data, list) else []):
        if isinstance(page, dict):
            faults += _check_page(marked, number, page, sheets, pages if notebooks else None)
    return faults


def _check_page(
    marked: Marked, number: int, page: dict[str, Any], sheets: set[str], pages: set[str] | None
) -> list[Fault]:
    faults = []
    name = page.get("page")
    if pages is not None and isinstance(name, str) and name not in pages:
        wrong = f"There is no notebook {name}.ipynb."
        faults.append(marked.fault((number, "page"), wrong, these(name, pages)))
    named = page.get("worksheets")
    for place, slug in enumerate(named if isinstance(named, list) else []):
        if isinstance(slug, str) and slug not in sheets:
            wrong = f"There is no worksheet “{slug}”."
            faults.append(marked.fault((number, "worksheets", place), wrong, these(slug, sheets)))
    return faults


def these(name: str, known: set[str]) -> str:
    """Say which of these names may be meant."""
    near = nearest(name, known)
    if near:
        return f"Write “{near}”."
    return f"These exist: {listed(sorted(known))}." if known else "Make it, or take the line away."
