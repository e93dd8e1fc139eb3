"""Two texts for one answer, and news of it: nothing is lost, and the person chooses."""

import pytest
from worksheets import CHOICE, LIST, WORDS, kept, sheet
from writing import PAUSE, box, write

pytestmark = pytest.mark.browser


def stale(desk, mine="Mine", theirs="Theirs"):
    write(desk, mine)
    desk.pass_time(PAUSE)
    told = {"theirs": theirs, "revision": 5, "at": "14:01", "by": "Sam"}
    desk.say("stale", desk.saves()[-1], **told)


def test_a_stale_save_shows_both_texts_and_keeps_mine_in_the_box(desk):
    stale(desk)
    assert desk.page.locator("blockquote").all_inner_texts() == ["Mine", "Theirs"]
    assert desk.page.get_by_text("Sam changed this at 14:01").is_visible()
    assert box(desk).input_value() == "Mine"
    assert desk.kept()["base"] == 0
    desk.pass_time(12_000)
    assert len(desk.saves()) == 1


@pytest.mark.parametrize(
    ("button", "expected"),
    [("Keep mine", "Mine"), ("Keep theirs", "Theirs"), ("Keep both", "Theirs\n\nMine")],
)
def test_the_person_chooses_between_two_texts(desk, button, expected):
    stale(desk)
    desk.page.get_by_role("button", name=button).click()
    assert box(desk).input_value() == expected
    save = desk.saves()[-1]
    assert (save["value"], save["base"]) == (expected, 5)
    assert desk.kept()["value"] == expected
    desk.acknowledge(save, revision=6)
    assert desk.kept() is None
    assert desk.page.get_by_role("button", name=button).count() == 0
    assert box(desk).evaluate("it => it === document.activeElement")


def test_what_is_typed_while_two_texts_wait_is_part_of_mine(desk):
    stale(desk)
    write(desk, " and more")
    assert desk.page.locator("blockquote").first.inner_text() == "Mine and more"
    desk.pass_time(12_000)
    assert len(desk.saves()) == 1
    desk.page.get_by_role("button", name="Keep mine").click()
    assert desk.saves()[-1]["value"] == "Mine and more"


def test_two_texts_that_wait_wait_after_a_reload_too(desk):
    stale(desk)
    desk.show(sheet(WORDS, answers={"words": kept("Theirs", revision=5)}))
    (save,) = desk.saves()
    assert (save["value"], save["base"]) == ("Mine", 0)


def test_a_stale_save_of_the_very_same_words_asks_nobody(desk):
    stale(desk, "Same", "Same")
    assert desk.saves()[-1]["base"] == 5
    assert desk.page.get_by_role("button", name="Keep mine").count() == 0


def test_keeping_theirs_keeps_their_audience(desk):
    write(desk, "Mine")
    desk.pass_time(PAUSE)
    told = {"theirs": "Theirs", "revision": 5, "at": "", "by": "", "seen_by": "my-pair"}
    desk.say("stale", desk.saves()[0], **told)
    desk.page.get_by_role("button", name="Keep theirs").click()
    assert desk.saves()[-1]["seen_by"] == "my-pair"


def test_keeping_both_lists_has_each_item_once(browser_page):
    desk = browser_page.show(sheet(LIST))
    desk.page.get_by_label("item 1", exact=True).fill("Tea")
    desk.pass_time(PAUSE)
    told = {"theirs": ["Bread", "Tea"], "revision": 2, "at": "14:01", "by": "Sam"}
    desk.say("stale", desk.saves()[0], **told)
    desk.page.get_by_role("button", name="Keep both").click()
    assert desk.saves()[-1]["value"] == ["Bread", "Tea"]


def test_news_never_replaces_unsaved_words(desk):
    write(desk, "Mine")
    desk.news(words=kept("Theirs", revision=3))
    assert box(desk).input_value() == "Mine"
    box(desk).press("Tab")
    assert box(desk).input_value() == "Mine"
    assert desk.saves()[-1]["base"] == 0


def test_news_waits_until_a_box_is_left(desk):
    box(desk).focus()
    desk.news(words=kept("Theirs", revision=3))
    assert box(desk).input_value() == ""
    assert desk.page.get_by_text("There is a newer version").is_visible()
    box(desk).press("Tab")
    desk.page.get_by_label("In one line?").focus()
    assert box(desk).input_value() == "Theirs"
    write(desk, "!")
    desk.pass_time(PAUSE)
    assert (desk.saves()[-1]["value"], desk.saves()[-1]["base"]) == ("Theirs!", 3)


def test_words_typed_over_waiting_news_go_out_on_the_old_base(desk):
    box(desk).focus()
    desk.news(words=kept("Theirs", revision=3))
    write(desk, "Mine")
    desk.pass_time(PAUSE)
    assert (desk.saves()[-1]["value"], desk.saves()[-1]["base"]) == ("Mine", 0)


def test_the_kernels_tidied_text_does_not_disturb_who_is_still_typing(desk):
    write(desk, "Hello ")
    desk.pass_time(PAUSE)
    desk.acknowledge(desk.saves()[0], revision=1)
    desk.news(words=kept("Hello", revision=1))
    write(desk, "you")
    assert box(desk).input_value() == "Hello you"


def test_news_that_overtakes_its_acknowledgement_changes_nothing(desk):
    write(desk, "Mine")
    desk.pass_time(PAUSE)
    desk.news(words=kept("Mine", revision=1))
    write(desk, " more")
    desk.acknowledge(desk.saves()[0], revision=1)
    desk.pass_time(PAUSE)
    assert box(desk).input_value() == "Mine more"
    assert desk.saves()[-1]["base"] == 1


def test_news_that_came_during_a_save_is_shown_after_it(browser_page):
    desk = browser_page.show(sheet(CHOICE))
    desk.page.get_by_label("Apples").check()
    desk.news(meet=kept("b", revision=2))
    assert desk.page.get_by_label("Apples").is_checked()
    desk.acknowledge(desk.saves()[0], revision=1)
    assert desk.page.get_by_label("Pears").is_checked()
    assert len(desk.saves()) == 1
