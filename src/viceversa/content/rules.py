"""What must hold between the parts of a worksheet.

The rules look at the plain values of the file, and pass over what has the wrong shape: so every
fault can be told at once, whatever else is wrong.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from viceversa.content.names import listed, nearest

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold: where in the file, what is wrong, what to write instead."""

    path: Path
    wrong: str
    instead: str


def broken(data: Any) -> list[Broken]:
    """Find every rule that a worksheet's plain values break."""
    if not isinstance(data, dict):
        return []
    rules = (_keys, _facets, _sides, _timeline, _partner, _audiences, _ranges)
    return [fault for rule in rules for fault in rule(data)]


def fields_of(data: dict[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    """Give each field's plain values, with the path to it in the file."""
    return [
        (("sections", s, "fields", f), field)
        for s, section in enumerate(as_list(data.get("sections")))
        for f, field in enumerate(as_list(as_dict(section).get("fields")))
        if isinstance(field, dict)
    ]


def _by_key(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        field["key"]: field for _, field in fields_of(data) if isinstance(field.get("key"), str)
    }


def _keys(data: dict[str, Any]) -> Iterator[Broken]:
    """Keys are there once: of fields, of a field's options and columns, of facets."""
    fields = fields_of(data)
    yield from twice("field", fields)
    for path, field in fields:
        for part, name in (("options", "option"), ("columns", "column")):
            yield from twice(name, parts_of((*path, part), field.get(part)))
        # A report names a column by what it asks.
        yield from twice("column", parts_of((*path, "columns"), field.get("columns")), by="ask")
        for at, column in parts_of((*path, "columns"), field.get("columns")):
            yield from twice("option", parts_of((*at, "options"), column.get("options")))
    facets = as_dict(data.get("profile")).get("facets")
    yield from twice("facet", parts_of(("profile", "facets"), facets))


def twice(name: str, parts: list[tuple[Path, dict[str, Any]]], by: str = "key") -> Iterator[Broken]:
    seen: set[str] = set()
    for path, part in parts:
        value = part.get(by)
        if isinstance(value, str) and value in seen:
            wrong = f"There is another {name} with the {by} “{value}”."
            yield Broken((*path, by), wrong, f"Give each {name} a {by} of its own.")
        elif isinstance(value, str):
            seen.add(value)


def _facets(data: dict[str, Any]) -> Iterator[Broken]:
    """An item's facet is one of the profile's, and each facet has items."""
    facets = parts_of(("profile", "facets"), as_dict(data.get("profile")).get("facets"))
    known = [facet.get("key") for _, facet in facets if isinstance(facet.get("key"), str)]
    items = _scales(data)
    for path, item in items:
        facet = item.get("facet")
        if isinstance(facet, str) and facet not in known:
            yield Broken(
                (*path, "facet"), f"There is no facet “{facet}”.", _write_one_of(facet, known)
            )
    used = {str(item.get("facet")) for _, item in items}
    for path, facet in facets:
        if isinstance(facet.get("key"), str) and facet["key"] not in used:
            wrong = f"No scale item has the facet “{facet['key']}”."
            yield Broken((*path, "key"), wrong, f"Write “facet: {facet['key']}” beside its items.")


def _sides(data: dict[str, Any]) -> Iterator[Broken]:
    """Some items of a facet are shown the other way round, or a habit of ticking counts."""
    facets = parts_of(("profile", "facets"), as_dict(data.get("profile")).get("facets"))
    items = [item for _, item in _scales(data)]
    for path, facet in facets:
        sides = Counter(
            item.get("turned") is True for item in items if item.get("facet") == facet.get("key")
        )
        if len(sides) == 1 and sides.total() > 1:
            yield Broken(
                (*path, "key"),
                f"All items of the facet “{facet.get('key')}” have their high end on one side.",
                "Show half of them the other way round: swap left and right and set “turned”.",
            )


def _timeline(data: dict[str, Any]) -> Iterator[Broken]:
    kinds = {key: field.get("kind") for key, field in _by_key(data).items()}
    known = [key for key, kind in kinds.items() if kind == "how-long-ago"]
    for place, key in enumerate(as_list(as_dict(data.get("timeline")).get("fields"))):
        if not isinstance(key, str) or key in known:
            continue
        wrong = f"“{key}” is not a how-long-ago field." if key in kinds else _no_field(key)
        yield Broken(("timeline", "fields", place), wrong, _write_one_of(key, known))


def _partner(data: dict[str, Any]) -> Iterator[Broken]:
    key = data.get("partner-may-see-when")
    if not isinstance(key, str):
        return
    fields = _by_key(data)
    known = [name for name, field in fields.items() if field.get("kind") == "choice"]
    if key not in fields:
        yield Broken(("partner-may-see-when",), _no_field(key), _write_one_of(key, known))
    elif "yes" not in [as_dict(o).get("key") for o in as_list(fields[key].get("options"))]:
        wrong = f"The field “{key}” is not a choice with an option whose key is “yes”."
        yield Broken(
            ("partner-may-see-when",), wrong, "Make it “kind: choice”, with options yes and no."
        )


def _audiences(data: dict[str, Any]) -> Iterator[Broken]:
    """An answer can only be shared wider, and what a pair writes is seen by both."""
    pair = data.get("belongs-to") == "pair"
    for path, field in fields_of(data):
        seen = field.get("seen-by", "my-pair" if pair else "only-me")
        if pair and seen == "only-me":
            yield Broken(
                (*path, "seen-by"),
                "Both partners fill in this sheet, so no answer in it is seen by only one.",
                "Write “seen-by: my-pair”, or ask it on a sheet that belongs to a person.",
            )
        wider = as_list(field.get("may-share-with"))
        for place, audience in enumerate(wider):
            if audience in ("only-me", seen) or audience in wider[:place]:
                yield Broken(
                    (*path, "may-share-with", place),
                    f"“{audience}” is no wider than who sees the answer anyway.",
                    "Name only audiences that the person may add, or take this one away.",
                )


def _ranges(data: dict[str, Any]) -> Iterator[Broken]:
    overlap = as_list(as_dict(data.get("profile")).get("overlap"))
    numbers = [n for n in overlap if type(n) in (int, float)]
    if len(overlap) == len(numbers) == 2 and numbers[0] > numbers[1]:
        wrong = f"The overlap runs from {numbers[0]} down to {numbers[1]}."
        yield Broken(("profile", "overlap"), wrong, f"Write “[{numbers[1]}, {numbers[0]}]”.")
    for path, field in fields_of(data):
        early, late = str(field.get("earliest") or ""), str(field.get("latest") or "9999")
        if field.get("kind") == "date" and early > late:
            wrong = f"The latest day ({late}) is before the earliest ({early})."
            yield Broken((*path, "latest"), wrong, "Write a day after the earliest.")


def _scales(data: dict[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    return [(path, field) for path, field in fields_of(data) if field.get("kind") == "scale"]


def _no_field(key: str) -> str:
    return f"There is no field with the key “{key}” in this worksheet."


def _write_one_of(key: str, known: list[Any]) -> str:
    near = nearest(key, known)
    if near:
        return f"Write “{near}”."
    return f"Use one of these: {listed(known, 'or')}." if known else "Add it, or take this away."


def parts_of(path: Path, values: Any) -> list[tuple[Path, dict[str, Any]]]:
    return [((*path, n), part) for n, part in enumerate(as_list(values)) if isinstance(part, dict)]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
