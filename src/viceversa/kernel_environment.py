"""What a kernel may know of the environment that starts it: no secret of the server's."""

from __future__ import annotations

from collections.abc import Mapping

# Enough to start Python and to write text.
PASSED_ON = {"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT"}
PASSED_ON_PREFIXES = ("LC_", "PYTHON", "COVERAGE_")


def passed_on(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the part of an environment that a kernel is given."""
    return {
        name: value
        for name, value in environment.items()
        if name in PASSED_ON or name.startswith(PASSED_ON_PREFIXES)
    }
