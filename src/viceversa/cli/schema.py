"""`viceversa schema`: what editors need to help with writing content."""

from pathlib import Path

import click

from viceversa.cli.options import open_scheme, scheme_option
from viceversa.content.schema import schemas
from viceversa.content.shipped import shipped
from viceversa.scheme import find


@click.command("schema")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where to write them; else content/schema of the scheme.",
)
@scheme_option
def command(out: Path | None, scheme_folder: Path | None) -> None:
    """Write the JSON Schemas of content, for editors that complete and check as you type.

    There is one for each sort of file: worksheets, modules, scenarios and sessions. Outside of a
    scheme folder they are written to the content that comes with Vice Versa.
    """
    out = out or _content(scheme_folder) / "schema"
    out.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (out / name).write_text(text, encoding="utf-8")
    click.echo(f"Wrote {len(schemas())} files to {out}.")


def _content(scheme_folder: Path | None) -> Path:
    if scheme_folder or find():
        return open_scheme(scheme_folder).folder / "content"
    return shipped("content")
