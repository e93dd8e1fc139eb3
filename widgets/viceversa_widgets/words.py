"""The words that controls show, for a control used without a content library."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_WORDS = Path("content", "en", "words")
_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE.parents[1] / _WORDS, _HERE.parent / "viceversa" / "shipped" / _WORDS)


@cache
def shipped_words() -> dict[str, str]:
    """Give the English words as shipped, by key; empty where the content is not installed.

    They are read as a file beside this package (checkout or wheel), because a widget knows
    nothing of the library that uses it.
    """
    return _read("fields.yaml")


@cache
def live_words() -> dict[str, str]:
    """Give the English words of a live session's controls, and those of all others."""
    return shipped_words() | _read("live-page.yaml")


def _read(name: str) -> dict[str, str]:
    for place in _PLACES:
        if (place / name).exists():
            return dict(YAML(typ="safe").load((place / name).read_text("utf-8")) or {})
    return {}
