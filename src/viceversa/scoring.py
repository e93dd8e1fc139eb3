"""Answers in, profile out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import Any, Literal

from viceversa.content.fields import IT_DEPENDS, Scale
from viceversa.content.worksheets import ProfileSpec, Worksheet

Z = 1.96  # the middle 95 % of a normal distribution

Place = Literal["low", "both", "high"]


@dataclass(frozen=True)
class Position:
    """Where answers stand between two ends, on the scale from 1 (low) to 7 (high).

    `low` and `high` bound the band; `score`, they and `place` are None when too few items were
    answered. `answered` counts answers from 1 to 7, `depends` counts "it depends", `of` all items.
    """

    key: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    place: Place | None
    answered: int
    depends: int
    of: int


@dataclass(frozen=True)
class Profile:
    """A position for each facet and one over all items."""

    positions: tuple[Position, ...]
    overall: Position

    @property
    def answered(self) -> int:
        """How many items have an answer, "it depends" among them."""
        return self.overall.answered + self.overall.depends

    @property
    def of(self) -> int:
        """How many items there are."""
        return self.overall.of


def profile(worksheet: Worksheet, answers: Mapping[str, Any]) -> Profile:
    """Score a person's answers, {field key: kept value}.

    A score is the mean of the items answered 1 to 7, when these are more than half of the items;
    "it depends" is left out of it. Raises ValueError for a worksheet without a profile.
    """
    spec = worksheet.profile
    if spec is None:
        raise ValueError(f"The worksheet “{worksheet.slug}” has no profile to score.")
    facets = [
        _position(facet.key, facet.title, _items(worksheet, facet.key), answers, spec)
        for facet in spec.facets
    ]
    overall = _position("overall", spec.title, worksheet.scales, answers, spec)
    return Profile(tuple(facets), overall)


def error_of_measurement(spec: ProfileSpec) -> float:
    """Give the standard error of measurement, on the scale of 1 to 7.

    SEM = SD·√(1−r), as classical test theory has it (Lord and Novick 1968).
    """
    return spec.spread * sqrt(1 - spec.reliability)


def clear_change(spec: ProfileSpec) -> float:
    """Give the smallest difference between two scores that is a clear change.

    1.96·√2·SEM: the reliable change of Jacobson and Truax (1991).
    """
    return Z * sqrt(2) * error_of_measurement(spec)


def change(
    before: float | None, after: float | None, spec: ProfileSpec
) -> Literal["no clear change", "clear change"] | None:
    """Say whether two scores differ by more than chance; None where a score is missing."""
    if before is None or after is None:
        return None
    clear = abs(after - before) >= clear_change(spec)
    return "clear change" if clear else "no clear change"


def _items(worksheet: Worksheet, facet: str) -> list[Scale]:
    return [item for item in worksheet.scales if item.facet == facet]


def _position(
    key: str, title: str, items: Sequence[Scale], answers: Mapping[str, Any], spec: ProfileSpec
) -> Position:
    scores = [item.score(answers.get(item.key)) for item in items]
    numbers = [score for score in scores if score is not None]
    depends = sum(answers.get(item.key) == IT_DEPENDS for item in items)
    # More than half: of four items three, as with two the band would hardly be a band.
    score = fmean(numbers) if len(numbers) * 2 > len(items) else None
    low, high = _band(score, spec)
    place = _place(score, spec)
    return Position(key, title, score, low, high, place, len(numbers), depends, len(items))


def _band(score: float | None, spec: ProfileSpec) -> tuple[float | None, float | None]:
    if score is None:
        return None, None
    width = Z * error_of_measurement(spec)
    return max(1.0, score - width), min(7.0, score + width)


def _place(score: float | None, spec: ProfileSpec) -> Place | None:
    if score is None:
        return None
    low, high = spec.overlap
    if score < low:
        return "low"
    return "high" if score > high else "both"
