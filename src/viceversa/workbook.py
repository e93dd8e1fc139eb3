"""What a notebook holds: one person, their worksheets and what becomes of them.

``book = workbook.open()`` is the first cell of every notebook. Under the server it is the signed-in
person's book. Anywhere else (JupyterLab, a test, a curious author) it is a preview: a fictional
person, and a store in memory that is gone when the kernel ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from viceversa import calendars, fragments, home, reading, results, scheme
from viceversa.content.library import Library, shipped_library
from viceversa.content.markdown import to_html
from viceversa.content.words import Words
from viceversa.content.worksheets import Story, Worksheet
from viceversa.fragments import Html
from viceversa.progress import owner_of
from viceversa.saving import Desk
from viceversa.store import Store, answers, export, memory_store, open_store, people
from viceversa.store.answers import Owner
from viceversa.store.people import Pair, Person
from viceversa_widgets import Chart, Console, Download, Sheet
from viceversa_widgets.words import shipped_words


@dataclass
class Book:
    """One person's workbook; each method is what a cell shows."""

    store: Store
    library: Library
    person: Person
    pair: Pair | None = None
    settings: Any = None
    base: str = "../"
    preview: bool = False
    _said_no_partner: bool = False
    _known: dict[str, int] = field(default_factory=dict)
    _watchers: list[Callable[[], None]] = field(default_factory=list)

    @property
    def words(self) -> Any:
        return self.library.words

    @property
    def partner(self) -> Person | None:
        """The other person of the pair, if there is a pair and they are still here."""
        return people.partner(self.store, self.pair, self.person.id) if self.pair else None

    def worksheet(self, slug: str, heading: int = 2) -> Sheet | Html:
        """Show a worksheet to write on; everything is kept as it is written.

        `heading` is the level of its headings: one more than that of the heading it stands under.
        """
        worksheet = self.library.worksheet(slug)
        owner = owner_of(worksheet.belongs_to, self.person, self.pair)
        if owner is None:
            return self._no_partner()
        desk = Desk(self.store, worksheet, owner, self.person.id, self.words, self._changed)
        sheet = sheet_for(
            worksheet,
            self.words,
            answers=desk.answers(),
            drafts=f"{self.person.id}:{owner.id}",
            live=owner.kind == "pair",
            preview=self.preview,
            heading_level=heading,
        )
        sheet.on_save(desk.save)
        sheet.on_refresh(lambda: self._news(desk))
        return sheet

    def profile(self, slug: str) -> Chart:
        """Show the person's result, drawn anew with every answer."""
        return self._live(lambda: results.profile(self._sheet(slug), self._own(slug), self.words))

    def timeline(self, slug: str) -> Chart:
        """Show when each thing last happened, drawn anew with every answer."""
        return self._live(lambda: results.timeline(self._sheet(slug), self._own(slug), self.words))

    def partners_profile(self, slug: str) -> Chart:
        """Show the partner's result, once both of the pair have said yes."""
        return self._live(lambda: self._partners_profile(slug))

    def partners_words(self, slug: str) -> Chart:
        """Show what the partner has marked for the pair on a worksheet of their own."""
        return self._live(lambda: self._partners_words(slug))

    def choose_pair(self) -> Html:
        """Say whose plan this is; a mentor of two chooses which."""
        pairs = people.pairs_of(self.store, self.person.id)
        if not pairs:
            return self._no_partner()
        both = [(pair, people.partner(self.store, pair, self.person.id)) for pair in pairs]
        return fragments.show("pairs", words=self.words, pairs=both, here=self.pair)

    def calendar(self) -> Download | Html:
        """Offer the pair's meetings as a calendar file; nothing where there is no pair."""
        if self.pair is None:
            return Html("")
        return self._download("pair-calendar-button", self._make_calendar)

    def pages_under(self, page: str) -> Html:
        """List the pages that this one leads to, such as the modules, with how far one is."""
        return home.pages_under(self, page)

    def next_step(self) -> Html:
        """Say what is next for this person, in one sentence with a link."""
        return home.next_step(self)

    def written(self) -> Html:
        """Show everything the person has written, with who can see it."""
        return home.answers(self)

    def report(self) -> Html:
        """Show whether the person's report is ready, and where."""
        return home.report(self)

    def privacy(self) -> Html:
        """Say who can see what."""
        return fragments.show("privacy", words=self.words)

    def data(self) -> Download:
        """Offer everything the store holds on this person as a file."""
        return self._download("export-button", self._make_export)

    def delete(self) -> Html:
        """Lead to the page where everything can be deleted."""
        return fragments.show("delete_link", words=self.words, base=self.base, preview=self.preview)

    def sources(self, *slugs: str) -> Html:
        """Show where the ideas of these worksheets come from."""
        return results.sources([self._sheet(slug) for slug in slugs], self.words)

    def scheme(self) -> Html:
        """Show a coordinator the people, the links and how far everyone is; no words of theirs."""
        return home.scheme(self)

    def pages(self) -> Html:
        """Show a trainer the pages that people taking part will see."""
        return home.pages(self)

    def console(self) -> Console:
        """Show a trainer the desk from which a live session is led."""
        # Not imported above: only this page needs all that a session is made of.
        from viceversa import console

        return console.console(self)

    def _sheet(self, slug: str) -> Worksheet:
        return self.library.worksheet(slug)

    def _own(self, slug: str) -> dict[str, Any]:
        owner = owner_of(self._sheet(slug).belongs_to, self.person, self.pair)
        return reading.values(answers.current(self.store, owner, slug)) if owner else {}

    def _partners_profile(self, slug: str) -> Html:
        return results.partners_profile(
            self.store, self._sheet(slug), self.person, self.partner, self.words
        )

    def _partners_words(self, slug: str) -> Html:
        if self.partner is None:
            return self._no_partner()
        given = answers.current(self.store, Owner("person", self.partner.id), slug)
        parts = reading.read(self._sheet(slug), given, "partner", self.words)
        none = self.words.say("pair-theirs-none", partner=self.partner.name)
        return fragments.show(
            "reading",
            parts=parts,
            titles=False,
            level=4,
            seen_by=False,
            none=none,
            words=self.words,
        )

    def _no_partner(self) -> Html:
        """Say once what to do without a partner, and then only that there is none."""
        said, self._said_no_partner = self._said_no_partner, True
        if said or self.pair:
            key = "pair-partner-left-title" if self.pair else "pair-no-partner-title"
            return fragments.show("sentence", text=f"{self.words[key]}.")
        return fragments.show("no_partner", words=self.words)

    def _live(self, draw: Callable[[], Html]) -> Chart:
        chart = Chart(said_html=str(draw()))

        def redraw() -> None:
            chart.said_html = str(draw())

        self._watchers.append(redraw)
        return chart

    def _changed(self) -> None:
        for redraw in self._watchers:
            redraw()

    def _news(self, desk: Desk) -> dict[str, dict[str, Any]] | None:
        """What has been written elsewhere since the page last asked; None when nothing was."""
        owners = [Owner("person", person.id) for person in (self.person, self.partner) if person]
        owners += [Owner("pair", self.pair.id)] if self.pair else []
        known = self._known.get(desk.worksheet.slug)
        news, self._known[desk.worksheet.slug] = answers.changed_since(self.store, owners, known)
        if known is not None and not news:
            return None
        self._changed()
        return desk.answers()

    def _download(self, label: str, make: Callable[[], Any]) -> Download:
        download = Download(label=self.words[label], words=words_of_controls(self.words))
        download.on_make(make)
        return download

    def _make_calendar(self) -> Any:
        meetings = self._own("meeting-plan").get("meetings") or []
        if not self.pair or not any(meeting.get("date") for meeting in meetings):
            return {"failed": self.words["pair-calendar-none"]}
        made = calendars.calendar(
            meetings, title=self.words["pair-calendar-event"], pair=self.pair.id
        )
        return "meetings.ics", "text/calendar", made

    def _make_export(self) -> Any:
        made = home.export_file(export.export(self.store, self.person.id), self.library)
        return "my-workbook.zip", "application/zip", made


def open() -> Book:
    """Open the book of the person whose page this is, or a preview with a fictional one."""
    person_id = os.environ.get("VICEVERSA_PERSON")
    if not person_id:
        return preview()
    settings = scheme.Scheme.open(os.environ["VICEVERSA_SCHEME"])
    return of_person(settings, open_store(settings.store_url), person_id)


def of_person(settings: scheme.Scheme, store: Store, person_id: str) -> Book:
    """Open somebody's book from a store; the environment says which pair, and where pages are."""
    person = people.get(store, person_id)
    pairs = people.pairs_of(store, person_id)
    wanted = os.environ.get("VICEVERSA_PAIR")
    pair = next((pair for pair in pairs if pair.id == wanted), pairs[0] if pairs else None)
    language = person.language if person.language in settings.languages else None
    base = os.environ.get("VICEVERSA_BASE", "/")
    return Book(store, settings.library(language), person, pair, settings, base)


def preview(library: Library | None = None) -> Book:
    """Make a book of a fictional pair that is kept nowhere, with what is at hand here."""
    folder = None if library else scheme.find(Path.cwd())
    settings = scheme.Scheme.open(folder) if folder else None
    library = library or (settings.library() if settings else shipped_library())
    store = memory_store()
    mentor = people.add(store, "Sam Preview", "sam@example.org", "mentor")
    mentee = people.add(store, "Alex Preview", "alex@example.org", "mentee")
    pair = people.join(store, mentor.id, mentee.id)
    return Book(store, library, mentor, pair, settings, preview=True)


def sheet_for(worksheet: Worksheet, words: Words, **traits: Any) -> Sheet:
    """Return the widget for a worksheet, in these words."""
    sections = _sections(worksheet)
    return Sheet(name=worksheet.slug, sections=sections, words=words_of_controls(words), **traits)


def words_of_controls(words: Words) -> dict[str, str]:
    """Return those of the words that the controls on a page say."""
    return {key: words[key] for key in shipped_words()}


# The words of a worksheet are the same for everybody.
_html = lru_cache(maxsize=1000)(to_html)


def _sections(worksheet: Worksheet) -> list[dict[str, Any]]:
    """Return the sections as the sheet takes them, the introduction as one without questions."""
    intro = {"title": "", "text_html": _html(worksheet.intro), "fields": []}
    parts = [
        {
            "title": section.title,
            "text_html": _html(section.text) if section.text else "",
            "fields": [field.look() for field in section.fields],
            **({"story": _told(section.story)} if section.story else {}),
        }
        for section in worksheet.sections
    ]
    return [intro, *parts] if worksheet.intro else parts


def _told(story: Story) -> dict[str, Any]:
    return {"title": story.title, "text_html": _html(story.text), "made_up": story.made_up}
