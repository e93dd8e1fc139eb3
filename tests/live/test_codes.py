"""Codes are easy to read out, forgiving to type, and slow to guess."""

import pytest

from viceversa.live import codes
from viceversa.live.codes import Limiter


def test_a_code_has_six_characters_that_nobody_mixes_up():
    made = {codes.make() for _ in range(2000)}
    assert len(made) == 2000
    assert all(len(code) == 6 for code in made)
    assert not set("".join(made)) & set("AEIOULY01")


@pytest.mark.parametrize(
    "typed",
    [
        "K7PQRW",
        "k7pqrw",
        " K7P QRW ",
        "k7p-qrw",
        "https://example.org/vv/join/K7PQRW",
        "join/k7pqrw/",
    ],
)
def test_however_it_is_typed_it_is_the_same_code(typed):
    assert codes.normalise(typed) == "K7PQRW"


@pytest.mark.parametrize(
    "typed", ["", "K7PQR", "K7PQRWX", "K7PQR0", "ABCDEF", "K7PQRW'--", "Ｋ７ＰＱＲＷ", "x" * 9000]
)
def test_what_is_no_code_is_told_apart_from_a_wrong_one(typed):
    assert codes.normalise(typed) is None


def test_after_so_many_there_is_a_wait_and_then_it_goes_on():
    limiter = Limiter(3, 60)
    for second in range(3):
        assert not limiter.full("here", second)
        limiter.note("here", second)
    assert limiter.full("here", 3)
    assert not limiter.full("elsewhere", 3)
    assert limiter.full("here", 59)
    assert not limiter.full("here", 61)


def test_addresses_that_went_quiet_are_forgotten():
    limiter = Limiter(3, 60)
    for number in range(100):
        limiter.note(number, 0)
    limiter.forget_old(100)
    assert limiter._met == {}
