"""`viceversa schema`: what editors need to help with writing worksheets."""

from pathlib import Path

import click

from viceversa.content.schema import worksheet_schema
from viceversa.content.shipped import shipped


@click.command("schema")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; else content/schema/worksheet.json of Vice Versa itself.",
)
def command(out: Path | None) -> None:
    """Write the JSON Schema of worksheets, for editors that complete and check as you type."""
    out = out or shipped("content") / "schema" / "worksheet.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(worksheet_schema(), encoding="utf-8")
    click.echo(f"Wrote {out}.")
