"""Text that people write, made safe to keep and filled in; never escaped, which is for where it
is shown.
"""

import re
from collections.abc import Mapping
from typing import Any

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Control characters, lone surrogates and non-characters: no store or page can hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_lines(text: str) -> str:
    """Keep the text as written, with `\\n` between lines and nothing that cannot be shown."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Keep the text as written, on one line."""
    return re.sub(r"[\n\t]+", " ", clean_lines(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Fill in a text's `{placeholders}`.

    One that is not given stays as it is written: a page with a slip in a translation is better
    than no page.
    """
    # Not str.format: a text could then reach into the values ("{time.__class__}").
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def fill_all(data: Any, values: Mapping[str, object]) -> Any:
    """Fill in every text in plain values, as a content file holds them; keys stay."""
    if isinstance(data, str):
        return fill(data, values)
    if isinstance(data, dict):
        return {key: fill_all(value, values) for key, value in data.items()}
    return [fill_all(item, values) for item in data] if isinstance(data, list) else data
