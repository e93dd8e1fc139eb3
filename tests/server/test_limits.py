"""How fast visitors of live sessions may do what: enough for an office, too slow for a robot."""

import pytest

from viceversa.server.limits import Pace, counted_as


def test_an_office_that_mistypes_now_and_then_still_gets_in():
    pace = Pace()
    for number in range(60):
        assert pace.lets_join("office", "K7PQRW", number / 10)
    for _ in range(59):
        pace.note_wrong("office", 7)
    assert not pace.guesses("office", 7)
    pace.note_wrong("office", 7)
    assert pace.guesses("office", 8)
    assert not pace.guesses("office", 68)


def test_a_room_takes_so_many_a_minute_from_wherever_they_come():
    pace = Pace()
    came = [pace.lets_join(f"place {number}", "K7PQRW", 1) for number in range(301)]
    assert came == [True] * 300 + [False]
    assert pace.lets_join("place 301", "M8PQRW", 1)
    assert pace.lets_join("place 301", "K7PQRW", 62)


def test_a_new_guest_for_each_wish_does_not_get_round_the_limit_of_wishes():
    pace = Pace()
    assert [pace.lets_wish("one", "here", "room", 1) for _ in range(6)] == [True] * 5 + [False]
    many = [pace.lets_wish(f"guest {number}", "here", "room", 1) for number in range(116)]
    assert many == [True] * 115 + [False]
    assert pace.lets_wish("guest 116", "elsewhere", "room", 1)


def test_whoever_went_quiet_is_forgotten_everywhere():
    pace = Pace()
    for number in range(50):
        pace.lets_join(f"place {number}", f"code {number}", 0)
        pace.lets_wish(f"guest {number}", f"place {number}", "room", 0)
        pace.lets_say(f"guest {number}", 0)
        pace.note_wrong(f"place {number}", 0)
    pace.lets_say("somebody", 1000)
    kept = {key for limiter in vars(pace).values() for key in getattr(limiter, "_met", ())}
    assert kept == {"somebody"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_visitor_who_has_many_addresses_counts_as_one(one: str, other: str, same: bool):
    assert (counted_as(one) == counted_as(other)) is same
