"""Each control, by keyboard alone, with the names that are read aloud."""

import pytest
from playwright.sync_api import expect
from worksheets import (
    CHOICE,
    CHOICES,
    DATE,
    HOW_LONG_AGO,
    LEFT,
    LIST,
    RIGHT,
    ROWS,
    SCALE,
    SHORT,
    WORDS,
    kept,
    sheet,
)

pytestmark = pytest.mark.browser


def values(desk):
    return [save["value"] for save in desk.saves()]


def last(desk):
    """Let the pause after the last key pass, answer what was sent, give the last value."""
    desk.pass_time(1000)
    for revision, save in enumerate(desk.saves(), start=1):
        desk.acknowledge(save, revision=revision)
    return desk.saves()[-1]["value"]


def focus(desk):
    return desk.page.evaluate(
        "(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"
    )


def test_a_scale_says_where_each_of_its_places_lies(browser_page):
    desk = browser_page.show(sheet(SCALE))
    names = [
        f"1 of 7, very much: {LEFT}",
        f"2 of 7, mostly: {LEFT}",
        f"3 of 7, a little nearer: {LEFT}",
        "4 of 7, in between",
        f"5 of 7, a little nearer: {RIGHT}",
        f"6 of 7, mostly: {RIGHT}",
        f"7 of 7, very much: {RIGHT}",
        "It depends",
    ]
    group = desk.page.get_by_role("radiogroup", name="A plan is half ready.")
    expect(group.get_by_role("radio")).to_have_count(8)
    for name in names:
        expect(group.get_by_role("radio", name=name, exact=True)).not_to_be_checked()
    expect(group).to_have_accessible_description("Who will see this: Only me")


def test_a_scale_is_answered_by_arrow_keys_up_to_it_depends(browser_page):
    desk = browser_page.show(sheet(SCALE))
    desk.page.get_by_role("radio").first.focus()
    desk.page.keyboard.press("Space")
    assert last(desk) == 1
    desk.page.keyboard.press("ArrowRight")
    assert last(desk) == 2
    for _ in range(6):
        desk.page.keyboard.press("ArrowRight")
    assert last(desk) == "it-depends"


def test_an_answer_can_be_cleared_and_the_focus_stays_near(browser_page):
    desk = browser_page.show(sheet(SCALE, answers={"plan": kept(6)}))
    expect(desk.page.get_by_role("radio", name="6 of 7")).to_be_checked()
    desk.page.get_by_role("radio", name="6 of 7").focus()
    desk.page.keyboard.press("Tab")
    assert focus(desk) == "Clear this answer"
    desk.page.keyboard.press("Enter")
    assert values(desk) == [None]
    expect(desk.page.get_by_role("radio", checked=True)).to_have_count(0)
    assert focus(desk).startswith("1 of 7")
    expect(desk.page.get_by_role("button", name="Clear this answer")).to_be_hidden()


def test_how_long_ago_has_six_answers_and_none_chosen(browser_page):
    desk = browser_page.show(sheet(HOW_LONG_AGO))
    radios = desk.page.get_by_role("radio")
    expect(radios).to_have_count(6)
    expect(desk.page.get_by_role("radio", checked=True)).to_have_count(0)
    radios.first.focus()
    desk.page.keyboard.press("ArrowDown")
    assert last(desk) == "this-month"
    desk.page.keyboard.press("ArrowUp")
    desk.page.keyboard.press("ArrowUp")
    assert last(desk) == "cannot-recall"


def test_a_choice_is_made_with_the_keyboard(browser_page):
    desk = browser_page.show(sheet(CHOICE))
    desk.page.get_by_role("radio", name="Pears").focus()
    desk.page.keyboard.press("Space")
    assert last(desk) == "b"


def test_choices_come_in_the_order_of_the_options(browser_page):
    desk = browser_page.show(sheet(CHOICES))
    desk.page.get_by_label("Pears").focus()
    desk.page.keyboard.press("Space")
    desk.page.get_by_label("Apples").focus()
    desk.page.keyboard.press("Space")
    assert last(desk) == ["a", "b"]
    assert desk.page.get_by_text("Choose up to 2.").is_visible()
    desk.page.keyboard.press("Space")
    assert last(desk) == ["b"]


def test_a_text_that_is_too_long_is_never_cut(browser_page):
    desk = browser_page.show(sheet(SHORT))
    box = desk.page.get_by_role("textbox", name="In one line?")
    box.fill("x" * 30)
    assert last(desk) == "x" * 30
    assert desk.page.get_by_text("Too long: 30 characters, and 20 are the most").first.is_visible()


def test_a_text_has_its_help_and_its_audience_as_description(browser_page):
    desk = browser_page.show(sheet(WORDS))
    box = desk.page.get_by_role("textbox", name="What happened?")
    expect(box).to_have_accessible_description("A few lines. Who will see this: Only me")


def test_markup_in_an_answer_stays_text(browser_page):
    nasty = '<img src=x onerror="document.title=1">'
    desk = browser_page.show(sheet(WORDS, LIST, answers={"words": kept(nasty)}))
    desk.page.get_by_role("textbox", name="What happened?").press_sequentially("!")
    desk.pass_time(1000)
    told = {"theirs": nasty, "revision": 3, "at": nasty, "by": nasty}
    desk.say("stale", desk.saves()[0], **told)
    assert desk.page.locator("img").count() == 0
    assert desk.page.locator("blockquote").last.inner_text() == nasty


def test_a_list_grows_by_enter_and_drops_blanks(browser_page):
    desk = browser_page.show(sheet(LIST))
    desk.page.get_by_label("item 1", exact=True).focus()
    desk.page.keyboard.type("Tea")
    desk.page.keyboard.press("Enter")
    assert focus(desk) == "item 2"
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("Bread")
    assert last(desk) == ["Tea", "Bread"]


def test_enter_in_the_middle_of_a_list_opens_an_item_there(browser_page):
    desk = browser_page.show(sheet(LIST, answers={"offers": kept(["Tea", "Bread"])}))
    desk.page.get_by_label("item 1", exact=True).press("Enter")
    desk.page.keyboard.type("Milk")
    assert last(desk) == ["Tea", "Milk", "Bread"]
    expect(desk.page.get_by_role("button", name="Add another item")).to_be_hidden()
    assert desk.page.get_by_text("That is the most there can be (3).").is_visible()


def test_a_removed_item_can_be_brought_back(browser_page):
    desk = browser_page.show(sheet(LIST, answers={"offers": kept(["Tea", "Bread", "Milk"])}))
    desk.page.get_by_role("button", name="Remove item 2").focus()
    desk.page.keyboard.press("Enter")
    assert last(desk) == ["Tea", "Milk"]
    assert focus(desk) == "Undo"
    expect(desk.page.locator("[aria-live=polite]")).to_have_text("item 2 removed")
    desk.page.keyboard.press("Enter")
    assert last(desk) == ["Tea", "Bread", "Milk"]
    assert focus(desk) == "item 2"


def test_removing_a_blank_item_moves_to_its_neighbour(browser_page):
    desk = browser_page.show(sheet(LIST, answers={"offers": kept(["Tea"])}))
    desk.page.get_by_role("button", name="Add another item").click()
    desk.page.get_by_role("button", name="Remove item 2").click()
    assert focus(desk) == "item 1"
    assert desk.page.get_by_role("button", name="Undo").count() == 0


def test_a_date_half_typed_takes_nothing_back(browser_page):
    desk = browser_page.show(sheet(DATE, answers={"day": kept("2027-03-04")}))
    box = desk.page.get_by_label("When do we look back?")
    box.focus()
    desk.page.keyboard.press("Backspace")
    desk.pass_time(1000)
    assert desk.saves() == []
    desk.page.get_by_role("heading").first.evaluate("() => document.activeElement.blur()")
    assert desk.page.get_by_text("This date or time is not whole yet.").is_visible()
    assert desk.saves() == []


def test_a_date_is_typed_with_the_keyboard(browser_page):
    desk = browser_page.show(sheet(DATE))
    desk.page.get_by_label("When do we look back?").focus()
    desk.page.keyboard.type("03042027")
    assert last(desk) == "2027-03-04"
    assert all(value == "2027-03-04" for value in values(desk))


def test_a_date_can_be_taken_back(browser_page):
    desk = browser_page.show(sheet(DATE, answers={"day": kept("2027-03-04")}))
    desk.page.get_by_label("When do we look back?").fill("")
    assert last(desk) is None


def test_a_row_is_filled_by_keyboard(browser_page):
    desk = browser_page.show(sheet(ROWS))
    group = desk.page.get_by_role("group", name="meeting 1")
    group.get_by_label("Theme").focus()
    desk.page.keyboard.type("Feedback")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("03042027")
    group.get_by_label("Start").focus()
    desk.page.keyboard.type("0230PM")
    group.get_by_label("How long").focus()
    desk.page.keyboard.press("ArrowDown")
    group.get_by_label("Notes").focus()
    desk.page.keyboard.type("Read first")
    last(desk)
    expected = {"theme": "Feedback", "date": "2027-03-04", "time": "14:30", "length": "a"}
    assert last(desk) == [expected | {"notes": "Read first"}]


def test_rows_are_added_and_removed_with_the_focus_in_the_right_place(browser_page):
    desk = browser_page.show(sheet(ROWS, answers={"meetings": kept([{"theme": "Feedback"}])}))
    desk.page.get_by_role("button", name="Add another meeting").focus()
    desk.page.keyboard.press("Enter")
    second = desk.page.get_by_role("group", name="meeting 2")
    expect(second.get_by_label("Theme")).to_be_focused()
    expect(desk.page.locator("[aria-live=polite]")).to_have_text("meeting 2 added")
    desk.page.keyboard.type("Hybrid work")
    desk.page.get_by_role("button", name="Remove meeting 1").click()
    assert [row["theme"] for row in last(desk)] == ["Hybrid work"]
    assert focus(desk) == "Undo"
    desk.page.keyboard.press("Enter")
    assert [row["theme"] for row in last(desk)] == ["Feedback", "Hybrid work"]
    first = desk.page.get_by_role("group", name="meeting 1")
    expect(first.get_by_label("Theme")).to_be_focused()


def test_an_audience_no_longer_offered_is_not_changed_behind_somebodys_back(browser_page):
    answers = {"words": kept("Mine", seen_by="trainer")}
    desk = browser_page.show(sheet(WORDS, answers=answers))
    assert desk.page.get_by_label("Who will see this").input_value() == "trainer"
    desk.page.get_by_role("textbox", name="What happened?").fill("Mine too")
    desk.pass_time(1000)
    assert desk.saves()[0]["seen_by"] == "trainer"


@pytest.mark.parametrize("value", ["no list", 7, {"a": 1}, ["x", 3, None], [["a"]], True])
def test_a_draft_of_another_kind_breaks_no_control(browser_page, value):
    answers = {key: kept(value) for key in ("plan", "risk", "meet", "topics", "offers", "meetings")}
    fields = (SCALE, HOW_LONG_AGO, CHOICE, CHOICES, LIST, ROWS)
    desk = browser_page.show(sheet(*fields, answers=answers))
    expect(desk.page.get_by_role("radio")).to_have_count(16)
