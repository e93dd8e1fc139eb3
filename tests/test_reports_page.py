"""A report's page: self-contained, in order, described, and the same as a tagged PDF."""

import logging
from io import BytesIO
from itertools import pairwise

import nbformat
import pytest
from pypdf import PdfReader

from report_people import notebook, structure
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.reports import pdf, preview
from viceversa.reports.checking import check_page
from viceversa.reports.page import exporter, make_page

LIBRARY = Library([shipped("content")])
FINE = '<!DOCTYPE html><html lang="en"><title>A</title><body><main>{}</main></body></html>'
needs_pango = pytest.mark.skipif(bool(pdf.what_is_missing()), reason="There is no Pango here.")


def page_of(*outputs):
    """Make a page of cells that gave these outputs."""
    made = notebook("", *["cell" for _ in outputs])
    for cell, output in zip(made["cells"][1:], outputs, strict=True):
        cell["outputs"] = [output]
    read = nbformat.from_dict(made)
    return make_page(read, title="A & B", footer="Ask <us>.", words=LIBRARY.words)


def shows(html):
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html}}


@pytest.fixture(scope="module")
def whole_page():
    """The personal report of a fictional person who has answered everything."""
    report = preview.preview("personal")
    return page_of(
        *[
            shows(str(section))
            for section in (
                report.heading(),
                report.profile("mindset"),
                report.timeline("flexibility"),
                report.experiment("flexibility"),
                report.own_words("mindset", "flexibility", "offer"),
                report.plan(),
                report.next_meeting(),
                report.questions("offer"),
                report.privacy(),
                report.sources("mindset", "flexibility", "aims", "offer", "meeting-plan"),
            )
        ]
    )


def test_a_whole_report_is_fit_to_be_given_to_somebody(whole_page):
    assert check_page(whole_page) == ()


def test_a_page_has_its_language_its_title_and_a_place_to_begin():
    page = page_of(shows("<h1>Hello</h1>"))
    assert '<html lang="en-GB">' in page
    assert "<title>A &amp; B</title>" in page
    assert "<main>" in page
    assert "Ask &lt;us&gt;." in page
    assert check_page(page) == ()


def test_what_a_cell_says_beside_its_output_is_not_shown():
    page = page_of(
        {"output_type": "stream", "name": "stderr", "text": "a warning with words in it"},
        {"output_type": "stream", "name": "stdout", "text": "1 < 2"},
    )
    assert "a warning" not in page
    assert "<pre>1 &lt; 2</pre>" in page
    assert "cell" not in page.replace("cell:", "").split("<main>")[1]


def test_a_picture_is_part_of_the_page_with_its_words():
    drawn = {"image/png": "aGVsbG8=\n"}
    shown = {"output_type": "display_data", "metadata": {"alt": "A dot"}, "data": drawn}
    assert 'alt="A dot" src="data:image/png;base64,aGVsbG8="' in page_of(shown)


def test_a_picture_without_words_is_refused_rather_than_given_empty_ones():
    page = page_of(shows('<h1>A</h1><img src="data:image/png;base64,aGVsbG8=">'))
    assert check_page(page) == ("It holds a picture without a description.",)


def test_one_exporter_serves_all_pages_of_a_process():
    assert exporter() is exporter()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>A</h1><script>1</script>", "<script>"),
        ("<h1>A</h1><link rel=stylesheet href=https://a.example/a.css>", "<link>"),
        ("<h1>A</h1><iframe src=data:text/html,a></iframe>", "<iframe>"),
        ("<h1 onclick=a()>A</h1>", "a script, in the onclick"),
        ("<h1>A</h1><a href=' javascript:a()'>b</a>", "a script, in the href"),
        ("<h1>A</h1><img alt=A src=https://a.example/a.png>", "from elsewhere, in a <img>"),
        ("<h1>A</h1><img alt=A src=a.png>", "from elsewhere, in a <img>"),
        ("<h1>A</h1><p style='background: url(https://a.example/b)'>b", "in a style"),
        ("<h1>A</h1><style>@import 'https://a.example/b';</style>", "in a style"),
        ("<h1>A</h1><img src=data:image/png;base64,aaaa>", "a picture without a description"),
        ("<h1>A</h1><svg></svg>", "a drawing without a description"),
        ("<h1>A</h1><h3>B</h3>", "level 3 skips one"),
        ("<h2>A</h2>", "level 2 skips one"),
        ("<h1>A</h1><h1>B</h1>", "2 headings of level 1"),
        ("<p>A</p>", "0 headings of level 1"),
        # What is said a second time counts like the first.
        ("<h1>A</h1><img alt=A src=data:,>" + "<img src=data:,>" * 2, "a picture without"),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h2>B</h2><h4>D</h4>", "level 4 skips one"),
        ("<h1>A</h1>" + "<style>a{}</style>" * 2 + "<style>@import 'b'</style>", "in a style"),
        ("<h1>A</h1>" + "<p title='>'>" * 2 + "<p title='>' onclick=a()>", "in the onclick"),
    ],
)
def test_a_page_that_is_not_fit_is_told_why(body, fault):
    assert any(fault in said for said in check_page(FINE.format(body)))


def test_words_after_a_style_are_not_taken_for_it():
    said = "<p>A</p><style>a{}</style><p>Do not use @import.</p>"
    assert check_page(FINE.format(f"<h1>A</h1>{said}")) == ()


def test_a_link_to_a_source_is_fine():
    assert check_page(FINE.format("<h1>A</h1><a href='https://a.example/'>b</a>")) == ()


def test_a_page_without_language_title_or_landmark_is_told_so():
    said = " ".join(check_page("<html><h1>A</h1></html>"))
    assert "language" in said
    assert "<title>" in said
    assert "<main>" in said


# The PDF


@pytest.fixture(scope="module")
def tagged(whole_page):
    return PdfReader(BytesIO(pdf.make_pdf(whole_page)))


@needs_pango
def test_a_pdf_says_that_it_is_tagged_and_in_which_language(tagged):
    root = tagged.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert tagged.metadata.title == "A & B"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


@needs_pango
def test_every_drawing_in_a_pdf_has_the_words_of_the_page(tagged, whole_page):
    figures = [one for one in structure(tagged) if one["/S"] == "/Figure"]
    assert len(figures) == whole_page.count("<svg") == 7
    for figure in figures:
        assert len(figure["/Alt"]) > 40
    assert "your answers sit towards" in figures[0]["/Alt"]


@needs_pango
def test_the_headings_of_a_pdf_are_those_of_the_page_and_in_order(tagged, whole_page):
    levels = [int(one["/S"][2]) for one in structure(tagged) if one["/S"][1:] in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) == whole_page.count("<h2>")


HEADINGS = {f"H{level}" for level in range(1, 7)}


@needs_pango
def test_a_table_in_a_pdf_has_its_headings(tagged):
    kinds = [one["/S"] for one in structure(tagged)]
    assert kinds.count("/TH") == 6
    assert "/Table" in kinds
    assert "/LI" in kinds


@needs_pango
def test_nothing_is_fetched_for_a_pdf_and_nothing_is_amiss(whole_page, caplog):
    caplog.set_level(logging.ERROR, "weasyprint")
    pdf.make_pdf(whole_page)
    assert caplog.records == []
    pdf.make_pdf(FINE.format("<h1>A</h1><img alt=A src=http://127.0.0.1:9/a.png>"))
    assert "disallowed protocol" in caplog.text


@needs_pango
def test_ones_own_words_are_text_in_the_pdf(tagged):
    text = " ".join(page.extract_text() for page in tagged.pages)
    assert "Here stand the words that a person wrote" in " ".join(text.split())
