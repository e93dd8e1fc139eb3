"""What the parent of reports does first of all, so that it is there in a second rather than two."""

from __future__ import annotations

import gc
import importlib
import sys

# jsonschema imports it, where it is installed, to check web addresses in other alphabets; building
# its parser takes longer than all other imports together, and a notebook holds no such address.
SLOW = "rfc3987_syntax"


def up() -> None:
    """Import what would import the slow one, and leave off looking for garbage meanwhile."""
    gc.disable()
    if SLOW not in sys.modules:
        # None means: act as if it were not installed.
        sys.modules[SLOW] = None  # type: ignore[assignment]
        importlib.import_module("jsonschema")
        del sys.modules[SLOW]
