"""Who may see and open what: the one place that decides.

Everything that shows an answer to somebody asks `relation` how they stand to its owner, and
`may_see` whether that is enough for the audience that the answer is marked with. Whatever is
not named here is refused.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, Protocol

Relation = Literal["self", "partner", "trainer", "coordinator", "nobody"]

AUDIENCES = ("only-me", "my-pair", "trainer", "coordinator", "group")

# "group" is for figures over many people: nobody but its writer sees such an answer by itself.
SEES = MappingProxyType[str, frozenset[str]](
    {
        "self": frozenset(AUDIENCES),
        "partner": frozenset({"my-pair"}),
        "trainer": frozenset({"trainer"}),
        "coordinator": frozenset({"coordinator"}),
        "nobody": frozenset(),
    }
)

# The answer by which somebody agrees that their partner sees their result.
YES = "yes"

ROLES = frozenset({"mentor", "mentee", "trainer", "coordinator"})

# By notebook folder. Report templates are in no list: they are filled, never opened.
OPENS = MappingProxyType[str, frozenset[str]](
    {
        "participant": ROLES,
        "awareness": ROLES,
        "reflection": ROLES,
        "pair": ROLES,
        "trainer": frozenset({"trainer", "coordinator"}),
        "coordinator": frozenset({"coordinator"}),
    }
)


LEADS = frozenset({"trainer", "coordinator"})


class Viewer(Protocol):
    """Somebody signed in."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...


class Owned(Protocol):
    """Whose an answer is: kind person or pair, and its id."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...


class TwoPeople(Protocol):
    """A pair, by the ids of its two people."""

    @property
    def id(self) -> str: ...
    @property
    def mentor(self) -> str: ...
    @property
    def mentee(self) -> str: ...


def relation(viewer: Viewer, owner: Owned, pairs: Iterable[TwoPeople]) -> Relation:
    """How a viewer stands to the owner of an answer; `pairs` are the pairs that have not ended.

    Both of a pair are "self" to what belongs to the pair. The closest relation counts: a
    trainer's own answers are their own.
    """
    mine = [pair for pair in pairs if viewer.id in (pair.mentor, pair.mentee)]
    if owner.kind == "pair":
        if any(pair.id == owner.id for pair in mine):
            return "self"
    elif owner.kind == "person":
        if owner.id == viewer.id:
            return "self"
        if any(owner.id in (pair.mentor, pair.mentee) for pair in mine):
            return "partner"
    else:
        return "nobody"
    if viewer.role == "trainer":
        return "trainer"
    return "coordinator" if viewer.role == "coordinator" else "nobody"


def may_see(relation: str, seen_by: str) -> bool:
    """Whether somebody in this relation may see an answer marked for this audience."""
    return seen_by in SEES.get(relation, ())


def agrees(values: Mapping[str, object], field: str | None) -> bool:
    """Whether somebody has said yes, in this field of a worksheet, to swapping results."""
    return field is not None and values.get(field) == YES


def may_swap(mine: Mapping[str, object], theirs: Mapping[str, object], field: str | None) -> bool:
    """Whether two partners see each other's result: only when both have said yes."""
    return agrees(mine, field) and agrees(theirs, field)


def may_lead(role: str) -> bool:
    """Whether a role may lead live sessions; each trainer leads their own, and no one else's."""
    return role in LEADS


def may_read_record(viewer_id: str, viewer_role: str, led_by: str) -> bool:
    """Whether somebody may read a live session's record: whoever led it, and coordinators."""
    own = may_lead(viewer_role) and viewer_id == led_by
    return bool(led_by) and (own or viewer_role == "coordinator")


def may_open(role: str, page: str) -> bool:
    """Whether a role may open a page, named as "reflection/mindset"; the folder decides."""
    folder, *rest = page.split("/")
    plain = rest and all(part not in ("", ".", "..") for part in rest)
    return bool(plain) and role in OPENS.get(folder, ())


def may_read_report(viewer_id: str, viewer_role: str, owner_id: str, edition: str) -> bool:
    """Whether somebody may read an edition of a report: the personal one its person alone, the
    shared one its person and coordinators.
    """
    if edition not in ("personal", "shared"):
        return False
    own = bool(owner_id) and viewer_id == owner_id
    return own or (edition == "shared" and viewer_role == "coordinator" and bool(owner_id))
