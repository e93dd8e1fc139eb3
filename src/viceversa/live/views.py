"""What a guest sees, and what the trainer sees: plain values, then JSON.

A guest's view has a part that is the same for all, made and encoded once for every push, and a
part of their own. What is not put in here cannot be seen: speaker notes, answers of others, what
is closed, texts that were not released.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from viceversa.live import results, room
from viceversa.live.groups import Group
from viceversa.live.open_room import OpenRoom, Seat
from viceversa.live.programme import Part, Programme
from viceversa.store.room_answers import Kept, Question
from viceversa.store.rooms import Room

FOR_GUESTS = ("key", "title", "number", "minutes", "html")
SHOWN_TO_ALL = ("shown", "answered")


def dumps(value: Any) -> str:
    """JSON without needless spaces."""
    return json.dumps(value, separators=(",", ":"))


@dataclass(frozen=True)
class Shared:
    """What is the same in all guests' views of a moment: the head, and each activity's part."""

    head: str
    parts: tuple[tuple[Part, str], ...]
    questions: Mapping[str, tuple[Question, ...]]


def shared(live: OpenRoom, now: float) -> Shared:
    """Make what all guests' views have in common; `now` in seconds since 1970."""
    shown = [] if live.ended else live.programme.parts_of(live.state.step)
    seen = [one for one in shown if one.key in live.state.open | live.state.shown]
    head = {
        "type": "view",
        "now": int(now * 1000),
        "here": len(live.present(now)),
        "room": {
            "title": live.record.title,
            "code": live.record.code or "",
            "ended": live.ended,
        },
        "step": None if live.ended else _step(live),
    }
    asked = {part.key: tuple(live.asked_in(part.key)) for part in seen if part.kind == "questions"}
    parts = tuple((part, dumps(_for_all(live, part))) for part in seen)
    return Shared(dumps(head), parts, asked)


def for_guest(live: OpenRoom, seat: Seat, same: Shared) -> str:
    """One guest's view, as JSON."""
    me = {"name": seat.guest.name, "number": seat.guest.number}
    activities = ",".join(_with(text, _own(live, seat, part, same)) for part, text in same.parts)
    return f'{same.head[:-1]},"me":{dumps(me)},"activities":[{activities}]}}'


def _with(encoded: str, own: Mapping[str, Any]) -> str:
    return f"{encoded[:-1]},{dumps(own)[1:]}" if own else encoded


def _step(live: OpenRoom) -> dict[str, Any]:
    order = live.programme.order
    told = live.programme.steps[live.programme.number(live.state.step) - 1]
    begun = live.state.started_at is not None
    ends = room.step_ends_at(live.state, live.programme) if begun else None
    return {name: told[name] for name in FOR_GUESTS} | {"of": len(order.steps), "ends_at": ends}


def _for_all(live: OpenRoom, part: Part) -> dict[str, Any]:
    shown = part.key in live.state.shown
    result = live.result(part) if shown else None
    return {
        "key": part.key,
        "kind": part.kind,
        "title": part.title,
        "open": part.key in live.state.open,
        "shown": shown,
        "fields": [one.look() for one in part.fields.values()],
        "result": results.for_the_group(result) if result else None,
        **part.opened,
        **({"revealed": dict(part.revealed)} if shown and part.revealed else {}),
    }


def _own(live: OpenRoom, seat: Seat, part: Part, same: Shared) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if part.fields:
        mine = seat.answers.get(part.key, {})
        own["answers"] = {
            key: shown(kept, private=part.private)
            for key, kept in mine.items()
            if key in part.fields
        }
    if part.kind == "questions":
        own["questions"] = list(_questions(live, seat, same.questions[part.key]))
    if part.cards:
        own["group"] = _group(live, seat, part)
    return own


def shown(kept: Kept, *, private: bool) -> dict[str, Any]:
    """An answer as the sheet takes it."""
    seen_by = "only-me" if private else "trainer" if kept.early else "group"
    return {"value": kept.value, "revision": kept.revision, "seen_by": seen_by, "at": ""}


def _questions(live: OpenRoom, seat: Seat, asked: tuple[Question, ...]) -> Any:
    """Questions that are shown or answered, and one's own that still wait."""
    for one in asked:
        mine = one.id in seat.asked
        if one.state in SHOWN_TO_ALL or (mine and one.state == "waiting"):
            votes = len(live.votes.get(one.id, ()))
            voted = one.id in seat.voted
            yield {
                "id": one.id,
                "text": one.text,
                "votes": votes,
                "voted": voted,
                "mine": mine,
                "state": one.state,
            }


def _group(live: OpenRoom, seat: Seat, part: Part) -> dict[str, Any] | None:
    me = seat.guest.id
    group = next((one for one in live.state.groups.get(part.key, ()) if me in one.who), None)
    if group is None:
        return None
    role = group.role(me) or ""
    return {
        "number": group.number,
        "role": role,
        "card_html": part.cards[role],
        "with": [live.name(who) for who in group.who if who != me],
        "situation_html": part.opened["situation_html"],
    }


def for_trainer(live: OpenRoom, now: float) -> dict[str, Any]:
    """The trainer's view, without what stays the same."""
    state, programme = live.state, live.programme
    here = set(live.present(now))
    came = [guest for guest in live.guests.values() if not guest.gone]
    return {
        "type": "view",
        "now": int(now * 1000),
        "room": record(live.record),
        "guests": [_guest(live, guest.id, guest.id in here) for guest in came],
        "here": len(here),
        "joined": len(live.guests),
        "at": programme.steps[programme.number(state.step) - 1]["key"],
        "started": state.started_at is not None,
        "step_started_at": state.step_started_at,
        "step_ends_at": room.step_ends_at(state, programme),
        "behind_minutes": room.behind_minutes(state, programme, int(now * 1000)),
        "activities": {part.key: _activity(live, part, here) for part in programme.parts.values()},
        "questions": _all_questions(live),
        "groups": {key: _groups(live, dealt) for key, dealt in state.groups.items()},
        "pad": {"text": live.record.pad, "revision": live.record.pad_revision},
    }


def record(one: Room) -> dict[str, Any]:
    """What a room is, in a few words."""
    return {
        "id": one.id,
        "title": one.title,
        "code": one.code or "",
        "begun_at": int(one.begun_at.timestamp() * 1000),
        "ended_at": int(one.ended_at.timestamp() * 1000) if one.ended_at else None,
    }


def order(programme: Programme) -> dict[str, Any]:
    """What stays the same for a trainer: the steps with their notes, and what comes afterwards."""
    return {
        "type": "order",
        "steps": list(programme.steps),
        "after_html": programme.after_html,
    }


def _guest(live: OpenRoom, guest_id: str, here: bool) -> dict[str, Any]:
    guest = live.guests[guest_id]
    return {"id": guest_id, "name": guest.name, "number": guest.number, "here": here}


def _activity(live: OpenRoom, part: Part, here: set[str]) -> dict[str, Any]:
    return {
        "open": part.key in live.state.open,
        "shown": part.key in live.state.shown,
        # Of what is private, nobody knows how many have written.
        "answered": live.answered(part) if part.result else None,
        "of": max(len(here), live.answered(part)),
        "result": live.result(part),
    }


def _all_questions(live: OpenRoom) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "activity": one.activity,
            "text": one.text,
            "votes": len(live.votes.get(one.id, ())),
            "state": one.state,
        }
        for key, part in live.programme.parts.items()
        if part.kind == "questions"
        for one in live.asked_in(key)
    ]


def _groups(live: OpenRoom, dealt: tuple[Group, ...]) -> list[dict[str, Any]]:
    return [
        {
            "number": group.number,
            "members": [
                {"id": who, "name": live.name(who), "role": role} for who, role in group.members
            ],
        }
        for group in dealt
    ]
