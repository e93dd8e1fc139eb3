"""How much room there is to write on paper, and what else a sheet asks for while it is filled."""

from collections.abc import Iterable
from math import ceil
from string import ascii_uppercase

from viceversa.content.fields import HOW_LONG_AGO, Field, List
from viceversa.content.words import Words

# Three times what a line of handwriting holds: few people write as much as they may.
CHARACTERS = 200
MOST_LINES, MOST_ROWS, LONG_LIST = 8, 8, 6


def lines(at_most: int) -> int:
    """How many lines to draw for a text of this many characters."""
    return min(ceil(at_most / CHARACTERS), MOST_LINES)


def lines_of_item(field: List) -> int:
    """How many lines to draw for each item of a list: a long list has one each."""
    return 1 if field.at_most > LONG_LIST else min(lines(field.each_at_most), 2)


def differ(fields: Iterable[Field]) -> bool:
    """Whether it depends on the question who would see the answer."""
    return len({(field.seen_by, field.may_share_with) for field in fields}) > 1


def rows(at_most: int) -> int:
    """How many empty rows to draw for a table of this many."""
    return min(at_most, MOST_ROWS)


def letter(number: int) -> str:
    """The letter of an option, the first being 0."""
    return ascii_uppercase[number % len(ascii_uppercase)]


def how_long_ago(words: Words) -> list[str]:
    """The answers to “when did you last …?”."""
    return [words[f"how-long-ago-{answer}"] for answer in HOW_LONG_AGO]


def macro(kind: str) -> str:
    """What the macro of a kind is called."""
    return kind.replace("-", "_")


def clock(minutes: int) -> str:
    """Minutes since the beginning as one reads them off a clock: `1:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"
