"""Content on paper: everything prints, nothing is given away, and there is room to write."""

import logging
import re
from html import unescape
from io import BytesIO
from typing import get_args

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from report_people import structure
from viceversa import paper
from viceversa.cli import main
from viceversa.content.fields import Field
from viceversa.content.kinds import AnyField
from viceversa.content.library import shipped_library
from viceversa.content.sessions import AnyActivity
from viceversa.errors import Missing
from viceversa.paper import room
from viceversa.paper.page import environment
from viceversa.reports import pdf
from viceversa.reports.checking import check_page
from viceversa.starter import make_scheme

LIBRARY = shipped_library()
NAMES = sorted({name for some in paper.names(LIBRARY).values() for name in some})
SESSIONS = [order.slug for order in LIBRARY.sessions]
TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)
needs_pango = pytest.mark.skipif(bool(pdf.what_is_missing()), reason="There is no Pango here.")


def kinds(union) -> set[str]:
    """The kinds that a union of content classes names."""
    return {one.model_fields["kind"].default for one in get_args(get_args(union)[0])}


def macros(template: str) -> set[str]:
    """The macros of a template."""
    source = environment().loader.get_source(environment(), f"{template}.html.j2")[0]
    return set(re.findall(r"{% macro (\w+)\(", source))


def text_of(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


def plain(markdown: str) -> str:
    """A piece of Markdown as it reads, for texts without links and tables."""
    from viceversa.content.markdown import to_html

    return text_of(to_html(markdown))


def printed(name: str) -> dict[str, str]:
    """The pages of a name, by what comes after the name."""
    return {
        sheet.name.removeprefix(name).removeprefix("-"): sheet.html
        for sheet in paper.sheets(LIBRARY, name)
    }


@pytest.fixture(params=SESSIONS)
def session(request):
    """A running order with its sheets as text."""
    order = LIBRARY.session(request.param)
    return order, {key: text_of(html) for key, html in printed(request.param).items()}


# What there is


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_ships_prints_as_a_page_fit_to_be_given_to_somebody(name):
    pages = printed(name)
    assert pages
    for page in pages.values():
        assert check_page(page) == ()
        assert '<html lang="en-GB">' in page
        assert "{contact}" not in page
        assert "<script" not in page


def test_every_kind_of_field_has_a_look_on_paper():
    assert {room.macro(kind) for kind in kinds(AnyField)} - macros("fields") == set()


def test_every_exercise_is_explained_overleaf():
    practice = {
        one.model_fields["kind"].default
        for one in get_args(get_args(AnyField)[0])
        if issubclass(one, Field) and one.PRACTICE
    }
    assert {room.macro(kind) for kind in practice} == macros("behind")


def test_every_kind_of_activity_has_a_look_on_a_handout_and_a_name_in_the_running_order():
    assert {room.macro(kind) for kind in kinds(AnyActivity)} - macros("activities") == set()
    assert {f"activity-{kind}" for kind in kinds(AnyActivity)} <= set(LIBRARY.words)


def test_an_unknown_name_is_told_what_is_near_and_what_there_is():
    with pytest.raises(Missing, match=r"Did you mean “mindset”\?") as told:
        paper.sheets(LIBRARY, "mindst")
    for name in ("awareness-60", "offer", "first-meeting", "two-cancellations"):
        assert name in str(told.value)


# A running order


def test_the_trainers_copy_holds_everything_that_the_trainer_needs(session):
    order, pages = session
    trainer = pages["trainer"]
    assert plain(order.before) in trainer
    assert plain(order.after) in trainer
    for step in order.steps:
        for told in (step.show, step.notes, step.when_late, step.when_the_line_fails):
            assert plain(told) in trainer


def test_the_running_order_says_when_each_step_begins(session):
    order, pages = session
    begins = 0
    for step in order.steps:
        ends = begins + step.minutes
        assert f"From {room.clock(begins)} to {room.clock(ends)}" in pages["trainer"]
        begins = ends
    assert begins == order.minutes


def test_a_handout_holds_what_people_see_and_no_note_of_the_trainer(session):
    order, pages = session
    for given in set(pages) - {"trainer"}:
        for step in order.steps:
            for paragraph in (*step.notes.split("\n\n"), step.when_late, step.when_the_line_fails):
                assert plain(paragraph) not in pages[given]
    for step in order.steps:
        assert plain(step.show) in pages["handout"]


def behind_of(order) -> list[str]:
    """What nobody is told of an order's activities before they have answered."""
    told = []
    for _, one in order.activities():
        if slug := getattr(one, "scenario", None):
            scenario = LIBRARY.scenario(slug)
            told += [words for each in scenario.choices for words in (each.then, each.mentor)]
            told.append(plain(scenario.debrief.both))
        elif key := getattr(one, "check", None):
            question = LIBRARY.module(one.module).question(key)  # type: ignore[attr-defined]
            told += [option.feedback for option in question.options]  # type: ignore[union-attr]
    return told


def test_no_answer_is_given_away_before_the_talk_is_over(session):
    order, pages = session
    behind = behind_of(order)
    assert behind
    for given in ("handout", "slips", "cards"):
        assert [told for told in behind if told in pages.get(given, "")] == []
        assert LIBRARY.words["paper-better"] not in pages.get(given, "")
    for kept in ("trainer", "after"):
        assert [told for told in behind if told not in pages[kept]] == []


def test_nobody_reads_the_card_of_another_role_on_a_handout(session):
    order, pages = session
    for _, one in order.activities():
        if one.kind == "breakouts":
            scenario = LIBRARY.scenario(one.scenario)  # type: ignore[attr-defined]
            cards = [plain(card) for card in scenario.breakout.model_dump().values()]
            assert [card for card in cards if card in pages["handout"]] == []
            assert [card for card in cards if card not in pages["cards"]] == []


def test_who_is_one_too_many_in_a_group_gets_a_card_to_observe():
    template = environment().from_string(
        '{% import "parts.html.j2" as parts with context %}'
        '{{ parts.cards("T", "S", {"mentor": "1", "mentee": "2", "observer": "3"}, 5) }}'
    )
    made = template.render(words=LIBRARY.words, letters=False)
    assert made.count(LIBRARY.words["paper-card-observer"]) == 3


def test_a_poll_is_ticked_handed_in_and_counted_under_the_same_letters():
    pages = printed("awareness-60")
    for given in ("handout", "slips"):
        assert "A I would like to try it" in text_of(pages[given])
    tally = pages["trainer"].split('vv-tally">')[1].split("</table>")[0]
    assert text_of(tally).startswith("Answer Count Sum A I would like to try it B Curious")
    assert tally.count("<tr>") == 6


def test_a_handout_says_who_sees_it_and_where_to_turn(tmp_path):
    scheme = tmp_path / "ours"
    make_scheme(scheme, name="Both ways")
    file = scheme / "scheme.yaml"
    file.write_text(file.read_text("utf-8") + "\ncontact: Mina in room 4\n", encoding="utf-8")
    out = tmp_path / "out"
    asked = ("paper", "awareness-45", "--scheme", str(scheme), "--format", "html")
    done = CliRunner().invoke(main, [*asked, "--out", str(out)])
    assert done.exit_code == 0, done.output
    handout = text_of((out / "awareness-45-handout.html").read_text("utf-8"))
    assert LIBRARY.words["paper-handout-yours"] in handout
    assert "Mina in room 4" in handout


# Blank sheets


def test_a_blank_sheet_has_room_to_write():
    page = printed("offer")[""]
    assert page.count("<li><div") == 6 + 6 + 10
    assert page.count('class="vv-box"') == 6
    assert room.lines(100) == 1
    assert room.lines(500) < room.lines(1000) < room.lines(5000) == room.MOST_LINES


def test_a_scale_has_seven_circles_both_statements_and_it_depends():
    page = printed("mindset")[""]
    scales = page.split('<div class="vv-scale">')[1:]
    assert len(scales) == len(LIBRARY.worksheet("mindset").scales) == 12
    for one, field in zip(scales, LIBRARY.worksheet("mindset").scales, strict=True):
        assert one.split("</span>")[1].count("<i>") == 7
        assert field.left in unescape(one)
        assert field.right in unescape(one)
        assert LIBRARY.words["it-depends"] in one


def test_a_table_has_its_columns_and_empty_rows():
    page = printed("meeting-plan")[""]
    table = page.split("vv-blank")[-1].split("</table>")[0]
    assert table.count("<th ") == 6
    assert table.count("<td></td>") == 6 * 8


def test_every_worksheet_asks_every_question_and_says_who_would_see_the_answer():
    for slug in ("mindset", "offer", "aims", "meeting-plan", "flexibility"):
        worksheet, page = LIBRARY.worksheet(slug), text_of(printed(slug)[""])
        for field in worksheet.fields.values():
            assert field.ask in page
            assert (field.help or "") in page
            assert f"Who will see this: {LIBRARY.words[f'seen-by-{field.seen_by}']}" in page


@pytest.mark.parametrize("name", LIBRARY.modules)
def test_a_module_explains_its_questions_only_on_its_last_pages(name):
    module = LIBRARY.module(name)
    ahead, overleaf = map(text_of, printed(name)[""].split('<section class="vv-overleaf">'))
    for question in module.check:
        assert question.ask in ahead
        assert [option for option in question.options if option.feedback in ahead] == []
        assert [option for option in question.options if option.feedback not in overleaf] == []
    for choice in LIBRARY.scenario(module.scenario).choices:
        assert choice.words in ahead
        assert choice.then not in ahead
        assert choice.then in overleaf
    for told in (module.text, module.for_mentors, module.for_mentees, module.story.text):
        assert plain(told) in ahead


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_a_text_stands_in_a_list_of_sources(name):
    for page in printed(name).values():
        before, *lists = page.split('<ol class="vv-sources">')
        listed = {int(one) for part in lists for one in re.findall(r'<li value="(\d+)"', part)}
        assert {int(one) for one in re.findall(r"\[(\d+)\]", text_of(before))} <= listed


# As a PDF


@pytest.fixture(scope="module", params=["trainer", "handout", "mindset"])
def made(request):
    """A page, and the PDF that is made of it."""
    name = request.param
    page = printed("awareness-60").get(name) or printed(name)[""]
    return page, PdfReader(BytesIO(pdf.make_pdf(page)))


@needs_pango
def test_a_pdf_is_tagged_with_title_language_and_headings(made):
    page, reader = made
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert f"<title>{reader.metadata.title}</title>" in unescape(page)
    tags = [one["/S"] for one in structure(reader)]
    for level in (1, 2, 3):
        assert tags.count(f"/H{level}") == len(re.findall(f"<h{level}[ >]", page))


@needs_pango
def test_a_sheet_is_a4_and_nothing_is_amiss_with_its_look(made, caplog):
    page, reader = made
    sizes = {tuple(round(float(side)) for side in one.mediabox[2:]) for one in reader.pages}
    assert sizes == {(595, 842)}
    caplog.set_level(logging.ERROR, "weasyprint")
    pdf.make_pdf(page)
    assert caplog.records == []


@needs_pango
def test_no_question_is_cut_in_two_by_the_end_of_a_page():
    page, scales = printed("mindset")[""], LIBRARY.worksheet("mindset").scales
    pages = [text(one) for one in PdfReader(BytesIO(pdf.make_pdf(page))).pages]
    assert len(pages) > 2
    for field in scales:
        parts = [squeezed(part) for part in (field.ask, field.left, field.right)]
        assert any(all(part in one for part in parts) for one in pages)


@needs_pango
def test_no_card_is_cut_in_two_by_the_end_of_a_page():
    scenario = LIBRARY.scenario("two-cancellations")
    reader = PdfReader(BytesIO(pdf.make_pdf(printed("two-cancellations")["cards"])))
    pages = [text(one) for one in reader.pages]
    for card in scenario.breakout.model_dump().values():
        assert any(squeezed(card) in one for one in pages)


def text(page) -> str:
    return squeezed(page.extract_text())


def squeezed(words: str) -> str:
    """Words without what a line's end does to them."""
    return re.sub(r"\s+", "", words)


# The command


@needs_pango
def test_the_command_writes_both_forms_and_says_which(tmp_path):
    done = CliRunner().invoke(main, ["paper", "aims", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["aims.html", "aims.pdf"]
    assert "aims.pdf" in done.output
    assert (tmp_path / "out" / "aims.pdf").read_bytes().startswith(b"%PDF")


def test_a_name_that_is_not_there_makes_no_folder(tmp_path):
    done = CliRunner().invoke(main, ["paper", "nothing-here", "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "These can be printed" in done.output
    assert not (tmp_path / "out").exists()


def test_without_pango_there_are_web_pages_and_a_word_about_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "what_is_missing", lambda: pdf.NO_PANGO)
    asked = ["paper", "aims", "--out", str(tmp_path)]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["aims.html"]
    assert "install" in done.output
    assert CliRunner().invoke(main, [*asked, "--format", "both"]).exit_code == 1
