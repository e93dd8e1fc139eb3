"""Check content: every fault at once, each with its file, its line and what to write instead."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from viceversa.content.documents import DOCUMENTS, WORKSHEETS, Document
from viceversa.content.faults import Fault
from viceversa.content.journey_check import faults_in_journey
from viceversa.content.marks import read_marked
from viceversa.content.named_check import faults_in_named
from viceversa.content.names import is_slug
from viceversa.content.shape import faults_in_shape
from viceversa.content.words_check import faults_in_words

__all__ = [
    "Fault",
    "check",
    "content_files",
    "document_files",
    "faults_in_document",
    "faults_in_worksheet",
]


def check(
    folders: Iterable[Path], *, against: Sequence[Path] = (), notebooks: Sequence[Path] = ()
) -> list[Fault]:
    """Check content folders; return every fault, by file and line.

    `against` are the content folders that stand behind these (what comes with Vice Versa), and
    `notebooks` the notebook folders in which the pages of a journey are looked for.
    """
    faults: list[Fault] = []
    for folder in map(Path, folders):
        behind = [place for place in against if place != folder]
        for language in _languages(folder):
            faults += _check_language(language, [folder, *behind], notebooks)
    return sorted(faults)


def content_files(folders: Iterable[Path]) -> list[Path]:
    """Give the content files that `check` reads."""
    places = [language for folder in folders for language in _languages(Path(folder))]
    names = ("journey.yaml", "words/*.yaml")
    others = [file for place in places for name in names for file in place.glob(name)]
    return sorted([*others, *document_files(folders)])


def document_files(folders: Iterable[Path]) -> list[Path]:
    """Give the worksheets, modules, scenarios and running orders among them."""
    places = [language for folder in folders for language in _languages(Path(folder))]
    names = [f"{document.folder}/*.yaml" for document in DOCUMENTS]
    return sorted(file for place in places for name in names for file in place.glob(name))


def faults_in_worksheet(file: Path) -> list[Fault]:
    """Find every fault in one worksheet's file."""
    return faults_in_document(WORKSHEETS, file)


def faults_in_document(document: Document, file: Path) -> list[Fault]:
    """Find every fault in one content file of this sort."""
    marked = read_marked(file)
    faults = [*_name(document, file), *marked.faults]
    if marked.data is not None:
        faults += faults_in_shape(marked, document.shape)
        faults += [
            marked.fault(rule.path, rule.wrong, rule.instead)
            for rule in document.broken(marked.data)
        ]
    return sorted(set(faults))


def _check_language(place: Path, folders: Sequence[Path], notebooks: Sequence[Path]) -> list[Fault]:
    faults = [_yml(file) for file in sorted(place.rglob("*.yml"))]
    for document in DOCUMENTS:
        for file in sorted(place.glob(f"{document.folder}/*.yaml")):
            faults += faults_in_document(document, file)
            faults += faults_in_named(document, file, folders)
    faults += faults_in_words(place, folders)
    for file in place.glob("journey.yaml"):
        faults += faults_in_journey(file, folders, notebooks)
    return faults


def _languages(folder: Path) -> list[Path]:
    parts = ("words", "journey.yaml", *(document.folder for document in DOCUMENTS))
    return sorted(
        place
        for place in folder.glob("*")
        if place.is_dir() and any((place / part).exists() for part in parts)
    )


def _name(document: Document, file: Path) -> list[Fault]:
    if is_slug(file.stem):
        return []
    better = "-".join("".join(c if c.isalnum() else " " for c in file.stem.lower()).split())
    wrong = (
        f"A {document.name}'s file name is small letters, digits and hyphens; “{file.stem}” is not."
    )
    return [Fault(file, 1, "", wrong, f"Call it “{better}.yaml”.")]


def _yml(file: Path) -> Fault:
    return Fault(file, 1, "", "Files that end in .yml are not read.", f"Call it {file.stem}.yaml.")
