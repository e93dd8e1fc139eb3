"""`viceversa paper`: content on paper."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viceversa.cli.options import open_scheme, scheme_option
from viceversa.scheme import find

if TYPE_CHECKING:
    from viceversa.content.library import Library
    from viceversa.paper import Sheet

FORMATS = {"html": ("html",), "pdf": ("pdf",), "both": ("html", "pdf")}


@click.command("paper")
@click.argument("name", metavar="SESSION|WORKSHEET|MODULE|SCENARIO")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("paper"),
    metavar="FOLDER",
    help="Where to put the files; else in a folder called paper.",
)
@scheme_option
@click.option(
    "--format", "wanted", type=click.Choice([*FORMATS]), help="Else both, if this machine can."
)
def command(name: str, out: Path, scheme_folder: Path | None, wanted: str | None) -> None:
    """Put a session, worksheet, module or scenario on paper, for when no page is at hand.

    A session becomes a trainer's copy, a handout, slips to hand in, cards for small groups, and a
    sheet for after the session. Everything else becomes a blank sheet. Outside of a scheme folder
    it is what comes with Vice Versa.
    """
    from viceversa.paper import sheets

    made = sheets(_library(scheme_folder), name)
    formats = _possible(FORMATS[wanted or "both"])
    files = _write(made, formats, out)
    click.echo(f"Wrote {len(files)} {'file' if len(files) == 1 else 'files'} to {out}:")
    for file in files:
        click.echo(f"  {file}")
    if wanted and set(FORMATS[wanted]) - set(formats):
        raise click.exceptions.Exit(1)


def _library(folder: Path | None) -> "Library":
    from viceversa.content.library import shipped_library

    return open_scheme(folder).library() if folder or find() else shipped_library()


def _possible(formats: Sequence[str]) -> Sequence[str]:
    """Give the formats that can be made here, and say what to install for the others."""
    from viceversa.reports import pdf

    missing = "pdf" in formats and pdf.what_is_missing()
    if not missing:
        return formats
    click.echo(missing, err=True)
    return [one for one in formats if one != "pdf"]


def _write(made: Sequence["Sheet"], formats: Sequence[str], out: Path) -> list[str]:
    from viceversa.reports.pdf import make_pdf

    out.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in made:
        for format in formats:
            content = make_pdf(sheet.html) if format == "pdf" else sheet.html.encode()
            (out / f"{sheet.name}.{format}").write_bytes(content)
            written.append(f"{sheet.name}.{format}")
    return written
