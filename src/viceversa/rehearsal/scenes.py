"""How each kind of activity is played: opened, answered by most and not by all, and shown."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from viceversa.live.groups import PLAYED
from viceversa.live.programme import COUNTS, Part
from viceversa.live.scripted import ScriptedGuest, something
from viceversa.rehearsal.stage import Stage

# One of so many answers nothing.
SILENT = 5
HIDDEN = "A question that stays hidden"
ASKED = ("Who will know that I was here?", "How much time does it take?", HIDDEN)

Scene = Callable[[Stage, Part], Awaitable[None]]


async def play(stage: Stage, part: Part) -> None:
    """Open an activity, play it, and close it."""
    if not await stage.do("open", activity=part.key):
        return
    for guest in stage.here:
        seen = guest.activity(part.key)
        stage.check(seen and seen["open"], f"A guest does not see “{part.title}” once it is open.")
    await _scene(part)(stage, part)
    await stage.do("close", activity=part.key)


def _scene(part: Part) -> Scene:
    if part.result:
        return _in_a_group
    return SCENES[part.kind]


async def _in_a_group(stage: Stage, part: Part) -> None:
    """A poll, a check, a scenario, words or commitments."""
    answered = await _answer(stage, part)
    if part.result != COUNTS:
        await _release(stage, part)
    await stage.do("show", activity=part.key)
    shown = stage.here[0].activity(part.key) if stage.here else None
    result = (shown or {}).get("result") or {}
    needed = stage.limits.counts if part.result == COUNTS else stage.limits.texts
    _check_result(stage, part, result, answered >= needed)
    told = "the result shows" if answered >= needed else f"held back: fewer than {needed}"
    stage.say(f"“{part.title}”: {answered} of {len(stage.here)} answered, {told}.")


def _check_result(stage: Stage, part: Part, result: Mapping[str, Any], enough: bool) -> None:
    kinds = {COUNTS: "counts"}.get(str(part.result), "texts")
    if enough:
        wrong = f"“{part.title}” was answered by enough people, and shows no result."
        stage.check(result.get("kind") == kinds and result.get(kinds), wrong)
    else:
        wrong = f"“{part.title}” was answered by too few people, and shows a result all the same."
        stage.check(not result.get("counts") and not result.get("texts"), wrong)


async def _release(stage: Stage, part: Part) -> None:
    texts = (stage.trainer.seen["activities"][part.key]["result"] or {}).get("texts")
    if texts:
        items = [one["item"] for one in texts]
        await stage.do("release-all", activity=part.key, items=items)


async def _answer(stage: Stage, part: Part) -> int:
    """Let most guests answer; give how many did."""
    answered = 0
    for turn, guest in enumerate(stage.here, start=1):
        if turn % SILENT:
            answered += await _answers(stage, part, guest, turn)
    stage.look_round()
    stage.check(answered, f"“{part.title}” cannot be answered.")
    return answered


async def _answers(stage: Stage, part: Part, guest: ScriptedGuest, turn: int) -> bool:
    fields = (guest.activity(part.key) or {}).get("fields", [])
    for field in fields:
        reply = await guest.answer(part.key, something(field, turn), field=field["key"])
        if "saved" not in reply:
            why = next((one.get("why") for one in reply.values() if isinstance(one, dict)), "")
            stage.fail(f"“{part.title}” did not take an answer. {why or ''}".strip())
            return False
    return bool(fields)


async def _alone(stage: Stage, part: Part) -> None:
    """A private reflection: the trainer learns nothing of it."""
    answered = await _answer(stage, part)
    told = stage.trainer.seen["activities"][part.key]
    stage.check(told["answered"] is None and told["result"] is None, "A reflection is not private.")
    stage.say(f"“{part.title}”: {answered} wrote for themselves; nobody else sees it.")


async def _read(stage: Stage, part: Part) -> None:
    shown = stage.here[0].activity(part.key) if stage.here else None
    stage.check((shown or {}).get("story", {}).get("html"), f"“{part.title}” has nothing to read.")
    stage.say(f"“{part.title}”: everybody can read it.")


async def _ask(stage: Stage, part: Part) -> None:
    """Three questions: one is shown, one answered and one hidden; the others vote."""
    asking = stage.here[: len(ASKED)]
    for guest, text in zip(asking, ASKED, strict=False):
        told = await guest.ask(part.key, text)
        stage.check(told["type"] == "done", f"A question was not taken: {told.get('why')}")
    stage.look_round()
    asked = {one["text"]: one["id"] for one in stage.trainer.seen["questions"]}
    seen = json.dumps([guest.activity(part.key) for guest in stage.here[len(ASKED) :]])
    stage.check(
        not any(text in seen for text in asked), "A question shows before it is let through."
    )
    votes = await _moderate(stage, part, asked)
    stage.say(
        f"“{part.title}”: {len(asked)} asked, {votes} votes, one answered and one kept hidden."
    )


async def _moderate(stage: Stage, part: Part, asked: Mapping[str, str]) -> int:
    votes = 0
    for text, question in asked.items():
        to = "hidden" if text == HIDDEN else "shown"
        await stage.do("question", question=question, to=to)
    for turn, guest in enumerate(stage.here, start=1):
        shown = (guest.activity(part.key) or {}).get("questions", [])
        stage.check(all(one["text"] != HIDDEN for one in shown), "A hidden question shows.")
        for one in shown[: turn % SILENT and 1]:
            told = await guest.say(type="vote", id="vote", question=one["id"], on=True)
            votes += told["type"] == "done"
    stage.look_round()
    if asked:
        await stage.do("question", question=next(iter(asked.values())), to="answered")
    return votes


async def _in_small_groups(stage: Stage, part: Part) -> None:
    """Groups are dealt, made up for who comes and goes, and dealt anew."""
    _check_groups(stage, part, "when they are dealt")
    await stage.let_in(1)
    await stage.hub.tick()
    stage.look_round()
    _check_groups(stage, part, "after somebody came late")
    if len(stage.here) > 2:
        await stage.lose(stage.here[0])
        _check_groups(stage, part, "after somebody left")
    await stage.do("deal", activity=part.key)
    _check_groups(stage, part, "when they are dealt anew")
    many = len(stage.trainer.seen["groups"].get(part.key, ()))
    groups = "1 group" if many == 1 else f"{many} groups"
    stage.say(f"“{part.title}”: {groups}; one person came late and one left.")


def _check_groups(stage: Stage, part: Part, when: str) -> None:
    for guest in stage.here:
        group = (guest.activity(part.key) or {}).get("group") or {}
        stage.check(group.get("card_html"), f"Somebody has no group or no card {when}.")
    for group in stage.trainer.seen["groups"].get(part.key, ()):
        roles = [member["role"] for member in group["members"]]
        stage.check(set(PLAYED) <= set(roles), f"A group has no mentor or no mentee {when}.")


SCENES: Mapping[str, Scene] = {
    "reflection": _alone,
    "story": _read,
    "questions": _ask,
    "breakouts": _in_small_groups,
}
