"""Small groups: everybody has a place and a role, and keeps them while others come and go."""

from random import Random

import pytest

from viceversa.live import groups
from viceversa.live.groups import MENTEE, MENTOR, OBSERVER, Group


def names(many, start=0):
    return [f"guest-{n}" for n in range(start, start + many)]


def sizes(dealt):
    return sorted((len(group.members) for group in dealt), reverse=True)


def check(dealt, present):
    """What must hold of any groups, however they came to be."""
    members = [member for group in dealt for member in group.who]
    assert sorted(members) == (sorted(present) if len(present) > 1 else sorted(members))
    assert len({group.number for group in dealt}) == len(dealt)
    for group in dealt:
        roles = [role for _, role in group.members]
        assert len(roles) >= 2
        assert roles.count(MENTOR) == roles.count(MENTEE) == 1
        assert roles.count(OBSERVER) == len(roles) - 2


@pytest.mark.parametrize(
    ("many", "of", "as_"),
    [
        (0, 3, []),
        (1, 3, []),
        (2, 3, [2]),
        (3, 3, [3]),
        (4, 3, [4]),
        (5, 3, [3, 2]),
        (6, 3, [3, 3]),
        (7, 3, [4, 3]),
        (8, 3, [4, 4]),
        (100, 3, [4, *[3] * 32]),
        (5, 4, [5]),
        (6, 4, [3, 3]),
        (7, 5, [4, 3]),
        (11, 5, [6, 5]),
    ],
)
def test_people_are_dealt_into_groups_of_about_that_size(many, of, as_):
    assert sizes(groups.deal(names(many), of, Random(1))) == as_


@pytest.mark.parametrize("of", [3, 4, 5])
def test_every_group_has_a_mentor_and_a_mentee(of):
    for many in range(2, 60):
        check(groups.deal(names(many), of, Random(many)), names(many))


def test_who_is_with_whom_is_left_to_chance():
    first, second = (groups.deal(names(30), 3, Random(seed)) for seed in (1, 2))
    assert {frozenset(group.who) for group in first} != {frozenset(group.who) for group in second}


def test_a_late_joiner_goes_to_the_smallest_group_to_observe():
    dealt = groups.deal(names(7), 3, Random(1))
    better = groups.mend(dealt, names(8))
    assert sizes(better) == [4, 4]
    group = next(one for one in better if "guest-7" in one.who)
    assert group.role("guest-7") == OBSERVER


@pytest.mark.parametrize("lost", [MENTOR, MENTEE])
def test_an_observer_takes_the_role_of_whoever_left(lost):
    (group,) = groups.deal(names(3), 3, Random(1))
    gone = next(member for member, role in group.members if role == lost)
    observer = next(member for member, role in group.members if role == OBSERVER)
    (better,) = groups.mend([group], set(group.who) - {gone})
    assert better.role(observer) == lost
    assert len(better.members) == 2


def test_one_who_is_left_alone_joins_another_group():
    pair = Group(1, (("ana", MENTOR), ("ben", MENTEE)))
    three = Group(2, (("cy", MENTOR), ("di", MENTEE), ("ed", OBSERVER)))
    (better,) = groups.mend([pair, three], ["ana", "cy", "di", "ed"])
    assert better.number == 2
    assert better.role("ana") == OBSERVER
    assert better.role("cy") == MENTOR


def test_two_who_are_each_left_alone_make_a_group():
    pairs = [
        Group(1, (("ana", MENTOR), ("ben", MENTEE))),
        Group(2, (("cy", MENTOR), ("di", MENTEE))),
    ]
    check(groups.mend(pairs, ["ana", "di"]), ["ana", "di"])


def test_groups_are_the_same_after_the_store():
    dealt = groups.deal(names(11), 3, Random(1))
    assert groups.from_json(groups.to_json(dealt)) == dealt


@pytest.mark.parametrize("seed", range(60))
def test_whoever_comes_and_goes_the_groups_hold_and_the_others_stay(seed):
    dice = Random(seed)
    of = dice.choice([3, 4, 5])
    present = names(dice.randint(0, 40))
    dealt, next_one = groups.deal(present, of, dice), len(present)
    for _ in range(40):
        before, was_here = dealt, set(present)
        gone = set(dice.sample(present, min(len(present), dice.choice([0, 0, 1, 1, 2, 5]))))
        came = names(dice.choice([0, 0, 1, 1, 3]), next_one)
        next_one += len(came)
        present = [one for one in present if one not in gone] + came
        dealt = groups.mend(dealt, present)
        if len(present) > 1:
            check(dealt, present)
        else:
            assert dealt == ()
        _others_stayed(before, dealt, was_here - gone)


def _others_stayed(before, after, stayed):
    """Whoever still has company keeps group and role, unless an observer is needed to play."""
    for group in before:
        left = [(who, role) for who, role in group.members if who in stayed]
        if len(left) < 2:
            continue
        now = next(one for one in after if one.number == group.number)
        missing = {MENTOR, MENTEE} - {role for _, role in left}
        for who, role in left:
            assert now.role(who) == role or (role == OBSERVER and now.role(who) in missing)


def test_mending_what_is_whole_changes_nothing():
    dealt = groups.deal(names(17), 3, Random(3))
    assert groups.mend(dealt, names(17)) == dealt
