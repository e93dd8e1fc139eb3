"""How things are called: slugs, keys, languages, audiences, roles."""

import difflib
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

ENGLISH = "en"

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Audience = Literal["only-me", "my-pair", "trainer", "coordinator", "group"]
Role = Literal["mentor", "mentee", "trainer", "coordinator"]

Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG.pattern}$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def kebab(name: str) -> str:
    """Turn a Python name into the key that authors write: `at_most` into `at-most`."""
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    """What a content file holds: frozen, with keys in kebab-case, and no key we do not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=kebab,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


def is_slug(name: Any) -> bool:
    """Say whether a name is in kebab-case: small letters and digits, joined by hyphens."""
    return isinstance(name, str) and SLUG.fullmatch(name) is not None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that somebody most likely meant, or None."""
    found = difflib.get_close_matches(str(name), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def listed(names: Iterable[Any], last: str = "and") -> str:
    """Join names as one would in a sentence: `a, b and c`."""
    words = [str(name) for name in names]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
