"""How old somebody has to be to read a text with ease."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

SENTENCE = re.compile(r"[.!?:]+[\"”’)]*\s+|\n\s*[-*]\s+|\n{2,}")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]es?|[^aeioudt]ed)$")
# What is not read: keys, and where something comes from.
NOT_TEXT = frozenset({"key", "kind", "sources", "scenario", "module", "worksheet", "fields", "for"})
SCHOOL_STARTS = 5


def reading_age(text: str) -> float:
    """Give the age at which most people can read a text, in years.

    The grade of Flesch and Kincaid (Kincaid and others, 1975, US Naval Technical Training
    Command, Research Branch Report 8-75), and five years, when school starts.
    """
    sentences = [words for part in SENTENCE.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    per_word = sum(map(syllables, words)) / len(words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * per_word - 15.59
    return grade + SCHOOL_STARTS


@cache
def syllables(word: str) -> int:
    """Count syllables: the more of what hyphenation finds and of the vowels that are heard."""
    small = word.lower()
    heard = len(VOWELS.findall(small)) - bool(SILENT.search(small))
    return max(1, heard, len(_hyphens().positions(small)) + 1)


def text_of(data: Any) -> str:
    """Give all that is read of a content file's plain values, a paragraph for each text."""
    return "\n\n".join(_texts(data))


@cache
def _hyphens() -> Any:
    # Here, because only a check of content needs it.
    import pyphen

    return pyphen.Pyphen(lang="en_GB")


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in NOT_TEXT:
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
