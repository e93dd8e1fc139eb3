"""What a rehearsal finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A sentence about a step (empty for the whole); `grave` when it has to be mended."""

    step: str
    said: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.step}: {self.said}" if self.step else self.said


def warning(step: str, said: str) -> Finding:
    """Make a finding that leaves a session fit to be held."""
    return Finding(step, said, grave=False)
