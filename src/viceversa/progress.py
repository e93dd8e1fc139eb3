"""How far somebody is: how many of a page's questions, but for the optional ones, are answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from viceversa import reading
from viceversa.content.library import Library, Page
from viceversa.store import Store, answers, people
from viceversa.store.answers import Owner
from viceversa.store.people import Pair, Person


@dataclass(frozen=True)
class Done:
    """So many of so many questions answered."""

    answered: int
    of: int

    @property
    def complete(self) -> bool:
        return self.answered >= self.of

    @property
    def begun(self) -> bool:
        return self.answered > 0


def owner_of(belongs_to: str, person: Person, pair: Pair | None) -> Owner | None:
    """Return whose answers a worksheet holds; None for a pair's sheet of somebody without one."""
    if belongs_to == "person":
        return Owner("person", person.id)
    return Owner("pair", pair.id) if pair else None


def of_page(library: Library, store: Store, person: Person, page: Page) -> Done:
    """Count the answers to all worksheets of a page, but for optional questions.

    A pair's sheet counts for both of the pair.
    Somebody with several partners has as many plans to fill in.
    """
    return of_pages(library, store, person, [page])[0]


def of_pages(library: Library, store: Store, person: Person, pages: Iterable[Page]) -> list[Done]:
    """Count as `of_page` does, for many pages with one question to the store an owner."""
    pairs = people.pairs_of(store, person.id)
    worksheets = {one.slug: one for one in library.readable if person.role in one.for_}
    everything = cache(lambda owner: answers.everything(store, owner))

    def given_to(slug: str) -> Iterator[Done]:
        worksheet = worksheets[slug]
        counted = [key for key, field in worksheet.fields.items() if not field.optional]
        for owner in owners_of(worksheet.belongs_to, person, pairs):
            given = reading.values(everything(owner).get(slug, {}))
            yield Done(sum(key in given for key in counted), len(counted))

    return [
        together(done for slug in page.worksheets if slug in worksheets for done in given_to(slug))
        for page in pages
    ]


def together(parts: Iterable[Done]) -> Done:
    """Add up how far somebody is."""
    known = list(parts)
    return Done(sum(done.answered for done in known), sum(done.of for done in known))


def owners_of(belongs_to: str, person: Person, pairs: list[Pair]) -> list[Owner]:
    """Return all whose answers a worksheet holds for this person: theirs, or each pair's."""
    if belongs_to == "person":
        return [Owner("person", person.id)]
    return [Owner("pair", pair.id) for pair in pairs]
