"""Pictures of answers, each with the same said in words: plain SVG, for the page and the report.

matplotlib could draw these too. A few lines of SVG load in no time in every kernel, keep their text
as text at its full size on a phone, and take the page's colours in light and dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from viceversa.content.fields import HOW_LONG_AGO, Field
from viceversa.content.words import Words
from viceversa.content.worksheets import ProfileSpec, Worksheet
from viceversa.scoring import Position, Profile

# Across, everything is in per cent, so that a picture fits a phone with its text at full size.
FIRST, LAST = 4.0, 96.0
ROW = 44
INK, QUIET, HAIR, ACCENT = "vv-ink", "vv-quiet-ink", "vv-hairline", "vv-accent-ink"


@dataclass(frozen=True)
class Picture:
    """An SVG, what it is called, and sentences that say the same."""

    svg: str
    title: str
    said: tuple[str, ...]


def position_picture(
    position: Position, ends: tuple[str, str], spec: ProfileSpec, words: Words, whose: str = ""
) -> Picture:
    """Draw where answers lie between two ends: a dot, its band, and the zone where both hold.

    `whose` is empty for the reader's own result, else the name of the partner whose it is.
    """
    title = words.say("profile-chart-label", facet=position.title)
    said = position_sentence(position, ends, words, whose)
    svg = _canvas(84, title, said)
    low, high = spec.overlap
    _box(svg, _x(low), 34, _x(high), 28, "vv-zone")
    _line(svg, FIRST, 48, LAST, 48)
    for place in range(1, 8):
        _line(svg, _x(place), 44, _x(place), 52)
        _text(svg, _x(place), 78, str(place), "middle", QUIET, 13)
    _text(svg, 0, 18, ends[0], "start", INK, 15)
    _text(svg, 100, 18, ends[1], "end", INK, 15)
    if position.score is not None and position.low is not None and position.high is not None:
        _box(svg, _x(position.low), 42, _x(position.high), 12, "vv-band")
        _dot(svg, _x(position.score), 48)
    return Picture(tostring(svg, encoding="unicode"), title, (said,))


def position_sentence(
    position: Position, ends: tuple[str, str], words: Words, whose: str = ""
) -> str:
    """Say in one sentence where answers lie."""
    kind = "overall" if position.key == "overall" else "partner" if whose else "facet"
    return words.say(
        f"profile-{kind}-{position.place or 'none'}",
        facet=position.title,
        partner=whose,
        low=ends[0],
        high=ends[1],
        score=_number(position.score),
        **{"from": _number(position.low), "to": _number(position.high)},
        n=position.answered,
        of=position.of,
    )


def profile_pictures(
    profile: Profile, spec: ProfileSpec, words: Words, whose: str = ""
) -> tuple[Picture, ...]:
    """Draw one picture for each facet, in the order of the worksheet."""
    return tuple(
        position_picture(position, (facet.low.name, facet.high.name), spec, words, whose)
        for position, facet in zip(profile.positions, spec.facets, strict=True)
    )


def timeline_picture(
    worksheet: Worksheet, values: Mapping[str, str], words: Words
) -> Picture | None:
    """Draw when each thing last happened, a row a question; None when nothing was answered."""
    spec = worksheet.timeline
    if spec is None or not any(key in values for key in spec.fields):
        return None
    asked = [(_name(worksheet.fields[key]), values[key]) for key in spec.fields if key in values]
    said = timeline_sentences(asked, words)
    svg = _canvas(56 + ROW * len(asked), spec.title, " ".join(said))
    columns = [FIRST + 4 + number * 16.8 for number in range(len(HOW_LONG_AGO))]
    for x, when in zip(columns, HOW_LONG_AGO, strict=True):
        first, _, second = words[f"timeline-column-{when}"].partition(" ")
        _text(svg, x, 16, first, "middle", QUIET, 12)
        _text(svg, x, 31, second, "middle", QUIET, 12)
    for row, (what, when) in enumerate(asked):
        y = 62 + ROW * row
        _text(svg, 0, y, what, "start", INK, 14)
        _line(svg, columns[0], y + 17, columns[-1], y + 17)
        for x in columns:
            _line(svg, x, y + 13, x, y + 21)
        _dot(svg, columns[HOW_LONG_AGO.index(when)], y + 17)
    return Picture(tostring(svg, encoding="unicode"), spec.title, said)


def timeline_sentences(asked: list[tuple[str, str]], words: Words) -> tuple[str, ...]:
    """Say the timeline in words, a sentence for each stretch of time that holds something."""
    groups = {when: [what for what, at in asked if at == when] for when in HOW_LONG_AGO}
    return tuple(
        words.say(f"timeline-group-{when}", what="; ".join(group))
        for when, group in groups.items()
        if group
    )


def _name(field: Field) -> str:
    return getattr(field, "short", None) or field.ask


def _x(place: float) -> float:
    return FIRST + (place - 1) * (LAST - FIRST) / 6


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _canvas(height: int, title: str, said: str) -> Element:
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", width="100%", height=str(height))
    svg.set("class", "vv-picture")
    svg.set("role", "img")
    svg.set("aria-label", f"{title}. {said}")
    return svg


def _line(svg: Element, x1: float, y1: float, x2: float, y2: float) -> None:
    ends = {"x1": f"{x1:.2f}%", "y1": str(y1), "x2": f"{x2:.2f}%", "y2": str(y2)}
    SubElement(svg, "line", ends | {"class": HAIR})


def _box(svg: Element, x1: float, y: float, x2: float, height: float, name: str) -> None:
    places = {"x": f"{x1:.2f}%", "y": str(y), "width": f"{x2 - x1:.2f}%", "height": str(height)}
    SubElement(svg, "rect", places | {"class": name, "rx": "6"})


def _dot(svg: Element, x: float, y: float) -> None:
    SubElement(svg, "circle", {"class": ACCENT, "cx": f"{x:.2f}%", "cy": str(y), "r": "8"})


def _text(svg: Element, x: float, y: float, text: str, anchor: str, name: str, size: int) -> None:
    places = {"x": f"{x:.2f}%", "y": str(y), "text-anchor": anchor, "font-size": str(size)}
    SubElement(svg, "text", places | {"class": name}).text = text
