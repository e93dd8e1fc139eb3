"""The kinds of field a worksheet can have.

A kind is one class here: what an author writes, what is a valid value, how an answer reads, and
what its control on the page is given. To add a kind, add a class and name it in `kinds.AnyField`.
"""

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, StrictBool, model_validator
from pydantic import Field as Setting

from viceversa.content.names import Audience, Model, Slug, Text
from viceversa.content.refused import Refused
from viceversa.content.text import clean_line, clean_lines
from viceversa.content.words import Words

__all__ = ["Field", "Refused"]

IT_DEPENDS = "it-depends"
HOW_LONG_AGO = ("this-week", "this-month", "this-quarter", "this-year", "longer", "cannot-recall")

Reading = str | list[str] | list[dict[str, str]]
Most = Annotated[int, Setting(strict=True, ge=1, le=20_000)]


class Field(Model):
    """One question: its key, its words, and who will see the answer.

    One that is `optional` is left out when it is counted how far somebody is.
    """

    NOT_SHOWN: ClassVar[frozenset[str]] = frozenset({"optional"})
    # What is chosen in an exercise stays on its page: no report and no list of answers tells it.
    PRACTICE: ClassVar[bool] = False

    # Any, because each kind narrows it to its own name.
    kind: Any
    key: Slug
    ask: Text
    help: Text | None = None
    seen_by: Audience = "only-me"
    may_share_with: tuple[Audience, ...] = ()
    optional: StrictBool = False

    def check(self, value: Any) -> Any:
        """Give the value as it is kept, None where nothing is answered; else raise `Refused`.

        Takes anything a client may send.
        """
        if value is None or value == "" or value == []:
            return None
        return self._check(value) or None

    def read(self, value: Any, words: Words) -> Reading:
        """Say a kept value as it reads in a report, on paper or in an export.

        Text for most kinds; a list of texts for several choices and lists; a list of
        {column's words: text} for rows. An answer from an older version of the question is
        shown as it was kept.
        """
        return _as_kept(value)

    def look(self) -> dict[str, Any]:
        """Give what the control on the page needs, as plain values with the author's keys."""
        return self.model_dump(mode="json", exclude_none=True, exclude=set(self.NOT_SHOWN))

    def _check(self, value: Any) -> Any:
        raise NotImplementedError


class Option(Model):
    """One of the answers that can be chosen."""

    key: Slug
    words: Text


class Scale(Field):
    """Two statements with seven places between them, and "it depends"."""

    # Which end is which is for scoring; a page that held it would hold the key to the test.
    NOT_SHOWN = frozenset({"optional", "turned", "facet"})

    kind: Literal["scale"] = "scale"
    left: Text
    right: Text
    facet: Slug | None = None
    turned: StrictBool = False

    def score(self, value: Any) -> int | None:
        """Give 1 (low end) to 7 (high end), or None for "it depends" and no answer."""
        if not _is_place(value):
            return None
        return 8 - value if self.turned else value

    def read(self, value: Any, words: Words) -> str:
        if value == IT_DEPENDS:
            return words["reads-it-depends"]
        if not _is_place(value):
            return _as_kept(value)
        key = ("reads-between", "reads-a-little", "reads-mostly", "reads-very")[abs(value - 4)]
        nearer = self.left if value < 4 else self.right
        return words.say(key, value=value, end=nearer, left=self.left, right=self.right)

    def _check(self, value: Any) -> int | str:
        if _is_place(value) or (isinstance(value, str) and value == IT_DEPENDS):
            return value
        raise Refused("refused-scale")


class HowLongAgo(Field):
    """How long ago something last happened: six fixed answers.

    `short` names the thing in a few words, for a timeline.
    """

    NOT_SHOWN = frozenset({"optional", "short"})

    short: Text | None = None
    kind: Literal["how-long-ago"] = "how-long-ago"

    def read(self, value: Any, words: Words) -> str:
        known = isinstance(value, str) and value in HOW_LONG_AGO
        return words[f"how-long-ago-{value}"] if known else _as_kept(value)

    def _check(self, value: Any) -> str:
        if isinstance(value, str) and value in HOW_LONG_AGO:
            return value
        raise Refused("refused-how-long-ago")


class Choice(Field):
    """One answer out of several."""

    kind: Literal["choice"] = "choice"
    options: Annotated[tuple[Option, ...], Setting(min_length=2)]

    def read(self, value: Any, words: Words) -> str:
        return _option_words(self.options, value)

    def _check(self, value: Any) -> str:
        if isinstance(value, str) and any(value == option.key for option in self.options):
            return value
        raise Refused("refused-choice", options=_quoted(self.options))


class Choices(Field):
    """Any number of answers out of several."""

    kind: Literal["choices"] = "choices"
    options: Annotated[tuple[Option, ...], Setting(min_length=2)]
    at_most: Most | None = None

    def read(self, value: Any, words: Words) -> list[str]:
        return [_option_words(self.options, key) for key in _items(value)]

    def _check(self, value: Any) -> list[str]:
        keys = [option.key for option in self.options]
        if not isinstance(value, list) or any(item not in keys for item in value):
            raise Refused("refused-choices", options=_quoted(self.options))
        chosen = [key for key in keys if key in value]
        if self.at_most and len(chosen) > self.at_most:
            raise Refused("refused-too-many-choices", count=len(chosen), most=self.at_most)
        return chosen


class ShortText(Field):
    """A line of text."""

    kind: Literal["short-text"] = "short-text"
    at_most: Most = 200

    def _check(self, value: Any) -> str:
        return _fitting(clean_line(_text(value)), self.at_most)


class Writing(Field):
    """What is written in several lines, whatever it is for."""

    at_most: Most = 5000

    def _check(self, value: Any) -> str:
        return _fitting(clean_lines(_text(value)), self.at_most)


class LongText(Writing):
    """Text of several lines."""

    kind: Literal["long-text"] = "long-text"


class List(Field):
    """Several short texts, one under the other."""

    kind: Literal["list"] = "list"
    at_most: Annotated[int, Setting(strict=True, ge=1, le=100)] = 10
    each_at_most: Most = 300

    def read(self, value: Any, words: Words) -> list[str]:
        return [str(item) for item in _items(value)]

    def _check(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise Refused("refused-list")
        items = [clean_line(_text(item)).strip() for item in value if item is not None]
        items = [_fitting(item, self.each_at_most) for item in items if item]
        if len(items) > self.at_most:
            raise Refused("refused-too-many-items", count=len(items), most=self.at_most)
        return items


class Date(Field):
    """A day."""

    kind: Literal["date"] = "date"
    earliest: date | None = None
    latest: date | None = None

    def read(self, value: Any, words: Words) -> str:
        day = _day(value)
        if day is None:
            return _as_kept(value)
        month = words[f"month-{day.month}"]
        return words.say("reads-date", day=day.day, month=month, year=day.year)

    def _check(self, value: Any) -> str:
        day = _day(value)
        if day is None:
            raise Refused("refused-date")
        if self.earliest and day < self.earliest:
            raise Refused("refused-too-early", earliest=self.earliest.isoformat())
        if self.latest and day > self.latest:
            raise Refused("refused-too-late", latest=self.latest.isoformat())
        return day.isoformat()


class Time(Field):
    """A time of day; only as a column of rows."""

    kind: Literal["time"] = "time"

    def _check(self, value: Any) -> str:
        if isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
            return value
        raise Refused("refused-time")


Column = Annotated[ShortText | LongText | Date | Time | Choice, Discriminator("kind")]


class Rows(Field):
    """A small table that grows row by row."""

    kind: Literal["rows"] = "rows"
    columns: Annotated[tuple[Column, ...], Setting(min_length=1)]
    at_most: Annotated[int, Setting(strict=True, ge=1, le=100)] = 20

    @model_validator(mode="after")
    def _seen_as_a_whole(self) -> "Rows":
        for column in self.columns:
            if {"seen_by", "may_share_with"} & column.model_fields_set:
                raise ValueError(
                    f"The column “{column.key}” says who will see it, but a row is seen as a "
                    "whole. Say it once, beside “kind: rows”."
                )
        return self

    def read(self, value: Any, words: Words) -> list[dict[str, str]]:
        rows = [row for row in _items(value) if isinstance(row, dict)]
        return [
            {column.ask: str(column.read(row.get(column.key), words)) for column in self.columns}
            for row in rows
        ]

    def look(self) -> dict[str, Any]:
        seen = {"seen-by", "may-share-with"}
        look = super().look()
        look["columns"] = [
            {key: value for key, value in column.look().items() if key not in seen}
            for column in self.columns
        ]
        return look

    def _check(self, value: Any) -> list[dict[str, str]]:
        if not isinstance(value, list):
            raise Refused("refused-rows")
        rows = [self._check_row(number, row) for number, row in enumerate(value, start=1)]
        rows = [row for row in rows if row]
        if len(rows) > self.at_most:
            raise Refused("refused-too-many-rows", count=len(rows), most=self.at_most)
        return rows

    def _check_row(self, number: int, row: Any) -> dict[str, str]:
        known = {column.key for column in self.columns}
        if not isinstance(row, dict) or not set(row) <= known:
            raise Refused("refused-rows")
        kept = {}
        for column in self.columns:
            try:
                kept[column.key] = column.check(row.get(column.key))
            except Refused as why:
                raise Refused("refused-in-row", row=number, column=column.ask, why=why) from None
        return {key: value for key, value in kept.items() if value is not None}


def _is_place(value: Any) -> bool:
    # `type`, not isinstance: True would pass for 1.
    return type(value) is int and 1 <= value <= 7


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("refused-text")
    return value


def _fitting(text: str, most: int) -> str:
    if len(text) > most:
        raise Refused("refused-too-long", length=len(text), most=most)
    return text if text.strip() else ""


def _day(value: Any) -> date | None:
    # fromisoformat takes other forms too, such as 2025-W09-5.
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _as_kept(value: Any) -> str:
    return ", ".join(str(item) for item in _items(value))


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _option_words(options: tuple[Option, ...], key: Any) -> str:
    found = (option.words for option in options if option.key == key)
    return next(found, _as_kept(key))


def _quoted(options: tuple[Option, ...]) -> str:
    return ", ".join(f"“{option.words}”" for option in options)
