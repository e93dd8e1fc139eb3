"""What was measured: each figure with its peer's, and what must hold of the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

# How ours and the peer's make one number, and whether more of it is better.
COMPARED: dict[str, tuple[Callable[[float, float], float], bool]] = {
    "times less": (lambda ours, peer: peer / ours, True),
    "times as much": (lambda ours, peer: ours / peer, False),
    "more": (lambda ours, peer: ours - peer, False),
    "itself": (lambda ours, peer: ours, False),
}
MARKS = {True: "yes", False: "NO", None: ""}


@dataclass(frozen=True)
class Figure:
    """One thing measured; `must` and `aim` are bounds of what `compared` makes of the two."""

    measure: str
    what: str
    unit: str
    ours: float
    peer: float | None = None
    peer_is: str = ""
    compared: str = "itself"
    must: float | None = None
    aim: float | None = None

    @property
    def value(self) -> float | None:
        """The number that the bounds are about; None where the peer could not be had."""
        if self.peer is None and self.compared != "itself":
            return None
        return COMPARED[self.compared][0](self.ours, self.peer or 0)

    def met(self, bound: float | None) -> bool | None:
        """Tell whether a bound holds; None where there is none, or no number."""
        if bound is None or self.value is None:
            return None
        return self.value >= bound if COMPARED[self.compared][1] else self.value <= bound

    def plain(self) -> dict[str, Any]:
        """Return what goes into the file."""
        met = {"must_met": self.met(self.must), "aim_met": self.met(self.aim)}
        return {**asdict(self), "value": self.value, **met}


def table(figures: Iterable[Figure], *, title: str) -> Table:
    """Return the figures as a table for the terminal."""
    made = Table(title=title, title_justify="left", show_lines=False)
    made.add_column("what", overflow="fold")
    for name in ("ours", "peer", "compared", "must", "met", "aim", "met"):
        made.add_column(name, justify="right")
    last = ""
    for figure in figures:
        if figure.measure != last:
            made.add_section()
        last = figure.measure
        made.add_row(*_row(figure))
    return made


def _row(figure: Figure) -> tuple[str, ...]:
    peer = "" if figure.peer is None else f"{_short(figure.peer)} {figure.unit}"
    return (
        f"{figure.what}; {figure.peer_is}" if figure.peer_is else figure.what,
        f"{_short(figure.ours)} {figure.unit}",
        peer,
        _compared(figure),
        _short(figure.must),
        MARKS[figure.met(figure.must)],
        _short(figure.aim),
        MARKS[figure.met(figure.aim)],
    )


def _compared(figure: Figure) -> str:
    if figure.compared == "itself":
        return ""
    if figure.value is None:
        return "no peer"
    unit = figure.unit if figure.compared == "more" else ""
    return " ".join(part for part in (_short(figure.value), unit, figure.compared) if part)


def _short(number: float | None) -> str:
    if number is None:
        return ""
    if abs(number) >= 100 or float(number).is_integer():
        return f"{number:.0f}"
    return f"{number:.3g}"
