"""Where a room is, and what the trainer can do with it: plain functions from state to state.

Times are milliseconds since 1970, as a browser counts them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from viceversa.content.refused import Refused
from viceversa.live import groups
from viceversa.live.groups import Group
from viceversa.live.programme import Part, Programme

MINUTE = 60_000
MOST_EXTRA = 120


@dataclass(frozen=True)
class State:
    """The step, its clock, which activities are open or shown, what was released, the groups.

    `started_at` is None until the trainer first goes on: people come in before the first minute.
    """

    step: str
    step_started_at: int
    started_at: int | None = None
    extra: int = 0
    open: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    released: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    # Each step that was gone to, and when: how long each took is told afterwards.
    went: tuple[tuple[str, int], ...] = ()
    # A hash of the code, once the room has ended and the code is free again.
    was: str = ""
    # What was ever shown, hidden again or not: only of that is there a record.
    ever_shown: frozenset[str] = frozenset()


def begin(programme: Programme, now: int) -> State:
    """The state of a room in which nothing has happened."""
    return State(programme.order.steps[0].key, now)


def to_json(state: State) -> dict[str, Any]:
    """Give a state as the store keeps it."""
    return {
        **vars(state),
        "open": sorted(state.open),
        "shown": sorted(state.shown),
        "ever_shown": sorted(state.ever_shown),
        "released": {key: list(items) for key, items in state.released.items()},
        "groups": {key: groups.to_json(dealt) for key, dealt in state.groups.items()},
        "went": [list(one) for one in state.went],
    }


def from_json(kept: Mapping[str, Any]) -> State:
    """Read what `to_json` gave."""
    return State(
        kept["step"],
        kept["step_started_at"],
        kept["started_at"],
        kept["extra"],
        frozenset(kept["open"]),
        frozenset(kept["shown"]),
        {key: tuple(items) for key, items in kept["released"].items()},
        {key: groups.from_json(dealt) for key, dealt in kept["groups"].items()},
        tuple((step, at) for step, at in kept["went"]),
        kept.get("was", ""),
        frozenset(kept.get("ever_shown", kept["shown"])),
    )


def go(state: State, programme: Programme, step: Any, now: int) -> State:
    """Go to a step; what is open is closed, and the clock starts. Also starts the same one anew."""
    found = programme.step(step)
    if found is None:
        raise Refused("live-refused-step")
    first = found is programme.order.steps[0]
    begun = state.started_at is not None and not (first and state.step == found.key)
    started = state.started_at if begun else now - programme.minutes_before(found.key) * MINUTE
    return replace(
        state,
        step=found.key,
        step_started_at=now,
        started_at=started,
        extra=0,
        open=frozenset(),
        went=(*(state.went if begun else ()), (found.key, now)),
    )


def minutes_used(state: State, until: int) -> dict[str, float]:
    """How many minutes each step took that was gone to; `until` is when the last one ended."""
    used: dict[str, float] = {}
    ends = [*(at for _, at in state.went[1:]), until]
    for (step, began), ended in zip(state.went, ends, strict=False):
        used[step] = used.get(step, 0) + max(0, ended - began) / MINUTE
    return used


def extend(state: State, minutes: Any) -> State:
    """Give the step more minutes, or take some away again."""
    if type(minutes) is not int or not 0 < abs(minutes) <= MOST_EXTRA:
        raise Refused("live-refused-minutes", most=MOST_EXTRA)
    extra = max(-MOST_EXTRA, min(MOST_EXTRA, state.extra + minutes))
    return replace(state, extra=extra)


def open_(state: State, part: Part) -> State:
    """Let guests answer an activity of the current step."""
    return replace(state, open=state.open | {part.key})


def close(state: State, part: Part) -> State:
    """Take no more answers to an activity."""
    return replace(state, open=state.open - {part.key})


def show(state: State, part: Part) -> State:
    """Show the group what it answered, and what is explained with it."""
    if part.result is None:
        raise Refused("live-refused-no-result")
    ever = state.ever_shown | {part.key}
    return replace(state, shown=state.shown | {part.key}, ever_shown=ever)


def hide(state: State, part: Part) -> State:
    """Show the group its answers no more."""
    return replace(state, shown=state.shown - {part.key})


def release(state: State, part: Part, items: Iterable[str]) -> State:
    """Let the group see texts that the trainer has read."""
    let = dict.fromkeys((*state.released.get(part.key, ()), *items))
    return replace(state, released={**state.released, part.key: tuple(let)})


def withhold(state: State, part: Part, item: Any) -> State:
    """Let the group see a text no more."""
    let = tuple(one for one in state.released.get(part.key, ()) if one != item)
    return replace(state, released={**state.released, part.key: let})


def regroup(state: State, part: Part, dealt: tuple[Group, ...]) -> State:
    """Put the groups of an activity in the place of those there were."""
    return replace(state, groups={**state.groups, part.key: dealt})


def end(state: State, was: str = "") -> State:
    """Close what is open; `was` is a hash of the code, for those who were there."""
    return replace(state, open=frozenset(), was=was)


def part_of_step(state: State, programme: Programme, key: Any) -> Part:
    """An activity of the current step; raises `Refused` for any other."""
    found = next((part for part in programme.parts_of(state.step) if part.key == key), None)
    if found is None:
        raise Refused("live-refused-activity")
    return found


def step_ends_at(state: State, programme: Programme) -> int:
    """When the current step is meant to end."""
    step = programme.step(state.step) or programme.order.steps[0]
    return state.step_started_at + (step.minutes + state.extra) * MINUTE


def behind_minutes(state: State, programme: Programme, now: int) -> int:
    """How many whole minutes the room is behind its running order; negative is ahead."""
    if state.started_at is None:
        return 0
    step = programme.step(state.step) or programme.order.steps[0]
    meant = state.started_at + programme.minutes_before(step.key) * MINUTE
    late = max(state.step_started_at - meant, now - meant - step.minutes * MINUTE)
    return int(late / MINUTE)
