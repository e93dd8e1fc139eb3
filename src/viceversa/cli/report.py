"""`viceversa report`: everybody's report, in one go."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viceversa.cli.options import with_scheme
from viceversa.errors import Trouble
from viceversa.scheme import Scheme

if TYPE_CHECKING:
    from viceversa.reports.batch import Outcome, Planner, Task
    from viceversa.store import Store
    from viceversa.store.people import Person

EDITIONS = ("personal", "shared")
FORMATS = ("html", "pdf")
GETS_ONE = ("mentor", "mentee")
FOR_THEM_ALONE = (
    "The personal editions in {folder} are for the people they are about and for nobody else: "
    "hand each one over unread, then delete it there."
)


class Several(click.ParamType):
    """Names with commas between them, out of a few."""

    name = "names"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        named = [name.strip().lower() for name in value.split(",") if name.strip()]
        for name in named:
            if name not in self.known:
                self.fail(f"“{name}” is none of {', '.join(self.known)}.", param, ctx)
        return tuple(name for name in self.known if name in named) or self.fail(
            f"Name one of {', '.join(self.known)}, or several with commas.", param, ctx
        )


@click.command("report")
@click.option("--only", metavar="ID", help="Only for this person, by id or e-mail address.")
@click.option(
    "--format", "formats", type=Several(FORMATS), metavar="html,pdf", help="Else both, if it can."
)
@click.option(
    "--edition", "editions", type=Several(EDITIONS), metavar="personal,shared", help="Else both."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also copy the shared editions here, with a list of whose each is.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="How many at once; else one a core.")
@click.option("--keep-notebooks", is_flag=True, help="Keep the filled notebooks beside them.")
@with_scheme
def command(
    only: str | None,
    formats: tuple[str, ...] | None,
    editions: tuple[str, ...] | None,
    out: Path | None,
    jobs: int | None,
    keep_notebooks: bool,
    scheme: Scheme,
) -> None:
    """Make everybody's report, as a web page and as a PDF.

    There are two editions: the personal one is for the person alone, the shared one holds what
    they chose to let the coordinator see. Only what is missing or has changed is made. Reports
    lie in the scheme's data folder; people open theirs in the workbook.
    """
    from viceversa.reports.batch import Planner
    from viceversa.store import open_store

    store = open_store(scheme.store_url)
    try:
        chosen = _choose(store, only)
        planner = Planner(scheme, store)
        due = planner.due(chosen, editions or EDITIONS, formats or FORMATS, keep_notebooks)  # type: ignore[arg-type]
        tasks = _possible(due)
        faults = _make(planner, tasks, jobs or os.cpu_count() or 1)
        _tell(tasks, faults, {person.id: person for person in chosen})
        if out:
            _copy_out(scheme, store, chosen, editions or ("shared",), out)
    finally:
        store.close()
    named_pdf = formats is not None and "pdf" in formats
    if faults or (tasks != due and named_pdf):
        raise click.exceptions.Exit(1)


def _choose(store: "Store", only: str | None) -> list["Person"]:
    from viceversa.store import people

    everyone = people.everyone(store)
    if only is None:
        return [person for person in everyone if person.role in GETS_ONE]
    named = only.strip().lower()
    found = [person for person in everyone if named in (person.id, person.email.lower())]
    if not found:
        raise Trouble(f"Nobody here has the id or the e-mail address {only}. Nothing was made.")
    return found


def _possible(due: list["Task"]) -> list["Task"]:
    """Give the tasks that can be done here, and say what to install for the others."""
    from viceversa.reports import pdf
    from viceversa.reports.batch import without

    # Asked only where it matters: finding out takes a second.
    missing = any("pdf" in task.formats for task in due) and pdf.what_is_missing()
    if not missing:
        return due
    click.echo(missing, err=True)
    return without(due, "pdf")


def _make(planner: "Planner", tasks: Sequence["Task"], jobs: int) -> list["Outcome"]:
    from viceversa.reports.batch import run

    faults = []
    try:
        with _progress(len(tasks)) as step:
            for outcome in map(planner.note, run(tasks, jobs, planner.gather)):
                step()
                faults += [outcome] if outcome.fault else []
    except KeyboardInterrupt:
        click.echo("Stopped. What was made is kept, and the next run goes on from there.", err=True)
        raise click.exceptions.Exit(130) from None
    return faults


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar with an estimate on a terminal, and a plain line now and then elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Estimate

    console = Console()
    if not total or not console.is_terminal:
        yield _Lines(total).step
        return
    columns = (TextColumn("Making reports"), BarColumn(), MofNCompleteColumn(), Estimate())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reports", total=total)
        yield lambda: bar.advance(task)


class _Lines:
    """Says how far it is, about ten times."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def step(self) -> None:
        self.done += 1
        if (
            self.done == self.total
            or self.done * 10 // self.total > (self.done - 1) * 10 // self.total
        ):
            click.echo(f"{self.done} of {self.total} reports made")


def _tell(
    tasks: Sequence["Task"], faults: Sequence["Outcome"], people: dict[str, "Person"]
) -> None:
    made = len(tasks) - len(faults)
    if not tasks:
        click.echo("Every report is there already, and up to date.")
    else:
        click.echo(f"{made} made." if made else "None was made.")
    if not faults:
        return
    many = "1 report was" if len(faults) == 1 else f"{len(faults)} reports were"
    click.echo(f"{many} not made; the next run tries again:", err=True)
    for outcome in faults:
        person = people[outcome.task.person_id]
        click.echo(
            f"  {person.name} ({person.id}), {outcome.task.edition}: {outcome.fault}", err=True
        )


def _copy_out(
    scheme: Scheme,
    store: "Store",
    chosen: Iterable["Person"],
    editions: Sequence[str],
    folder: Path,
) -> None:
    from viceversa.reports import keeping

    count = keeping.copy_out(scheme, store, chosen, editions, folder)
    click.echo(f"{count} files are in {folder}; {keeping.WHO_IS_WHO} says whose each is.")
    if "personal" in editions:
        click.echo(FOR_THEM_ALONE.format(folder=folder))
