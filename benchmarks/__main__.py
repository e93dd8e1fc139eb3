"""Run the measures one after the other, show what came out, and write latest.json."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks import idle, live, machine, many, reports, saves, soak, visits, weight
from benchmarks.figures import Figure, table
from benchmarks.plan import QUICK, Plan

LATEST = Path(__file__).parent / "latest.json"
MEASURES: dict[str, Callable[[Plan], Iterator[Figure]]] = {
    "visits": visits.measure,
    "reports": reports.measure,
    "many": many.measure,
    "saves": saves.measure,
    "live": live.measure,
    "weight": weight.measure,
    "idle": idle.measure,
    "soak": soak.measure,
}
# It takes minutes, and is about leaks rather than speed.
ONLY_WHEN_NAMED = {"soak"}
# A table needs room where nobody says how wide the terminal is, as in a log.
console = Console(width=None if sys.stdout.isatty() else 150)


def sized(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each number of the plan."""
    for one in reversed(fields(Plan)):
        name = "--" + one.name.replace("_", "-")
        command = click.option(name, one.name, type=int, help=f"Else {one.default}.")(command)
    return command


@click.command()
@click.option("--quick", is_flag=True, help="Few of everything: to see that it runs.")
@click.option("--only", multiple=True, type=click.Choice(list(MEASURES)), help="Only this one.")
@click.option("--out", type=click.Path(path_type=Path), default=LATEST, help="Where to write it.")
@sized
def main(quick: bool, only: tuple[str, ...], out: Path, **sizes: int | None) -> None:
    """Measure Vice Versa against its peers, on this machine, in one run."""
    asked = {name: size for name, size in sizes.items() if size is not None}
    plan = replace(QUICK if quick else Plan(), **asked)
    names = [name for name in MEASURES if (name in only if only else name not in ONLY_WHEN_NAMED)]
    figures, faults, seconds = run(names, plan)
    console.print(table(figures, title=_title()))
    for name, fault in faults.items():
        console.print(f"{name} could not be measured: {fault}", style="red", markup=False)
    # A part of the measures, or little ones, must not pass for the whole.
    if out != LATEST or not (quick or only):
        write(out, plan, figures, faults, seconds)
    sys.exit(bool(faults))


def run(names: list[str], plan: Plan) -> tuple[list[Figure], dict[str, str], dict[str, float]]:
    """Measure; one that fails does not stop the others."""
    figures: list[Figure] = []
    faults: dict[str, str] = {}
    seconds: dict[str, float] = {}
    for name in names:
        began = time.monotonic()
        console.print(f"Measuring {name} …")
        try:
            figures += MEASURES[name](plan)
        except Exception as fault:
            faults[name] = f"{type(fault).__name__}: {fault}"
        seconds[name] = round(time.monotonic() - began, 1)
    return figures, faults, seconds


def write(
    out: Path,
    plan: Plan,
    figures: list[Figure],
    faults: dict[str, str],
    seconds: dict[str, float],
) -> None:
    """Write every figure with its peer's, and what they were taken on."""
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "versions": machine.versions(),
        "plan": asdict(plan),
        "seconds": seconds,
        # What went wrong may name a folder of this machine.
        "not_measured": sorted(faults),
        "figures": [figure.plain() for figure in figures],
    }
    out.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")
    console.print(f"Written: {out.name}")


def _title() -> str:
    here = machine.describe()
    return (
        f"{here['cores']} cores, {here['memory_gib']} GiB, {here['cpu']}, Python {here['python']}"
    )


if __name__ == "__main__":
    main()
