"""`viceversa people`: who is in the scheme, and who is in a pair with whom."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from viceversa.cli.options import with_scheme
from viceversa.errors import Trouble
from viceversa.scheme import Scheme

if TYPE_CHECKING:
    from viceversa.store.people import Person

SHOWN = 10


@click.group("people")
def command() -> None:
    """Bring people into the scheme, end pairs, and delete somebody."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@with_scheme
def import_people(file: Path, scheme: Scheme) -> None:
    """Import people from a CSV file with the columns name, email and role.

    Optional columns: grade, department, line manager, language, and partner (the partner's
    email; several with a semicolon between them). Roles are mentor, mentee, trainer and
    coordinator. Where anything is wrong, every fault is listed and nothing is imported. People
    are known by their email: importing a file again changes only what it says differently.
    """
    from viceversa.intake import bring_in
    from viceversa.people import read
    from viceversa.store import open_store

    people_file = read(file, scheme.languages)
    store = open_store(scheme.store_url)
    try:
        intake = bring_in(store, people_file, language=scheme.languages[0])
    finally:
        store.close()
    click.echo(str(intake))
    if people_file.ignored:
        click.echo(f"Columns that were not used: {', '.join(people_file.ignored)}.")
    if people_file.charset == "Windows-1252":
        click.echo("The file was read as Windows-1252. Check that names with accents are right.")
    if intake.signed_out:
        whose = ", ".join(person.email for person in intake.signed_out)
        click.echo(f"Links ended, so send new ones (viceversa links): {whose}.")
    if intake.kept:
        names = [person.name for person in intake.kept]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        click.echo(f"Not in the file, and kept as they are: {', '.join(names[:SHOWN])}{more}.")


@command.command("part")
@click.argument("email")
@click.argument("partner_email", metavar="PARTNER-EMAIL")
@with_scheme
def part_people(email: str, partner_email: str, scheme: Scheme) -> None:
    """End a pair. Its sheets are kept, and open again when the two are joined again."""
    from viceversa.store import open_store, people

    store = open_store(scheme.store_url)
    try:
        both = [_known(people.by_email(store, one), one) for one in (email, partner_email)]
        ids = {person.id for person in both}
        pairs = [pair for pair in people.all_pairs(store) if {pair.mentor, pair.mentee} == ids]
        if not pairs:
            raise Trouble(f"{email} and {partner_email} are not in a pair. Nothing was changed.")
        people.part(store, pairs[0].id)
    finally:
        store.close()
    click.echo(f"{both[0].name} and {both[1].name} are no longer in a pair. Their sheets are kept.")


@command.command("forget")
@click.argument("email")
@click.option("--also-pair-words", is_flag=True, help="Also erase their words in shared sheets.")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@with_scheme
def forget_person(email: str, also_pair_words: bool, yes: bool, scheme: Scheme) -> None:
    """Delete a person who asks for it or has left: their answers, links, sessions and reports.

    It cannot be undone. A mark without a name stays, and what they wrote in sheets of their pair,
    unless that is to be erased as well. Copies in the folder backups keep what they hold.
    """
    from viceversa.store import open_store, people

    store = open_store(scheme.store_url)
    try:
        person = _known(people.by_email(store, email), email)
        if not yes:
            click.confirm(f"Delete {person.name} ({person.email}) and all they wrote?", abort=True)
        for file in people.forget(store, person.id, also_pair_words):
            (scheme.data / file).unlink(missing_ok=True)
    finally:
        store.close()
    click.echo(f"{person.name} has been deleted. Look into {scheme.data / 'backups'} as well.")


def _known(person: "Person | None", email: str) -> "Person":
    if person is None:
        raise Trouble(f"Nobody here has the email {email}. Nothing was changed.")
    return person
