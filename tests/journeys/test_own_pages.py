"""A scheme writes its own questions, worksheets and notebooks, and sees them in the browser."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from site_under_test import Site, viceversa
from viceversa.content.shipped import shipped
from viceversa.scheme import Scheme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("own_pages")]

OUR_VALUES = """\
title: What matters to us
version: 1
sections:
  - title: At work
    fields:
      - key: matters-most
        kind: short-text
        ask: What matters most to you at work?
        seen-by: only-me
"""
ONE_QUESTION_MORE = """\
      - key: on-a-bad-day
        kind: long-text
        ask: And how is it on a bad day?
        seen-by: only-me
"""
OPEN = "from viceversa import workbook\n\nbook = workbook.open()"
OUTPUTS = """\
import base64
from IPython.display import HTML, SVG, Image, Markdown, display

print("Printed & <plain>")
display(Markdown("Some **strong** words"), HTML("<p>A paragraph of <em>ours</em></p>"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" width="9"><title>A dot</title></svg>'))
display(Image(base64.b64decode(PICTURE)), {"a": "dictionary"})
"""
PICTURE = (  # one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


def write_notebook(folder, name, *cells):
    """Each cell is its kind and its text."""
    make = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    notebook = nbformat.v4.new_notebook(cells=[make[kind](text) for kind, text in cells])
    file = folder / "notebooks" / f"{name}.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(notebook), "utf-8")


@pytest.fixture(scope="module")
def running_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "scheme"
    viceversa(folder.parent, "new", str(folder), "--name", "Both Ways")
    (folder / "people.csv").write_text("name,email,role\nAda Rhys,ada@example.org,mentor\n")
    viceversa(folder, "people", "import", "people.csv")
    worksheets = folder / "content/en/worksheets"
    (worksheets / "our-values.yaml").write_text(OUR_VALUES, "utf-8")
    copied = Path(shutil.copy(shipped("content") / "en/worksheets/mindset.yaml", worksheets))
    before, rest = copied.read_text("utf-8").split("      - key: share-with-partner", 1)
    more = f"{before}{ONE_QUESTION_MORE}      - key: share-with-partner{rest}"
    copied.write_text(more, "utf-8")
    values = [("code", OPEN), ("code", 'book.worksheet("our-values")')]
    write_notebook(folder, "reflection/our_values", ("markdown", "# Our values"), *values)
    assert "No fault" in viceversa(folder, "check")
    outputs = OUTPUTS.replace("PICTURE", repr(PICTURE))
    button = "import ipywidgets\n\nipywidgets.Button(description='Press me')"
    parts = [("code", OPEN), ("code", outputs), ("code", button), values[1]]
    write_notebook(folder, "reflection/all_sorts", ("markdown", "# All sorts"), *parts)
    broken = [("markdown", "# Broken"), *values, ("code", "1 / 0"), ("markdown", "Never shown")]
    write_notebook(folder, "reflection/broken", *broken)
    with Site(Scheme.open(folder)) as running:
        yield running


def test_a_question_more_in_a_copy_of_our_worksheet(arrive):
    ada = arrive("Ada").sign_in()
    ada.open("reflection/mindset")
    expect(ada.page.get_by_label("And how is it on a bad day?")).to_be_visible()
    ada.write("mindset", "on-a-bad-day", "I send an e-mail.")
    ada.wait_until_kept("mindset", on_a_bad_day="I send an e-mail.")
    ada.page.get_by_role("link", name="My habits").click()
    expect(ada.page.get_by_role("link", name="My habits")).to_contain_text("1 of 1")


def test_a_worksheet_and_a_notebook_of_ones_own(arrive):
    ada = arrive("Ada").sign_in()
    ada.open("")
    ada.page.get_by_role("link", name="Our values").click()
    ada.wait_until_ready()
    expect(ada.page).to_have_title("Our values – Both Ways")
    expect(ada.page.locator("nav [aria-current=page]")).to_have_text("Our values")
    ada.write("our-values", "matters-most", "That somebody listens")
    ada.wait_until_kept("our-values", matters_most="That somebody listens")
    ada.see_no_barriers()
    ada.open("")
    ada.page.get_by_text("What matters to us").click()
    expect(ada.page.get_by_text("That somebody listens")).to_be_visible()


def test_every_kind_of_output_comes_out_and_a_foreign_widget_breaks_nothing(arrive):
    ada = arrive("Ada").sign_in()
    ada.open("reflection/all_sorts")
    main = ada.page.locator("main")
    for said in ("Printed & <plain>", "{'a': 'dictionary'}", "A paragraph of ours"):
        expect(main).to_contain_text(said)
    expect(main.locator("strong", has_text="strong")).to_be_visible()
    expect(main.get_by_text("Press me")).to_have_count(0)
    expect(main.get_by_text("This part of the page could not be shown")).to_be_visible()
    expect(main.locator("svg title")).to_have_text("A dot")
    assert main.locator("img").evaluate("image => image.naturalWidth") == 1
    expect(main.get_by_label("What matters most to you at work?")).to_be_visible()
    complaints, ada.faults[:] = ada.faults[:], []
    assert ["not an anywidget" in one for one in complaints] == [True]


def test_a_cell_that_fails_is_said_in_plain_words_and_what_stands_before_it_works(arrive):
    ada = arrive("Ada").sign_in()
    ada.open("reflection/broken")
    main = ada.page.locator("main")
    expect(main.get_by_text("This part of the page could not be shown")).to_be_visible()
    expect(main).not_to_contain_text("xception")
    expect(main).not_to_contain_text("ZeroDivision")
    ada.write("our-values", "matters-most", "!")
    ada.sees_status("Saved")
