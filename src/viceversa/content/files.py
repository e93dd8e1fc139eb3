"""Content files, as they lie on the disk."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viceversa.errors import Trouble

if TYPE_CHECKING:
    from ruamel.yaml import YAML


class BadFile(Trouble):
    """A content file that cannot be used; the sentences name each fault and its line."""


def read_yaml(path: Path) -> Any:
    """Read a YAML file as plain values; a file that did not change is not read twice.

    What comes back is shared: look at it, do not change it. Raises `BadFile` when the file is
    not UTF-8 or not YAML.
    """
    return _read(path, *_state(path))[0]


def fingerprint(path: Path) -> str:
    """Give the sha256 of a file's bytes, as hexadecimal digits."""
    return _read(path, *_state(path))[1]


def loader() -> "YAML":
    """Give a reader of YAML 1.2, where an option called `yes` stays the word that it is."""
    # Here, because most of a kernel's pages find what they need already read.
    from ruamel.yaml import YAML

    # Pure, although C is seven times as fast: it stumbles over `{ask: Why?, kind: date}`.
    return YAML(typ="safe", pure=True)


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=512)
def _read(path: Path, changed: int, size: int) -> tuple[Any, str]:
    from ruamel.yaml.error import YAMLError

    try:
        content = path.read_bytes()
        return loader().load(content.decode("utf-8-sig")), hashlib.sha256(content).hexdigest()
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        raise BadFile(_what_is_wrong(path)) from error


def _what_is_wrong(path: Path) -> str:
    from viceversa.content.marks import read_marked

    faults = read_marked(path).faults
    return "\n".join(str(fault) for fault in faults) or f"{path} cannot be read."
