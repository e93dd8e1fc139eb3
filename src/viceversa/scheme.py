"""A scheme: one organisation's folder, with its settings, its own content and its data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field as Setting
from pydantic import StrictBool, TypeAdapter, ValidationError

from viceversa.content.files import BadFile, read_yaml
from viceversa.content.library import Library
from viceversa.content.names import Model, Text
from viceversa.content.shipped import shipped
from viceversa.errors import Trouble

if TYPE_CHECKING:
    from viceversa.content.faults import Fault

FILE = "scheme.yaml"

Count = Annotated[int, Setting(strict=True, ge=1, le=10_000)]
Language = Annotated[str, Setting(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]


class NoScheme(Trouble):
    """There is no scheme folder where one was looked for."""


class Cadence(Model):
    """How often a pair means to meet, and for how many minutes."""

    meetings: Annotated[int, Setting(strict=True, ge=1, le=100)] = 6
    minutes: Annotated[int, Setting(strict=True, ge=5, le=480)] = 45


class Settings(Model):
    """What stands in scheme.yaml. Days and minutes are whole numbers."""

    name: Text
    organisation: Text | None = None
    contact: Text | None = None
    languages: Annotated[tuple[Language, ...], Setting(min_length=1)] = ("en",)
    cadence: Cadence = Cadence()
    link_days: Count = 30
    session_days: Count = 14
    most_pages: Count = 60
    rest_minutes: Count = 60
    group_at_least: Annotated[int, Setting(strict=True, ge=5, le=1000)] = 5
    store: Text | None = None
    demo: StrictBool = False


class Scheme(Settings):
    """A scheme's settings, and the folder they are in."""

    folder: Path

    @classmethod
    def open(cls, folder: Path | str) -> "Scheme":
        """Open a scheme folder.

        Raises `NoScheme` when it is none, and `BadFile` when scheme.yaml has a fault.
        """
        folder = Path(folder).resolve()
        if not (folder / FILE).is_file():
            raise NoScheme(no_scheme(folder))
        try:
            settings = {**_settings(folder / FILE), "folder": folder}
            return cls.model_validate(settings, by_name=False)
        except ValidationError as error:
            raise _bad(folder / FILE) from error

    @property
    def data(self) -> Path:
        """The folder with what is remembered; made for its owner alone where it is not there."""
        folder = self.folder / "data"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    @property
    def store_url(self) -> str:
        """Where the store is, as SQLAlchemy writes it."""
        return self.store or f"sqlite:///{self.data / 'viceversa.db'}"

    def library(self, language: str | None = None) -> Library:
        """Give the content in a language, by default the scheme's first; its own files win."""
        folders = [self.folder / "content", shipped("content")]
        contact = self.contact or self.organisation or self.name
        return Library(
            folders, language or self.languages[0], {"contact": contact, "scheme": self.name}
        )

    def notebooks(self) -> list[Path]:
        """Give the notebook folders, the scheme's own first."""
        own = self.folder / "notebooks"
        return [*([own] if own.is_dir() else []), shipped("notebooks")]


def find(start: Path | str | None = None) -> Path | None:
    """Find the scheme folder that `start` is, or is in; by default from where one stands."""
    start = Path(start or Path.cwd()).resolve()
    return next((place for place in (start, *start.parents) if (place / FILE).is_file()), None)


def check_scheme(folder: Path) -> list["Fault"]:
    """Check a scheme folder: its settings, its own content and its own notebooks."""
    # Here, because only a check needs the lines of a file.
    from viceversa.content.check import check
    from viceversa.content.marks import read_marked
    from viceversa.content.notebooks_check import check_notebooks
    from viceversa.content.shape import faults_in_shape

    marked = read_marked(folder / FILE)
    faults = list(marked.faults)
    if marked.data is not None:
        faults += faults_in_shape(marked, TypeAdapter(Settings))
    own = folder / "notebooks"
    notebooks = [own, shipped("notebooks")]
    faults += check([folder / "content"], against=[shipped("content")], notebooks=notebooks)
    return faults + check_notebooks([own])


def no_scheme(folder: Path) -> str:
    """Say that a folder is no scheme folder, what one is, and how to make one."""
    what = "is not a scheme folder" if folder.is_dir() else "is not there"
    return (
        f"{folder} {what}. A scheme folder is one with a file {FILE} in it. "
        "Go into one, or name it with --scheme FOLDER. To make one: viceversa new FOLDER"
    )


def _settings(path: Path) -> dict[str, Any]:
    settings = read_yaml(path)
    if not isinstance(settings, dict) or "folder" in settings:
        raise _bad(path)
    return settings


def _bad(path: Path) -> BadFile:
    from viceversa.content.shape import what_is_wrong

    return BadFile(what_is_wrong(path, TypeAdapter(Settings)))
