"""Profiles against figures worked out by hand."""

from typing import Any

import pytest

from viceversa.content.worksheets import ProfileSpec, Worksheet
from viceversa.scoring import change, clear_change, error_of_measurement, profile

FACETS = ("sharing", "reaching", "steering")


def sheet(**spec: Any) -> Worksheet:
    """Three facets of four items: s1 to s4, r1 to r4, t1 to t4; the even ones are turned."""
    items = [
        {"key": f"{letter}{n}", "kind": "scale", "ask": "?", "left": "L", "right": "R",
         "facet": facet, "turned": n % 2 == 0}
        for letter, facet in zip("srt", FACETS, strict=True)
        for n in (1, 2, 3, 4)
    ]  # fmt: skip
    end = {"name": "E"}
    facets = [{"key": key, "title": key.title(), "low": end, "high": end} for key in FACETS]
    data = {
        "slug": "habits",
        "title": "Habits",
        "sections": [{"title": "S", "fields": items}],
        "profile": {"title": "All", "low": end, "high": end, "facets": facets, **spec},
    }
    return Worksheet.model_validate(data)


def test_turned_items_count_from_the_other_side():
    # 7, 8-1=7, 5, 8-3=5: the mean is 6.
    first = profile(sheet(), {"s1": 7, "s2": 1, "s3": 5, "s4": 3}).positions[0]
    assert (first.key, first.title) == ("sharing", "Sharing")
    assert first.score == pytest.approx(6.0)
    assert first.place == "high"
    assert (first.answered, first.of) == (4, 4)


def test_the_band_is_the_score_and_nearly_two_standard_errors():
    # 1.2·√0.3 = 0.65727; times 1.96 = 1.28824.
    first = profile(sheet(), {"s1": 4, "s2": 4, "s3": 4, "s4": 4}).positions[0]
    assert first.low == pytest.approx(2.71176, abs=1e-5)
    assert first.high == pytest.approx(5.28824, abs=1e-5)


def test_the_band_stays_on_the_scale():
    first = profile(sheet(), {"s1": 7, "s2": 1, "s3": 7, "s4": 1}).positions[0]
    assert first.score == 7
    assert first.low == pytest.approx(5.71176, abs=1e-5)
    assert first.high == 7


def test_it_depends_is_left_out_of_the_mean_and_counted():
    first = profile(sheet(), {"s1": 2, "s2": "it-depends", "s3": 2, "s4": 7}).positions[0]
    # 2, 2, 8-7=1: the mean is 5/3.
    assert first.score == pytest.approx(5 / 3)
    assert (first.answered, first.depends, first.of) == (3, 1, 4)


def test_two_of_four_answers_are_too_few_for_a_score():
    first = profile(sheet(), {"s1": 2, "s2": 3, "s3": "it-depends"}).positions[0]
    assert first.score is None
    assert first.low is None
    assert first.high is None
    assert first.place is None


def test_overall_needs_more_than_half_of_all_items():
    answers = {"s1": 5, "s2": 3, "s3": 5, "s4": 3, "r1": 5, "r2": 3}
    assert profile(sheet(), answers).overall.score is None
    more = profile(sheet(), {**answers, "r3": 5})
    assert more.overall.score == pytest.approx(5.0)
    assert more.overall.title == "All"


def test_nothing_answered_is_a_profile_without_scores():
    empty = profile(sheet(), {})
    assert [position.score for position in empty.positions] == [None, None, None]
    assert (empty.answered, empty.of) == (0, 12)


def test_it_depends_counts_as_answered_in_the_profile():
    assert profile(sheet(), {"s1": "it-depends", "s2": 4}).answered == 2


@pytest.mark.parametrize(
    ("value", "place"), [(3, "low"), (4, "both"), (5, "high")], ids=["low", "both", "high"]
)
def test_the_place_is_both_inside_the_overlap(value: int, place: str):
    answers = {"s1": value, "s2": 8 - value, "s3": value, "s4": 8 - value}
    assert profile(sheet(), answers).positions[0].place == place


def test_the_edges_of_the_overlap_belong_to_it():
    # 3, 4, 3, 4 have the mean 3.5; 4, 5, 4, 5 have 4.5.
    low = profile(sheet(), {"s1": 3, "s2": 4, "s3": 3, "s4": 4}).positions[0]
    high = profile(sheet(), {"s1": 4, "s2": 3, "s3": 4, "s4": 3}).positions[0]
    assert (low.score, low.place) == (3.5, "both")
    assert (high.score, high.place) == (4.5, "both")


def test_values_that_are_no_answer_are_passed_over():
    first = profile(sheet(), {"s1": 9, "s2": True, "s3": "x", "s4": [1], "other": 3}).positions[0]
    assert (first.score, first.answered) == (None, 0)


def test_the_error_of_measurement_is_the_spread_times_the_unreliable_part():
    spec = sheet(spread=1.5, reliability=0.84).profile
    assert spec is not None
    # 1.5·√0.16 = 0.6; 1.96·√2·0.6 = 1.66311.
    assert error_of_measurement(spec) == pytest.approx(0.6)
    assert clear_change(spec) == pytest.approx(1.66311, abs=1e-5)


def test_a_small_difference_is_no_clear_change():
    spec = sheet(spread=1.5, reliability=0.84).profile
    assert isinstance(spec, ProfileSpec)
    assert change(3.0, 4.66, spec) == "no clear change"
    assert change(3.0, 4.67, spec) == "clear change"
    assert change(4.67, 3.0, spec) == "clear change"
    assert change(None, 3.0, spec) is None


def test_a_worksheet_without_a_profile_is_not_scored():
    plain = sheet().model_copy(update={"profile": None})
    with pytest.raises(ValueError, match="has no profile"):
        profile(plain, {})
