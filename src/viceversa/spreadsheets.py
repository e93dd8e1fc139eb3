"""CSV files as spreadsheets write them, and CSV files that spreadsheets can open without harm."""

import codecs
import csv
import io
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from viceversa.errors import Trouble

MOST_BYTES = 20_000_000
_DELIMITERS = (",", ";", "\t")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAVE_AS_CSV = "Open it in your spreadsheet program and save it as “CSV UTF-8”."


class NotCsv(Trouble):
    """A file that cannot be read as CSV; the sentence says what it seems to be."""


@dataclass(frozen=True)
class Table:
    """A CSV file's rows, each with the number that a spreadsheet shows beside it."""

    charset: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(data: bytes, knows: Callable[[str], bool]) -> Table:
    """The rows of a CSV file that are not blank, cells cleaned; the first one is the headings.

    The delimiter is the one with which the first row holds most headings that `knows` accepts.
    Raises `NotCsv` for an empty file, a workbook, another kind of file, or an open quotation.
    """
    text, charset = _decode(data)
    first = re.match(r"sep=([,;|\t])\r?\n", text)
    # A spreadsheet takes this line for itself: it shows no row of it.
    text = text[first.end() :] if first else text
    if not any(letter.isalnum() for letter in text):
        raise NotCsv("The file is empty.")
    delimiter = first.group(1) if first else _delimiter(text, knows)
    rows = ((number, cells) for number, cells in _records(text, delimiter) if any(cells))
    return Table(charset, tuple(rows))


def write(file: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file that only its owner may read, and that Excel opens as UTF-8.

    No cell is taken for a formula. The file is there as a whole or not at all; raises
    `Trouble` when it cannot be written.
    """
    made = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            out.write(as_text(headings, rows))
        made.replace(file)
    except OSError as fault:
        made.unlink(missing_ok=True)
        raise Trouble(
            f"The file {file} cannot be written: {fault.strerror}. "
            "Check that its folder is there and that you may write in it."
        ) from fault


def as_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as the text of a CSV file, in which no cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([defuse(heading) for heading in headings])
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    return out.getvalue()


def defuse(cell: object) -> str:
    """A cell's text, with an apostrophe before what a spreadsheet would run as a formula.

    After OWASP, "CSV Injection".
    """
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def clean(cell: str) -> str:
    """A cell's text on one line, without the odd spaces and invisible characters of copying."""
    plain = _CONTROLS.sub("", unicodedata.normalize("NFC", cell).translate(_INVISIBLE))
    return " ".join(plain.split())


def _decode(data: bytes) -> tuple[str, str]:
    if len(data) > MOST_BYTES:
        raise NotCsv("The file is larger than any list of people. Is it the right one?")
    if data.startswith(_WORKBOOKS):
        raise NotCsv(f"This is a workbook or a document, not a CSV file. {_SAVE_AS_CSV}")
    for encoding, name in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) * 100 > len(text):
            break
        return text, name
    raise NotCsv(f"The file is not text, so not a CSV file. {_SAVE_AS_CSV}")


def _encodings(data: bytes) -> list[tuple[str, str]]:
    for mark, encoding, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return [(encoding, name)]
    # Text in Latin letters as UTF-16 is half zeros: which half tells the order of the bytes.
    start = data[:1000]
    if start[1::2].count(0) * 4 > len(start):
        return [("utf-16-le", "UTF-16")]
    if start[::2].count(0) * 4 > len(start):
        return [("utf-16-be", "UTF-16")]
    return [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]


def _delimiter(text: str, knows: Callable[[str], bool]) -> str:
    def fit(delimiter: str) -> tuple[int, int]:
        try:
            headings = next((cells for _, cells in _records(text, delimiter) if any(cells)), ())
        except NotCsv:
            return -1, 0
        return sum(map(knows, headings)), len(headings)

    return max(_DELIMITERS, key=fit)


def _records(text: str, delimiter: str) -> Iterable[tuple[int, tuple[str, ...]]]:
    # strict: else a quotation mark that is never closed would swallow the people after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as fault:
            raise NotCsv(
                f"Row {number}: a quotation mark is out of place, or opens a text and does not "
                "close it. Remove it, or write two of them in its place."
            ) from fault
        if record is None:
            return
        yield number, tuple(clean(cell) for cell in record)
