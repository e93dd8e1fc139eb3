"""What is said without a name has no name anywhere: not in a row, not in the bytes of the store."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from viceversa.live import keeping, keys
from viceversa.store import Store, links, open_store, people, room_answers, rooms
from viceversa.store.room_answers import Kept

ANONYMOUS = ("room_answers", "room_questions", "room_votes")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a file, so that its bytes can be looked at."""
    opened = open_store(tmp_path / "viceversa.db")
    yield opened
    opened.close()


async def act(stage, *, end=False):
    """A session in which two guests say all that can be said without a name."""
    await stage.begin()
    group = await stage.group(2, name="Adaline Q")
    await stage.open("where-we-stand", "today", "easier")
    for guest in group:
        await guest.answer("today", "doubtful")
        await guest.answer("easier", ["a word of mine"])
    await stage.open("story-and-questions", "questions")
    asked = await group[0].ask("questions", "Who will know that I asked?")
    await stage.trainer.do("question", question=asked["question"], to="shown")
    await group[1].say(type="vote", id="1", question=asked["question"], on=True)
    await stage.open("close", "one-thing")
    await group[0].answer("one-thing", "I will ask one person.")
    await stage.settle()
    if end:
        await stage.trainer.do("end")
    return group


def test_no_row_that_holds_an_anonymous_answer_holds_anything_of_a_guest(play, stage):
    async def scene(stage):
        group = await act(stage)
        secrets = [
            text
            for guest in group
            for text in (guest.guest.id, guest.token, links.digest(guest.token), "Adaline Q")
        ]
        rows = {table: _rows(stage.store, table) for table in _tables(stage.store)}
        assert all(rows[table] for table in ANONYMOUS)
        for table in ANONYMOUS:
            for row in rows[table]:
                assert not [one for one in secrets if one in json.dumps(row, default=str)]

    play(scene)


def test_no_table_leads_from_a_guest_to_an_anonymous_row(play, stage):
    """Every value of the anonymous rows, but the room and plain words, stands in no other table."""

    async def scene(stage):
        await act(stage)
        tables = {table: _rows(stage.store, table) for table in _tables(stage.store)}
        theirs = {
            str(value)
            for table in ANONYMOUS
            for row in tables[table]
            for name, value in row.items()
            if name in ("key", "author_key", "id", "question_id")
        }
        for table in set(tables) - set(ANONYMOUS):
            told = json.dumps(tables[table], default=str)
            assert not [one for one in theirs if one in told], table

    play(scene)


def test_anonymous_rows_have_no_time_and_no_order_of_writing(store: Store):
    with closing(sqlite3.connect(str(store.file))) as connection:
        for table in ANONYMOUS:
            with pytest.raises(sqlite3.OperationalError, match="no such column"):
                connection.execute(f"SELECT rowid FROM {table}")
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            assert not [one for one in columns if one == "at" or one.endswith(("_at", "_on"))]
            assert not [one for one in columns if "guest" in one or "person" in one]


def test_the_bytes_of_the_store_hold_no_secret_of_a_guest(play, stage):
    async def scene(stage):
        group = await act(stage, end=True)
        folder = stage.store.file.parent
        written = b"".join(file.read_bytes() for file in folder.glob("viceversa.db*"))
        assert b"a word of mine" in written
        for guest in group:
            assert guest.token.encode() not in written
            key = keys.answer_key(guest.token, guest.guest.room_id, "today").encode()
            for found in _places(written, key):
                near = written[max(0, found - 400) : found + 400]
                assert guest.guest.id.encode() not in near
                assert links.digest(guest.token).encode() not in near
                assert b"Adaline" not in near

    play(scene)


def test_after_the_end_the_log_that_shows_the_order_of_writing_is_empty(play, stage):
    async def scene(stage):
        await act(stage, end=True)
        log = Path(f"{stage.store.file}-wal")
        assert not log.exists() or log.stat().st_size == 0

    play(scene)


def test_the_file_is_not_written_anew_every_hour_where_no_session_ended(store, monkeypatch):
    written = []
    monkeypatch.setattr(rooms, "_lose_order", written.append)
    rooms.forget_old(store)
    assert written == []


@pytest.mark.parametrize("tidied", ["at the end", "within the hour"])
def test_after_the_end_the_file_shows_no_order_in_which_answers_were_written(
    store, tidied, monkeypatch
):
    leader = people.add(store, "Bea", "bea@example.org", "trainer")
    named = {"running_order": "awareness-60", "stamp": "1-a", "title": "An hour", "state": {}}
    room = rooms.begin(store, leader.id, code=lambda: "K7PQRW", **named)
    written = [sha256(str(number).encode()).hexdigest() for number in range(12)]
    for key in written:
        room_answers.keep_answer(store, room.id, "today", key, Kept("keen", 1))
    assert _in_the_file(store, written) not in (sorted(written), sorted(written, reverse=True))
    if tidied == "at the end":
        rooms.end(store, room.id, {})
    else:
        with monkeypatch.context() as in_use:  # as when another program has the file
            in_use.setattr(rooms, "_lose_order", lambda _: None)
            rooms.end(store, room.id, {})
        rooms.forget_old(store)
    assert _in_the_file(store, written) in (sorted(written), sorted(written, reverse=True))


def _in_the_file(store: Store, keys: list[str]) -> list[str]:
    """The keys, in the order of the places where the file has them."""
    with closing(sqlite3.connect(str(store.file))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = store.file.read_bytes()
    return sorted(keys, key=lambda key: held.index(key.encode()))


def test_the_same_browser_cannot_be_followed_from_one_session_to_the_next(play, stage):
    async def scene(stage):
        (guest, _) = await act(stage, end=True)
        before = guest.token
        guest.code = await stage.begin()
        await guest.join()
        assert guest.token != before
        hashes = [row["token_hash"] for row in _rows(stage.store, "guests")]
        assert len(hashes) == len(set(hashes)) == 3

    play(scene)


def test_an_answer_that_was_changed_leaves_nothing_of_the_first(play, stage):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "easier")
        (guest,) = await stage.group(1)
        await guest.answer("easier", ["something I regret"])
        await guest.answer("easier", ["something else"], base=1)
        await stage.trainer.do("end")
        folder = stage.store.file.parent
        written = b"".join(file.read_bytes() for file in folder.glob("viceversa.db*"))
        assert b"something else" in written
        assert b"something I regret" not in written

    play(scene)


def test_reflections_that_were_kept_are_moved_and_go_with_whoever_is_forgotten(play, stage):
    async def scene(stage):
        await stage.begin()
        await stage.open("habits", "four-moments")
        (guest,) = await stage.group(1)
        field = guest.activity("four-moments")["fields"][0]["key"]
        note = Kept("a thought of mine", 1)
        room_answers.keep_note(stage.store, guest.guest.id, "four-moments", field, note)
        wish = keeping.Wish("Ada", "ada@example.org", "mentee")
        order = stage.trainer.console.here.programme
        keeping.keep(stage.store, order, guest.guest, wish, days=7, language="en")
        assert room_answers.notes_of(stage.store, guest.guest.id) == {}
        assert b"a thought of mine" in _written(stage.store)
        person = people.by_email(stage.store, "ada@example.org")
        people.forget(stage.store, person.id, also_pair_words=False)
        assert b"a thought of mine" not in _written(stage.store)

    play(scene)


def _written(store: Store) -> bytes:
    return b"".join(file.read_bytes() for file in store.file.parent.glob("viceversa.db*"))


def test_a_seat_tells_nothing_when_it_is_printed(play, stage):
    async def scene(stage):
        (guest, _) = await act(stage)
        assert guest.token not in repr(guest.seat)
        assert "a word of mine" not in repr(guest.seat)

    play(scene)


def _tables(store: Store) -> list[str]:
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [row[0] for row in found if not row[0].startswith("sqlite_")]


def _rows(store: Store, table: str) -> list[dict]:
    with store.reading() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def _places(text: bytes, part: bytes) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
