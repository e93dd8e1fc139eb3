"""viceversa demo"""

from pathlib import Path

import click

from viceversa.scheme import FILE


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("viceversa-demo"))
def command(folder: Path) -> None:
    """Make a scheme of fictional people at every stage, with their personal links."""
    if (folder / FILE).is_file():
        click.echo(f"The demo scheme is in {folder} already.")
        return
    from viceversa import invitations
    from viceversa.demo import in_order, make_demo
    from viceversa.store import open_store, people

    scheme = make_demo(folder)
    store = open_store(scheme.store_url)
    everyone = in_order(store)
    file = scheme.data / "links.csv"
    invitations.invite(store, everyone, 365, "http://127.0.0.1:8866", file)
    pairs = len(people.all_pairs(store))
    click.echo(f"{len(everyone)} fictional people and {pairs} pairs are in {folder}.")
    click.echo(f"Next: viceversa serve --scheme {folder}")
