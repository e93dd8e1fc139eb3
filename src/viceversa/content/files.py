"""Content files, as they lie on the disk."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from viceversa.errors import Trouble


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


def parse(text: str) -> Any:
    """Turn YAML 1.2 into plain values; of a key that is there twice the first one counts."""
    # YAML 1.2, so that an option called `yes` stays the word that the author wrote.
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = True
    return yaml.load(text)


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=512)
def _read(path: Path, changed: int, size: int) -> tuple[Any, str]:
    from ruamel.yaml.error import YAMLError

    content = path.read_bytes()
    try:
        return parse(content.decode("utf-8-sig")), hashlib.sha256(content).hexdigest()
    except (YAMLError, UnicodeDecodeError) as error:
        raise BadFile(
            f"{path} cannot be read. “viceversa check” says what is wrong in which line."
        ) from error
