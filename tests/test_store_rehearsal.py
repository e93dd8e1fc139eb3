"""A rehearsal makes opening a store quicker, and is nowhere to be found in it."""

from contextlib import closing

import psutil

from viceversa.store import open_store, people
from viceversa.store.database import Rehearsal


def test_what_is_rehearsed_is_not_in_the_store_and_nothing_stays_open(tmp_path):
    file = tmp_path / "store.db"
    before = psutil.Process().num_fds()
    with closing(Rehearsal(file)) as rehearsal:
        people.add(rehearsal, "Sam Preview", "sam@example.org", "mentor")
        assert len(people.everyone(rehearsal)) == 1
        assert not file.exists()
    assert psutil.Process().num_fds() == before
    with closing(open_store(file)) as store:
        assert people.everyone(store) == []
        assert store.file == file


def test_the_store_is_opened_with_what_the_rehearsal_learnt_and_only_once(tmp_path):
    file = tmp_path / "store.db"
    with closing(Rehearsal(file)) as rehearsal:
        people.everyone(rehearsal)
    with closing(open_store(file)) as first, closing(open_store(file)) as second:
        assert first.engine is rehearsal.engine
        assert second.engine is not rehearsal.engine
        people.add(first, "Alex", "alex@example.org", "mentee")
        assert [one.name for one in people.everyone(second)] == ["Alex"]


def test_two_rehearsals_after_each_other_begin_empty(tmp_path):
    for _ in range(2):
        with closing(Rehearsal(tmp_path / "store.db")) as rehearsal:
            people.add(rehearsal, "Sam Preview", "sam@example.org", "mentor")
            assert len(people.everyone(rehearsal)) == 1


def test_another_patience_is_not_taken_over(tmp_path):
    with closing(Rehearsal(tmp_path / "store.db")) as rehearsal:
        pass
    with closing(open_store(tmp_path / "store.db", busy_seconds=0.1)) as store:
        assert store.engine is not rehearsal.engine
