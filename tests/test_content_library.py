"""What is found where, and what stands in for what is not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from viceversa.content import BadFile, Library, Missing, shipped
from viceversa.content.documents import MODULES, SCENARIOS
from viceversa.content.words import placeholders

SHEET = "title: {title}\nsections:\n  - title: S\n    fields: [{{key: k, kind: date, ask: K?}}]\n"
JOURNEY = """\
- {page: participant/home, title: Home, for: [mentor, mentee, trainer]}
- {page: reflection/second, title: Second, worksheets: [second]}
- {page: reflection/first, title: First, for: [mentor], worksheets: [first]}
"""


def sheet(folder: Path, name: str, title: str) -> None:
    write(folder, f"worksheets/{name}.yaml", SHEET.format(title=title))


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    for name in ("first", "second", "also"):
        sheet(folder / "en", name, f"Our {name}")
    write(folder / "en", "words/a.yaml", "saved-at: Saved {time}\nhello: Hello\n")
    write(folder / "en", "journey.yaml", JOURNEY)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    sheet(folder / "en", "first", "Own first")
    write(folder / "en", "words/mine.yaml", "hello: Good day\n")
    return folder


def test_a_file_of_the_scheme_replaces_ours(ours: Path, own: Path):
    library = Library([own, ours])
    assert library.worksheet("first").title == "Own first"
    assert library.worksheet("second").title == "Our second"


def test_words_are_replaced_one_by_one(ours: Path, own: Path):
    words = Library([own, ours]).words
    assert words["hello"] == "Good day"
    assert words.say("saved-at", time="14:02") == "Saved 14:02"


def test_english_stands_in_for_what_a_language_lacks(ours: Path, own: Path):
    sheet(ours / "cy", "second", "Ein hail")
    write(ours / "cy", "words/a.yaml", "hello: Helo\n")
    library = Library([own, ours], "cy")
    assert library.worksheet("second").title == "Ein hail"
    assert library.worksheet("first").title == "Own first"
    assert library.words["hello"] == "Helo"
    assert library.words["saved-at"] == "Saved {time}"
    assert library.journey[0].page == "participant/home"


def test_worksheets_come_in_the_order_of_the_journey(ours: Path):
    assert [sheet.slug for sheet in Library([ours]).worksheets()] == ["second", "first", "also"]


def test_everybody_has_their_own_journey(ours: Path):
    library = Library([ours])
    assert [page.title for page in library.journey_for("mentor")] == ["Home", "Second", "First"]
    assert [page.title for page in library.journey_for("mentee")] == ["Home", "Second"]
    assert [page.title for page in library.journey_for("trainer")] == ["Home"]
    assert library.journey_for("coordinator") == ()


def test_a_page_is_found_by_its_name(ours: Path):
    assert Library([ours]).page("reflection/first").worksheets == ("first",)
    with pytest.raises(Missing, match="Did you mean “reflection/first”"):
        Library([ours]).page("reflection/frist")


def test_an_unknown_worksheet_names_the_nearest_and_those_that_exist(ours: Path):
    with pytest.raises(Missing) as missing:
        Library([ours]).worksheet("secnd")
    assert str(missing.value) == (
        "There is no worksheet “secnd”. Did you mean “second”? These exist: second, first and also."
    )


@pytest.mark.parametrize("slug", ["../en/worksheets/first", "/etc/passwd", "", "First", "a\x00b"])
def test_only_a_slug_becomes_a_path(ours: Path, slug: str):
    with pytest.raises(Missing):
        Library([ours]).worksheet(slug)


def test_a_missing_word_says_where_to_add_it(ours: Path):
    words = Library([ours]).words
    with pytest.raises(KeyError) as missing:
        words["saved-ta"]
    assert "Did you mean “saved-at”?" in str(missing.value)
    assert "content/en/words/" in str(missing.value)
    assert words.get("saved-ta") is None


def test_a_placeholder_that_nobody_fills_does_not_break_the_page(ours: Path):
    assert Library([ours]).words.say("saved-at", tmie="14:02") == "Saved {time}"


def test_whom_to_ask_is_filled_into_a_document_as_into_words(ours: Path):
    sheet(ours / "en", "ask", "Ask {contact}, or {somebody}")
    assert Library([ours], same={"contact": "Mina"}).worksheet("ask").title == (
        "Ask Mina, or {somebody}"
    )
    assert Library([ours], same={"contact": "Gwyn"}).worksheet("ask").title == (
        "Ask Gwyn, or {somebody}"
    )


def test_no_shipped_text_of_a_scheme_has_a_gap_in_it():
    library = Library([shipped("content")], same={"contact": "Mina", "scheme": "Both Ways"})
    documents = [
        *map(library.module, library.named(MODULES)),
        *map(library.scenario, library.named(SCENARIOS)),
        *library.sessions,
        *library.worksheets(),
    ]
    told = {one.slug: placeholders(one.model_dump_json()) for one in documents}
    assert len(told) > 20
    assert {slug: gaps for slug, gaps in told.items() if gaps} == {}


def test_words_reach_into_nothing(ours: Path):
    write(ours / "en", "words/b.yaml", "odd: '{time.__class__} {0} {time!r} {'\n")
    assert Library([ours]).words.say("odd", time="x") == "{time.__class__} {0} {time!r} {"


def test_words_with_a_fault_are_told_with_their_line(ours: Path):
    write(ours / "en", "words/b.yaml", "fine: Fine\nodd: 3\n")
    with pytest.raises(BadFile, match=r"b\.yaml:2: odd: This should be words"):
        _ = Library([ours]).words


def test_a_changed_file_is_read_anew(ours: Path):
    assert Library([ours]).worksheet("first").title == "Our first"
    sheet(ours / "en", "first", "Our new first one")
    assert Library([ours]).worksheet("first").title == "Our new first one"


def test_all_shipped_content_can_be_read():
    library = Library([shipped("content")])
    assert {"mindset", "flexibility"} <= set(library.slugs)
    assert all(sheet.fields for sheet in library.worksheets())
    assert len(library.words) > 30
    assert library.journey[0].page == "participant/home"


def test_the_content_is_light_to_import():
    heavy = ["jinja2", "sqlalchemy", "IPython", "ipywidgets", "ruamel", "markdown_it", "matplotlib"]
    code = f"import sys, viceversa.content; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
