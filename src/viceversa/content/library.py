"""The library: worksheets, modules, scenarios, sessions, words and the journey, in one language."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from viceversa.content.documents import (
    MODULES,
    SCENARIOS,
    SESSIONS,
    WORKSHEETS,
    Document,
    read_document,
)
from viceversa.content.files import BadFile, read_yaml
from viceversa.content.modules import ALL, Module, all_of_them
from viceversa.content.names import ENGLISH, Model, Role, Slug, Text, is_slug, listed, nearest
from viceversa.content.scenarios import ScenarioFile
from viceversa.content.sessions import RunningOrder
from viceversa.content.shipped import shipped
from viceversa.content.words import Words
from viceversa.content.worksheets import Worksheet
from viceversa.errors import Missing


class Page(Model):
    """A page of the journey: its notebook (`reflection/mindset`), and who it is for."""

    page: Text
    title: Text
    about: Text | None = None
    for_: tuple[Role, ...] = ("mentor", "mentee")
    worksheets: tuple[Slug, ...] = ()
    # The page that leads here; such a page is in no menu.
    under: Text | None = None


JOURNEY = TypeAdapter(tuple[Page, ...])
WORDS = TypeAdapter(dict[str, str])


class Library:
    """Content from several folders: the first folder that has a file wins.

    Where a language lacks a file or a word, the English one stands in. The library reads a file
    when it is asked for; make a new one to see files that were added since.
    """

    def __init__(
        self,
        folders: Iterable[Path],
        language: str = ENGLISH,
        same: Mapping[str, str] = MappingProxyType({}),
    ):
        """Take the folders, the best first; `same` fills `{placeholders}` that stay the same, in
        words and in documents alike.
        """
        self.folders = tuple(Path(folder) for folder in folders)
        self.language = language
        self.same = same

    @cached_property
    def places(self) -> tuple[Path, ...]:
        """The language folders, best first: own language, then English."""
        languages = dict.fromkeys((self.language, ENGLISH))
        return tuple(folder / language for language in languages for folder in self.folders)

    def worksheet(self, slug: str) -> Worksheet:
        """Give a worksheet by its slug, or the one that a module is.

        Raises `Missing`, with the ones that exist, or `BadFile`, with what is wrong in it.
        """
        if self._path(WORKSHEETS, slug) is None:
            if self._path(MODULES, slug):
                return self._module_sheet(slug)
            if slug == ALL:
                scenarios = [self.scenario(one) for one in self.named(SCENARIOS)]
                return all_of_them(scenarios, self.words)
        return self._read(WORKSHEETS, slug, self.slugs)

    def module(self, slug: str) -> Module:
        """Give a module by its slug; raises as `worksheet` does."""
        return self._read(MODULES, slug)

    def scenario(self, slug: str) -> ScenarioFile:
        """Give a scenario by its slug; raises as `worksheet` does."""
        return self._read(SCENARIOS, slug)

    def session(self, slug: str) -> RunningOrder:
        """Give a running order by its slug; raises as `worksheet` does."""
        return self._read(SESSIONS, slug)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of all worksheets, modules and the one of all scenarios too; those of the
        journey first, in its order.
        """
        scenarios = {ALL} if self.named(SCENARIOS) else set()
        found = {*self.named(WORKSHEETS), *self.named(MODULES), *scenarios}
        met = [slug for page in self.journey for slug in page.worksheets if slug in found]
        return tuple(dict.fromkeys([*met, *sorted(found)]))

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The slugs of all modules, those of the journey first, in its order."""
        return tuple(slug for slug in self.slugs if slug in set(self.named(MODULES)))

    @cached_property
    def sessions(self) -> tuple[RunningOrder, ...]:
        """Every running order, the shortest first."""
        orders = [self.session(slug) for slug in self.named(SESSIONS)]
        return tuple(sorted(orders, key=lambda order: (order.minutes, order.slug)))

    @cached_property
    def readable(self) -> tuple[Worksheet, ...]:
        """The worksheets without a fault, for where one that is broken must not hide the others."""
        found = []
        for slug in self.slugs:
            with suppress(BadFile, Missing):
                found.append(self.worksheet(slug))
        return tuple(found)

    def named(self, document: Document) -> list[str]:
        """Give the slugs of all documents of a sort, in alphabetical order."""
        files = (place.glob(f"{document.folder}/*.yaml") for place in self.places)
        return sorted({path.stem for found in files for path in found})

    def worksheets(self) -> tuple[Worksheet, ...]:
        """Give every worksheet, those of the journey first, in its order."""
        return tuple(self.worksheet(slug) for slug in self.slugs)

    @cached_property
    def words(self) -> Words:
        """All words, by key: own language before English, the scheme's before ours."""
        words: dict[str, str] = {}
        for place in reversed(self.places):
            for path in sorted(place.glob("words/*.yaml")):
                words.update(_words_in(path))
        kept = Words(words, self.language)
        return Words({key: kept.say(key, **self.same) for key in kept}, self.language)

    @cached_property
    def journey(self) -> tuple[Page, ...]:
        """The pages in the order in which people meet them; none when there is no journey."""
        path = self._find("journey.yaml")
        if path is None:
            return ()
        try:
            return JOURNEY.validate_python(read_yaml(path), by_name=False)
        except ValidationError as error:
            raise _bad(path, JOURNEY) from error

    def journey_for(self, role: str) -> tuple[Page, ...]:
        """Give the pages that are for somebody with this role, in order."""
        return tuple(page for page in self.journey if role in page.for_)

    def page(self, name: str) -> Page:
        """Give a page of the journey by its name, such as `reflection/mindset`."""
        for page in self.journey:
            if page.page == name:
                return page
        raise Missing(_no_such("page", name, [page.page for page in self.journey]))

    def _module_sheet(self, slug: str) -> Worksheet:
        made = self._module_sheets.get(slug)
        module = self.module(slug)
        scenario = self.scenario(module.scenario)
        if made is None or made[0] != (module.stamp, scenario.stamp):
            sheet = module.worksheet(scenario, self.words)
            made = self._module_sheets[slug] = (module.stamp, scenario.stamp), sheet
        return made[1]

    @cached_property
    def _module_sheets(self) -> dict[str, tuple[tuple[str, str], Worksheet]]:
        return {}

    def _read(self, document: Document, slug: str, known: Iterable[str] | None = None) -> Any:
        path = self._path(document, slug)
        if path is None:
            raise Missing(_no_such(document.name, slug, known or self.named(document)))
        return read_document(document, path, self.same)

    def _path(self, document: Document, slug: str) -> Path | None:
        # Only a slug becomes part of a path: it may come from somebody's browser.
        return self._find(f"{document.folder}/{slug}.yaml") if is_slug(slug) else None

    def _find(self, name: str) -> Path | None:
        return next((place / name for place in self.places if (place / name).is_file()), None)


def shipped_library() -> Library:
    """Give what we ship; where no scheme says whom to ask, the words say it in general."""
    words = Library([shipped("content")]).words
    same = {"contact": words["page-contact"], "scheme": words["page-site-name"]}
    return Library([shipped("content")], same=same)


def _words_in(path: Path) -> dict[str, str]:
    words = read_yaml(path)
    if words is None:
        return {}
    if not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
        raise _bad(path, WORDS)
    return words


def _bad(path: Path, adapter: TypeAdapter[Any]) -> BadFile:
    # Here, because only a file with a fault needs it.
    from viceversa.content.shape import what_is_wrong

    return BadFile(what_is_wrong(path, adapter))


def _no_such(what: str, name: Any, known: Iterable[str]) -> str:
    known = list(known)
    near = nearest(str(name), known)
    meant = f" Did you mean “{near}”?" if near else ""
    there = f"These exist: {listed(known)}." if known else "There are none yet."
    return f"There is no {what} “{str(name)[:80]}”.{meant} {there}"
