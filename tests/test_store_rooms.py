"""What the store keeps of live sessions, for how long, and what goes with who led one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from viceversa.live import codes
from viceversa.store import Store, StoreError, export, people, room_answers, rooms, tables
from viceversa.store.room_answers import Kept


def begin(store: Store, person: people.Person, code=codes.make) -> rooms.Room:
    named = {"running_order": "awareness-60", "stamp": "1-a", "title": "An hour", "state": {}}
    return rooms.begin(store, person.id, code=code, **named)


@pytest.fixture
def bea(store: Store) -> people.Person:
    return people.add(store, "Bea", "bea@example.org", "trainer")


def test_a_code_that_is_in_use_is_not_given_twice(store, bea):
    given = iter(["K7PQRW", "K7PQRW", "K7PQRX"])
    first, second = begin(store, bea, lambda: next(given)), begin(store, bea, lambda: next(given))
    assert (first.code, second.code) == ("K7PQRW", "K7PQRX")


def test_a_code_can_be_given_again_when_its_session_is_over(store, bea):
    first = begin(store, bea, lambda: "K7PQRW")
    rooms.end(store, first.id, {})
    assert rooms.by_code(store, "K7PQRW") is None
    assert begin(store, bea, lambda: "K7PQRW").code == "K7PQRW"


def test_only_somebody_who_is_here_can_begin_a_session(store, bea):
    people.forget(store, bea.id, also_pair_words=False)
    with pytest.raises(StoreError):
        begin(store, bea)


def test_guests_are_numbered_as_they_come(store, bea):
    room = begin(store, bea)
    came = [rooms.join(store, room.id, f"token-{n}", "") for n in range(3)]
    assert [guest.number for guest in came] == [1, 2, 3]
    assert rooms.guests_of(store, room.id) == came
    assert rooms.guest_with(store, "token-1") == came[1]
    assert rooms.guest_with(store, "token-9") is None


def test_who_led_a_session_takes_their_notes_along_and_can_have_them_deleted(store, bea):
    room = begin(store, bea)
    rooms.keep_pad(store, room.id, "Ask Ada first", 1)
    (led,) = export.export(store, bea.id)["sessions_led"]
    assert (led["title"], led["notes"]) == ("An hour", "Ask Ada first")
    people.forget(store, bea.id, also_pair_words=False)
    assert rooms.get(store, room.id).pad == ""


def test_the_notes_of_another_trainer_are_in_nobody_elses_export(store, bea):
    other = people.add(store, "Cy", "cy@example.org", "trainer")
    rooms.keep_pad(store, begin(store, bea).id, "Ask Ada first", 1)
    assert "Ask Ada first" not in str(export.export(store, other.id))


@pytest.mark.parametrize(("days", "room_is", "notes_are"), [(6, 1, 1), (8, 1, 0), (31, 0, 0)])
def test_reflections_go_after_a_week_and_the_whole_after_a_month(
    store, bea, days, room_is, notes_are
):
    over, going_on = begin(store, bea), begin(store, bea)
    for number, room in enumerate((over, going_on)):
        guest = rooms.join(store, room.id, f"token-{number}", "Ada")
        room_answers.keep_note(store, guest.id, "habits", "why", Kept("for me", 1))
    long_ago = tables.now() - timedelta(days=days)
    with store.writing() as connection:
        which = sa.update(tables.rooms).where(tables.rooms.c.id == over.id)
        connection.execute(which.values(ended_at=long_ago, code=None))
    assert rooms.forget_old(store) == ([] if room_is else [over.id])
    assert len(rooms.guests_of(store, over.id)) == room_is
    with store.reading() as connection:
        notes = connection.scalar(sa.select(sa.func.count()).select_from(tables.room_notes))
    assert notes == notes_are + 1
    assert rooms.get(store, going_on.id).code
