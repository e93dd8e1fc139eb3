"""What a report's notebook holds: one person's material, each method a section."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from viceversa import fragments, reading, results, scheme
from viceversa.content.fields import Field, Scale
from viceversa.content.library import Library
from viceversa.content.modules import ALL
from viceversa.content.worksheets import Worksheet
from viceversa.fragments import Html
from viceversa.reports.material import Edition, Material, check_edition, gather
from viceversa.reports.plans import show_meeting, show_plan
from viceversa.reports.shelf import shelf
from viceversa.reports.telling import NOTHING, Telling, joined
from viceversa.store import open_store, people

# These have a section of their own, so they are left out of the other words.
EXPERIMENT = ("experiment-what", "experiment-when", "experiment-how-i-will-know")
QUESTIONS = "questions-to-bring"
TOGETHER = "vv-together"


@dataclass(frozen=True)
class Report:
    """One edition of one person's report.

    In the shared edition a section with nothing in it is left out, heading and all: whether
    somebody wrote there at all is theirs to tell.
    """

    material: Material
    library: Library
    today: date = field(default_factory=date.today)

    def is_for(self, person: str, edition: Edition) -> bool:
        """Tell whether this is that edition of that person's report."""
        return (self.material.person.id, self.material.edition) == (person, edition)

    def heading(self) -> Html:
        """Say whose report this is, what it holds and who may read it."""
        say, known = self._telling.say, self.material
        return fragments.show(
            "report_heading",
            title=say("report-title"),
            scheme=say("report-scheme" if known.organisation else "report-scheme-only"),
            who=say("report-for-role"),
            pair=self._partners(),
            made=say("report-made-on", date=self._telling.day(self.today.isoformat())),
            edition=say(
                f"report-edition-{known.edition}" + ("" if self._holds_words else "-empty")
            ),
            answered=self._answered() if self._telling.personal else "",
        )

    def profile(self, slug: str) -> Html:
        """Show where the answers sit, both ends' strengths and costs, and the answers."""
        worksheet, values = self.library.worksheet(slug), self._values(slug)
        if not any(scale.key in values for scale in worksheet.scales):
            return self._telling.section("report-profile-heading", none="report-profile-none")
        whose = "" if self._telling.personal else self.material.person.name
        drawn = results.profile(worksheet, values, self.library.words, whose=whose)
        answered = self._answers(slug, lambda asked: isinstance(asked, Scale))
        heading = self._telling.say("report-profile-answers-heading")
        one_by_one = self._telling.part(3, heading, answered, look="vv-one-by-one")
        return self._telling.section("report-profile-heading", drawn, one_by_one)

    def timeline(self, slug: str) -> Html:
        """Show when each thing last happened."""
        worksheet, values = self.library.worksheet(slug), self._values(slug)
        placed = any(key in values for key in _on_timeline(worksheet))
        drawn = results.timeline(worksheet, values, self.library.words) if placed else NOTHING
        return self._telling.section("report-timeline-heading", drawn, none="report-timeline-none")

    def experiment(self, slug: str) -> Html:
        """Show the one small thing that the person means to try."""
        body = self._answers(slug, lambda asked: asked.key in EXPERIMENT)
        return self._short("report-experiment", body)

    def own_words(self, *slugs: str) -> Html:
        """Show what else the person wrote on these worksheets, question by question."""
        tell = self._telling
        said = joined(tell.sheets(self.material.own, slugs, 3, self._is_own_word))
        intro = tell.sentence("report-words-intro") if said.text and tell.personal else NOTHING
        return tell.section("report-words-heading", intro, said, none="report-words-none")

    def learning(self) -> Html:
        """Show what the person thought and promised in the modules, module by module."""
        tell = self._telling
        return tell.section(
            "report-learning-heading", *tell.sheets(self.material.own, self.library.modules, 3)
        )

    def plan(self) -> Html:
        """Show what each pair planned together, and what the partner shares with the pair."""
        if not self.material.plans:
            return self._telling.section("report-plan-heading", none="report-pair-none")
        return joined(show_plan(self._telling, plan) for plan in self.material.plans)

    def next_meeting(self) -> Html:
        """Show the next meeting of each pair, the soonest first, with what there is to prepare."""
        plans = [plan for plan in self.material.plans if plan.next_meeting]
        plans.sort(key=lambda plan: plan.next_meeting["date"] if plan.next_meeting else "")
        several = len(self.material.plans) > 1
        shown = (show_meeting(self._telling, plan, name_partner=several) for plan in plans)
        return self._short("report-meeting", *shown)

    def questions(self, slug: str) -> Html:
        """Show the questions that the person wants to bring."""
        asked = self._values(slug).get(QUESTIONS)
        body = fragments.show("report_list", items=asked) if asked else NOTHING
        return self._short("report-questions", body)

    def privacy(self) -> Html:
        """Say who can see what; the shared edition says so at its head."""
        if not self._telling.personal:
            return NOTHING
        keys = ("personal", "take-back", "machine")
        said = (self._telling.sentence(f"report-who-sees-{key}") for key in keys)
        return self._telling.section("report-who-sees-heading", *said, look=TOGETHER)

    def sources(self, *slugs: str) -> Html:
        """Show where the ideas of these worksheets come from, in the personal edition."""
        if not self._telling.personal:
            return NOTHING
        listed = results.sources(
            [self.library.worksheet(slug) for slug in slugs], self.library.words
        )
        intro = self._telling.sentence("report-sources-intro")
        return self._telling.section("report-sources-heading", intro, listed)

    @property
    def _telling(self) -> Telling:
        return Telling(self.material, self.library)

    @property
    def _holds_words(self) -> bool:
        shared = self.material.own or any(plan.ours for plan in self.material.plans)
        return self._telling.personal or bool(shared)

    def _partners(self) -> str:
        named = [plan.partner.name for plan in self.material.plans if plan.partner]
        if not named:
            return self._telling.say("report-no-partner")
        if len(named) == 1:
            return self._telling.say("report-partner", partner=named[0])
        listed = f" {self._telling.say('report-and')} ".join([", ".join(named[:-1]), named[-1]])
        return self._telling.say("report-partners", partners=listed)

    def _answered(self) -> str:
        """Say how much of the person's own worksheets is filled in; removed questions and the
        modules do not count.
        """
        role = self.material.person.role
        mine = [one for one in self.library.worksheets() if one.belongs_to == "person"]
        left_out = {*self.library.modules, ALL}
        mine = [one for one in mine if role in one.for_ and one.slug not in left_out]
        given = sum(key in one.fields for one in mine for key in self._values(one.slug))
        key = "report-summary-answered" if given else "report-summary-none"
        return self._telling.say(key, n=given, of=sum(len(one.fields) for one in mine))

    def _short(self, key: str, *bodies: Html) -> Html:
        """Make a section that stays on one sheet of paper."""
        none = f"{key}-none"
        return self._telling.section(f"{key}-heading", *bodies, none=none, look=TOGETHER)

    def _values(self, slug: str) -> dict[str, Any]:
        return reading.values(self.material.own.get(slug, {}))

    def _answers(self, slug: str, wanted: Callable[[Field], bool]) -> Html:
        return self._telling.answers(self.material.own, slug, wanted)

    def _is_own_word(self, slug: str) -> Callable[[Field], bool]:
        placed = {*_on_timeline(self.library.worksheet(slug)), *EXPERIMENT, QUESTIONS}
        return lambda asked: not isinstance(asked, Scale) and asked.key not in placed


def open(person: str = "", edition: str = "personal") -> Report:
    """Open one edition of somebody's report by their id; without one, a fictional person's.

    Which scheme it is comes from the environment (VICEVERSA_SCHEME). Raises `StoreError` for
    somebody who is not there and `Missing` for an edition that does not exist.
    """
    checked = check_edition(edition)
    if not person:
        from viceversa.reports.preview import preview

        return preview(checked)
    return find(os.environ["VICEVERSA_SCHEME"], person, checked)


def find(folder: Path | str, person: str, edition: Edition) -> Report:
    """Give what was handed over, else read it from the store of the scheme in this folder."""
    ready = next((one for one in _ready if one.is_for(person, edition)), None)
    return ready or read(scheme.Scheme.open(folder), person, edition)


def read(settings: scheme.Scheme, person: str, edition: Edition) -> Report:
    """Read what a report holds from the scheme's store; raises as `open` does."""
    store = open_store(settings.store_url)
    try:
        whose = people.get(store, person)
        library = shelf(settings, language_of(settings, whose))
        return Report(gather(settings, store, library, whose, edition), library)
    finally:
        store.close()


_ready: list[Report] = []


def hand_over(report: Report) -> None:
    """Let `open` find this report ready, in a process that makes no other."""
    _ready[:] = [report]


def language_of(settings: scheme.Scheme, person: people.Person) -> str | None:
    """Give the language of somebody's report; None is the scheme's first."""
    return person.language if person.language in settings.languages else None


def _on_timeline(worksheet: Worksheet) -> tuple[str, ...]:
    return worksheet.timeline.fields if worksheet.timeline else ()
