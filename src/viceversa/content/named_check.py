"""Check that what a module or a running order names exists: scenarios, modules, worksheets."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from viceversa.content.documents import (
    MODULES,
    SCENARIOS,
    SESSIONS,
    WORKSHEETS,
    Document,
)
from viceversa.content.faults import Fault
from viceversa.content.journey_check import these
from viceversa.content.marks import read_marked
from viceversa.content.names import ENGLISH
from viceversa.content.rules import Broken, as_dict, as_list, fields_of, parts_of

# The key in a file by which it names a document of another sort.
NAMES = {"module": MODULES, "scenario": SCENARIOS, "worksheet": WORKSHEETS}


def faults_in_named(document: Document, file: Path, folders: Sequence[Path]) -> list[Fault]:
    """Find what a content file names and what is not there; `folders` are looked in."""
    if document not in (MODULES, SESSIONS):
        return []
    marked = read_marked(file)
    data = as_dict(marked.data)
    languages = dict.fromkeys((file.parents[1].name, ENGLISH))
    places = [folder / language for language in languages for folder in folders]
    broken = _in_module(data, places) if document is MODULES else _in_session(data, places)
    return [marked.fault(one.path, one.wrong, one.instead) for one in broken]


def _in_module(data: dict[str, Any], places: list[Path]) -> Iterator[Broken]:
    yield from _there(("scenario",), data, "scenario", places)


def _in_session(data: dict[str, Any], places: list[Path]) -> Iterator[Broken]:
    for path, step in parts_of(("steps",), data.get("steps")):
        for at, activity in parts_of((*path, "activities"), step.get("activities")):
            for name in NAMES:
                yield from _there((*at, name), activity, name, places)
            yield from _inside(at, activity, places)


def _there(path: Any, data: dict[str, Any], name: str, places: list[Path]) -> Iterator[Broken]:
    slug = data.get(name)
    if isinstance(slug, str) and _file(NAMES[name], slug, places) is None:
        known = {one.stem for place in places for one in place.glob(f"{NAMES[name].folder}/*.yaml")}
        yield Broken(path, f"There is no {name} “{slug}”.", these(slug, known))


def _inside(at: Any, activity: dict[str, Any], places: list[Path]) -> Iterator[Broken]:
    """Look for the check question of a module, and for the fields of a worksheet."""
    if isinstance(activity.get("check"), str):
        module = _plain(MODULES, activity.get("module"), places)
        keys = _keys(parts_of((), module.get("check")))
        yield from _one_of((*at, "check"), activity["check"], "check question", keys)
    sheet = _plain(WORKSHEETS, activity.get("worksheet"), places)
    for number, key in enumerate(as_list(activity.get("fields"))):
        yield from _one_of((*at, "fields", number), key, "field", _keys(fields_of(sheet)))


def _one_of(path: Any, key: Any, name: str, known: set[str]) -> Iterator[Broken]:
    if known and isinstance(key, str) and key not in known:
        yield Broken(path, f"There is no {name} “{key}” there.", these(key, known))


def _keys(parts: Iterable[tuple[Any, dict[str, Any]]]) -> set[str]:
    return {str(part["key"]) for _, part in parts if "key" in part}


def _plain(document: Document, slug: Any, places: list[Path]) -> dict[str, Any]:
    file = _file(document, slug, places) if isinstance(slug, str) else None
    return as_dict(read_marked(file).data) if file else {}


def _file(document: Document, slug: str, places: list[Path]) -> Path | None:
    files = (place / document.folder / f"{slug}.yaml" for place in places)
    return next((file for file in files if file.is_file()), None)
