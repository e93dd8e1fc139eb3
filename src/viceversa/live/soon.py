"""Doing something soon, once, however often it is asked for."""

import asyncio
from collections.abc import Callable


class Soon:
    """Calls `act` after it was asked for: at once, but never twice within `gap` seconds."""

    def __init__(self, act: Callable[[], None], gap: float) -> None:
        self.act = act
        self.gap = gap
        self._last = float("-inf")
        self._due: asyncio.TimerHandle | None = None

    def ask(self, gap: float | None = None) -> None:
        """Ask for it; with a longer `gap` it may wait longer for company."""
        loop = asyncio.get_running_loop()
        when = max(loop.time(), self._last + (self.gap if gap is None else gap))
        if self._due and self._due.when() <= when:
            return
        self.stop()
        self._due = loop.call_at(when, self._call)

    @property
    def waits(self) -> bool:
        """Whether it is about to be done."""
        return self._due is not None

    def stop(self) -> None:
        """Do not do it any more."""
        if self._due:
            self._due.cancel()
            self._due = None

    def _call(self) -> None:
        self._due = None
        self._last = asyncio.get_running_loop().time()
        self.act()
