"""What README says to do is done here, word by word, as a newcomer would."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from checkout import ROOT, files, name_of
from nbclient import NotebookClient
from PIL import Image

from site_under_test import Site, states
from viceversa.content import fields
from viceversa.scheme import Scheme

README = (ROOT / "README.md").read_text("utf-8")
LINK = re.compile(r"\]\(((?!https?://|#)[^)#]+)(?:#[^)]*)?\)")
WIDEST, MOST_BYTES = 1280, 120_000


def blocks(heading: str, kind: str) -> list[str]:
    """The blocks of one kind under a heading, which ends where the next one begins."""
    found, here, inside, under = [], False, False, False
    for line in README.splitlines(keepends=True):
        fence = line.startswith("```")
        if inside and not fence and under:
            found[-1] += line
        if fence:
            inside = not inside
            under = here and inside and line.strip() == f"```{kind}"
            found += [""] if under else []
        elif not inside and line.startswith("#"):
            here = line.strip() == heading
    assert found, f"README has no {kind} under {heading}"
    return found


def viceversa(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "viceversa", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def typed(heading: str) -> list[list[str]]:
    """The commands of viceversa that one types under a heading; the server is not started."""
    lines = "".join(blocks(heading, "sh")).splitlines()
    calls = [shlex.split(line)[1:] for line in lines if line.startswith("viceversa ")]
    return [words for words in calls if words[0] != "serve"]


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """A scheme that was started, and added to, as README says."""
    here = tmp_path_factory.mktemp("newcomer")
    (here / "people.csv").write_text(blocks("## Start a scheme of your own", "csv")[0], "utf-8")
    new, people, links, report = typed("## Start a scheme of your own")
    for words in (new, people, links):
        viceversa(here, *words)
    folder = here / "our-scheme"
    add_the_question(folder)
    sheet = folder / "content" / "en" / "worksheets" / "our-values.yaml"
    sheet.write_text(blocks("### Add a worksheet", "yaml")[0], "utf-8")
    add_the_notebook(folder)
    add_to_the_journey(folder)
    add_to_the_report(folder)
    words = folder / "content" / "en" / "words" / "ours.yaml"
    words.parent.mkdir()
    words.write_text(blocks("### Change a word", "yaml")[0], "utf-8")
    assert "No fault" in viceversa(here, "check", "our-scheme")
    viceversa(here, *report, "--format", "html")
    return Scheme.open(folder)


def add_the_question(folder: Path) -> None:
    kept = folder / "content" / "en" / "worksheets" / "offer.yaml"
    shutil.copy(ROOT / "content" / "en" / "worksheets" / "offer.yaml", kept)
    above = "      - key: can-offer\n"
    text = kept.read_text("utf-8")
    assert text.count(above) == 1
    question = blocks("### Add a question", "yaml")[0]
    kept.write_text(text.replace(above, question + above), "utf-8")


def add_the_notebook(folder: Path) -> None:
    make = nbformat.v4
    heading = blocks("### Make a notebook of it", "markdown")
    code = blocks("### Make a notebook of it", "python")
    cells = [make.new_markdown_cell(text) for text in heading]
    cells += [make.new_code_cell(text) for text in code]
    notebook = make.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    file = folder / "notebooks" / "reflection" / "our_values.ipynb"
    file.parent.mkdir()
    nbformat.write(notebook, file)


def add_to_the_journey(folder: Path) -> None:
    ours = (ROOT / "content" / "en" / "journey.yaml").read_text("utf-8")
    added = blocks("### See it in Voila", "yaml")[0]
    (folder / "content" / "en" / "journey.yaml").write_text(ours + added, "utf-8")


def add_to_the_report(folder: Path) -> None:
    ours = (ROOT / "notebooks" / "reports" / "participant.ipynb").read_text("utf-8")
    call = 'report.own_words(\\"mindset\\"'
    assert call in ours
    added = ours.replace(call, 'report.own_words(\\"our-values\\", \\"mindset\\"')
    file = folder / "notebooks" / "reports" / "participant.ipynb"
    file.parent.mkdir()
    file.write_text(added, "utf-8")


def test_the_question_and_the_worksheet_are_there(scheme):
    library = scheme.library()
    assert library.worksheet("offer").fields["best-time"].seen_by == "my-pair"
    assert list(library.worksheet("our-values").fields) == [
        "matters-most",
        "last-time",
        "my-pair-should-know",
    ]


def test_the_notebook_runs_as_a_preview(scheme):
    file = scheme.folder / "notebooks" / "reflection" / "our_values.ipynb"
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(file.parent)}}).execute()
    shown = notebook.cells[-1].outputs[0]["data"]
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_the_page_is_served_with_its_place_in_the_menu(scheme):
    with Site(scheme) as site:
        visitor = site.visitor()
        link = site.link("Mina")
        assert "Come in" in visitor.get(link).text
        visitor.sign_in(link)
        page = visitor.open("/reflection/our_values")
        assert "<span>Our values</span>" in page.html
        told = str(states(visitor.knock(page.kernel)))
        assert "What matters most to you at work?" in told


def test_the_report_is_made_with_a_report_notebook_of_ones_own(scheme):
    made = list((scheme.data / "reports" / "personal").glob("*.html"))
    assert len(made) == 2


def test_the_folder_map_names_what_is_there():
    block = blocks("## What is where", "text")[0]
    above = [""]
    for line in block.splitlines():
        deep = (len(line) - len(line.lstrip())) // 2
        names = re.findall(r"(?:^|\s)([\w.]+(?:/[\w.]+)*(?:/|\.py))(?=\s|$)", line)
        assert names, line
        for name in names:
            place = ROOT.joinpath(*above[: deep + 1], name)
            assert place.exists(), name
        above = [*above[: deep + 1], names[0]]


@pytest.mark.parametrize("file", [file for file in files() if file.suffix == ".md"], ids=name_of)
def test_a_link_in_a_text_leads_somewhere(file):
    if ROOT / "content" in file.parents:
        pytest.skip("content is shown elsewhere")
    for target in LINK.findall(file.read_text("utf-8")):
        assert (file.parent / target).exists(), target


def test_the_pictures_are_small_and_are_shown():
    pictures = sorted((ROOT / "docs" / "screenshots").glob("*.png"))
    assert len(pictures) >= 5
    for picture in pictures:
        assert picture.stat().st_size < MOST_BYTES
        with Image.open(picture) as shown:
            assert shown.width <= WIDEST
        shown_in = [README, *(file.read_text("utf-8") for file in (ROOT / "docs").glob("*.md"))]
        assert any(f"screenshots/{picture.name}" in text for text in shown_in)


def test_every_kind_of_question_is_explained():
    told = (ROOT / "docs" / "worksheets.md").read_text("utf-8")
    source = Path(fields.__file__).read_text("utf-8")
    kinds = re.findall(r"kind: Literal\[\"([\w-]+)\"\]", source)
    assert len(kinds) >= 10
    assert [kind for kind in kinds if f"| `{kind}` |" not in told] == []


def test_the_changelog_tells_of_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
