"""What each kind of field takes, refuses, and how its answers read."""

import json
import math
from typing import Any

import pytest
from pydantic import TypeAdapter

from viceversa.content import Library, Refused, Words, shipped
from viceversa.content.fields import HOW_LONG_AGO, Field
from viceversa.content.kinds import AnyField

OPTIONS = [{"key": "yes", "words": "Yes, do"}, {"key": "no", "words": "No"}]
KINDS: dict[str, dict[str, Any]] = {
    "scale": {"left": "I ask first", "right": "I act first", "facet": "steering"},
    "how-long-ago": {},
    "choice": {"options": OPTIONS},
    "choices": {"options": [*OPTIONS, {"key": "later", "words": "Later"}], "at-most": 2},
    "short-text": {"at-most": 10},
    "long-text": {},
    "list": {"at-most": 3, "each-at-most": 5},
    "date": {"earliest": "2025-01-01", "latest": "2025-12-31"},
    "rows": {
        "at-most": 2,
        "columns": [
            {"key": "day", "kind": "date", "ask": "Day"},
            {"key": "start", "kind": "time", "ask": "Start"},
            {"key": "theme", "kind": "choice", "ask": "Theme", "options": OPTIONS},
            {"key": "note", "kind": "short-text", "ask": "Note", "at-most": 5},
        ],
    },
}
NUMBERS = [0, 8, -1, 4.0, math.nan, math.inf, True, False]
JUNK = [*NUMBERS, "4", "nonsense", {}, {"a": 1}, [[]], [None, 3]]
DEEP: list[Any] = []
for _ in range(500):
    DEEP = [DEEP]


def a(kind: str, **more: Any) -> Field:
    data = {"kind": kind, "key": "k", "ask": "What?", **KINDS[kind], **more}
    return TypeAdapter(AnyField).validate_python(data)


@pytest.fixture(scope="module")
def words() -> Words:
    return Library([shipped("content")]).words


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_means_taken_back_for_every_kind(kind: str, nothing: Any):
    assert a(kind).check(nothing) is None


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"short-text", "long-text"}))
@pytest.mark.parametrize("value", [*JUNK, DEEP, "x" * 200_000], ids=lambda value: repr(value)[:12])
def test_a_meddling_client_is_refused_in_a_sentence(kind: str, value: Any):
    with pytest.raises(Refused) as refused:
        a(kind).check(value)
    assert str(refused.value).endswith(".")
    assert "{" not in str(refused.value)


@pytest.mark.parametrize("kind", ["short-text", "long-text"])
@pytest.mark.parametrize("value", [v for v in JUNK if not isinstance(v, str)], ids=repr)
def test_text_that_is_no_text_is_refused(kind: str, value: Any):
    with pytest.raises(Refused, match="Please write words here"):
        a(kind).check(value)


def test_refused_is_a_value_error():
    assert issubclass(Refused, ValueError)


@pytest.mark.parametrize("value", [1, 4, 7, "it-depends"])
def test_a_scale_takes_seven_places_and_it_depends(value: Any):
    assert a("scale").check(value) == value


def test_a_scale_says_what_it_takes():
    with pytest.raises(Refused, match='Please choose 1 to 7, or "it depends"'):
        a("scale").check(8)


def test_a_turned_scale_counts_from_the_other_side():
    straight, turned = a("scale"), a("scale", turned=True)
    assert [straight.score(n) for n in (1, 4, 7)] == [1, 4, 7]
    assert [turned.score(n) for n in (1, 4, 7)] == [7, 4, 1]
    assert turned.score("it-depends") is None


def test_the_page_is_not_given_the_key_to_the_test():
    look = a("scale", turned=True).look()
    assert "turned" not in look
    assert "facet" not in look


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        (1, "Very much: I ask first (1 of 7)"),
        (2, "Mostly: I ask first (2 of 7)"),
        (3, "A little more: I ask first (3 of 7)"),
        (4, "In between: I ask first / I act first (4 of 7)"),
        (5, "A little more: I act first (5 of 7)"),
        (7, "Very much: I act first (7 of 7)"),
        ("it-depends", "It depends"),
        (None, ""),
    ],
)
def test_a_scale_reads_as_its_nearer_end(value: Any, reads: str, words: Words):
    assert a("scale").read(value, words) == reads


def test_how_long_ago_takes_and_reads_its_six_answers(words: Words):
    field = a("how-long-ago")
    assert [field.check(value) for value in HOW_LONG_AGO] == list(HOW_LONG_AGO)
    assert len({field.read(value, words) for value in HOW_LONG_AGO}) == 6


def test_a_choice_keeps_the_key_and_reads_as_its_words(words: Words):
    field = a("choice")
    assert field.check("yes") == "yes"
    assert field.read("yes", words) == "Yes, do"


def test_an_unknown_option_is_refused_with_those_that_exist():
    with pytest.raises(Refused, match="Please choose one of these: “Yes, do”, “No”"):
        a("choice").check("perhaps")


def test_an_option_that_was_taken_away_since_is_shown_as_it_was_kept(words: Words):
    assert a("choice").read("perhaps", words) == "perhaps"
    assert a("choices").read(["perhaps", "no"], words) == ["perhaps", "No"]


def test_choices_are_kept_once_in_the_order_of_the_options(words: Words):
    assert a("choices").check(["no", "yes", "no"]) == ["yes", "no"]
    assert a("choices").read(["yes", "no"], words) == ["Yes, do", "No"]


def test_more_choices_than_may_be_chosen_are_refused():
    with pytest.raises(Refused, match=r"You chose 3\. At most 2 can be chosen here"):
        a("choices").check(["no", "yes", "later"])


def test_long_text_keeps_html_as_it_was_written():
    wrote = "<script>alert('x')</script> & <b>so</b>"
    assert a("long-text").check(wrote) == wrote


def test_long_text_has_plain_line_ends_and_no_control_characters():
    wrote = "one\r\ntwo\rthree\u2028four\x00\x1b[0m\ud800\tfive"
    kept = a("long-text").check(wrote)
    assert kept == "one\ntwo\nthree\nfour[0m\tfive"
    kept.encode("utf-8")


def test_short_text_stays_on_one_line():
    assert a("short-text").check("a\nb\r\nc") == "a b c"


def test_text_of_blanks_alone_is_nothing():
    assert a("long-text").check(" \n\t ") is None


def test_text_that_is_too_long_says_by_how_much_and_that_nothing_is_lost():
    with pytest.raises(Refused) as refused:
        a("long-text").check("x" * 200_000)
    assert str(refused.value) == (
        "That is 200,000 characters; at most 5,000 fit here. "
        "Nothing you wrote was lost: shorten it and it will be saved."
    )


def test_text_of_just_the_length_fits():
    assert a("short-text").check("é" * 10) == "é" * 10
    with pytest.raises(Refused):
        a("short-text").check("é" * 11)


def test_a_list_drops_blank_entries(words: Words):
    assert a("list").check([" a ", "", "  ", None, "b"]) == ["a", "b"]
    assert a("list").read(["a", "b"], words) == ["a", "b"]
    assert a("list").check(["", " "]) is None


def test_a_list_that_is_too_long_is_refused():
    with pytest.raises(Refused, match="That is 4 entries; at most 3 fit here"):
        a("list").check(list("abcd"))


def test_a_list_entry_that_is_too_long_is_refused():
    with pytest.raises(Refused, match="That is 6 characters; at most 5 fit here"):
        a("list").check(["abcdef"])


def test_a_date_is_kept_as_year_month_day(words: Words):
    assert a("date").check("2025-03-09") == "2025-03-09"
    assert a("date").read("2025-03-09", words) == "9 March 2025"


@pytest.mark.parametrize("value", ["2025-02-30", "20250309", "2025-W10-7", "9/3/2025", "2025-3-9"])
def test_what_is_no_day_is_refused(value: str):
    with pytest.raises(Refused, match="Please give a day that is in the calendar"):
        a("date").check(value)


def test_a_day_outside_the_limits_is_refused():
    with pytest.raises(Refused, match="no earlier than 2025-01-01"):
        a("date").check("2024-12-31")
    with pytest.raises(Refused, match="no later than 2025-12-31"):
        a("date").check("2026-01-01")


def test_rows_keep_what_is_filled_in_and_drop_empty_rows():
    rows = [{"note": "hi", "day": ""}, {}, {"note": " "}, {"start": "09:30"}]
    assert a("rows").check(rows) == [{"note": "hi"}, {"start": "09:30"}]
    assert a("rows").check([{}, {"note": None}]) is None


def test_rows_read_with_every_column_by_its_words(words: Words):
    rows = [{"day": "2025-03-09", "theme": "no"}]
    assert a("rows").read(rows, words) == [
        {"Day": "9 March 2025", "Start": "", "Theme": "No", "Note": ""}
    ]


def test_a_fault_in_a_row_names_the_row_and_the_column():
    with pytest.raises(Refused) as refused:
        a("rows").check([{"note": "a"}, {"start": "25:00"}])
    assert str(refused.value).startswith("Row 2, Start: Please give a time of day")


@pytest.mark.parametrize("rows", [[{"other": "x"}], ["x"], [{"note": {"deep": 1}}], {"note": "x"}])
def test_rows_of_another_shape_are_refused(rows: Any):
    with pytest.raises(Refused):
        a("rows").check(rows)


def test_too_many_rows_are_refused():
    with pytest.raises(Refused, match="That is 3 rows; at most 2 fit here"):
        a("rows").check([{"note": "a"}] * 3)


def test_refusals_are_said_in_the_words_of_the_scheme():
    own = Words({"refused-in-row": "Rhes {row}, {column}: {why}", "refused-time": "Amser!"})
    with pytest.raises(Refused) as refused:
        a("rows").check([{"start": "x"}])
    assert refused.value.say(own) == "Rhes 1, Start: Amser!"


@pytest.mark.parametrize("kind", KINDS)
def test_a_control_is_given_plain_values_with_the_authors_keys(kind: str):
    look = a(kind, **{"seen-by": "my-pair", "may-share-with": ["trainer"]}).look()
    assert json.loads(json.dumps(look)) == look
    assert look["kind"] == kind
    assert look["seen-by"] == "my-pair"
    assert look["may-share-with"] == ["trainer"]
    assert not any("_" in key for key in look)


def test_columns_do_not_repeat_who_will_see_them():
    columns = a("rows").look()["columns"]
    assert [column["key"] for column in columns] == ["day", "start", "theme", "note"]
    assert not any("seen-by" in column for column in columns)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_never_fails_on_an_answer_of_another_kind(kind: str, words: Words):
    for value in (None, 3, "x", ["x"], [{"x": 1}], [{"day": 4}], {"x": 1}):
        reading = a(kind).read(value, words)
        assert isinstance(reading, (str, list))


def test_an_answer_outlives_a_change_of_kind(words: Words):
    assert a("short-text").read(["a", "b"], words) == "a, b"
    assert a("list").read("a", words) == ["a"]
