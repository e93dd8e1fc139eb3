"""Nothing that axe finds wrong, and no sideways scroll: light and dark, narrow and wide."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from worksheets import EVERY_KIND, WORDS, kept, sheet

from viceversa_widgets import Chart, Download, Progress, SaveStatus

pytestmark = pytest.mark.browser

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='90'><style>*{opacity:.5}"
DRAWING += "</style><path id='p' d='M0 0H900'/></svg>"
ANSWERS = {"plan": kept(3), "risk": kept("longer"), "topics": kept(["a"]), "offers": kept(["Tea"])}


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def trouble(desk):
    """Bring about a refusal, a choice between two texts, an undo and a note."""
    desk.page.get_by_label("What happened?").fill("Mine")
    desk.page.get_by_label("In one line?").fill("x" * 30)
    desk.pass_time(1000)
    line, words = sorted(desk.saves(), key=lambda save: save["field"])
    desk.say("refused", line, why="Say it in fewer words.")
    desk.say("stale", words, theirs="Theirs", revision=5, at="14:01", by="Sam")
    desk.page.get_by_role("button", name="Remove item 1").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_sheet_has_no_fault_in_any_state(browser_page, width, scheme):
    page = browser_page.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    desk = browser_page.show(sheet(*EVERY_KIND, answers=ANSWERS))
    assert faults(page) == []
    trouble(desk)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_other_widgets_have_no_fault(browser_page, width, scheme):
    page = browser_page.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    chart = Chart(svg=DRAWING, said_html="<p>It is flat.</p>", title="Trend")
    desk = browser_page.show(SaveStatus())
    for widget in (Progress(answered=8, of=12), chart, Download(label="Get my report")):
        desk.draw(widget)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_sheet_fits_when_text_is_twice_as_large(browser_page):
    page = browser_page.page
    page.set_viewport_size({"width": 640, "height": 800})
    browser_page.show(sheet(*EVERY_KIND, answers=ANSWERS))
    page.add_style_tag(content=":root { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_every_target_can_be_hit_with_a_finger(browser_page):
    page = browser_page.page
    page.set_viewport_size({"width": 320, "height": 800})
    browser_page.show(sheet(*EVERY_KIND, answers=ANSWERS))
    targets = page.locator("label:has(> input[type=radio]), label:has(> input[type=checkbox])")
    assert targets.count() == 20
    for target in targets.all():
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
        assert size["width"] >= 32
    for target in page.locator("button:visible, select:visible").all():
        size = target.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 24


def test_statements_stand_above_and_below_a_scale_on_a_narrow_page(browser_page):
    page = browser_page.page
    page.set_viewport_size({"width": 320, "height": 800})
    browser_page.show(sheet(*EVERY_KIND))
    tops = [page.locator(name).bounding_box() for name in (".vv-left", ".vv-points", ".vv-right")]
    assert all(tops)
    assert tops == sorted(tops, key=lambda box: box["y"] if box else 0)


def test_a_hidden_focus_never_lies_under_the_status_line(browser_page):
    page = browser_page.page
    page.set_viewport_size({"width": 320, "height": 500})
    browser_page.show(sheet(*EVERY_KIND))
    page.get_by_label("Notes").focus()
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """() => {
              const one = document.activeElement.getBoundingClientRect();
              const line = document.querySelector(".vv-status").getBoundingClientRect();
              return one.top < line.bottom && one.bottom > line.top;
            }"""
        )
        assert not covered


def test_the_page_decides_the_colours(browser_page):
    desk = browser_page.show(sheet(WORDS))
    desk.page.add_style_tag(content=":root { --vv-text: rgb(1, 2, 3) }")
    expect(desk.page.get_by_text("What happened?")).to_have_css("color", "rgb(1, 2, 3)")


def test_a_charts_own_rules_stay_inside_it(browser_page):
    desk = browser_page.show(Chart(svg=DRAWING, said_html="<p>It is flat.</p>", title="Trend"))
    expect(desk.page.get_by_text("It is flat.")).to_have_css("opacity", "1")
    expect(desk.page.get_by_role("img", name="Trend")).to_be_visible()
    assert desk.page.evaluate("document.getElementById('p')") is None


def test_a_chart_and_its_words_change_while_shown(browser_page):
    desk = browser_page.show(Chart(svg=DRAWING, said_html="<p>It is flat.</p>", title="Trend"))
    desk.page.evaluate("desk.model.set('said_html', '<p>It rises.</p>')")
    expect(desk.page.get_by_text("It rises.")).to_be_visible()


def test_progress_is_said_and_drawn(browser_page):
    desk = browser_page.show(Progress(answered=8, of=12))
    bar = desk.page.get_by_role("progressbar", name="8 of 12 answered")
    assert bar.evaluate("it => it.value / it.max") == pytest.approx(8 / 12)
    desk.page.evaluate("desk.model.set('answered', 9)")
    expect(desk.page.get_by_text("9 of 12 answered")).to_be_visible()


def test_one_status_line_speaks_for_every_sheet(browser_page):
    desk = browser_page.show(sheet(WORDS, name="one"))
    desk.draw(SaveStatus())
    expect(desk.page.locator(".vv-status").first).to_be_hidden()
    desk.page.get_by_label("What happened?").fill("Mine")
    desk.pass_time(5000)
    expect(desk.page.get_by_role("status")).to_have_text("Not saved yet, kept on this device")


def test_a_download_saves_the_file_and_says_so(browser_page):
    desk = browser_page.show(Download(label="Get my report"))
    button = desk.page.get_by_role("button", name="Get my report")
    button.focus()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("desk.sent") == [{"make": True}]
    expect(desk.page.get_by_role("status")).to_have_text("Making your file…")
    data = base64.b64encode("Grüße".encode()).decode()
    with desk.page.expect_download() as download:
        desk.tell({"file": {"name": "report.txt", "mime": "text/plain", "base64": data}})
    assert download.value.suggested_filename == "report.txt"
    assert download.value.path().read_text("utf-8") == "Grüße"
    expect(desk.page.get_by_role("status")).to_have_text("report.txt is in your downloads.")


def test_a_download_says_what_went_wrong(browser_page):
    desk = browser_page.show(Download())
    button = desk.page.get_by_role("button", name="Download")
    button.click()
    desk.tell({"failed": "There are no meetings with a date yet."})
    expect(desk.page.get_by_role("status")).to_have_text("There are no meetings with a date yet.")
    button.click()
    desk.pass_time(21_000)
    expect(desk.page.get_by_role("status")).to_contain_text("No answer yet.")
    button.click()
    assert len(desk.page.evaluate("desk.sent")) == 3
    desk.tell({"file": {"name": "x", "mime": "text/plain", "base64": "%%%"}})
    expect(desk.page.get_by_role("status")).to_contain_text("The file could not be made.")
