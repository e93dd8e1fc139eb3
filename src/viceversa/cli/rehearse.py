"""`viceversa rehearse`: a running order played with scripted people, before real ones come."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from viceversa.cli.options import open_scheme, scheme_option
from viceversa.content.files import BadFile
from viceversa.scheme import find

if TYPE_CHECKING:
    from viceversa.content.library import Library
    from viceversa.live.results import Limits
    from viceversa.rehearsal import Finding


@click.command("rehearse")
@click.argument("session", metavar="SESSION")
@scheme_option
@click.option(
    "--people",
    type=click.IntRange(3, 300),
    default=12,
    show_default=True,
    help="How many scripted people take part.",
)
def command(session: str, scheme_folder: Path | None, people: int) -> None:
    """Play a running order with scripted people, and say what is amiss.

    SESSION is the name of its file, such as awareness-60. Outside of a scheme folder it is one
    that comes with Vice Versa. Nothing is kept, and nobody is told.
    """
    from viceversa.rehearsal import rehearse

    library, limits = _opened(scheme_folder)
    try:
        found = rehearse(library, session, people=people, limits=limits, say=click.echo)
    except BadFile as faults:
        click.echo(str(faults))
        click.echo("It was not played. Mend its file first.", err=True)
        raise click.exceptions.Exit(1) from None
    _tell(found, library, session)


def _opened(folder: Path | None) -> "tuple[Library, Limits]":
    from viceversa.content.library import shipped_library
    from viceversa.live.results import Limits

    if folder or find():
        scheme = open_scheme(folder)
        return scheme.library(), Limits.at_least(scheme.group_at_least)
    return shipped_library(), Limits()


def _tell(found: "list[Finding]", library: "Library", session: str) -> None:
    order = library.session(session)
    total = sum(step.minutes for step in order.steps)
    click.echo(f"The steps take {total} of {order.minutes} minutes.")
    said = dict.fromkeys(found)
    for one in said:
        click.echo(f"{'To mend' if one.grave else 'Look at'}: {one}")
    grave = sum(one.grave for one in said)
    if grave:
        many = "1 thing has" if grave == 1 else f"{grave} things have"
        click.echo(f"{many} to be mended before this session is held.", err=True)
        raise click.exceptions.Exit(1)
    click.echo("Nothing failed and nothing is missing.")
