"""Everything on one person, for them to take away."""

import json

import pytest

from viceversa.store import StoreError, answers, links, people, reports, sessions
from viceversa.store.answers import Owner
from viceversa.store.export import export


@pytest.fixture
def two(store):
    ana = people.add(store, "Ana", "ana@example.org", "mentor", grade="B2")
    ben = people.add(store, "Ben", "ben@example.org", "mentee")
    return ana, ben, people.join(store, ana.id, ben.id)


def write(store, owner, value, by, base=0, *, field="aims", seen_by="my-pair"):
    answers.save(
        store,
        owner,
        "plan",
        field,
        value,
        stamp="1-a",
        seen_by=seen_by,
        by=by.id,
        base=base,
    )


def test_an_export_holds_all_of_ones_own_and_the_pairs_sheets(store, two):
    ana, ben, pair = two
    write(store, Owner("person", ana.id), "first", ana, seen_by="only-me")
    write(store, Owner("person", ana.id), "second", ana, 1, seen_by="only-me")
    write(store, Owner("pair", pair.id), "from Ben", ben)
    write(store, Owner("person", ben.id), "Ben's own", ben, seen_by="my-pair")
    reports.record(store, ana.id, edition="shared", format="pdf", fingerprint="f", file="a.pdf")
    found = export(store, ana.id)
    assert found["person"]["email"] == "ana@example.org"
    assert [r["value"] for r in found["answers"][0]["revisions"]] == ["first", "second"]
    sheet = found["pairs"][0]["answers"][0]["revisions"][0]
    assert (sheet["value"], sheet["written_by"]) == ("from Ben", "your partner")
    assert found["pairs"][0]["partner"] == "Ben"
    assert found["reports"][0]["file"] == "a.pdf"
    assert "Ben's own" not in json.dumps(found)


def test_an_export_opens_no_door(store, two):
    ana, *_ = two
    secrets = [links.make(store, ana.id, 3), sessions.start(store, ana.id, 3)]
    found = export(store, ana.id)
    assert len(found["links"]) == len(found["sessions"]) == 1
    text = json.dumps(found)
    for secret in secrets:
        assert secret not in text
        assert links.digest(secret) not in text


def test_of_a_pair_that_ended_one_takes_what_one_wrote(store, two):
    ana, ben, pair = two
    write(store, Owner("pair", pair.id), "from Ben", ben)
    write(store, Owner("pair", pair.id), "from Ana", ana, field="offer")
    people.part(store, pair.id)
    text = json.dumps(export(store, ana.id))
    assert "from Ana" in text
    assert "from Ben" not in text


def test_nobody_has_no_export(store):
    with pytest.raises(StoreError, match="nobody with the id"):
        export(store, "nobody")
