"""Nothing that a person writes may be lost, whatever the line and the kernel do."""

import pytest
from worksheets import CHOICE, SHORT, WORDS, kept, sheet
from writing import PAUSE, box, status, write

pytestmark = pytest.mark.browser


def test_words_are_on_the_device_before_anything_is_sent(desk):
    write(desk, "A")
    assert desk.saves() == []
    draft = desk.kept()
    assert (draft["value"], draft["base"], draft["seen_by"]) == ("A", 0, "only-me")


def test_words_are_sent_after_a_pause_and_kept_until_they_are_acknowledged(desk):
    write(desk, "A step")
    desk.pass_time(PAUSE)
    (save,) = desk.saves()
    assert (save["field"], save["value"], save["base"]) == ("words", "A step", 0)
    assert desk.kept()["value"] == "A step"
    assert "Saved" not in status(desk)
    desk.acknowledge(save, at="14:02")
    assert desk.kept() is None
    assert status(desk) == "Saved 14:02"


def test_leaving_a_box_sends_at_once(desk):
    write(desk, "A")
    box(desk).press("Tab")
    assert [save["value"] for save in desk.saves()] == ["A"]


def test_somebody_who_never_pauses_is_saved_all_the_same(desk):
    for _ in range(14):
        write(desk, "a")
        desk.pass_time(500)
    assert desk.saves()


def test_typing_while_a_save_is_on_its_way_is_sent_after_it_on_the_new_base(desk):
    write(desk, "One")
    desk.pass_time(PAUSE)
    write(desk, " two")
    desk.pass_time(PAUSE)
    (first,) = desk.saves()
    desk.acknowledge(first, revision=1)
    assert box(desk).input_value() == "One two"
    assert desk.kept()["value"] == "One two"
    assert desk.kept()["base"] == 1
    second = desk.saves()[-1]
    assert (second["value"], second["base"]) == ("One two", 1)
    desk.acknowledge(second, revision=2)
    assert desk.kept() is None


def test_the_time_of_saving_is_told_by_the_persons_own_clock(desk):
    write(desk, "A")
    desk.pass_time(PAUSE)
    at = desk.page.evaluate("new Date(Date.now()).toISOString()")
    hour = desk.page.evaluate("at => new Date(at).toTimeString().slice(0, 5)", at)
    desk.acknowledge(desk.saves()[0], at=at)
    assert status(desk) == f"Saved {hour}"


def test_an_answer_taken_back_elsewhere_names_no_time(desk):
    write(desk, "Mine")
    desk.pass_time(PAUSE)
    desk.say("stale", desk.saves()[0], theirs=None, revision=0, at="", by="")
    sentence = "Somebody changed this while you were writing."
    assert sentence in desk.page.get_by_role("group", name="Two versions").inner_text()
    assert desk.page.locator("blockquote").last.inner_text() == "(nothing)"


def test_words_typed_after_the_acknowledged_ones_are_never_called_saved(desk):
    write(desk, "One")
    desk.pass_time(PAUSE)
    write(desk, " two")
    desk.acknowledge(desk.saves()[0], revision=1)
    assert "Saved" not in status(desk)
    assert desk.kept()["value"] == "One two"
    assert desk.kept()["base"] == 1


def test_an_acknowledgement_of_an_older_save_counts_for_nothing(desk):
    write(desk, "One")
    desk.pass_time(PAUSE)
    first = desk.saves()[0]
    desk.acknowledge(first, revision=1)
    write(desk, " two")
    desk.pass_time(PAUSE)
    desk.acknowledge(first, revision=1)
    desk.say("stale", first, theirs="Other", revision=9, at="14:00", by="Sam")
    assert desk.kept()["value"] == "One two"
    assert desk.page.get_by_text("Keep theirs").count() == 0
    second = desk.saves()[-1]
    desk.acknowledge(second, revision=2)
    assert desk.kept() is None


def test_a_save_nobody_answers_is_sent_again_with_the_same_id(desk):
    write(desk, "A")
    desk.pass_time(PAUSE)
    desk.pass_time(11_000)
    saves = desk.saves()
    assert len(saves) == 3
    assert saves[0] == saves[1] == saves[2]


def test_a_kernel_that_never_answers_is_not_called_saved(desk):
    write(desk, "A")
    desk.pass_time(5000)
    assert status(desk) == "Not saved yet, kept on this device"
    assert desk.page.evaluate("desk.states.at(-1)") == "not-saved"
    assert desk.kept()["value"] == "A"


def test_a_dead_line_does_not_stop_anybody_from_writing(desk):
    desk.page.evaluate("desk.broken = true")
    write(desk, "A")
    desk.pass_time(5000)
    write(desk, "B")
    assert desk.kept()["value"] == "AB"
    assert status(desk) == "Not saved yet, kept on this device"
    desk.page.evaluate("desk.broken = false")
    desk.pass_time(6000)
    assert desk.saves()[-1]["field"] == "words"


def test_two_fields_are_saved_side_by_side(desk):
    write(desk, "A")
    desk.pass_time(PAUSE)
    write(desk, "B", "In one line?")
    desk.pass_time(PAUSE)
    long, short = desk.saves()
    assert (long["field"], short["field"]) == ("words", "line")
    desk.acknowledge(short, at="14:03")
    assert "Saved" not in status(desk)
    assert desk.kept()["value"] == "A"
    desk.acknowledge(long, at="14:04")
    assert status(desk) == "Saved 14:04"


def test_only_one_save_of_a_field_is_ever_on_its_way(browser_page):
    desk = browser_page.show(sheet(CHOICE))
    desk.page.get_by_label("Apples").check()
    desk.page.get_by_label("Pears").check()
    desk.page.get_by_label("Apples").check()
    (save,) = desk.saves()
    assert save["value"] == "a"
    desk.acknowledge(save)
    assert desk.kept("viceversa:me:sheet:meet") is None
    assert len(desk.saves()) == 1


def test_the_last_choice_is_the_one_that_is_kept(browser_page):
    desk = browser_page.show(sheet(CHOICE))
    desk.page.get_by_label("Apples").check()
    desk.page.get_by_label("Pears").check()
    desk.acknowledge(desk.saves()[0])
    assert [save["value"] for save in desk.saves()] == ["a", "b"]
    assert desk.saves()[1]["base"] == 1


def test_words_come_back_after_a_reload_and_are_sent(desk):
    write(desk, "Not lost")
    desk.show(sheet(WORDS))
    assert box(desk).input_value() == "Not lost"
    assert desk.page.get_by_text("were not saved yet").is_visible()
    (save,) = desk.saves()
    assert (save["value"], save["base"]) == ("Not lost", 0)
    desk.acknowledge(save)
    assert desk.page.get_by_text("were not saved yet").count() == 0
    assert desk.kept() is None


def test_a_draft_that_has_arrived_already_is_not_brought_back(desk):
    write(desk, "Kept")
    desk.pass_time(PAUSE)
    desk.show(sheet(WORDS, answers={"words": kept("Kept")}))
    assert desk.saves() == []
    assert desk.kept() is None


def test_words_written_after_a_lost_acknowledgement_build_on_it(desk):
    write(desk, "One")
    desk.pass_time(PAUSE)
    write(desk, " two")
    desk.show(sheet(WORDS, answers={"words": kept("One", revision=1)}))
    (save,) = desk.saves()
    assert (save["value"], save["base"]) == ("One two", 1)


def test_a_draft_older_than_the_answer_is_sent_from_where_it_started(desk):
    write(desk, "Mine")
    desk.show(sheet(WORDS, answers={"words": kept("Theirs", revision=4)}))
    (save,) = desk.saves()
    assert (save["value"], save["base"]) == ("Mine", 0)


def test_an_answer_taken_back_without_a_line_stays_taken_back(browser_page):
    answers = {"words": kept("Old", revision=2)}
    desk = browser_page.show(sheet(WORDS, answers=answers))
    box(desk).fill("")
    desk.show(sheet(WORDS, answers=answers))
    assert box(desk).input_value() == ""
    assert (desk.saves()[0]["value"], desk.saves()[0]["base"]) == (None, 2)


@pytest.mark.parametrize("text", ["", "null", "7", "{", '{"value": "x"}', '{"base": 0}', "[]"])
def test_what_is_no_draft_breaks_no_page(desk, text):
    desk.page.evaluate("text => localStorage.setItem('viceversa:me:sheet:words', text)", text)
    desk.show(sheet(WORDS, answers={"words": kept("Kept")}))
    assert box(desk).input_value() == "Kept"
    assert desk.saves() == []


def test_words_come_back_when_the_page_is_drawn_anew_in_place(desk):
    write(desk, "Still here")
    desk.page.evaluate("desk.clear()")
    desk.draw(sheet(WORDS, SHORT))
    assert box(desk).input_value() == "Still here"
    assert box(desk).get_attribute("id") == "vv-sheet-words-input"


def test_a_sheet_drawn_again_from_the_same_model_shows_what_was_saved(desk):
    write(desk, "Saved words")
    desk.pass_time(PAUSE)
    desk.acknowledge(desk.saves()[0], revision=1)
    shown = desk.page.evaluate("desk.model.get('answers').words")
    assert (shown["value"], shown["revision"]) == ("Saved words", 1)


def test_a_refused_answer_stays_in_its_box_with_the_reason(desk):
    write(desk, "Too much")
    desk.pass_time(PAUSE)
    desk.say("refused", desk.saves()[0], why="Say it in fewer words.")
    assert box(desk).input_value() == "Too much"
    assert box(desk).get_attribute("aria-invalid") == "true"
    described = box(desk).get_attribute("aria-describedby").split()
    reason = desk.page.get_by_text("Say it in fewer words.")
    assert reason.get_attribute("id") in described
    assert desk.kept()["value"] == "Too much"
    desk.pass_time(12_000)
    assert len(desk.saves()) == 1


def test_a_refused_answer_is_sent_again_once_it_is_changed(desk):
    write(desk, "Too much")
    desk.pass_time(PAUSE)
    desk.say("refused", desk.saves()[0], why="Say it in fewer words.")
    box(desk).fill("Less")
    desk.pass_time(PAUSE)
    desk.acknowledge(desk.saves()[-1])
    assert desk.saves()[-1]["value"] == "Less"
    assert desk.page.get_by_text("Say it in fewer words.").count() == 0
    assert box(desk).get_attribute("aria-invalid") is None


def test_the_status_leads_to_the_answer_that_needs_somebody(desk):
    write(desk, "Too much", "In one line?")
    desk.pass_time(PAUSE)
    desk.say("refused", desk.saves()[0], why="Say it in fewer words.")
    box(desk).focus()
    desk.page.get_by_role("button", name="Show me").click()
    assert desk.page.get_by_label("In one line?").evaluate("it => it === document.activeElement")


def test_a_full_disk_is_said_and_the_save_tried_again(desk):
    write(desk, "A")
    desk.pass_time(PAUSE)
    desk.say("unsaved", desk.saves()[0], why="The disk is full.")
    assert desk.page.get_by_text("The disk is full.").is_visible()
    assert status(desk) == "Not saved yet, kept on this device"
    desk.pass_time(7000)
    again = desk.saves()[-1]
    assert len(desk.saves()) == 2
    desk.acknowledge(again)
    assert desk.page.get_by_text("The disk is full.").count() == 0
    assert desk.kept() is None


def test_another_tabs_newer_words_stay_on_the_device(desk):
    write(desk, "Mine")
    desk.pass_time(PAUSE)
    other = '{"value": "Newer", "seen_by": "only-me", "base": 0, "at": 1}'
    desk.page.evaluate("text => localStorage.setItem('viceversa:me:sheet:words', text)", other)
    desk.acknowledge(desk.saves()[0])
    assert desk.kept()["value"] == "Newer"


def test_a_change_of_who_will_see_is_saved_with_the_words(browser_page):
    desk = browser_page.show(sheet(WORDS, answers={"words": kept("Mine", revision=2)}))
    desk.page.get_by_label("Who will see this").select_option("my-pair")
    (save,) = desk.saves()
    assert (save["value"], save["seen_by"], save["base"]) == ("Mine", "my-pair", 2)


def test_words_are_sent_when_the_page_is_put_away(desk):
    write(desk, "A")
    desk.page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert [save["value"] for save in desk.saves()] == ["A"]


def test_a_browser_without_storage_is_told_once_and_goes_on(browser_page):
    browser_page.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    desk = browser_page.show(sheet(WORDS))
    assert desk.page.get_by_text("does not let us keep a copy").count() == 1
    write(desk, "A")
    desk.pass_time(5000)
    assert status(desk) == "Not saved yet. Keep this page open"
    desk.page.evaluate("desk.clear()")
    desk.draw(sheet(WORDS))
    assert box(desk).input_value() == "A"
    desk.acknowledge(desk.saves()[-1])
    assert status(desk) == "Saved 14:02"


def test_a_full_storage_loses_no_words(desk):
    desk.page.evaluate(
        "void (Storage.prototype.setItem = () => { throw new Error('QuotaExceededError') })"
    )
    write(desk, "A")
    desk.pass_time(PAUSE)
    assert desk.page.get_by_text("does not let us keep a copy").is_visible()
    assert desk.saves()[-1]["value"] == "A"


def test_a_preview_keeps_nothing_on_the_device(browser_page):
    desk = browser_page.show(sheet(WORDS, preview=True))
    write(desk, "A")
    assert desk.page.evaluate("localStorage.length") == 0
    assert status(desk) == "Preview: nothing is kept"


def test_a_live_sheet_asks_for_news_only_while_it_is_looked_at(browser_page):
    desk = browser_page.show(sheet(WORDS, live=True))
    desk.pass_time(9000)
    asked = desk.page.evaluate("desk.sent.filter((one) => one.refresh).length")
    assert asked >= 2
    desk.page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
    desk.pass_time(9000)
    assert desk.page.evaluate("desk.sent.filter((one) => one.refresh).length") == asked


def test_a_live_sheet_asks_less_often_when_nothing_has_happened_for_long(browser_page):
    desk = browser_page.show(sheet(WORDS, live=True))

    def asked_in_a_minute() -> int:
        before = desk.page.evaluate("desk.sent.filter((one) => one.refresh).length")
        desk.pass_time(60_000)
        return desk.page.evaluate("desk.sent.filter((one) => one.refresh).length") - before

    lively = asked_in_a_minute()
    desk.pass_time(180_000)
    assert asked_in_a_minute() < lively / 2
    desk.page.keyboard.press("Tab")
    assert asked_in_a_minute() == lively


def test_a_sheet_that_was_taken_away_falls_silent(browser_page):
    desk = browser_page.show(sheet(WORDS, live=True))
    desk.page.evaluate("desk.clear()")
    before = desk.page.evaluate("desk.sent.length")
    desk.pass_time(20_000)
    assert desk.page.evaluate("desk.sent.length") == before


@pytest.mark.parametrize(
    "message",
    [None, "saved", {}, {"saved": None}, {"saved": {"field": "words"}}, {"saved": {"field": []}}],
)
def test_a_reply_that_makes_no_sense_saves_nothing(desk, message):
    write(desk, "A")
    desk.pass_time(PAUSE)
    desk.tell(message)
    desk.tell({"saved": {"id": desk.saves()[0]["id"], "field": "words"}})
    assert desk.kept()["value"] == "A"
    assert "Saved" not in status(desk)


def test_a_page_that_shows_the_status_itself_hides_the_sheets_own(desk):
    desk.page.evaluate("desk.pageShowsStatus = true")
    write(desk, "A")
    desk.pass_time(PAUSE)
    assert desk.page.locator(".vv-status").is_hidden()
