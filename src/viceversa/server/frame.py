"""What stands round every page: the words, the navigation with progress, who is signed in."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from viceversa import access, progress
from viceversa.content.library import Library
from viceversa.scheme import Scheme
from viceversa.store import Store
from viceversa.store.people import Person

TEMPLATE = Path(__file__).parent / "template"


@cache
def static_version() -> str:
    """Return a short hash of all static files; it is in their address, so they may be kept."""
    files = sorted((TEMPLATE / "static").iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


def describe(
    scheme: Scheme, store: Store, person: Person | None, *, base_url: str, here: str = ""
) -> dict[str, Any]:
    """Return all that the frame template needs, as plain values."""
    library = shelf(scheme, person.language if person else None)
    return {
        "words": dict(library.words),
        "lang": library.language,
        "scheme": scheme.name,
        "base_url": base_url,
        "here": here,
        "name": person.name if person else "",
        "nav": navigation(library, store, person, here) if person else [],
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


def navigation(library: Library, store: Store, person: Person, here: str) -> list[dict[str, Any]]:
    """Return the pages this person may open, in the journey's order, with how far they are."""
    return [
        {
            "address": page.page,
            "title": page.title,
            "here": page.page == here,
            "answered": done.answered,
            "of": done.of,
        }
        for page in library.journey_for(person.role)
        if access.may_open(person.role, page.page)
        for done in [progress.of_page(library, store, person, page)]
    ]
