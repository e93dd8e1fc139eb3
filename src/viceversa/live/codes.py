"""Codes that let people in: six characters that are easy to read out, and slow to guess."""

import re
import secrets
from collections import deque
from collections.abc import Hashable

# No vowels, so that no word comes out; nothing that looks or sounds like something else.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
LENGTH = 6
CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN = re.compile(r"[\s._–—-]+")
_MOST_TYPED = 300


def make() -> str:
    """Make a code at random: one of 387 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(typed: str) -> str | None:
    """Read a code as people type it, small or spaced or as a whole link; None when it is none."""
    last = typed.strip()[:_MOST_TYPED].rstrip("/").rsplit("/", 1)[-1]
    code = _BETWEEN.sub("", last).upper()
    return code if CODE.fullmatch(code) else None


class Limiter:
    """So many in so many seconds, each for its own key; what was long ago is forgotten."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self._met: dict[Hashable, deque[float]] = {}

    def full(self, key: Hashable, now: float) -> bool:
        """Whether there have been as many as there may be."""
        met = self._met.get(key)
        while met and met[0] <= now - self.seconds:
            met.popleft()
        if met is not None and not met:
            del self._met[key]
        return len(met or ()) >= self.most

    def note(self, key: Hashable, now: float) -> None:
        """Count one."""
        self._met.setdefault(key, deque(maxlen=self.most)).append(now)

    def forget_old(self, now: float) -> None:
        """Let go of every key that has been quiet."""
        for key in list(self._met):
            self.full(key, now)
