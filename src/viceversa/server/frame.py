"""What stands round every page: the words, the navigation with progress, who is signed in."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from viceversa import access, progress
from viceversa.content.library import Library, Page
from viceversa.scheme import Scheme
from viceversa.server import widget_parts
from viceversa.store import Store
from viceversa.store.people import Person

TEMPLATE = Path(__file__).parent / "template"
ADDRESS = re.compile(r"[a-z0-9_]+/[a-z0-9_]+")  # what the server takes as a page's address
HEADING = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)


@cache
def static_version() -> str:
    """Return a short hash of all static files; it is in their address, so they may be kept."""
    files = sorted((TEMPLATE / "static").iterdir())
    widgets = (widget_parts.part(kind).encode() for kind in widget_parts.TYPES)
    together = b"".join([*(file.read_bytes() for file in files), *widgets])
    return hashlib.sha256(together).hexdigest()[:10]


def describe(
    scheme: Scheme, store: Store, person: Person | None, *, base_url: str, here: str = ""
) -> dict[str, Any]:
    """Return all that the frame template needs, as plain values."""
    library = shelf(scheme, person.language if person else None)
    own = pages_of_ones_own(scheme, library)
    return {
        "words": dict(library.words),
        "lang": library.language,
        "scheme": scheme.name,
        "base_url": base_url,
        "here": here,
        "title": title_of(library, own, here),
        "name": person.name if person else "",
        "who": person.id if person else "",
        "nav": navigation(library, store, person, here, own) if person else [],
        "static": f"{base_url}static/{static_version()}/",
    }


def shelf(scheme: Scheme, language: str | None) -> Library:
    """Return the library in somebody's language, read anew only when a file has changed."""
    known = language if language in scheme.languages else scheme.languages[0]
    own = scheme.folder / "content"
    state = tuple(sorted((str(file), file.stat().st_mtime_ns) for file in own.rglob("*.yaml")))
    if known not in _shelves or _shelves[known][0] != state:
        _shelves[known] = (state, scheme.library(known))
    return _shelves[known][1]


_shelves: dict[str, tuple[tuple[Any, ...], Library]] = {}


def navigation(
    library: Library, store: Store, person: Person, here: str, own: tuple[Page, ...] = ()
) -> list[dict[str, Any]]:
    """Return the pages this person may open, in the journey's order, with how far they are.

    `own` are notebooks of the scheme's that its journey does not name; they come last.
    """
    parent = next((page.under for page in library.journey if page.page == here), None)
    pages = [
        page
        for page in (*library.journey_for(person.role), *own)
        if not page.under and access.may_open(person.role, page.page)
    ]
    return [
        {
            "address": page.page,
            "title": page.title,
            "here": "page" if page.page == here else "true" if page.page == parent else "",
            "answered": done.answered,
            "of": done.of,
        }
        for page, done in zip(pages, progress.of_pages(library, store, person, pages), strict=True)
    ]


def pages_of_ones_own(scheme: Scheme, library: Library) -> tuple[Page, ...]:
    """Return the scheme's own notebooks that the journey does not name, by their first heading."""
    named = {page.page for page in library.journey}
    folder = scheme.folder / "notebooks"
    found = {f"{file.parent.name}/{file.stem}": file for file in sorted(folder.glob("*/*.ipynb"))}
    return tuple(
        Page(page=name, title=first_heading(file, file.stat().st_mtime_ns))
        for name, file in found.items()
        if name not in named and ADDRESS.fullmatch(name)
    )


@cache
def first_heading(file: Path, _changed: int) -> str:
    """Return a notebook's first heading, else its name in words; read anew when it has changed."""
    name = file.stem.replace("_", " ").capitalize()
    try:
        cells = json.loads(file.read_text("utf-8"))["cells"]
        texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        return next(filter(None, (HEADING.search(text) for text in texts)))[1]
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        return name


def title_of(library: Library, own: tuple[Page, ...], here: str) -> str:
    """Return what a page is called, whoever it is for; empty for one that has no name."""
    return next((page.title for page in (*library.journey, *own) if page.page == here), "")
