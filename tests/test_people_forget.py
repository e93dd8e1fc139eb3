"""Deleting somebody for them, from the command line."""

import pytest
from click.testing import CliRunner

from viceversa.cli import main
from viceversa.scheme import Scheme
from viceversa.store import answers, open_store, people, reports
from viceversa.store.answers import Owner


@pytest.fixture
def store(demo: Scheme):
    store = open_store(demo.store_url)
    yield store
    store.close()


def forget(demo: Scheme, *words: str, said: str = ""):
    command = ["people", "forget", *words, "--scheme", str(demo.folder)]
    return CliRunner().invoke(main, command, input=said)


def test_it_asks_once_more_and_does_nothing_without_a_yes(demo, store):
    done = forget(demo, "priya.nair@example.org", said="n\n")
    assert done.exit_code == 1
    assert "Delete Priya Nair" in done.output
    assert people.by_email(store, "priya.nair@example.org")


def test_everything_of_the_person_is_gone_their_report_too(demo, store):
    priya = people.by_email(store, "priya.nair@example.org")
    report = demo.data / "reports" / "priya.html"
    report.parent.mkdir()
    report.write_text("Priya")
    reports.record(
        store,
        priya.id,
        edition="personal",
        format="html",
        fingerprint="1",
        file="reports/priya.html",
    )
    assert answers.everything(store, Owner("person", priya.id))

    done = forget(demo, "priya.nair@example.org", "--yes")
    assert "Priya Nair has been deleted" in done.output
    assert people.by_email(store, "priya.nair@example.org") is None
    assert not answers.everything(store, Owner("person", priya.id))
    assert not report.exists()


def test_somebody_unknown_is_said_to_be(demo):
    done = forget(demo, "nobody@example.org", "--yes")
    assert done.exit_code == 1
    assert "Nobody here has the email nobody@example.org. Nothing was changed." in done.output
