"""The shape of a file: what is missing, misspelt, or of the wrong kind."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from viceversa.content.faults import Fault, say
from viceversa.content.marks import Marked, Steps, read_marked
from viceversa.content.names import nearest


def faults_in_shape(marked: Marked, adapter: TypeAdapter[Any]) -> list[Fault]:
    """Find every place where a file has another shape than its model."""
    try:
        adapter.validate_python(marked.data, by_name=False)
    except ValidationError as error:
        faults = [fault for fault in error.errors(include_url=False) if not _is_echo(fault)]
        meant = {_meant(fault, marked, adapter) for fault in faults}
        # A key with a slip in it is not missing too.
        return [
            _translate(fault, marked, adapter)
            for fault in faults
            if fault["type"] != "missing" or _path_of(marked.data, fault["loc"]) not in meant
        ]
    return []


def what_is_wrong(file: Path, adapter: TypeAdapter[Any]) -> str:
    """Say every fault of a file that cannot be used, one a line."""
    marked = read_marked(file)
    faults = [*marked.faults, *faults_in_shape(marked, adapter)]
    return "\n".join(str(fault) for fault in faults)


def _is_echo(fault: ErrorDetails) -> bool:
    """Say whether entries are called too few only because some of them have faults."""
    shortest = fault.get("ctx", {}).get("min_length")
    return fault["type"] == "too_short" and len(fault["input"]) >= (shortest or 0)


def _meant(fault: ErrorDetails, marked: Marked, adapter: TypeAdapter[Any]) -> Steps | None:
    """Give the path that an unknown key was most likely meant for."""
    if fault["type"] != "extra_forbidden":
        return None
    path = _path_of(marked.data, fault["loc"])
    near = nearest(str(path[-1]), _known_keys(adapter, marked.data, path))
    return (*path[:-1], near) if near else None


def _translate(fault: ErrorDetails, marked: Marked, adapter: TypeAdapter[Any]) -> Fault:
    path = _path_of(marked.data, fault["loc"])
    if fault["type"] == "union_tag_invalid":
        path = (*path, "kind")
    wrong, instead = say(fault, path, _known_keys(adapter, marked.data, path))
    return marked.fault(path, wrong, instead)


def _path_of(data: Any, loc: Steps) -> Steps:
    """Turn pydantic's way to a fault into the way in the file, which has no step for a kind."""
    path: Steps = ()
    for step in loc:
        # After an entry of a list, pydantic names the kind that it took the entry for.
        at_entry = bool(path) and isinstance(path[-1], int)
        if at_entry and isinstance(data, dict) and step == data.get("kind"):
            continue
        path = (*path, step)
        data = _inside(data, step)
    return path


def _known_keys(adapter: TypeAdapter, data: Any, path: Steps) -> list[str]:
    """Give the keys that may stand in the block which a path ends in."""
    schema = adapter.json_schema()
    parts = schema.get("$defs", {})
    node = _narrow(schema, data, parts)
    for step in path[:-1]:
        inner = node.get("items", {}) if isinstance(step, int) else node.get("properties", {})
        node = inner if isinstance(step, int) else inner.get(step, {})
        data = _inside(data, step)
        node = _narrow(node, data, parts)
    return list(node.get("properties", {}))


def _narrow(node: dict[str, Any], data: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and choose among kinds by what the data says it is."""
    if "discriminator" in node:
        kind = str(data.get("kind")) if isinstance(data, dict) else ""
        node = {"$ref": node["discriminator"]["mapping"].get(kind, "#/$defs/")}
    if "anyOf" in node:
        node = next(part for part in node["anyOf"] if part.get("type") != "null")
    if "$ref" in node:
        return _narrow(parts.get(node["$ref"].removeprefix("#/$defs/"), {}), data, parts)
    return node


def _inside(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None
