"""A scheme folder: made, found, opened."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from viceversa.cli import main
from viceversa.content import BadFile
from viceversa.errors import Trouble
from viceversa.scheme import NoScheme, Scheme, check_scheme, find
from viceversa.starter import make_scheme


def new(*arguments: str | Path):
    return CliRunner().invoke(main, ["new", *map(str, arguments)])


def test_a_new_scheme_opens_and_has_no_fault(tmp_path: Path):
    folder = make_scheme(tmp_path / "both-ways", name="Both Ways", organisation="Example Office")
    scheme = Scheme.open(folder)
    assert (scheme.name, scheme.organisation) == ("Both Ways", "Example Office")
    assert check_scheme(folder) == []


def test_a_new_scheme_says_in_its_settings_what_holds_without_them(tmp_path: Path):
    scheme = Scheme.open(make_scheme(tmp_path / "s"))
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "scheme.yaml").write_text("name: S\norganisation: S\n", encoding="utf-8")
    same = {"folder", "name", "organisation"}
    assert scheme.model_dump(exclude=same) == Scheme.open(bare).model_dump(exclude=same)


@pytest.mark.parametrize(
    "name", ['Two "ways": x', "# no note", "yes", "{braces}", "Ewch ŵ\nnewydd"]
)
def test_a_scheme_can_have_any_name(tmp_path: Path, name: str):
    folder = make_scheme(tmp_path / "s", name=name)
    assert Scheme.open(folder).name == " ".join(name.split())


def test_data_is_for_its_owner_alone_and_kept_out_of_git(tmp_path: Path):
    scheme = Scheme.open(make_scheme(tmp_path / "s"))
    assert stat.S_IMODE(scheme.data.stat().st_mode) == 0o700
    assert "data/" in (scheme.folder / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_command_says_what_it_made_and_what_is_next(tmp_path: Path):
    done = new(tmp_path / "s", "--name", "Both Ways", "--organisation", "Example Office")
    assert done.exit_code == 0
    assert f"Made {tmp_path / 's'}." in done.output
    assert "people import" in done.output
    assert Scheme.open(tmp_path / "s").organisation == "Example Office"


def test_an_empty_folder_can_become_a_scheme(tmp_path: Path):
    assert new(tmp_path).exit_code == 0


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = new(tmp_path)
    assert done.exit_code == 1
    assert "has something in it already. Nothing was changed." in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_scheme_is_not_made_twice(tmp_path: Path):
    new(tmp_path / "s", "--name", "First")
    done = new(tmp_path / "s", "--name", "Second")
    assert (done.exit_code, "is a scheme folder already" in done.stderr) == (1, True)
    assert Scheme.open(tmp_path / "s").name == "First"


def test_a_file_cannot_become_a_scheme(tmp_path: Path):
    (tmp_path / "f").write_text("x", encoding="utf-8")
    with pytest.raises(Trouble, match="is a file"):
        make_scheme(tmp_path / "f")
    with pytest.raises(Trouble, match="could not be made: Not a directory"):
        make_scheme(tmp_path / "f" / "inside")


def test_a_scheme_is_found_from_anywhere_inside_it(tmp_path: Path):
    folder = make_scheme(tmp_path / "s")
    assert find(folder / "content" / "en" / "worksheets") == folder
    assert find(folder) == folder
    assert find(tmp_path) is None


@pytest.mark.parametrize("name", ["plain", "not-there"])
def test_a_folder_that_is_no_scheme_says_how_to_make_one(tmp_path: Path, name: str):
    (tmp_path / "plain").mkdir()
    with pytest.raises(NoScheme, match="To make one: viceversa new FOLDER"):
        Scheme.open(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nme: x\n", "scheme.yaml:1: nme: There is no key “nme” here. Write “name”."),
        ("name: x\ngroup-at-least: 3\n", "group-at-least: The number is too small. Use 5 or more."),
        ("name: x\nlink-days: '30'\n", "link-days: This should be a whole number."),
        ("name: x\ncadence: {meetins: 3}\n", "There is no key “meetins” here. Write “meetings”."),
        ("name: [\n", "This cannot be read"),
        ("- x\n", "This should be a block of keys."),
        ("name: x\nfolder: /elsewhere\n", "There is no key “folder” here."),
    ],
)
def test_settings_with_a_fault_are_told_with_their_line(tmp_path: Path, text: str, said: str):
    (tmp_path / "scheme.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        Scheme.open(tmp_path)
    assert said in str(bad.value)


def test_the_store_is_in_data_unless_it_is_elsewhere(tmp_path: Path):
    scheme = Scheme.open(make_scheme(tmp_path / "s"))
    assert scheme.store_url == f"sqlite:///{tmp_path}/s/data/viceversa.db"
    with (scheme.folder / "scheme.yaml").open("a", encoding="utf-8") as file:
        file.write("store: postgresql://host/mentoring\n")
    assert Scheme.open(scheme.folder).store_url == "postgresql://host/mentoring"


def test_a_schemes_own_files_come_first(tmp_path: Path):
    scheme = Scheme.open(make_scheme(tmp_path / "s"))
    own = scheme.folder / "content" / "en" / "worksheets" / "mindset.yaml"
    own.write_text(
        "title: Own\nsections: [{title: S, fields: [{key: k, kind: date, ask: K?}]}]\n",
        encoding="utf-8",
    )
    assert scheme.library().worksheet("mindset").title == "Own"
    assert scheme.library().worksheet("flexibility").title != "Own"
    assert scheme.library("cy").language == "cy"
    assert scheme.notebooks()[0] == scheme.folder / "notebooks"
    assert len(scheme.notebooks()) == 2
