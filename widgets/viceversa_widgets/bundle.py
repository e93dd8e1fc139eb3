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
SHEET = ("keeping.js", "save_status", *KINDS, "story", "sheet")
CONSOLE = (
    "keeping.js",
    "line.js",
    *("revealed.js", "story", "poll", "word_cloud", "questions", "timer", "agenda"),
    *(f"console/{name}.js" for name in ("joining", "people", "lobby", "pad", "preview", "task")),
    "console",
)
# What the page of a guest in a live session takes from here: see static/join.js.
GUEST = (*SHEET, "line.js", "revealed.js", "poll", "word_cloud", "questions", "timer")

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_DEFAULT = re.compile(r"^export default [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_OWN_LINE_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@cache
def esm(*folders: str) -> str:
    """Give one browser module made of `parts.js` and the named folders' `widget.js`.

    A name that ends in .js is a file. The last one's default export is the module's. Modules must
    not share top-level names, and no string may span lines: tests hold both.
    """
    files = (name if name.endswith(".js") else f"{name}/widget.js" for name in folders)
    *others, last = (_plain((HERE / name).read_text("utf-8")) for name in ("parts.js", *files))
    return "".join([*(_DEFAULT.sub("", text) for text in others), last])


@cache
def library(give: tuple[str, ...], *folders: str) -> str:
    """Give the same as a module that exports these names, for a page that is no widget."""
    return f"{_DEFAULT.sub('', esm(*folders))}export {{ {', '.join(give)} }};\n"


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
