"""A room while it is in use: what the store holds of it, and who is here, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from viceversa.content.words import Words
from viceversa.live import keys, results
from viceversa.live.programme import COUNTS, Part, Programme
from viceversa.live.results import Limits
from viceversa.live.room import State, from_json
from viceversa.store import Store, room_answers, rooms
from viceversa.store.room_answers import Kept, Question
from viceversa.store.rooms import Guest, Room

# Seconds for which somebody whose line is gone still counts as here, and keeps their role.
HERE, ROLE_KEPT = 15.0, 60.0


class Line(Protocol):
    """A websocket, or what stands in for one; texts are JSON."""

    def view(self, text: str) -> None:
        """Send a view; one that has not gone out yet is replaced by it."""

    def tell(self, message: str) -> None:
        """Send a message that must arrive."""

    def end(self, why: str) -> None:
        """Say why, and close for good."""


# Without a repr: it would show a secret and answers, should it ever end up in a log.
@dataclass(eq=False, repr=False)
class Seat:
    """A guest whose page is open: their secret, and what in the room is theirs.

    This is the one place where a guest and their answers meet, and it is never written down.
    """

    guest: Guest
    token: str
    answers: dict[str, dict[str, Kept]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    voted: set[str] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def kept(self, activity: str, name: str) -> Kept | None:
        """What this guest has answered."""
        return self.answers.get(activity, {}).get(name)

    def keep(self, activity: str, name: str, kept: Kept) -> None:
        """Remember an answer that is in the store."""
        self.answers.setdefault(activity, {})[name] = kept


class OpenRoom:
    """One room: its record and state, its answers, its guests, and who is here."""

    def __init__(
        self,
        store: Store,
        record: Room,
        programme: Programme,
        words: Words,
        limits: Limits,
        now: float,
    ) -> None:
        self.record = record
        self.programme = programme
        self.words = words
        self.limits = limits
        self.state: State = from_json(record.state)
        self.answers = room_answers.answers_in(store, record.id)
        self.questions = {one.id: one for one in room_answers.questions_in(store, record.id)}
        self.votes = room_answers.votes_in(store, record.id)
        self.guests = {guest.id: guest for guest in rooms.guests_of(store, record.id)}
        self.seats: dict[str, Seat] = {}
        # Whoever was here when the server stopped has a moment to come back to their place.
        self.gone_at = {one.id: now for one in self.guests.values() if one.last_seen_at is None}
        self.turn = asyncio.Lock()

    @property
    def ended(self) -> bool:
        return self.record.ended_at is not None

    def present(self, now: float, within: float = HERE) -> list[str]:
        """The ids of the guests with a line, or gone for less than so many seconds."""
        return [
            guest.id
            for guest in self.guests.values()
            if not guest.gone
            and (guest.id in self.seats or now - self.gone_at.get(guest.id, -within) < within)
        ]

    def name(self, guest_id: str) -> str:
        """What a guest is called, with a number where they gave no name."""
        guest = self.guests[guest_id]
        return guest.name or self.words.say("live-guest", n=guest.number)

    def sit(self, store: Store, guest: Guest, token: str) -> Seat:
        """Give a guest their seat, with all that is theirs."""
        if guest.id not in self.seats:
            seat = Seat(guest, token, answers=room_answers.notes_of(store, guest.id))
            for part in self.programme.parts.values():
                self._find_answer(seat, part)
            seat.asked = {
                one.id
                for one in self.questions.values()
                if one.author_key == keys.author_key(token, one.id)
            }
            seat.voted = {
                one for one, given in self.votes.items() if keys.vote_key(token, one) in given
            }
            self.seats[guest.id] = seat
        self.gone_at.pop(guest.id, None)
        return self.seats[guest.id]

    def stand_up(self, seat: Seat, now: float) -> None:
        """Let go of a seat whose last line is gone."""
        if self.seats.pop(seat.guest.id, None):
            self.gone_at[seat.guest.id] = now

    def takes(self, activity: Any) -> Part | None:
        """The activity, if it is of the current step and open; else None."""
        if self.ended or activity not in self.state.open:
            return None
        parts = self.programme.parts_of(self.state.step)
        return next((part for part in parts if part.key == activity), None)

    def result(self, part: Part) -> dict[str, Any] | None:
        """What was answered, as the trainer sees it; None for what has no result."""
        given = self.answers.get(part.key, {}).values()
        if part.result is None:
            return None
        if part.result == COUNTS:
            return results.counts(given, part.options, self.limits)
        return results.texts(given, self.limits, {"items": self.state.released.get(part.key, ())})

    def answered(self, part: Part) -> int:
        """How many have answered; of what is private, nobody knows."""
        return len(results.given(self.answers.get(part.key, {}).values()))

    def asked_in(self, activity: str) -> Iterator[Question]:
        """The questions of an activity, those with most votes first."""
        asked = [one for one in self.questions.values() if one.activity == activity]
        yield from sorted(asked, key=lambda one: (-len(self.votes.get(one.id, ())), one.n))

    def keep_answer(self, part: Part, key: str, kept: Kept) -> None:
        """Remember an answer without a name that is in the store."""
        self.answers.setdefault(part.key, {})[key] = kept

    def mark_question(self, id_: str, state: str) -> None:
        """Remember what has become of a question."""
        self.questions[id_] = replace(self.questions[id_], state=state)

    def change_guest(self, guest: Guest) -> None:
        """Remember what has changed of a guest."""
        self.guests[guest.id] = guest
        if seat := self.seats.get(guest.id):
            seat.guest = guest

    def change(self, state: State) -> None:
        """Remember a state that is in the store."""
        self.state = state

    def change_record(self, **values: Any) -> None:
        """Remember what has changed of the record."""
        self.record = replace(self.record, **values)

    def _find_answer(self, seat: Seat, part: Part) -> None:
        if part.private or not part.fields:
            return
        key = keys.answer_key(seat.token, self.record.id, part.key)
        if found := self.answers.get(part.key, {}).get(key):
            seat.keep(part.key, part.key, found)
