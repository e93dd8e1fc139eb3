"""A check question explains itself; a scenario can be tried; both by keyboard alone."""

import pytest
from playwright.sync_api import expect
from worksheets import CHECK, COMMITMENT, SCENARIO, kept, sheet

from viceversa_widgets import Story

pytestmark = pytest.mark.browser


def test_every_answer_to_a_check_question_is_explained_once_it_is_chosen(browser_page):
    desk = browser_page.show(sheet(CHECK))
    said = desk.page.get_by_role("status").filter(has_text="answer.")
    expect(said).to_have_count(0)
    desk.page.get_by_role("radio", name="The mentee").focus()
    desk.page.keyboard.press("Space")
    expect(said).to_have_text("There is a better answer.That is the usual way round.")
    assert desk.saves()[-1]["value"] == "mentee"
    desk.page.keyboard.press("ArrowUp")
    expect(said).to_have_text("This is the better answer.It is their hour.")
    desk.page.get_by_text("What about the other answers?").click()
    expect(desk.page.get_by_text("That is the usual way round.")).to_be_visible()


def test_a_check_question_answered_before_shows_its_explanation_again(browser_page):
    desk = browser_page.show(sheet(CHECK, answers={"agenda": kept("mentor")}))
    expect(desk.page.get_by_text("It is their hour.")).to_be_visible()
    desk.page.get_by_role("button", name="Clear").click()
    expect(desk.page.get_by_text("It is their hour.")).to_be_hidden()


def test_a_scenario_is_tried_from_several_sides_by_keyboard(browser_page):
    page = browser_page.show(sheet(SCENARIO)).page
    debrief = page.get_by_text("What to take from this")
    expect(debrief).to_be_hidden()
    page.get_by_role("button", name="Ada waits").focus()
    page.keyboard.press("Enter")
    course = page.get_by_role("region", name="Ada waits")
    expect(course).to_be_focused()
    expect(course).to_contain_text("Ada feels rushed.")
    expect(course).to_contain_text("Keith feels rushed.")
    browser_page.acknowledge(browser_page.saves()[-1])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ada waits tried")).to_be_focused()
    page.get_by_role("button", name="Ada says so").press("Enter")
    assert browser_page.saves()[-1]["value"] == ["heard", "rushed"]
    debrief.click()
    for words in ("Both.", "Ada.", "Keith."):
        expect(page.get_by_text(words, exact=True)).to_be_visible()


def test_what_was_tried_before_is_marked_and_the_debrief_is_there(browser_page):
    page = browser_page.show(sheet(SCENARIO, answers={"scenario": kept(["cold"])})).page
    expect(page.get_by_role("button", name="Ada goes tried")).to_be_visible()
    expect(page.get_by_text("What to take from this")).to_be_visible()


def test_a_commitment_shows_how_small_it_may_be(browser_page):
    desk = browser_page.show(sheet(COMMITMENT))
    expect(desk.page.get_by_text("Send the themes on Monday.")).to_be_visible()
    desk.page.get_by_label("What will you do?").fill("Ask first")
    desk.pass_time(1000)
    assert desk.saves()[-1]["value"] == "Ask first"


@pytest.mark.parametrize("made_up", [True, False])
def test_a_story_says_when_its_people_are_made_up(browser_page, made_up):
    told = {"title": "The agenda", "text_html": "<p>It moved.</p>", "made_up": made_up}
    page = browser_page.show(Story(**told)).page
    expect(page.get_by_role("heading", name="The agenda")).to_be_visible()
    note = page.get_by_text("The people in this story are made up.")
    expect(note).to_have_count(int(made_up))


def test_a_sheet_tells_its_story_under_its_section(browser_page):
    told = {"title": "The agenda", "text_html": "<p>It moved.</p>", "made_up": True}
    part = {"title": "A story", "text_html": "", "fields": [], "story": told}
    page = browser_page.show(sheet(sections=[part])).page
    expect(page.get_by_role("heading", level=3, name="The agenda")).to_be_visible()
