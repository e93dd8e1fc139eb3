"""A hub with the shipped content, a trainer, and a clock that tests turn."""

from collections.abc import Awaitable, Callable

import pytest

from live_stage import Clock, Play
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.live.scripted import play_out
from viceversa.store import Store


@pytest.fixture(scope="session")
def shipped_library() -> Library:
    return Library([shipped("content")])


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody in these plays has to read what they are shown."""
    for name in ("telling.GUESTS_GAP", "telling.TRAINERS_GAP", "telling.RESULTS_GAP"):
        monkeypatch.setattr(f"viceversa.live.{name}", 0.005)
    for module in ("telling", "hub"):
        monkeypatch.setattr(f"viceversa.live.{module}.UNHURRIED", 0.01)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(store: Store, shipped_library: Library, clock: Clock) -> Play:
    return Play(store, shipped_library, clock)


@pytest.fixture
def play(stage: Play) -> Callable[[Callable[[Play], Awaitable[None]]], None]:
    """Run a scene: a coroutine function that is given the stage."""

    def run(scene: Callable[[Play], Awaitable[None]]) -> None:
        async def whole() -> None:
            try:
                await scene(stage)
            finally:
                await stage.hub.stop()

        play_out(whole())

    return run
