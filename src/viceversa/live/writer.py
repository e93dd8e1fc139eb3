"""Writing for live sessions: one thread, one change after the other, many in one go.

A commit waits for the disk. When a hundred people answer within a second, what has come in
meanwhile is committed together, and only then acknowledged.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from viceversa.store import Store, room_answers, rooms

# What is small and often. Everything else is committed by itself: it may look after the file, or
# refuse half-way.
TOGETHER = frozenset(
    {
        room_answers.keep_answer,
        room_answers.keep_note,
        room_answers.ask,
        room_answers.mark,
        room_answers.vote,
        rooms.change_guest,
        rooms.join,
        rooms.keep_pad,
        rooms.keep_state,
        rooms.seen,
    }
)
MOST = 50

Work = Callable[..., Any]


@dataclass(frozen=True)
class Asked:
    """A piece of writing, and who waits for it."""

    work: Work
    values: tuple[Any, ...]
    named: dict[str, Any]
    done: asyncio.Future[Any] = field(compare=False)

    def do(self, store: Store) -> Any:
        """Write it."""
        return self.work(store, *self.values, **self.named)


class Writer:
    """Writes into a store from a thread of its own, in the order in which it is asked to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(1, "live-writer")
        self._asked: deque[Asked] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def write(self, work: Work, *values: Any, **named: Any) -> Any:
        """Do a piece of writing after all that was asked for before; it is kept on return."""
        done = asyncio.get_running_loop().create_future()
        self._asked.append(Asked(work, values, named, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def stop(self) -> None:
        """Let what was asked for be written, and stop."""
        if self._writing:
            await self._writing
        self._thread.shutdown(wait=True)

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._asked:
            batch = self._next()
            try:
                outcomes = await loop.run_in_executor(self._thread, write_batch, self.store, batch)
            except RuntimeError as stopped:
                outcomes = [stopped] * len(batch)
            for asked, outcome in zip(batch, outcomes, strict=True):
                _tell(asked.done, outcome)

    def _next(self) -> list[Asked]:
        """Those that may go together, else the first one alone."""
        batch = [self._asked.popleft()]
        while (
            self._asked and len(batch) < MOST and {batch[0].work, self._asked[0].work} <= TOGETHER
        ):
            batch.append(self._asked.popleft())
        return batch


def write_batch(store: Store, batch: Sequence[Asked]) -> list[Any]:
    """Write all of a batch in one commit; where that fails, each by itself.

    Returns what each gave, or the exception that it raised.
    """
    if len(batch) > 1:
        try:
            with store.writing():
                return [asked.do(store) for asked in batch]
        except Exception:
            # Nothing of it was kept. Which one it was, each finds out for itself.
            pass
    return [_alone(store, asked) for asked in batch]


def _alone(store: Store, asked: Asked) -> Any:
    try:
        return asked.do(store)
    except Exception as fault:
        return fault


def _tell(done: asyncio.Future[Any], outcome: Any) -> None:
    if done.done():
        return
    if isinstance(outcome, Exception):
        done.set_exception(outcome)
    else:
        done.set_result(outcome)
