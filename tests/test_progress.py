"""How far somebody is, as the navigation and the home page say it."""

import pytest

from viceversa import progress
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.store import answers, people
from viceversa.store.answers import Owner

LIBRARY = Library([shipped("content")])
MINDSET = LIBRARY.page("reflection/mindset")
PLAN = LIBRARY.page("pair/plan")


@pytest.fixture
def mina(store):
    return people.add(store, "Mina", "mina@example.org", "mentor")


def save(store, owner, slug, **fields):
    for key, value in fields.items():
        answers.save(
            store,
            owner,
            slug,
            key.replace("_", "-"),
            value,
            stamp="1",
            seen_by="only-me",
            by=None,
            base=0,
        )


def test_optional_questions_are_not_counted(store, mina):
    assert progress.of_page(LIBRARY, store, mina, MINDSET) == progress.Done(0, 12)
    save(store, Owner("person", mina.id), "mindset", first_draft=3, does_this_fit="Yes.")
    assert progress.of_page(LIBRARY, store, mina, MINDSET) == progress.Done(1, 12)


def test_a_page_is_complete_when_only_optional_questions_are_open(store, mina):
    items = {field.key: 4 for field in LIBRARY.worksheet("mindset").scales}
    save(store, Owner("person", mina.id), "mindset", **items)
    done = progress.of_page(LIBRARY, store, mina, MINDSET)
    assert done.complete
    assert done.begun


def test_an_answer_taken_back_is_not_counted(store, mina):
    owner = Owner("person", mina.id)
    save(store, owner, "mindset", first_draft=3)
    answers.save(
        store, owner, "mindset", "first-draft", None, stamp="1", seen_by="only-me", by=None, base=1
    )
    assert progress.of_page(LIBRARY, store, mina, MINDSET).answered == 0


def test_what_a_pair_wrote_counts_for_both_and_not_without_a_pair(store, mina):
    alone = progress.of_page(LIBRARY, store, mina, PLAN)
    gwyn = people.add(store, "Gwyn", "gwyn@example.org", "mentee")
    pair = people.join(store, mina.id, gwyn.id)
    save(store, Owner("pair", pair.id), "aims", aims=["One"])
    both = [progress.of_page(LIBRARY, store, person, PLAN) for person in (mina, gwyn)]
    assert [one.answered for one in both] == [1, 1]
    assert both[0].of > alone.of


def test_many_pages_are_counted_as_each_is_and_the_store_is_asked_once_for_each_owner(
    store, mina, monkeypatch
):
    gwyn = people.add(store, "Gwyn", "gwyn@example.org", "mentee")
    pair = people.join(store, mina.id, gwyn.id)
    save(store, Owner("person", mina.id), "mindset", first_draft=3)
    save(store, Owner("pair", pair.id), "meeting-plan", theme="Being heard")
    pages = LIBRARY.journey_for("mentor")
    each = [progress.of_page(LIBRARY, store, mina, page) for page in pages]
    assert sum(done.answered for done in each) >= 1

    asked = []
    everything = answers.everything
    monkeypatch.setattr(
        answers,
        "everything",
        lambda store, owner: (asked.append(owner), everything(store, owner))[1],
    )
    assert progress.of_pages(LIBRARY, store, mina, pages) == each
    assert len(asked) == 2
    assert set(asked) == {Owner("person", mina.id), Owner("pair", pair.id)}
