"""Nothing here names a private person, somebody's machine, or where packages are fetched from."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from checkout import ROOT, name_of, texts

# The people whom the source documents name. They did not ask to be in a workbook, so each name
# stands in that file as the first half of the SHA-256 of the name in small letters.
NAMES = frozenset((Path(__file__).parent / "names-by-hash.txt").read_text("ascii").split())
LONGEST_NAME = 3
OWN = Path(__file__).resolve()
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HOSTS = re.compile(
    r"\b(?:pypi|files\.pythonhosted|registry\.npmjs|conda\.anaconda)\.(?:org|com)\b"
    r"|--(?:extra-)?index-url|--find-links",
    re.IGNORECASE,
)
HOME = re.compile(r"(?<![\w.])/(?:home|Users)/(?!somebody/)\w+/|(?<![\w.])/root/|[A-Z]:\\Users\\")


def half_hash(name: str) -> str:
    return sha256(name.lower().encode()).hexdigest()[:32]


def named(text: str) -> set[str]:
    """The hashes in our list that a run of one to three words in the text has."""
    words = WORD.findall(text)
    runs = {
        " ".join(words[at : at + length])
        for length in range(1, LONGEST_NAME + 1)
        for at in range(len(words) - length + 1)
    }
    return {found for run in runs if (found := half_hash(run)) in NAMES}


def test_nobody_from_the_source_documents_is_named():
    # Anonymous on purpose: the message tells the file and not the name.
    assert {name_of(file) for file, text in texts() if file != OWN and named(text)} == set()


def test_a_name_would_be_seen():
    # A made-up one that is in the list for this test.
    assert named("As Zebedee Example-Nobody said")


@pytest.mark.parametrize("what", [HOSTS, HOME], ids=["registry", "home folder"])
def test_no_file_tells_of_anybodys_machine(what):
    found = {name_of(file): what.findall(text) for file, text in texts() if file != OWN}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_file_names_the_folder_that_this_checkout_is_in():
    here = re.compile(re.escape(str(ROOT)) + r"\b")
    assert [name_of(file) for file, text in texts() if here.search(text)] == []
