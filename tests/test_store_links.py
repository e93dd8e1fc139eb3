"""Personal links, sessions, and the list of reports."""

from datetime import timedelta

import pytest

from viceversa.store import links, people, reports, sessions
from viceversa.store.links import LinkFault


@pytest.fixture
def ana(store):
    return people.add(store, "Ana", "ana@example.org", "mentor")


def fault(store, token: str) -> str:
    with pytest.raises(LinkFault) as raised:
        links.read(store, token)
    return raised.value.reason


def everything_stored(store) -> str:
    with store.reading() as connection:
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            for table in ("links", "sessions", "people")
        ]
    return repr(rows)


def test_a_link_names_its_person(store, ana):
    assert links.read(store, links.make(store, ana.id, 30)) == ana.id


def test_only_hashes_are_stored(store, ana):
    token, session = links.make(store, ana.id, 30), sessions.start(store, ana.id, 14)
    stored = everything_stored(store)
    assert token not in stored
    assert session not in stored
    assert links.digest(token) in stored


def test_a_new_link_ends_the_older_one(store, ana):
    older, newer = links.make(store, ana.id, 30), links.make(store, ana.id, 30)
    assert fault(store, older) == "revoked"
    assert links.read(store, newer) == ana.id


@pytest.mark.parametrize("token", ["", "x", "ä" * 40, "\ud800", "a" * 100_000])
def test_an_unknown_link_lets_nobody_in(store, ana, token):
    links.make(store, ana.id, 30)
    assert fault(store, token) == "unknown"


def test_a_link_runs_out(store, ana):
    assert fault(store, links.make(store, ana.id, -0.001)) == "expired"


def test_a_revoked_link_stays_revoked_when_it_has_run_out(store, ana):
    token = links.make(store, ana.id, 30)
    assert links.revoke(store, ana.id) == 1
    assert links.revoke(store, ana.id) == 0
    assert fault(store, token) == "revoked"


def test_each_fault_says_what_to_do():
    assert "coordinator" in str(LinkFault("expired"))
    assert "newest" in str(LinkFault("revoked"))
    assert "copied" in str(LinkFault("unknown"))


def test_looking_at_a_link_is_not_using_it(store, ana):
    token = links.make(store, ana.id, 30)
    links.read(store, token)
    assert links.made_for(store, ana.id)[0].used_at is None
    links.read(store, token, used=True)
    link = links.made_for(store, ana.id)[0]
    assert link.used_at is not None
    assert link.used_at >= link.made_at
    assert link.expires_at - link.made_at == timedelta(days=30)


def test_who_has_a_working_link_is_known(store, ana):
    assert links.people_with_one(store) == set()
    links.make(store, ana.id, -1)
    assert links.people_with_one(store) == set()
    links.make(store, ana.id, 1)
    assert links.people_with_one(store) == {ana.id}


def test_a_session_names_its_person_until_it_ends(store, ana):
    token = sessions.start(store, ana.id, 14)
    other = sessions.start(store, ana.id, 14)
    assert sessions.read(store, token) == ana.id
    sessions.end(store, token)
    assert sessions.read(store, token) is None
    assert sessions.read(store, other) == ana.id


def test_a_session_runs_out_and_is_cleared_away(store, ana):
    token = sessions.start(store, ana.id, -0.001)
    assert sessions.read(store, token) is None
    sessions.start(store, ana.id, 14)
    assert len(sessions.of(store, ana.id)) == 1


def test_all_sessions_of_one_person_end_at_once(store, ana):
    ben = people.add(store, "Ben", "ben@example.org", "mentee")
    bens = sessions.start(store, ben.id, 14)
    tokens = [sessions.start(store, ana.id, 14) for _ in range(2)]
    assert sessions.end_all(store, ana.id) == 2
    assert [sessions.read(store, token) for token in [*tokens, bens]] == [None, None, ben.id]


@pytest.mark.parametrize("token", ["", "unknown", "\ud800"])
def test_an_unknown_session_is_nobody(store, token):
    assert sessions.read(store, token) is None


def test_the_newest_report_of_a_kind_is_found(store, ana):
    def record(edition, fingerprint):
        return reports.record(
            store,
            ana.id,
            edition=edition,
            format="html",
            fingerprint=fingerprint,
            file=f"{fingerprint}.html",
        )

    record("personal", "a")
    second = record("personal", "b")
    record("shared", "c")
    assert reports.newest(store, ana.id, "personal", "html") == second
    assert reports.newest(store, ana.id, "personal", "pdf") is None
    assert [made.fingerprint for made in reports.made_for(store, ana.id)] == ["a", "b", "c"]
