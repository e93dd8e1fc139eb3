"""`viceversa links`: the personal links by which people sign in."""

from pathlib import Path

import click

from viceversa.cli.options import with_scheme
from viceversa.scheme import Scheme

ROLES = ("mentor", "mentee", "trainer", "coordinator")


@click.command("links")
@click.option("--for", "emails", multiple=True, metavar="EMAIL", help="Only for this person.")
@click.option("--role", type=click.Choice(ROLES), help="Only for people of this role.")
@click.option("--all", "everybody", is_flag=True, help="Also for those whose link still works.")
@click.option("--days", type=click.IntRange(1, 3650), help="How long they work; else link-days.")
@click.option("--revoke", is_flag=True, help="Make none: end the links and sign people out.")
@click.option(
    "--address",
    default="http://127.0.0.1:8866",
    show_default=True,
    metavar="URL",
    help="Where people reach the server.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write them; else links.csv in the scheme's data folder.",
)
@with_scheme
def command(
    emails: tuple[str, ...],
    role: str | None,
    everybody: bool,
    days: int | None,
    revoke: bool,
    address: str,
    out: Path | None,
    scheme: Scheme,
) -> None:
    """Make personal links, as a CSV file for a mail merge.

    Without options: for everybody who has no working link. A new link ends a person's older
    ones. The links are in that file and nowhere else: only their hashes are stored.
    """
    from viceversa import invitations
    from viceversa.store import open_store

    address = invitations.check_address(address)
    store = open_store(scheme.store_url)
    try:
        if revoke:
            chosen = invitations.choose_to_revoke(store, emails, role, everybody=everybody)
            click.echo(invitations.revoke(store, chosen))
            return
        chosen = invitations.choose(store, emails, role, everybody=everybody)
        if not chosen:
            click.echo("Everybody has a working link. To make new ones all the same: --all")
            return
        file = out or scheme.data / "links.csv"
        made = invitations.invite(store, chosen, days or scheme.link_days, address, file)
    finally:
        store.close()
    click.echo(str(made))
