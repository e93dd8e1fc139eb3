"""What a guest's page sends: nothing of it is believed before it is checked."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from viceversa.content.fields import Field, Refused, ShortText
from viceversa.content.text import clean_line
from viceversa.live import keys
from viceversa.live.hub import Hub
from viceversa.live.open_room import Seat
from viceversa.live.programme import Part
from viceversa.live.telling import RESULTS_GAP, Live
from viceversa.live.views import shown
from viceversa.store import room_answers
from viceversa.store.database import NotSaved
from viceversa.store.room_answers import Kept
from viceversa_widgets.messages import Save, addressee, read_save, with_id

log = logging.getLogger(__name__)

MOST_QUESTIONS, MOST_WAITING = 20, 300
LONGEST_NAME, LONGEST_QUESTION = 60, 300
LONGEST_ID = 100
ASKING = ShortText(key="question", ask="question", at_most=LONGEST_QUESTION)

Reply = dict[str, Any]


async def hear(hub: Hub, live: Live, seat: Seat, message: Any) -> Reply:
    """Do what a guest's page asks for, one thing after the other; return the reply to it."""
    kind = message.get("type") if isinstance(message, Mapping) else None
    if kind == "alive":
        return {"type": "alive"}
    if not isinstance(kind, str) or kind not in HEARD:
        return _refused({}, live.words["live-refused-message"])
    try:
        async with seat.turn:
            return await HEARD[kind](hub, live, seat, message)
    except Refused as why:
        return _refused(message, why.say(live.words))
    except NotSaved as trouble:
        log.error("%s", trouble)
        return _refused(message, live.words[f"unsaved-{trouble.kind}"])


def too_fast(live: Live, message: Any) -> Reply:
    """What is said to a page that sends more than anybody can type; a save is sent again."""
    why = live.words["live-refused-too-fast"]
    content = message.get("message") if isinstance(message, Mapping) else None
    if whom := addressee(_as_sheet(content)):
        unsaved = {"unsaved": {"id": whom[0], "field": whom[1], "why": why}}
        return _reply(message.get("activity"), unsaved)
    return _refused(message, why)


def clean_name(typed: Any) -> str:
    """A name as it is kept: one line, not too long; empty for none."""
    return clean_line(typed).strip()[:LONGEST_NAME] if isinstance(typed, str) else ""


async def _save(hub: Hub, live: Live, seat: Seat, message: Mapping[str, Any]) -> Reply:
    activity = message.get("activity")
    content = _as_sheet(message.get("message"))
    save = read_save(content)
    if save is None:
        why = live.words["malformed"]
        if whom := addressee(content):
            return _reply(activity, {"refused": {"id": whom[0], "field": whom[1], "why": why}})
        return _refused(message, why)
    return _reply(activity, with_id(await _kept(hub, live, seat, activity, save), save) or {})


async def _kept(hub: Hub, live: Live, seat: Seat, activity: Any, save: Save) -> dict[str, Any]:
    try:
        part, field = _asked(live, activity, save)
        return await _keep(hub, live, seat, part, field, save)
    except Refused as why:
        return {"refused": {"why": why.say(live.words)}}
    except NotSaved as trouble:
        log.error("%s", trouble)
        return {"unsaved": {"why": live.words[f"unsaved-{trouble.kind}"]}}


def _asked(live: Live, activity: Any, save: Save) -> tuple[Part, Field]:
    part = live.takes(activity) if isinstance(activity, str) else None
    if part is None:
        raise Refused("live-refused-ended" if live.ended else "live-refused-closed")
    field = part.fields.get(save["field"])
    if field is None:
        raise Refused("refused-unknown-field")
    if save["seen_by"] not in (field.seen_by, *field.may_share_with):
        raise Refused("refused-audience")
    return part, field


async def _keep(
    hub: Hub, live: Live, seat: Seat, part: Part, field: Field, save: Save
) -> dict[str, Any]:
    value, early = field.check(save["value"]), save["seen_by"] == "trainer"
    before = seat.kept(part.key, field.key)
    if before and (before.value, before.early) == (value, early):
        return _saved(before)
    if save["base"] != (before.revision if before else 0):
        return {"stale": _other(live, part, before)}
    kept = Kept(value, save["base"] + 1, early)
    await _write(hub, live, seat, part, field, kept)
    seat.keep(part.key, field.key, kept)
    if len(seat.lines) > 1:
        live.show_one(seat)
    return _saved(kept)


async def _write(hub: Hub, live: Live, seat: Seat, part: Part, field: Field, kept: Kept) -> None:
    if part.private:
        await hub.write(room_answers.keep_note, seat.guest.id, part.key, field.key, kept)
        return
    key = keys.answer_key(seat.token, live.record.id, part.key)
    if not await hub.write(room_answers.keep_answer, live.record.id, part.key, key, kept):
        raise Refused("live-refused-ended")
    live.keep_answer(part, key, kept)
    live.tell_of_answer(part.key)


def _saved(kept: Kept) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    return {"saved": {"at": now, "revision": kept.revision, "value": kept.value}}


def _other(live: Live, part: Part, kept: Kept | None) -> dict[str, Any]:
    told = shown(kept, private=part.private) if kept else {"value": None, "revision": 0, "at": ""}
    return {**told, "theirs": told.pop("value"), "by": live.words["stale-by-me"]}


async def _ask(hub: Hub, live: Live, seat: Seat, message: Mapping[str, Any]) -> Reply:
    asked, activity = _id_of(message), message.get("activity")
    if asked is None:
        raise Refused("live-refused-message")
    part = live.takes(activity) if isinstance(activity, str) else None
    if part is None or part.kind != "questions":
        raise Refused("live-refused-closed")
    text = ASKING.check(message.get("text"))
    if not (text or "").strip():
        raise Refused("refused-text")
    id_ = keys.question_id(seat.token, live.record.id, asked)
    if id_ not in live.questions:
        await _keep_question(hub, live, seat, id_, part.key, text)
    return {"type": "done", "id": asked, "question": id_}


async def _keep_question(
    hub: Hub, live: Live, seat: Seat, id_: str, activity: str, text: str
) -> None:
    if len(seat.asked) >= MOST_QUESTIONS:
        raise Refused("live-refused-questions", most=MOST_QUESTIONS)
    if sum(one.state == "waiting" for one in live.questions.values()) >= MOST_WAITING:
        raise Refused("live-refused-many-questions")
    author = keys.author_key(seat.token, id_)
    asked = (live.record.id, id_, activity, text, author)
    live.questions[id_] = await hub.write(room_answers.ask, *asked)
    seat.asked.add(id_)
    live.show_one(seat)
    live.tell_trainers()


async def _vote(hub: Hub, live: Live, seat: Seat, message: Mapping[str, Any]) -> Reply:
    id_, on = message.get("question"), message.get("on")
    question = live.questions.get(id_) if isinstance(id_, str) else None
    if question is None or question.state != "shown" or not isinstance(on, bool):
        raise Refused("live-refused-vote")
    if live.takes(question.activity) is None:
        raise Refused("live-refused-closed")
    key = keys.vote_key(seat.token, question.id)
    await hub.write(room_answers.vote, question.id, key, on=on)
    given = live.votes.setdefault(question.id, set())
    (given.add if on else given.discard)(key)
    (seat.voted.add if on else seat.voted.discard)(question.id)
    live.show_one(seat)
    live.tell_all(RESULTS_GAP)
    return {"type": "done", "id": _id_of(message), "question": question.id}


async def _name(hub: Hub, live: Live, seat: Seat, message: Mapping[str, Any]) -> Reply:
    await hub.change_guest(live, seat.guest.id, name=clean_name(message.get("name")))
    live.show_one(seat)
    return {"type": "done", "id": _id_of(message)}


def _as_sheet(content: Any) -> Any:
    """A save as the sheet sends it, in a wrapping or plain."""
    plain = isinstance(content, Mapping) and "field" in content and "save" not in content
    return {"save": content} if plain else content


def _id_of(message: Any) -> str | None:
    id_ = message.get("id") if isinstance(message, Mapping) else None
    return id_ if isinstance(id_, str) and 0 < len(id_) <= LONGEST_ID else None


def _reply(activity: Any, reply: Mapping[str, Any]) -> Reply:
    return {"type": "reply", "activity": activity, "message": reply}


def _refused(message: Any, why: str) -> Reply:
    return {"type": "refused", "id": _id_of(message), "why": why}


HEARD = {"save": _save, "ask": _ask, "vote": _vote, "name": _name}
