"""Answers are only ever added, and two people's words never overwrite each other."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from viceversa.store import StoreError, answers, people
from viceversa.store.answers import Owner, Stale


@pytest.fixture
def ana(store):
    return people.add(store, "Ana", "ana@example.org", "mentor")


@pytest.fixture
def ben(store):
    return people.add(store, "Ben", "ben@example.org", "mentee")


@pytest.fixture
def ours(store, ana, ben):
    return Owner("pair", people.join(store, ana.id, ben.id).id)


@pytest.fixture
def save(store, ours):
    def save(value, by, base, *, owner=None, field="aims", seen_by="my-pair"):
        return answers.save(
            store,
            owner or ours,
            "plan",
            field,
            value,
            stamp="1-0123abcd",
            seen_by=seen_by,
            by=by.id,
            base=base,
        )

    return save


def stale(save, *args, **more) -> Stale:
    with pytest.raises(Stale) as fault:
        save(*args, **more)
    return fault.value


@pytest.mark.parametrize(
    "value",
    [7, "it-depends", "two\nlines <b>&</b> ’ ☕", ["a", "b"], [{"when": "2026-01-02", "what": ""}]],
)
def test_a_value_comes_back_as_it_went_in(store, ours, ana, save, value):
    saved = save(value, ana, 0)
    assert answers.current(store, ours, "plan") == {"aims": saved}
    assert type(saved.value) is type(value)
    assert (saved.value, saved.revision, saved.by, saved.stamp) == (value, 1, ana.id, "1-0123abcd")


def test_the_time_is_aware_and_in_utc(store, ours, ana, save):
    save("x", ana, 0)
    at = answers.current(store, ours, "plan")["aims"].at
    assert at.tzinfo == UTC
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)


def test_the_newest_answer_counts_and_the_older_ones_stay(store, ours, ana, ben, save):
    save("first", ana, 0)
    save("second", ben, 1)
    assert answers.current(store, ours, "plan")["aims"].value == "second"
    told = [(a.revision, a.value, a.by) for a in answers.history(store, ours, "plan", "aims")]
    assert told == [(1, "first", ana.id), (2, "second", ben.id)]


def test_the_same_answer_again_is_not_kept_twice(store, ours, ana, save):
    first = save("same", ana, 0)
    # Once more from an old revision: a save whose acknowledgement was lost is sent again.
    assert save("same", ana, 0) == first
    assert len(answers.history(store, ours, "plan", "aims")) == 1


def test_other_readers_of_the_same_words_are_a_new_revision(ana, save):
    save("same", ana, 0, seen_by="only-me")
    widened = save("same", ana, 1, seen_by="my-pair")
    assert (widened.revision, widened.seen_by) == (2, "my-pair")


def test_the_order_of_a_rows_columns_is_no_change(ana, save):
    save([{"when": "today", "what": "talk"}], ana, 0)
    assert save([{"what": "talk", "when": "today"}], ana, 1).revision == 1


def test_yes_is_not_the_number_one(ana, save):
    save(1, ana, 0)
    assert save(True, ana, 1).revision == 2


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_answer_taken_back_is_kept_as_none(store, ours, ana, save, nothing):
    save("words", ana, 0)
    assert save(nothing, ana, 1).value is None
    kept = answers.current(store, ours, "plan")["aims"]
    assert (kept.value, kept.revision) == (None, 2)
    assert save("again", ana, kept.revision).revision == 3


def test_a_stale_save_keeps_both_texts(store, ours, ana, ben, save):
    save("from both", ana, 0)
    theirs = save("Ben's text", ben, 1)
    fault = stale(save, "Ana's text", ana, 1)
    assert fault.current == theirs
    assert (fault.aside.value, fault.aside.by, fault.aside.aside) == ("Ana's text", ana.id, True)
    assert answers.current(store, ours, "plan")["aims"] == theirs
    assert fault.aside in answers.history(store, ours, "plan", "aims")


def test_the_choice_after_a_stale_save_starts_from_their_revision(store, ours, ana, ben, save):
    save("Ben's text", ben, 0)
    theirs = stale(save, "Ana's text", ana, 0).current
    assert theirs is not None
    chosen = save("Ben's text\nAna's text", ana, theirs.revision)
    assert chosen.revision == 3
    assert answers.current(store, ours, "plan")["aims"] == chosen


def test_a_stale_save_sent_again_is_put_aside_once(store, ours, ana, ben, save):
    save("Ben's text", ben, 0)
    first = stale(save, "Ana's text", ana, 0)
    again = stale(save, "Ana's text", ana, 0)
    assert again.aside == first.aside
    assert len(answers.history(store, ours, "plan", "aims")) == 2


def test_a_revision_that_does_not_exist_yet_is_stale_too(store, ours, ana, save):
    fault = stale(save, "words", ana, 5)
    assert fault.current is None
    assert fault.aside.value == "words"
    assert answers.current(store, ours, "plan") == {}


def test_fields_worksheets_and_owners_do_not_mix(store, ours, ana, save):
    own = Owner("person", ana.id)
    save("ours", ana, 0)
    save("mine", ana, 0, owner=own)
    save("other field", ana, 0, owner=own, field="why")
    found = {key: a.value for key, a in answers.everything(store, own)["plan"].items()}
    assert found == {"aims": "mine", "why": "other field"}
    assert answers.current(store, own, "mindset") == {}
    assert set(answers.current(store, ours, "plan")) == {"aims"}


@pytest.mark.parametrize("owner", [Owner("person", "nobody"), Owner("pair", "none")])
def test_words_for_nobody_are_refused(ana, save, owner):
    with pytest.raises(StoreError, match="no longer in the scheme, so nothing was saved"):
        save("words", ana, 0, owner=owner)


def test_a_pair_that_ended_takes_no_more_words(store, ours, ana, save):
    save("words", ana, 0)
    people.part(store, ours.id)
    with pytest.raises(StoreError, match="no longer in the scheme"):
        save("more", ana, 1)
    assert answers.current(store, ours, "plan")["aims"].value == "words"


def test_news_are_the_newest_answers_since_one_last_asked(store, ours, ana, ben, save):
    owners = [ours, Owner("person", ana.id)]
    save("before", ana, 0)
    news, last = answers.changed_since(store, owners, None)
    assert news == []
    save("one", ben, 1)
    two = save("two", ben, 2)
    why = save("why", ben, 0, field="why")
    elsewhere = save("not for Ana", ben, 0, owner=Owner("person", ben.id))
    stale(save, "too late", ana, 1)
    news, last = answers.changed_since(store, owners, last)
    assert news == [two, why]
    assert elsewhere not in news
    assert answers.changed_since(store, owners, last) == ([], last)


def test_nobody_has_no_news(store, ana, ben, save):
    save("words", ana, 0)
    assert answers.changed_since(store, [], 0) == ([], 0)
    assert answers.changed_since(store, [], None) == ([], 0)


def test_news_are_found_by_an_index(store, ours):
    with store.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM answers "
            "WHERE (pair_id = 'a' OR person_id = 'b') AND NOT aside AND id > 5"
        ).all()
    assert not [line for line in plan if line[3].startswith("SCAN")]


def test_a_fault_of_the_database_says_nothing_of_the_answer(store, ana, save):
    with store.writing() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(IntegrityError) as fault:
        save("a secret", ana, 0)
    assert "INSERT INTO answers" in str(fault.value)
    assert "a secret" not in str(fault.value)
