"""What the home pages hold: what is next, what was written, what was made of it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viceversa import calendars, fragments, progress, reading, spreadsheets
from viceversa.content.library import Library, Page
from viceversa.fragments import Html
from viceversa.progress import Done, owners_of
from viceversa.store import answers as answers_kept
from viceversa.store import links, people, reports
from viceversa.store.answers import Owner

if TYPE_CHECKING:
    from viceversa.workbook import Book


@dataclass(frozen=True)
class Step:
    """Something to do next, and the page where it is done."""

    said: str
    title: str = ""
    address: str = ""


def next_step(book: Book) -> Html:
    """Say in a sentence or two what is next, each with the page it leads to."""
    return fragments.show("next_step", words=book.words, base=book.base, steps=_steps(book))


def answers(book: Book) -> Html:
    """Show every worksheet that holds something, with who can see each answer."""
    pairs = people.pairs_of(book.store, book.person.id)
    written = []
    for worksheet in book.library.readable:
        for owner in owners_of(worksheet.belongs_to, book.person, pairs):
            given = answers_kept.current(book.store, owner, worksheet.slug)
            parts = reading.read(worksheet, given, "self", book.words)
            if parts:
                page = _where(_page_of(book.library, worksheet.slug), owner)
                title = f"{worksheet.title}{_with_whom(book, owner, pairs)}"
                written.append((title, page, _reading(parts, book)))
    return fragments.show("answers", words=book.words, base=book.base, written=written)


def _reading(parts: Any, book: Book) -> Html:
    return fragments.show(
        "reading", parts=parts, titles=False, level=4, seen_by=True, none="", words=book.words
    )


def _with_whom(book: Book, owner: Owner, pairs: list[people.Pair]) -> str:
    """Say which of several plans this is; nothing where there is only one."""
    pair = next((pair for pair in pairs if pair.id == owner.id), None)
    other = people.partner(book.store, pair, book.person.id) if pair and len(pairs) > 1 else None
    return f": {book.words.say('pair-with', partner=other.name)}" if other else ""


def _where(page: Page | None, owner: Owner) -> Page | None:
    if page is None or owner.kind == "person":
        return page
    return page.model_copy(update={"page": f"{page.page}?with={owner.id}"})


def report(book: Book) -> Html:
    """Say whether one's report is ready, and where."""
    made = {
        (edition, kind): reports.newest(book.store, book.person.id, edition, kind)
        for edition in ("personal", "shared")
        for kind in ("html", "pdf")
    }
    latest = made["personal", "html"]
    on = _day(book, latest.at) if latest else ""
    return fragments.show("my_report", words=book.words, base=book.base, made=made, on=on)


def pages(book: Book) -> Html:
    """List the pages that people taking part will see."""
    shown = [
        (page, _minutes(book, page))
        for page in book.library.journey
        if page.worksheets and not page.under
    ]
    return fragments.show("trainer_pages", words=book.words, base=book.base, pages=shown)


def pages_under(book: Book, parent: str) -> Html:
    """List the pages that are reached from this one, with how far somebody is with each."""
    role = book.person.role
    own = [page for page in book.library.journey if page.under == parent and role in page.for_]
    listed = [(page, _minutes(book, page), _done(book, page)) for page in own]
    return fragments.show("modules", words=book.words, base=book.base, modules=listed)


def scheme(book: Book) -> Html:
    """Show who takes part and how far they are: counts, and never what anybody wrote."""
    if book.person.role != "coordinator" and not book.preview:
        raise PermissionError("This is for coordinators.")
    rows = [_row(book, person) for person in people.everyone(book.store)]
    taking_part = [row for row in rows if row["role"] in ("mentor", "mentee")]
    return fragments.show(
        "scheme",
        words=book.words,
        base=book.base,
        rows=rows,
        pairs=len(people.all_pairs(book.store)),
        alone=[row["name"] for row in taking_part if not row["partner"]],
        opened=sum(bool(row["opened"]) for row in taking_part),
        finished=sum(row["done"].of > 0 and row["done"].complete for row in taking_part),
        taking_part=len(taking_part),
    )


def export_file(exported: dict[str, Any], library: Library) -> bytes:
    """Pack everything on one person as a zip: a table to read, and all of it as JSON."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-answers.csv", "\ufeff" + _table(exported, library))
        archive.writestr("everything.json", json.dumps(exported, indent=2, ensure_ascii=False))
        archive.writestr("README.txt", library.words["export-readme"])
    return packed.getvalue()


def _steps(book: Book) -> list[Step]:
    words, person = book.words, book.person
    if person.role in ("trainer", "coordinator"):
        page = _find(book.library, f"{person.role}/home")
        return [_to(page, words[f"home-next-{person.role}"])]
    steps = [step for page in book.library.journey_for(person.role) if (step := _step(book, page))]
    return [*_meeting(book), *steps[:1]] or [Step(words["home-next-nothing"])]


def _minutes(book: Book, page: Page) -> int:
    return sum(one.minutes or 0 for one in book.library.readable if one.slug in page.worksheets)


def _done(book: Book, page: Page) -> Done:
    return progress.of_page(book.library, book.store, book.person, page)


def _to(page: Page | None, said: str) -> Step:
    return Step(said, page.title, page.page) if page else Step(said)


def _step(book: Book, page: Page) -> Step | None:
    """Say what to do on a page, or None when there is nothing left to do."""
    done = _done(book, page)
    if page.under or done.of == 0 or done.complete:
        return None
    if done.begun:
        said = book.words.say("home-next-carry-on", title=page.title, n=done.answered, of=done.of)
        return _to(page, said)
    said = book.words.say("home-next-start", title=page.title, minutes=_minutes(book, page))
    return _to(page, said)


def _meeting(book: Book) -> list[Step]:
    """Say when the next meeting is, the earliest of all that are planned with anybody."""
    coming = []
    for pair in people.pairs_of(book.store, book.person.id):
        other = people.partner(book.store, pair, book.person.id)
        owner = Owner("pair", pair.id)
        given = answers_kept.current(book.store, owner, "meeting-plan")
        meeting = calendars.next_meeting(reading.values(given).get("meetings") or [])
        if other and meeting:
            coming.append((meeting["date"], meeting.get("time", ""), owner.id, owner, other))
    if not coming:
        return []
    date, _, _, owner, other = min(coming, key=lambda one: one[:3])
    day = calendars.day_in_words(date, book.words)
    said = book.words.say("home-next-meeting", partner=other.name, date=day)
    return [_to(_where(_find(book.library, "pair/plan"), owner), said)]


def _row(book: Book, person: people.Person) -> dict[str, Any]:
    pairs = people.pairs_of(book.store, person.id)
    partners = [people.partner(book.store, pair, person.id) for pair in pairs]
    counted = [
        progress.of_page(book.library, book.store, person, page)
        for page in book.library.journey_for(person.role)
    ]
    given = links.made_for(book.store, person.id)
    shared = reports.newest(book.store, person.id, "shared", "html")
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "partner": ", ".join(partner.name for partner in partners if partner),
        "linked": bool(given),
        "opened": max((link.used_at for link in given if link.used_at), default=None),
        "done": Done(sum(one.answered for one in counted), sum(one.of for one in counted)),
        "shared": bool(shared),
    }


def _table(exported: dict[str, Any], library: Library) -> str:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([library.words[f"export-column-{name}"] for name in EXPORT_COLUMNS])
    everything = [
        *exported["answers"],
        *(one for pair in exported["pairs"] for one in pair["answers"]),
    ]
    for entry in everything:
        for row in _lines(entry, library):
            writer.writerow([spreadsheets.defuse(cell) for cell in row])
    return table.getvalue()


EXPORT_COLUMNS = ("worksheet", "question", "answer", "who", "when", "by")


def _lines(entry: dict[str, Any], library: Library) -> Any:
    worksheet = (
        library.worksheet(entry["worksheet"]) if entry["worksheet"] in library.slugs else None
    )
    field = worksheet.fields.get(entry["field"]) if worksheet else None
    for revision in entry["revisions"]:
        value = revision["value"]
        read = field.read(value, library.words) if field and value is not None else value
        yield (
            worksheet.title if worksheet else entry["worksheet"],
            field.ask if field else entry["field"],
            _plain(read),
            library.words[f"seen-by-{revision['seen_by']}"],
            revision["at"],
            revision["written_by"],
        )


def _plain(read: Any) -> str:
    if isinstance(read, list):
        return "\n".join(_plain(item) for item in read)
    if isinstance(read, dict):
        return "; ".join(f"{column}: {cell}" for column, cell in read.items() if cell)
    return "" if read is None else str(read)


def _page_of(library: Library, slug: str) -> Page | None:
    return next((page for page in library.journey if slug in page.worksheets), None)


def _find(library: Library, name: str) -> Page | None:
    return next((page for page in library.journey if page.page == name), None)


def _day(book: Book, at: Any) -> str:
    return calendars.day_in_words(at.astimezone().date().isoformat(), book.words)
