"""`viceversa check`: every fault in the content at once."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from viceversa.content.check import Fault, check, content_files, document_files
from viceversa.content.files import BadFile, read_yaml
from viceversa.content.notebooks_check import check_notebooks, notebook_files
from viceversa.content.reading_age import reading_age, text_of
from viceversa.content.shipped import shipped
from viceversa.errors import Trouble
from viceversa.scheme import FILE, check_scheme, find


@click.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--scheme",
    "scheme_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The same as naming the scheme folder as FOLDER.",
)
@click.option(
    "--reading-age",
    "ages",
    is_flag=True,
    help="Also say how old one must be to read each text with ease.",
)
def command(folder: Path | None, scheme_folder: Path | None, ages: bool) -> None:
    """List every fault in the content, with what to write instead.

    FOLDER is a scheme folder or a content folder. Without it, the scheme folder you stand in is
    checked, or else the content that comes with Vice Versa.
    """
    place = folder or scheme_folder or find()
    faults, count = _check(place)
    if ages:
        _say_reading_ages(place)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        click.echo(f"{many} in {_files(count)}.", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"No fault in {_files(count)}.")


def _say_reading_ages(place: Path | None) -> None:
    own = place / "content" if place and (place / FILE).is_file() else place
    for file in document_files([own or shipped("content")]):
        # A file that cannot be read is told of as a fault.
        with suppress(BadFile):
            age = reading_age(text_of(read_yaml(file)))
            click.echo(f"{age:5.1f} years  {file.parent.name}/{file.name}")


def _check(folder: Path | None) -> tuple[Sequence[Fault], int]:
    if folder is None:
        return _check_shipped()
    folder = folder.resolve()
    if (folder / FILE).is_file():
        files = [*content_files([folder / "content"]), *notebook_files(folder / "notebooks")]
        return check_scheme(folder), len(files) + 1
    if folder == shipped("content"):
        return _check_shipped()
    if not content_files([folder]):
        raise Trouble(_nothing_to_check(folder))
    return check([folder], against=[shipped("content")]), len(content_files([folder]))


def _check_shipped() -> tuple[Sequence[Fault], int]:
    content, notebooks = shipped("content"), shipped("notebooks")
    faults = [*check([content], notebooks=[notebooks]), *check_notebooks([notebooks])]
    return faults, len(content_files([content])) + len(notebook_files(notebooks))


def _nothing_to_check(folder: Path) -> str:
    if not folder.is_dir():
        return f"{folder} is not there. Name a scheme folder or a content folder."
    return (
        f"{folder} is neither a scheme folder (with a file {FILE} in it) nor a content folder "
        "(with worksheets or words in a folder for each language, such as en/worksheets)."
    )


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
