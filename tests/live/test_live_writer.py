"""What many write at once is committed together, and acknowledged only when it is kept."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from viceversa.live.scripted import play_out
from viceversa.live.writer import MOST, Writer
from viceversa.store import Store, open_store, people, room_answers, rooms
from viceversa.store.room_answers import Kept


@pytest.fixture
def kept_in_file(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "store.db")
    yield store
    store.close()


@pytest.fixture
def room(kept_in_file: Store) -> rooms.Room:
    leader = people.add(kept_in_file, "Bea", "bea@example.org", "trainer")
    about = {"running_order": "a", "stamp": "1", "title": "A", "state": {}}
    return rooms.begin(kept_in_file, leader.id, code=lambda: "BCDFGH", **about)


def write_all(store: Store, *asked) -> list:
    """Ask for several things at once, and give what came of each."""

    async def whole():
        writer = Writer(store)
        pending = [writer.write(*one) for one in asked]
        outcomes = await asyncio.gather(*pending, return_exceptions=True)
        await writer.stop()
        return outcomes

    return play_out(whole())


def answer(room: rooms.Room, number: int, value: str = "a"):
    return room_answers.keep_answer, room.id, "today", f"key-{number}", Kept(value, 1)


def test_a_hundred_answers_at_once_are_all_kept_in_few_commits(kept_in_file, room):
    commits = []
    sa.event.listen(kept_in_file.engine, "commit", commits.append)
    write_all(kept_in_file, *(answer(room, number) for number in range(100)))
    assert len(room_answers.answers_in(kept_in_file, room.id)["today"]) == 100
    # The first goes at once, what has come in meanwhile goes together.
    assert len(commits) <= 2 + 100 // MOST


def test_what_is_acknowledged_is_there_for_everybody(kept_in_file, room, tmp_path):
    async def whole():
        writer = Writer(kept_in_file)
        first = asyncio.ensure_future(writer.write(*answer(room, 1)))
        await asyncio.gather(*(writer.write(*answer(room, number)) for number in range(2, 9)))
        assert first.done()
        other = open_store(tmp_path / "store.db")
        there = room_answers.answers_in(other, room.id)["today"]
        other.close()
        await writer.stop()
        return len(there)

    assert play_out(whole()) == 8


def test_later_words_of_somebody_stand_in_the_place_of_earlier_ones(kept_in_file, room):
    write_all(kept_in_file, *(answer(room, 1, value) for value in "abcdefgh"))
    (last,) = room_answers.answers_in(kept_in_file, room.id)["today"].values()
    assert last.value == "h"


def test_one_that_cannot_be_kept_takes_no_other_along(kept_in_file, room):
    nowhere = (room_answers.keep_answer, "no-such-room", "today", "key-x", Kept("a", 1))
    asked = [answer(room, 1), answer(room, 2), nowhere, answer(room, 3)]
    told = write_all(kept_in_file, *asked)
    assert [isinstance(one, Exception) for one in told] == [False, False, True, False]
    assert len(room_answers.answers_in(kept_in_file, room.id)["today"]) == 3


def test_what_may_refuse_half_way_is_committed_by_itself(kept_in_file, room):
    def half(store: Store) -> None:
        with store.writing():
            room_answers.keep_answer(store, room.id, "today", "half", Kept("a", 1))
            raise ValueError("no")

    told = write_all(kept_in_file, answer(room, 1), (half,), answer(room, 2))
    assert isinstance(told[1], ValueError)
    assert sorted(room_answers.answers_in(kept_in_file, room.id)["today"]) == ["key-1", "key-2"]


def test_stopping_first_writes_what_was_asked_for(kept_in_file, room):
    async def whole():
        writer = Writer(kept_in_file)
        asked = [asyncio.ensure_future(writer.write(*answer(room, n))) for n in range(20)]
        await asyncio.sleep(0)
        await writer.stop()
        return all(one.done() for one in asked)

    assert play_out(whole())
    assert len(room_answers.answers_in(kept_in_file, room.id)["today"]) == 20
