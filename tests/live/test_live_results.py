"""What a group answered is shown within limits: counts from five, texts from eight or early."""

import pytest

from viceversa.content.fields import Option
from viceversa.live import results
from viceversa.live.results import Limits
from viceversa.store.room_answers import Kept

OPTIONS = (Option(key="a", words="One"), Option(key="b", words="Other"))
LIMITS = Limits()


def chosen(*keys):
    return [Kept(key, 1) for key in keys]


def written(*texts, early=False):
    return [Kept(text, 1, early) for text in texts]


@pytest.mark.parametrize("many", range(5))
def test_below_five_nobody_learns_more_than_how_many_have_answered(many):
    told = results.counts(chosen(*"a" * many), OPTIONS, LIMITS)
    assert told == {"kind": "held-back", "answered": many, "needed": 5}


def test_from_five_on_each_option_has_its_count_also_those_that_nobody_chose():
    told = results.counts(chosen(*"aaaaa"), OPTIONS, LIMITS)
    assert told["answered"] == 5
    assert told["counts"] == [
        {"key": "a", "words": "One", "n": 5},
        {"key": "b", "words": "Other", "n": 0},
    ]


def test_an_answer_that_was_taken_back_does_not_count():
    told = results.counts([*chosen(*"aaaa"), Kept(None, 2)], OPTIONS, LIMITS)
    assert told == {"kind": "held-back", "answered": 4, "needed": 5}


@pytest.mark.parametrize("many", range(1, 8))
def test_below_eight_no_text_shows(many):
    told = results.texts(written(*map(str, range(many))), LIMITS)
    assert told == {"kind": "held-back", "answered": many, "needed": 8}


def test_from_eight_on_the_trainer_sees_the_texts_and_the_group_none_yet():
    told = results.texts(written(*"abcdefgh"), LIMITS)
    assert [one["text"] for one in told["texts"]] == list("abcdefgh")
    assert results.for_the_group(told)["texts"] == []


def test_below_eight_only_what_its_writer_lets_show_is_seen_and_counted():
    told = results.texts([*written("mine", early=True), *written("mine", "theirs")], LIMITS)
    assert [(one["text"], one["n"]) for one in told["texts"]] == [("mine", 1)]
    assert told["needed"] == 8


def test_the_group_sees_what_the_trainer_has_let_through_and_nothing_else_of_it():
    item = results.item_of("b")
    told = results.texts(written(*"abcdefgh"), LIMITS, {"items": [item]})
    assert results.for_the_group(told)["texts"] == [{"text": "b", "n": 1}]


def test_a_text_that_is_changed_after_its_release_waits_again():
    item = results.item_of("kind words")
    told = results.texts(written(*"abcdefg", "rude words"), LIMITS, {"items": [item]})
    assert results.for_the_group(told)["texts"] == []


def test_the_same_word_is_told_once_with_how_many_wrote_it():
    lists = [Kept(["Trust", "time"], 1), Kept(["trust "], 1), Kept(["TRUST", "trust"], 1)]
    told = results.texts([*lists, *written(*"abcde")], LIMITS)
    assert (told["texts"][0]["text"].casefold().strip(), told["texts"][0]["n"]) == ("trust", 3)


def test_the_order_in_which_people_wrote_cannot_be_seen():
    one = results.texts(written(*"abcdefgh"), LIMITS)
    other = results.texts(written(*"hgfedcba"), LIMITS)
    assert one == other


def test_a_scheme_can_ask_for_more_but_not_for_fewer():
    assert Limits.at_least(10) == Limits(10, 10)
    assert Limits.at_least(2) == Limits(5, 8)
