"""What a browser may say to a sheet, and what it is told: nothing is believed unchecked."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, TypeGuard

LONGEST_NAME = 200
REPLIES = ("saved", "refused", "stale", "unsaved")


class Save(TypedDict):
    """One field's words, as a browser sends them; the value is unchecked."""

    id: str
    field: str
    value: Any
    seen_by: str
    base: int


class Answer(TypedDict):
    """What the browser is shown of a kept answer; `at` is words, as in “14:02”."""

    value: Any
    revision: int
    seen_by: str
    at: NotRequired[str]


def read_save(content: object) -> Save | None:
    """Give the save that a message asks for, None when it is not one that can be understood."""
    if not isinstance(content, Mapping):
        return None
    save = content.get("save", content.get("keep"))
    if not isinstance(save, Mapping) or not _is_whole(save):
        return None
    return Save(
        id=save["id"],
        field=save["field"],
        value=save["value"],
        seen_by=save["seen_by"],
        base=save["base"],
    )


def addressee(content: object) -> tuple[str, str] | None:
    """Give (id, field) of a save too broken to be taken, so that it can at least be refused."""
    save = content.get("save", content.get("keep")) if isinstance(content, Mapping) else None
    if not isinstance(save, Mapping):
        return None
    id_, field = save.get("id"), save.get("field")
    return (id_, field) if _is_name(id_) and _is_name(field) else None


def with_id(reply: object, save: Save) -> dict[str, dict[str, Any]] | None:
    """Give a callback's reply the save's id and field; None when it is no reply at all."""
    if not isinstance(reply, Mapping) or len(reply) != 1:
        return None
    ((kind, told),) = reply.items()
    if kind not in REPLIES or not isinstance(told, Mapping):
        return None
    if kind in ("saved", "stale") and type(told.get("revision")) is not int:
        return None
    return {kind: {**told, "id": save["id"], "field": save["field"]}}


def _is_whole(save: Mapping[Any, Any]) -> bool:
    names = all(_is_name(save.get(key)) for key in ("id", "field", "seen_by"))
    # `type`, not isinstance: True would pass for 1.
    base = type(save.get("base")) is int and save["base"] >= 0
    return names and base and "value" in save


def _is_name(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and 0 < len(text) <= LONGEST_NAME
