"""What becomes of a worksheet: a profile, a timeline, its sources, as pieces of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from viceversa import access, fragments, pictures, reading, scoring
from viceversa.content.citing import together
from viceversa.content.words import Words
from viceversa.content.worksheets import ProfileSpec, Worksheet
from viceversa.fragments import Html
from viceversa.scoring import Position
from viceversa.store import Store, answers
from viceversa.store.answers import Owner
from viceversa.store.people import Person


@dataclass(frozen=True)
class Where:
    """A position, and whether its band reaches over the overlap zone without the dot in it."""

    position: Position
    spec: ProfileSpec

    @property
    def crosses(self) -> bool:
        position, (low, high) = self.position, self.spec.overlap
        if position.low is None or position.high is None or position.place == "both":
            return False
        return position.low < high and position.high > low


def profile(
    worksheet: Worksheet,
    values: Mapping[str, Any],
    words: Words,
    *,
    whose: str = "",
    ends: bool = True,
    level: int = 3,
) -> Html:
    """Show a profile: a picture and a sentence a facet, both ends' strengths and costs, caveats."""
    spec = _spec(worksheet)
    scored = scoring.profile(worksheet, values)
    drawn = pictures.profile_pictures(scored, spec, words, whose)
    wheres = [Where(position, spec) for position in scored.positions]
    overall = pictures.position_sentence(scored.overall, (spec.low.name, spec.high.name), words)
    return fragments.show(
        "profile",
        title=words.say("profile-partner-title", partner=whose)
        if whose
        else words["profile-title"],
        words=words,
        spec=spec,
        profile=scored,
        enough=any(position.score is not None for position in scored.positions),
        whose=whose,
        overall=overall,
        facets=list(zip(drawn, spec.facets, wheres, strict=True)),
        ends=ends,
        level=level,
    )


def partners_profile(
    store: Store, worksheet: Worksheet, person: Person, partner: Person | None, words: Words
) -> Html:
    """Show the partner's profile only when both have said yes; else say what stands in the way."""
    if partner is None:
        return _sentence(words["profile-no-partner"])
    mine, theirs = (_given(store, one, worksheet) for one in (person, partner))
    field = worksheet.partner_may_see_when
    if not access.agrees(mine, field):
        return _sentence(words.say("profile-partner-not-asked", partner=partner.name))
    if not access.may_swap(mine, theirs, field):
        return _sentence(words.say("profile-partner-waiting", partner=partner.name))
    result = profile(worksheet, theirs, words, whose=partner.name, ends=False)
    said = _sentence(words["profile-partner-both-yes"])
    return Html(f"{said}{result}")


def timeline(worksheet: Worksheet, values: Mapping[str, Any], words: Words) -> Html:
    """Show when each thing last happened."""
    picture = pictures.timeline_picture(worksheet, values, words)
    title = worksheet.timeline.title if worksheet.timeline else worksheet.title
    return fragments.show("timeline", title=title, picture=picture, words=words)


def sources(worksheets: Iterable[Worksheet], words: Words) -> Html:
    """Show the sources of several worksheets, each once, with all that was taken from it."""
    listed = together(*(worksheet.sources for worksheet in worksheets))
    return fragments.show("sources", sources=listed, words=words)


def _given(store: Store, person: Person, worksheet: Worksheet) -> dict[str, Any]:
    return reading.values(answers.current(store, Owner("person", person.id), worksheet.slug))


def _spec(worksheet: Worksheet) -> ProfileSpec:
    if worksheet.profile is None:
        raise ValueError(f"The worksheet “{worksheet.slug}” has no profile to show.")
    return worksheet.profile


def _sentence(text: str) -> Html:
    return fragments.show("sentence", text=text)
