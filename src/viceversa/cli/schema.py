"""`viceversa schema`: what editors need to help with writing worksheets."""

from pathlib import Path

import click

from viceversa.cli.options import open_scheme
from viceversa.content.schema import worksheet_schema
from viceversa.content.shipped import shipped
from viceversa.scheme import find


@click.command("schema")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; else content/schema/worksheet.json of the scheme.",
)
@click.option(
    "--scheme",
    "scheme_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The scheme folder; else the one you stand in.",
)
def command(out: Path | None, scheme_folder: Path | None) -> None:
    """Write the JSON Schema of worksheets, for editors that complete and check as you type.

    Outside of a scheme folder it is written to the content that comes with Vice Versa.
    """
    out = out or _content(scheme_folder) / "schema" / "worksheet.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(worksheet_schema(), encoding="utf-8")
    click.echo(f"Wrote {out}.")


def _content(scheme_folder: Path | None) -> Path:
    if scheme_folder or find():
        return open_scheme(scheme_folder).folder / "content"
    return shipped("content")
