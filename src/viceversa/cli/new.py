"""`viceversa new`: a scheme folder to start from."""

from pathlib import Path

import click

from viceversa.starter import make_scheme


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="What the scheme is called; else the folder's name.")
@click.option("--organisation", help="Whose scheme it is.")
def command(folder: Path, name: str | None, organisation: str | None) -> None:
    """Make a scheme folder: its settings, and room for content and notebooks of your own."""
    made = make_scheme(folder, name=name, organisation=organisation)
    click.echo(f"Made {made}.")
    click.echo(f"Next: look into {made / 'scheme.yaml'}, then import your people:")
    click.echo(f"  viceversa people import FILE.csv --scheme {folder}")
