"""A room that tells its people what has changed, soon, and not more often than they can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from viceversa.live import groups, room, views
from viceversa.live.open_room import HERE, ROLE_KEPT, Line, OpenRoom, Seat
from viceversa.live.room import State
from viceversa.live.soon import Soon

GUESTS_GAP, TRAINERS_GAP = 0.1, 0.2
RESULTS_GAP = 0.5
# For what changes with everybody who comes, such as how many are here.
UNHURRIED = 2.0


class Live(OpenRoom):
    """An open room that tells its people what has changed."""

    def __init__(self, *values: Any, clock: Callable[[], float]) -> None:
        super().__init__(*values)
        self.clock = clock
        # Each console's line, and what sends it back to the lobby.
        self.consoles: dict[Line, Callable[[], None]] = {}
        self._guests = Soon(self._show_guests, GUESTS_GAP)
        self._trainers = Soon(self._show_trainers, TRAINERS_GAP)
        self._present: set[str] = set()
        self._seen: dict[str, datetime | None] = {}

    @property
    def unused(self) -> bool:
        return not self.seats and not self.consoles

    @property
    def waits(self) -> bool:
        """Whether somebody is about to be told something."""
        return self._guests.waits or self._trainers.waits

    def tell_all(self, gap: float | None = None) -> None:
        """Show everybody what has changed."""
        self._guests.ask(gap)
        self._trainers.ask()

    def tell_trainers(self) -> None:
        """Show the trainer what has changed."""
        self._trainers.ask()

    def tell_of_answer(self, activity: str) -> None:
        """Show what an answer has changed: to guests only where they see the result."""
        self._trainers.ask()
        if activity in self.state.shown:
            self._guests.ask(RESULTS_GAP)

    def show_one(self, seat: Seat) -> None:
        """Show one guest what is theirs."""
        view = views.for_guest(self, seat, views.shared(self, self.clock()))
        for line in seat.lines:
            line.view(view)

    def show_trainer(self, line: Line) -> None:
        """Show one console where the room is."""
        line.view(views.dumps(views.for_trainer(self, self.clock())))

    def quiet(self) -> None:
        """Tell nobody anything any more."""
        self._guests.stop()
        self._trainers.stop()

    def let_go(self, why: str) -> None:
        """Say why, close every line of the guests, and send the trainer back to the lobby."""
        self.quiet()
        for back in tuple(self.consoles.values()):
            back()
        for seat in tuple(self.seats.values()):
            for line in tuple(seat.lines):
                line.end(why)

    def count_present(self, now: float) -> bool:
        """Whether others are here than the last time."""
        before, self._present = self._present, set(self.present(now, HERE))
        self._seen |= {who: datetime.now(UTC) for who in before - self._present}
        came = self._present - before
        self._seen |= {who: None for who in came if self.guests[who].last_seen_at}
        return before != self._present

    def take_seen(self) -> dict[str, datetime | None]:
        """Who has gone or come back since this was last asked, with when they were last here."""
        seen, self._seen = self._seen, {}
        for who, at in seen.items():
            self.guests[who] = replace(self.guests[who], last_seen_at=at)
        return seen

    def mended(self) -> Callable[[State], State] | None:
        """How open groups have to change for who has come and gone; None where they need not."""
        return self._mend if self._mend(self.state) != self.state else None

    def _mend(self, state: State) -> State:
        # Of the state as it is then: the groups may have been dealt anew in between.
        present = self.present(self.clock(), ROLE_KEPT)
        for part in self.programme.parts_of(state.step):
            dealt = state.groups.get(part.key)
            if dealt and part.key in state.open:
                state = room.regroup(state, part, groups.mend(dealt, present))
        return state

    def _show_guests(self) -> None:
        same = views.shared(self, self.clock())
        for seat in tuple(self.seats.values()):
            view = views.for_guest(self, seat, same)
            for line in seat.lines:
                line.view(view)

    def _show_trainers(self) -> None:
        if self.consoles:
            view = views.dumps(views.for_trainer(self, self.clock()))
            _show(self.consoles, view)


def _show(lines: Iterable[Line], view: str) -> None:
    for line in tuple(lines):
        line.view(view)
