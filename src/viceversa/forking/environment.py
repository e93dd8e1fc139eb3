"""What a process may know of the environment of the one that starts it: none of its secrets."""

from __future__ import annotations

from collections.abc import Mapping

# Enough to start Python, find its modules, and read and write text.
PLAIN = {"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH"}
PLAIN |= {"SYSTEMROOT"}
PREFIXES = ("LC_", "PYTHON", "COVERAGE_")


def plain(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the part of an environment that can be passed on."""
    return {
        name: value
        for name, value in environment.items()
        if name in PLAIN or name.startswith(PREFIXES)
    }
