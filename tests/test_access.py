"""Every relation against every audience, every role against every folder."""

from dataclasses import dataclass
from itertools import product

import pytest

from viceversa import access


@dataclass(frozen=True)
class Somebody:
    id: str
    role: str


@dataclass(frozen=True)
class Owner:
    kind: str
    id: str


@dataclass(frozen=True)
class Pair:
    id: str
    mentor: str
    mentee: str


ANA = Somebody("ana", "mentor")
BEN = Somebody("ben", "mentee")
CAT = Somebody("cat", "mentee")
DAN = Somebody("dan", "mentor")
TRAINER = Somebody("tess", "trainer")
COORDINATOR = Somebody("cora", "coordinator")
# Ana mentors two people, and those two are nothing to each other.
PAIRS = [Pair("ana-ben", "ana", "ben"), Pair("ana-cat", "ana", "cat")]

MAY_SEE = {
    ("self", "only-me"),
    ("self", "my-pair"),
    ("self", "trainer"),
    ("self", "coordinator"),
    ("self", "group"),
    ("partner", "my-pair"),
    ("trainer", "trainer"),
    ("coordinator", "coordinator"),
}
RELATIONS = ("self", "partner", "trainer", "coordinator", "nobody", "", "admin")
AUDIENCES = ("only-me", "my-pair", "trainer", "coordinator", "group", "", "everybody")

EVERYBODY = {"mentor", "mentee", "trainer", "coordinator"}
MAY_OPEN = {
    "participant": EVERYBODY,
    "awareness": EVERYBODY,
    "reflection": EVERYBODY,
    "pair": EVERYBODY,
    "trainer": {"trainer", "coordinator"},
    "coordinator": {"coordinator"},
    "reports": set(),
    "data": set(),
    "": set(),
}
ROLES = ("mentor", "mentee", "trainer", "coordinator", "", "admin", "Coordinator")


@pytest.mark.parametrize(("relation", "audience"), list(product(RELATIONS, AUDIENCES)))
def test_a_relation_sees_its_audiences_and_no_other(relation, audience):
    assert access.may_see(relation, audience) == ((relation, audience) in MAY_SEE)


@pytest.mark.parametrize(("role", "folder"), list(product(ROLES, MAY_OPEN)))
def test_a_role_opens_its_folders_and_no_other(role, folder):
    assert access.may_open(role, f"{folder}/page") == (role in MAY_OPEN[folder])


@pytest.mark.parametrize(
    "page",
    [
        "",
        "participant",
        "participant/",
        "/participant/home",
        "./participant/home",
        "../participant/home",
        "participant/../coordinator/scheme",
        "participant//home",
        "participant/./home",
        "participant\\..\\coordinator/scheme",
        "Participant/home",
        "participant%2F../home",
    ],
)
def test_an_odd_address_opens_for_nobody(page):
    assert not access.may_open("coordinator", page)


@pytest.mark.parametrize(
    ("viewer", "owner", "expected"),
    [
        (ANA, Owner("person", "ana"), "self"),
        (ANA, Owner("person", "ben"), "partner"),
        (ANA, Owner("person", "cat"), "partner"),
        (ANA, Owner("person", "dan"), "nobody"),
        (BEN, Owner("person", "ana"), "partner"),
        (BEN, Owner("person", "cat"), "nobody"),
        (DAN, Owner("person", "ana"), "nobody"),
        (TRAINER, Owner("person", "ana"), "trainer"),
        (TRAINER, Owner("person", "tess"), "self"),
        (COORDINATOR, Owner("person", "ana"), "coordinator"),
        (COORDINATOR, Owner("person", "cora"), "self"),
        (ANA, Owner("pair", "ana-ben"), "self"),
        (BEN, Owner("pair", "ana-ben"), "self"),
        (BEN, Owner("pair", "ana-cat"), "nobody"),
        (DAN, Owner("pair", "ana-ben"), "nobody"),
        (TRAINER, Owner("pair", "ana-ben"), "trainer"),
        (COORDINATOR, Owner("pair", "ana-ben"), "coordinator"),
        # An id of one kind opens nothing of the other kind.
        (ANA, Owner("pair", "ana"), "nobody"),
        (COORDINATOR, Owner("group", "all"), "nobody"),
    ],
)
def test_how_somebody_stands_to_an_owner(viewer, owner, expected):
    assert access.relation(viewer, owner, PAIRS) == expected


def test_a_pair_that_is_not_listed_makes_no_partner():
    assert access.relation(ANA, Owner("person", "ben"), []) == "nobody"
    assert access.relation(ANA, Owner("pair", "ana-ben"), []) == "nobody"


def test_a_partner_is_only_a_partner_whatever_their_role():
    pairs = [Pair("cora-ben", "cora", "ben")]
    assert access.relation(COORDINATOR, Owner("person", "ben"), pairs) == "partner"


def test_every_audience_is_decided_for_every_relation():
    assert set(access.SEES) == {"self", "partner", "trainer", "coordinator", "nobody"}
    assert set().union(*access.SEES.values()) == set(access.AUDIENCES)


def test_access_knows_neither_jupyter_nor_the_store():
    source = access.__loader__.get_source(access.__name__)  # type: ignore[union-attr]
    assert "viceversa.store" not in source
    assert "import IPython" not in source


@pytest.mark.parametrize("mine", ["yes", "not-now", None])
@pytest.mark.parametrize("theirs", ["yes", "not-now", None])
def test_partners_see_each_others_result_only_when_both_have_said_yes(mine, theirs):
    both = access.may_swap({"swap": mine}, {"swap": theirs}, "swap")
    assert both == (mine == theirs == "yes")


def test_a_result_that_nobody_was_asked_about_is_never_swapped():
    assert not access.may_swap({"swap": "yes"}, {"swap": "yes"}, None)
    assert not access.may_swap({}, {}, "swap")
