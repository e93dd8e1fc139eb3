"""Every report of the demo scheme, from the cells of our own notebook."""

from io import BytesIO

import nbformat
import pytest
from pypdf import PdfReader

from report_people import structure
from viceversa.content.shipped import shipped
from viceversa.content.words import PLACEHOLDER
from viceversa.reports import pdf
from viceversa.reports.checking import check_page
from viceversa.reports.material import EDITIONS, gather
from viceversa.reports.page import make_page
from viceversa.reports.report import Report
from viceversa.scheme import Scheme
from viceversa.store import open_store, people

NOTEBOOK = shipped("notebooks") / "reports/participant.ipynb"
PRINTED = 6


@pytest.fixture(scope="module")
def pages(demo_made_once):
    """Make every page as its notebook would, without its kernel: {(person, edition): page}."""
    scheme = Scheme.open(demo_made_once)
    store, library = open_store(scheme.store_url), scheme.library()
    made = {}
    for person in people.everyone(store):
        for edition in EDITIONS:
            report = Report(gather(scheme, store, library, person, edition), library)
            notebook = nbformat.read(NOTEBOOK, as_version=4)
            for cell in notebook.cells[2:]:
                shown = eval(cell.source, {"report": report})
                cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": str(shown)})]
            page = make_page(notebook, title="A title", footer="A footer", words=library.words)
            made[person, edition] = page
    store.close()
    return made


def test_every_page_is_fit_to_be_given_to_its_person(pages):
    assert len(pages) > 40
    faults = {(one.name, edition): check_page(page) for (one, edition), page in pages.items()}
    assert {who: found for who, found in faults.items() if found} == {}


def test_no_word_is_left_without_what_fills_it(pages):
    shown = "".join(page.split("<main>")[1] for page in pages.values())
    assert set(PLACEHOLDER.findall(shown)) == set()


@pytest.mark.skipif(bool(pdf.what_is_missing()), reason="There is no Pango here.")
def test_a_pdf_has_a_described_figure_for_each_picture_of_its_page(pages):
    personal = [page for (_, edition), page in pages.items() if edition == "personal"]
    longest = sorted(personal, key=len, reverse=True)
    for page in [*longest[: PRINTED - 1], longest[-1]]:
        reader = PdfReader(BytesIO(pdf.make_pdf(page)))
        tags = [one for one in structure(reader) if one["/S"] == "/Figure"]
        assert len(tags) == page.count("<svg")
        assert all(len(tag["/Alt"]) > 40 for tag in tags)


def test_every_cell_of_the_notebook_has_one_section_and_the_parameters_come_first():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert cells[0].metadata.tags == ["parameters"]
    assert cells[0].source == 'person = ""\nedition = "personal"'
    assert all(cell.source.startswith("report.") for cell in cells[2:])
