"""People, pairs, and being forgotten."""

import pytest

from viceversa.store import StoreError, answers, links, people, reports, sessions
from viceversa.store.answers import Owner


@pytest.fixture
def ana(store):
    return people.add(store, "Ana", "Ana@Example.org", "mentor", grade="B2")


@pytest.fixture
def ben(store):
    return people.add(store, "Ben", "ben@example.org", "mentee")


def write(store, owner, field, value, by, base=0):
    return answers.save(
        store,
        owner,
        "aims",
        field,
        value,
        stamp="1-aaaaaaaa",
        seen_by="my-pair",
        by=by,
        base=base,
    )


def test_a_person_is_found_by_id_and_by_email_in_any_case(store, ana):
    assert people.get(store, ana.id) == ana
    assert people.by_email(store, " ANA@example.ORG ") == ana
    assert people.by_email(store, "nobody@example.org") is None
    assert ana.email == "ana@example.org"


def test_nobody_by_that_id_is_told_in_a_sentence(store):
    with pytest.raises(StoreError, match="nobody with the id feed"):
        people.get(store, "feed")


def test_an_email_belongs_to_one_person(store, ana, ben):
    with pytest.raises(StoreError, match=r"ana@example\.org is already here"):
        people.add(store, "Other", "ANA@example.org", "mentee")
    with pytest.raises(StoreError, match=r"ana@example\.org is already here"):
        people.update(store, ben.id, email="Ana@example.org")
    assert people.everyone(store) == [ana, ben]


def test_an_unknown_role_is_refused_with_those_there_are(store, ana):
    with pytest.raises(StoreError, match="mentor, mentee, trainer, coordinator"):
        people.add(store, "Other", "o@example.org", "boss")
    with pytest.raises(StoreError, match="no role"):
        people.update(store, ana.id, role="boss")


def test_a_change_is_kept_and_the_rest_stays(store, ana):
    changed = people.update(store, ana.id, grade="B1", language="cy")
    assert changed == people.get(store, ana.id)
    assert (changed.name, changed.grade, changed.language) == ("Ana", "B1", "cy")


def test_everyone_can_be_asked_for_by_role(store, ana, ben):
    assert people.everyone(store, role="mentee") == [ben]


def test_a_mentor_may_have_two_mentees(store, ana, ben):
    cat = people.add(store, "Cat", "cat@example.org", "mentee")
    first = people.join(store, ana.id, ben.id)
    second = people.join(store, ana.id, cat.id)
    assert people.pairs_of(store, ana.id) == [first, second]
    assert people.pairs_of(store, cat.id) == [second]
    assert people.partner(store, second, cat.id) == ana
    assert people.partner(store, second, ana.id) == cat


def test_joining_again_is_the_same_pair(store, ana, ben):
    assert people.join(store, ana.id, ben.id) == people.join(store, ana.id, ben.id)
    assert len(people.all_pairs(store)) == 1


def test_a_pair_needs_one_of_each_role(store, ana, ben):
    with pytest.raises(StoreError, match="Ben is a mentee here, and not a mentor"):
        people.join(store, ben.id, ana.id)
    assert people.all_pairs(store) == []


def test_a_parted_pair_is_gone_until_it_is_joined_again(store, ana, ben):
    pair = people.join(store, ana.id, ben.id)
    people.part(store, pair.id)
    assert people.all_pairs(store) == people.pairs_of(store, ana.id) == []
    assert people.join(store, ana.id, ben.id) == pair
    assert people.all_pairs(store) == [pair]


def test_a_stranger_has_no_partner_in_a_pair(store, ana, ben):
    pair = people.join(store, ana.id, ben.id)
    cat = people.add(store, "Cat", "cat@example.org", "mentee")
    with pytest.raises(StoreError, match="not one of the pair"):
        people.partner(store, pair, cat.id)


def leave_traces(store, ana, ben):
    pair = people.join(store, ana.id, ben.id)
    write(store, Owner("person", ana.id), "why", "my own words", ana.id)
    write(store, Owner("pair", pair.id), "ours", "a text of Ana's", ana.id)
    write(store, Owner("pair", pair.id), "theirs", "a text of Ben's", ben.id)
    token = links.make(store, ana.id, 3)
    session = sessions.start(store, ana.id, 3)
    reports.record(
        store,
        ana.id,
        edition="personal",
        format="html",
        fingerprint="f",
        file="reports/x.html",
    )
    return pair, token, session


def test_somebody_forgotten_leaves_a_nameless_place_and_nothing_else(store, ana, ben):
    pair, token, session = leave_traces(store, ana, ben)
    assert people.forget(store, ana.id, also_pair_words=False) == ("reports/x.html",)
    assert people.everyone(store) == [ben]
    assert people.by_email(store, ana.email) is None
    assert people.pairs_of(store, ben.id) == [pair]
    assert people.partner(store, pair, ben.id) is None
    assert answers.everything(store, Owner("person", ana.id)) == {}
    assert sessions.read(store, session) is None
    assert reports.made_for(store, ana.id) == []
    with pytest.raises(links.LinkFault) as fault:
        links.read(store, token)
    assert fault.value.reason == "unknown"


def test_pair_words_that_stay_lose_their_writer(store, ana, ben):
    pair, *_ = leave_traces(store, ana, ben)
    people.forget(store, ana.id, also_pair_words=False)
    kept = answers.current(store, Owner("pair", pair.id), "aims")
    assert (kept["ours"].value, kept["ours"].by) == ("a text of Ana's", None)
    assert (kept["theirs"].value, kept["theirs"].by) == ("a text of Ben's", ben.id)


def test_pair_words_can_be_erased_and_the_partner_writes_on(store, ana, ben):
    pair, *_ = leave_traces(store, ana, ben)
    people.forget(store, ana.id, also_pair_words=True)
    owner = Owner("pair", pair.id)
    kept = answers.current(store, owner, "aims")
    assert kept["ours"].value is None
    assert kept["theirs"].value == "a text of Ben's"
    assert write(store, owner, "ours", "new", ben.id, base=kept["ours"].revision).revision == 2


def test_nothing_new_is_kept_for_somebody_forgotten(store, ana, ben):
    pair, *_ = leave_traces(store, ana, ben)
    people.forget(store, ana.id, also_pair_words=True)
    for owner in (Owner("person", ana.id), Owner("pair", pair.id)):
        with pytest.raises(StoreError):
            write(store, owner, "late", "words", ana.id)
    for act in (
        lambda: links.make(store, ana.id, 3),
        lambda: sessions.start(store, ana.id, 3),
        lambda: people.forget(store, ana.id, also_pair_words=True),
        lambda: people.update(store, ana.id, name="Ana"),
    ):
        with pytest.raises(StoreError, match="nobody with the id"):
            act()


def test_the_address_of_somebody_forgotten_can_be_used_again(store, ana):
    people.forget(store, ana.id, also_pair_words=True)
    again = people.add(store, "Ana", "ana@example.org", "mentor")
    assert again.id != ana.id


def test_several_changes_are_kept_together_or_not_at_all(store, ana):
    def change_two():
        with store.writing():
            people.update(store, ana.id, name="Changed")
            people.add(store, "Other", "ana@example.org", "mentee")

    with pytest.raises(StoreError, match="already here"):
        change_two()
    assert people.get(store, ana.id).name == "Ana"
