"""Faults in content, said to people who are not programmers."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails

from viceversa.content.names import is_slug, listed, nearest


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a file, where, and what to write instead."""

    file: Path
    line: int
    key: str
    wrong: str
    instead: str

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{_short(self.file)}:{self.line}: {key}{self.wrong} {self.instead}".rstrip()


BLOCK = ("This should be a block of keys.", "Write “key: value” lines under it, set in.")
LIST = ("This should be a list.", "Start each entry with “- ” on a new line, or write [a, b].")
WHOLE = ("This should be a whole number.", "Write it in figures without quotes, such as 10.")
NUMBER = ("This should be a number.", "Write it in figures without quotes, such as 0.7.")
YES_NO = ("This should be true or false.", "Write true or false, without quotes.")
DAY = ("This is not a day.", "Write it as year-month-day, such as 2025-03-31.")

# What pydantic calls a fault, and what we say; {…} is filled with the fault's own limits.
SAID = {
    "bool_type": YES_NO,
    "date_from_datetime_inexact": DAY,
    "date_from_datetime_parsing": DAY,
    "date_parsing": DAY,
    "date_type": DAY,
    "dict_type": BLOCK,
    "float_parsing": NUMBER,
    "float_type": NUMBER,
    "greater_than": ("The number is too small.", "Use one above {gt}."),
    "greater_than_equal": ("The number is too small.", "Use {ge} or more."),
    "int_from_float": WHOLE,
    "int_parsing": WHOLE,
    "int_type": WHOLE,
    "invalid_key": ("A key here is not a word.", "Put the key in quotes."),
    "less_than": ("The number is too large.", "Use one below {lt}."),
    "less_than_equal": ("The number is too large.", "Use {le} or less."),
    "list_type": LIST,
    "model_attributes_type": BLOCK,
    "model_type": BLOCK,
    "string_too_long": ("This is too long.", "Use at most {max_length} characters."),
    "string_too_short": ("There is nothing here.", "Write something, or take the line away."),
    "too_long": ("There are too many entries.", "Use at most {max_length}."),
    "too_short": ("There are too few entries.", "Write at least {min_length}."),
    "tuple_type": LIST,
    "value_error": ("{error}", ""),
}


def say(error: ErrorDetails, path: tuple[str | int, ...], known: list[str]) -> tuple[str, str]:
    """Say what is wrong, and what to write instead; `known` are the keys that may stand there."""
    kind, value = error["type"], error["input"]
    key = str(path[-1]) if path else ""
    limits = error.get("ctx", {})
    if kind == "missing":
        return _missing(path)
    if kind == "extra_forbidden":
        near = nearest(key, known)
        there = f"Write “{near}”." if near else f"The keys that can stand here: {listed(known)}."
        return f"There is no key “{key}” here.", there
    if kind in ("literal_error", "union_tag_invalid"):
        expected = re.findall(r"'([^']*)'", limits.get("expected", limits.get("expected_tags", "")))
        given = limits.get("tag", value)
        return f"“{given}” cannot stand here.", _one_of(given, expected)
    if kind == "union_tag_not_found":
        return "“kind” is missing.", "Add a line “kind: …”, such as “kind: short-text”."
    if kind == "string_type":
        return _no_words(key, value)
    if kind == "string_pattern_mismatch":
        return _pattern(key, value)
    wrong, instead = SAID.get(kind, (f"This cannot stand here ({error['msg']}).", ""))
    return wrong.format(**limits), instead.format(**limits)


def _missing(path: tuple[str | int, ...]) -> tuple[str, str]:
    if path and isinstance(path[-1], str):
        return f"“{path[-1]}” is missing.", f"Add a line “{path[-1]}: …”."
    return "There are too few entries.", "Write as many as the guide shows."


def _no_words(key: str, value: Any) -> tuple[str, str]:
    if value is None:
        return f"There is nothing after “{key}:”.", "Write something, or take the line away."
    if isinstance(value, (dict, list)):
        return "This should be words.", "Put quotes around text that has a colon or brackets in it."
    written = str(value).lower() if isinstance(value, bool) else value
    return "This should be words.", f'Put it in quotes: “{key}: "{written}"”.'


def _pattern(key: str, value: str) -> tuple[str, str]:
    if key == "link":
        return f"“{value}” is not an address.", "Start it with https:// and leave no space in it."
    slug = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    instead = f"Write “{slug}”." if is_slug(slug) else ""
    return f"“{value}” is not in small letters, digits and hyphens.", instead


def _one_of(given: Any, expected: list[str]) -> str:
    near = nearest(str(given), expected)
    meant = f"Did you mean “{near}”? " if near else ""
    return f"{meant}These can: {listed(expected)}."


def _short(file: Path) -> Path:
    try:
        return file.relative_to(Path.cwd())
    except ValueError:
        return file
