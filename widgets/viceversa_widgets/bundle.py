"""Each control is a readable module of its own; here they become one, with no build step."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

KINDS = (
    "scale",
    "how_long_ago",
    "choice",
    "choices",
    "short_text",
    "long_text",
    "list",
    "date",
    "rows",
    "check",
    "scenario",
    "commitment",
)
SHEET = ("save_status", *KINDS, "story", "sheet")

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_DEFAULT = re.compile(r"^export default [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_OWN_LINE_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@cache
def esm(*folders: str) -> str:
    """Give one browser module made of `parts.js` and the named folders' `widget.js`.

    The last folder's default export is the module's. Modules must not share top-level names, and
    no string may span lines: tests hold both.
    """
    shared = ["parts.js", "keeping.js"] if "sheet" in folders else ["parts.js"]
    paths = [HERE / name for name in shared] + [HERE / folder / "widget.js" for folder in folders]
    *others, last = (_plain(path.read_text("utf-8")) for path in paths)
    return "".join([*(_DEFAULT.sub("", text) for text in others), last])


@cache
def css(*folders: str) -> str:
    """Give one style sheet made of `parts.css` and the named folders' `widget.css`."""
    return "".join(_styles(folders))


def _plain(text: str) -> str:
    for pattern in (_IMPORT, _EXPORT, _OWN_LINE_COMMENT, _INDENT):
        text = pattern.sub("", text)
    return text


def _styles(folders: tuple[str, ...]) -> Iterator[str]:
    for path in (HERE / "parts.css", *(HERE / folder / "widget.css" for folder in folders)):
        if path.exists():
            yield _INDENT.sub("", path.read_text("utf-8"))
