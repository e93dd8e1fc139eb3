"""The words that controls show, for a control used without a content library."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_FILE = Path("content", "en", "words", "fields.yaml")
_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE.parents[1] / _FILE, _HERE.parent / "viceversa" / "shipped" / _FILE)


@cache
def shipped_words() -> dict[str, str]:
    """Give the English words as shipped, by key; empty where the content is not installed.

    They are read as a file beside this package (checkout or wheel), because a widget knows
    nothing of the library that uses it.
    """
    for path in _PLACES:
        if path.exists():
            return dict(YAML(typ="safe").load(path.read_text("utf-8")) or {})
    return {}
