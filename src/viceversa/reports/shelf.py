"""The content that reports are made from, read once: a report looks a worksheet up fifty times."""

from __future__ import annotations

from viceversa.content.library import Library
from viceversa.content.worksheets import Worksheet
from viceversa.scheme import Scheme


class Shelf(Library):
    """A library in which each worksheet stays as it was when it was first asked for."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.folders, library.language, library.same)
        self._kept: dict[str, Worksheet] = {}

    def worksheet(self, slug: str) -> Worksheet:
        """Give a worksheet by its slug; raises as a library does."""
        if slug not in self._kept:
            self._kept[slug] = super().worksheet(slug)
        return self._kept[slug]


def shelf(settings: Scheme, language: str | None) -> Shelf:
    """Give the content of a scheme's reports in a language; None is the scheme's first."""
    return Shelf(settings.library(language))
