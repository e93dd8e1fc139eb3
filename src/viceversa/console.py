"""The trainer's console as a notebook shows it; in a preview, with a made-up room."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from viceversa.content.library import Library
from viceversa.content.words import Words
from viceversa.live import programme, results
from viceversa.live.programme import COUNTS, TEXTS, Part, Programme
from viceversa_widgets import Console
from viceversa_widgets.words import live_words

if TYPE_CHECKING:
    from viceversa.workbook import Book

MADE_UP_GUESTS = 23
MADE_UP_ORDER = "awareness-60"
# How many of a made-up group choose the first option, the second, and so on.
CHOSEN = (7, 5, 3, 2, 1)


def console(book: Book) -> Console:
    """Give the console: one that speaks with the server, or in a preview a made-up room."""
    words = {key: book.words[key] for key in live_words()}
    made_up = made_up_room(book.library) if book.preview else None
    return Console(base=book.base, words=words, made_up=made_up)


def made_up_room(library: Library, slug: str = "") -> dict[str, Any]:
    """Make the view of a room as it might be in the middle of a running order, from its content."""
    known = [order.slug for order in library.sessions]
    order = programme.read(library, slug or (MADE_UP_ORDER if MADE_UP_ORDER in known else known[0]))
    now = int(time.time() * 1000)
    guests = [_guest(number, library.words) for number in range(1, MADE_UP_GUESTS + 1)]
    at = next((step for step in order.steps if step["activities"]), order.steps[0])
    return {
        "steps": list(order.steps),
        "after_html": order.after_html,
        "room": {"id": "preview", "title": order.order.title, "code": "K7PQRW", "ended_at": None},
        "guests": guests,
        "here": sum(guest["here"] for guest in guests),
        "joined": len(guests),
        "at": at["key"],
        "started": True,
        "behind_minutes": 0,
        "activities": {key: _activity(part, library.words) for key, part in order.parts.items()},
        "questions": _questions(library.words),
        "groups": _groups(order, guests),
        "now": now,
    }


def _guest(number: int, words: Words) -> dict[str, Any]:
    name = words.say("live-guest", n=number)
    return {"id": str(number), "name": name, "number": number, "here": number % 9 != 0}


def _activity(part: Part, words: Words) -> dict[str, Any]:
    told = {"open": False, "shown": False, "of": MADE_UP_GUESTS, "answered": None, "result": None}
    if part.result == COUNTS:
        counts = [
            {"key": one.key, "words": one.words, "n": n}
            for one, n in zip(part.options, CHOSEN, strict=False)
        ]
        answered = sum(one["n"] for one in counts)
        told["result"] = {"kind": "counts", "answered": answered, "counts": counts}
        told["answered"] = answered
    elif part.result == TEXTS:
        texts = [
            {"item": results.item_of(text), "text": text, "n": n, "released": n > 1}
            for text, n in _texts(part, words)
        ]
        told["result"] = {"kind": "texts", "answered": sum(CHOSEN), "texts": texts}
        told["answered"] = sum(CHOSEN)
    return told


def _texts(part: Part, words: Words) -> list[tuple[str, int]]:
    """What a made-up group writes: the examples where there are some, else a few words."""
    examples = list(getattr(part.activity, "examples", ()))
    if examples:
        return [(text, 1) for text in examples]
    return list(zip(words["live-made-up-words"].split(", "), CHOSEN, strict=False))


def _questions(words: Words) -> list[dict[str, Any]]:
    states = {"waiting": 0, "shown": 6, "answered": 4}
    return [
        {"id": state, "text": words[f"live-made-up-question-{state}"], "votes": n, "state": state}
        for state, n in states.items()
    ]


def _groups(order: Programme, guests: list[dict[str, Any]]) -> dict[str, Any]:
    roles = ("mentor", "mentee", "observer")
    threes = [guests[start : start + 3] for start in range(0, len(guests) - 2, 3)]
    dealt = [
        {
            "number": number,
            "members": [
                {"name": guest["name"], "role": role}
                for guest, role in zip(three, roles, strict=True)
            ],
        }
        for number, three in enumerate(threes, start=1)
    ]
    return {key: dealt for key, part in order.parts.items() if part.cards}
