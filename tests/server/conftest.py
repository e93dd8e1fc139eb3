"""A trainer who leads a live session on the module's site."""

from collections.abc import Iterator

import pytest

from live_people import Trainer
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
