"""Text that people write, made safe to keep; never escaped, which is for where it is shown."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Control characters, lone surrogates and non-characters: no store or page can hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_lines(text: str) -> str:
    """Keep the text as written, with `\\n` between lines and nothing that cannot be shown."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Keep the text as written, on one line."""
    return re.sub(r"[\n\t]+", " ", clean_lines(text))
