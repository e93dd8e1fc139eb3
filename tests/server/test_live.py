"""A live session on a real server: the way through it, and what a meddling client cannot do."""

from collections.abc import Iterator

import pytest

from live_people import Guest, Trainer
from site_under_test import Site


@pytest.fixture
def trainer(site: Site) -> Iterator[Trainer]:
    """A trainer who has begun the session of 60 minutes."""
    led = Trainer(site)
    led.begin()
    yield led
    led.end()


@pytest.fixture
def code(trainer: Trainer) -> str:
    return trainer.seen["room"]["code"]


def test_a_poll_goes_from_the_trainer_to_the_group_and_back(
    site: Site, trainer: Trainer, code: str
):
    group = [Guest(site, code, name) for name in ("Ada", "Ben", "", "Dan", "Eve")]
    assert group[0].seen["step"]["key"] == "welcome"
    assert group[0].seen["me"] | {"name": "Ada", "number": 1} == group[0].seen["me"]

    assert trainer.do("go", step="where-we-stand")["type"] == "done"
    assert trainer.do("open", activity="today")["type"] == "done"
    for guest in group:
        guest.until(lambda me: me.activity("today"), "the poll")
        assert guest.save("today", "curious")["saved"]["revision"] == 1
    trainer.until(lambda me: me.seen["activities"]["today"]["answered"] == 5, "five answers")
    counts = trainer.seen["activities"]["today"]["result"]["counts"]
    assert {one["key"]: one["n"] for one in counts}["curious"] == 5

    assert group[2].activity("today")["result"] is None
    trainer.do("show", activity="today")
    group[2].until(lambda me: me.activity("today")["result"], "the result")
    assert group[2].activity("today")["result"]["answered"] == 5
    assert group[2].activity("today")["answers"]["today"]["value"] == "curious"
