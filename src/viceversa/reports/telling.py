"""How a report says things: its words, its headings, and answers as they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from viceversa import calendars, fragments, reading
from viceversa.content.fields import Field
from viceversa.content.library import Library
from viceversa.content.words import Words
from viceversa.fragments import Html
from viceversa.reports.material import Given, Material

NOTHING = Html("")


@dataclass(frozen=True)
class Telling:
    """One edition's voice.

    The shared edition leaves out a section with nothing in it, heading and all: whether somebody
    wrote there at all is theirs to tell. Where it says something in other words, their key ends
    in `-shared`.
    """

    material: Material
    library: Library

    @property
    def words(self) -> Words:
        return self.library.words

    @property
    def personal(self) -> bool:
        return self.material.edition == "personal"

    def say(self, key: str, **values: Any) -> str:
        """Say something, with the names that any word of a report may hold filled in."""
        known = self.material
        shared = f"{key}-shared"
        same = {
            "name": known.person.name,
            "role": self.words[f"page-role-{known.person.role}"],
            "scheme": known.scheme,
            "organisation": known.organisation,
            "contact": known.contact,
        }
        own = shared if not self.personal and shared in self.words else key
        return self.words.say(own, **(same | values))

    def sentence(self, key: str, **values: Any) -> Html:
        """Say something as a paragraph."""
        return fragments.show("sentence", text=self.say(key, **values))

    def part(self, level: int, heading: str, *bodies: Html, look: str = "") -> Html:
        """Put a heading over something; nothing when there is nothing under it."""
        body = joined(bodies)
        if not body.text:
            return NOTHING
        return fragments.show("report_part", level=level, heading=heading, body=body, look=look)

    def section(
        self, key: str, *bodies: Html, none: str = "", look: str = "", **values: Any
    ) -> Html:
        """Make a section; where it is empty the personal edition says so with the words `none`."""
        body = joined(bodies)
        if not body.text and none and self.personal:
            body = self.sentence(none)
        return self.part(2, self.say(key, **values), body, look=look)

    def answers(
        self,
        given: Given,
        slug: str,
        wanted: Callable[[Field], bool] = lambda _: True,
        usual: str | None = "only-me",
    ) -> Html:
        """Show answers to one worksheet; who else sees each is said where it is not the `usual`."""
        worksheet = self.library.worksheet(slug)
        chosen = {key for key, asked in worksheet.fields.items() if wanted(asked)}
        kept = {key: one for key, one in given.get(slug, {}).items() if key in chosen}
        # `given` holds no more than the reader may see, so that "self" shows all of it.
        parts = reading.read(worksheet, kept, "self", self.words)
        if not parts:
            return NOTHING
        return fragments.show(
            "reading",
            parts=parts,
            titles=False,
            level=4,
            seen_by=self.personal and usual is not None,
            usual=usual,
            none="",
            words=self.words,
        )

    def sheets(
        self,
        given: Given,
        slugs: Iterable[str],
        level: int,
        wanted: Callable[[str], Callable[[Field], bool]] = lambda _: lambda _: True,
        usual: str | None = "only-me",
    ) -> list[Html]:
        """Show answers to several worksheets, each under its title; empty ones drop out."""
        return [
            self.part(
                level,
                self.library.worksheet(slug).title,
                self.answers(given, slug, wanted(slug), usual),
            )
            for slug in slugs
        ]

    def day(self, day: str) -> str:
        """Say a day such as 2026-03-04 as people do."""
        return calendars.day_in_words(day, self.words)


def joined(pieces: Iterable[Html]) -> Html:
    """Put pieces of HTML one under the other."""
    return Html("\n".join(piece.text for piece in pieces if piece.text))
