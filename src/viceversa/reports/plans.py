"""What a report tells of a pair: their plan, what the partner shares, their next meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viceversa import fragments, results
from viceversa.content.fields import Rows
from viceversa.fragments import Html
from viceversa.reports.material import Plan
from viceversa.reports.telling import NOTHING, Telling

WHEN = ("date", "time", "length")


def show_plan(telling: Telling, plan: Plan) -> Html:
    """Show what a pair wrote together, and what the partner shares with the pair."""
    ours = telling.sheets(plan.ours, telling.library.slugs, 3, usual="my-pair")
    if telling.personal and not any(sheet.text for sheet in ours):
        ours = [telling.sentence("report-aims-none")]
    partner = plan.partner.name if plan.partner else ""
    key = "report-pair-heading" if partner else "report-plan-heading"
    return telling.section(key, *ours, _theirs(telling, plan), partner=partner)


def show_meeting(telling: Telling, plan: Plan, *, name_partner: bool) -> Html:
    """Show a pair's next meeting, with what there is to prepare."""
    row = plan.next_meeting
    if row is None:
        return NOTHING
    asked = telling.library.worksheet("meeting-plan").fields.get("meetings")
    columns = asked.columns if isinstance(asked, Rows) else ()
    said = {one.key: str(one.read(row.get(one.key), telling.words)) for one in columns}
    when = ", ".join(said[key] for key in ("time", "length") if said.get(key))
    named = name_partner and plan.partner
    return fragments.show(
        "report_meeting",
        day=telling.day(row["date"]),
        when=when or telling.say("report-meeting-time-open"),
        partner=telling.say("report-meeting-with", partner=named.name) if named else "",
        rest={one.ask: said[one.key] for one in columns if one.key not in WHEN and said[one.key]},
    )


def _theirs(telling: Telling, plan: Plan) -> Html:
    """Show what the partner shares, and their result where both have said yes."""
    if not telling.personal or plan.partner is None:
        return NOTHING
    name = plan.partner.name
    shared = telling.sheets(plan.theirs, plan.theirs, 4, usual=None)
    shared += [_result(telling, slug, values, name) for slug, values in plan.swapped.items()]
    if not any(sheet.text for sheet in shared):
        shared = [telling.sentence("report-partner-shares-none", partner=name)]
    return telling.part(3, telling.say("report-partner-shares-heading", partner=name), *shared)


def _result(telling: Telling, slug: str, values: Mapping[str, Any], name: str) -> Html:
    worksheet = telling.library.worksheet(slug)
    drawn = results.profile(worksheet, values, telling.words, whose=name, ends=False, level=5)
    return telling.part(4, telling.say("profile-partner-title", partner=name), drawn)
