"""Small groups for a scenario: each with a mentor and a mentee, the others observe.

Left-overs become further observers. Where there would be too many of those (five people, groups
of three), they make a group of their own, even without an observer: two who play can still tell
each other what they saw, but of five in one group three would only watch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

MENTOR, MENTEE, OBSERVER = "mentor", "mentee", "observer"
PLAYED = (MENTOR, MENTEE)


@dataclass(frozen=True)
class Group:
    """A breakout group: its number, and each member with a role."""

    number: int
    members: tuple[tuple[str, str], ...]

    @property
    def who(self) -> tuple[str, ...]:
        """The members without their roles."""
        return tuple(member for member, _ in self.members)

    def role(self, member: str) -> str | None:
        """A member's role; None for somebody who is not in it."""
        return dict(self.members).get(member)


def to_json(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Give groups as plain values."""
    return [{"number": one.number, "members": list(map(list, one.members))} for one in groups]


def from_json(kept: Iterable[dict[str, Any]]) -> tuple[Group, ...]:
    """Read what `to_json` gave."""
    return tuple(
        Group(one["number"], tuple((who, role) for who, role in one["members"])) for one in kept
    )


def deal(present: Sequence[str], of: int, dice: Random) -> tuple[Group, ...]:
    """Put everybody who is here into groups of about `of`; none where there are fewer than two."""
    people = list(present)
    dice.shuffle(people)
    dealt, start = [], 0
    for number, size in enumerate(_sizes(len(people), of), start=1):
        dealt.append(_seated(number, people[start : start + size]))
        start += size
    return tuple(dealt)


def mend(groups: Sequence[Group], present: Iterable[str]) -> tuple[Group, ...]:
    """Make up for who has left and who has come; everybody else keeps their place and role.

    A role that was left is taken by an observer of the group. One who is left alone joins the
    smallest other group, and so does a late joiner.
    """
    here = list(dict.fromkeys(present))
    left = [_without(group, set(here)) for group in groups]
    whole = [_with_both_roles(group) for group in left if len(group.members) > 1]
    placed = {member for group in whole for member in group.who}
    waiting = [member for member in here if member not in placed]
    if not whole and len(waiting) > 1:
        # Nobody is in a group any more: these begin one, in the order in which they came.
        return (_seated(1 + max((group.number for group in groups), default=0), waiting),)
    for member in waiting:
        whole = _joined(whole, member)
    return tuple(whole)


def _sizes(many: int, of: int) -> list[int]:
    if many < 2:
        return []
    groups, over = divmod(many, of)
    groups += over > groups
    each, more = divmod(many, groups)
    return [each + (place < more) for place in range(groups)]


def _seated(number: int, people: Sequence[str]) -> Group:
    roles = [*PLAYED, *[OBSERVER] * len(people)]
    return Group(number, tuple(zip(people, roles, strict=False)))


def _without(group: Group, here: set[str]) -> Group:
    return replace(group, members=tuple(one for one in group.members if one[0] in here))


def _missing(group: Group) -> list[str]:
    taken = {role for _, role in group.members}
    return [role for role in PLAYED if role not in taken]


def _with_both_roles(group: Group) -> Group:
    members = list(group.members)
    for role in _missing(group):
        place = next((at for at, one in enumerate(members) if one[1] == OBSERVER), None)
        if place is not None:
            members[place] = (members[place][0], role)
    return replace(group, members=tuple(members))


def _joined(groups: list[Group], member: str) -> list[Group]:
    if not groups:
        return groups
    smallest = min(groups, key=lambda group: (len(group.members), group.number))
    role = next(iter(_missing(smallest)), OBSERVER)
    larger = replace(smallest, members=(*smallest.members, (member, role)))
    return [larger if group is smallest else group for group in groups]
