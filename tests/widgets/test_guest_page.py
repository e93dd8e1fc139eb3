"""A guest's page with a line of which a test holds the other end."""

import guest_page
import pytest
from axe_playwright_python.sync_playwright import Axe
from guest_page import ASKING, EVERYTHING, POLL, REFLECTION, ROLE, WORDS, view
from playwright.sync_api import expect
from rooms import COUNTS, MINUTE, NOW

pytestmark = pytest.mark.browser

KEPT = {"today": {"value": "keen", "revision": 1, "seen_by": "group", "at": ""}}
ENDED = {"room": {"title": "Awareness session", "ended": True, "code": ""}, "step": None}


@pytest.fixture
def page(browser_page):
    guest_page.serve(browser_page.page.context)
    browser_page.page.clock.set_fixed_time(NOW)
    return browser_page.page


def saved(line, save, activity, revision=1):
    reply = {"id": save["id"], "field": save["field"], "revision": revision}
    told = {"saved": reply | {"at": "2024-11-22T18:26:40+00:00"}}
    line.tell({"type": "reply", "activity": activity, "message": told})


def last_save(line, activity):
    told = [one for one in line.heard if one["type"] == "save" and one["activity"] == activity]
    assert told, line.heard
    return told[-1]["message"]["save"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_has_no_fault_in_any_state(page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    shown = POLL | {"open": False, "shown": True, "result": COUNTS, "answers": KEPT}
    states = [view(*EVERYTHING), view(shown), view() | ENDED]
    line = guest_page.open_page(page, view(step="welcome"))
    for state in states:
        line.tell(state)
        page.wait_for_function("() => document.getElementById('vv-title').textContent")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_fits_when_text_is_twice_as_large(page):
    page.set_viewport_size({"width": 640, "height": 800})
    guest_page.open_page(page, view(*EVERYTHING))
    page.add_style_tag(content=":root { font-size: 212% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_a_page_opens_one_line_and_says_nothing_of_its_own_accord(page, browser_page):
    line = guest_page.open_page(page, view(POLL))
    browser_page.pass_time(15_000)
    assert (line.opened, line.heard) == (1, [])


def test_an_answer_goes_out_and_is_said_to_be_saved_once_it_is(page):
    line = guest_page.open_page(page, view(POLL))
    page.get_by_role("radio", name="I would like to").focus()
    page.keyboard.press("Space")
    status = page.locator(".vv-activity [role=status]").first
    expect(status).not_to_contain_text("Saved")
    save = last_save(line, "today")
    assert (save["field"], save["value"], save["seen_by"]) == ("today", "keen", "group")
    saved(line, save, "today")
    expect(status).to_contain_text("Saved")


def test_who_will_see_an_answer_is_said_in_the_words_of_a_session(page):
    guest_page.open_page(page, view(POLL, WORDS, REFLECTION))
    told = page.get_by_role("region", name="How do you feel about it?")
    expect(told).to_contain_text("The trainer and the group, as a number, from five on")
    offered = page.get_by_role("combobox", name="Who will see this").locator("option")
    then = "the trainer, then the group, without your name"
    assert offered.all_inner_texts() == [
        f"From eight people on: {then}",
        f"At once: {then}",
    ]
    expect(page.get_by_role("region", name="On your own")).to_contain_text("Only you")


def test_a_new_step_is_said_politely_and_takes_no_focus_from_what_stays(page):
    line = guest_page.open_page(page, view(step="welcome"))
    page.get_by_text("About me in this session").focus()
    line.tell(view(POLL))
    expect(page.get_by_role("heading", level=1)).to_have_text("Where we stand")
    said = "Step 2 of 3: Where we stand. You can answer now: How do you feel about it?."
    expect(page.locator("#vv-live")).to_have_text(said)
    expect(page.locator("#vv-aside > summary")).to_be_focused()


def test_who_was_in_a_control_that_went_is_at_the_top_of_the_new_step(page):
    line = guest_page.open_page(page, view(POLL))
    page.get_by_role("radio", name="I would like to").focus()
    line.tell(view(step="threes"))
    expect(page.get_by_role("heading", level=1, name="In threes")).to_be_focused()


def test_a_new_view_leaves_caret_and_words_where_they_are(page):
    line = guest_page.open_page(page, view(REFLECTION))
    box = page.get_by_label("What do you think?")
    box.press_sequentially("I think so")
    page.keyboard.press("ArrowLeft")
    where = "() => [document.activeElement.value, document.activeElement.selectionStart]"
    before = page.evaluate(where)
    page.evaluate("() => (window.box = document.activeElement)")
    line.tell(view(REFLECTION, POLL, WORDS, here=99))
    expect(page.get_by_role("region", name="How do you feel about it?")).to_be_visible()
    assert page.evaluate(where) == before
    assert page.evaluate("() => window.box === document.activeElement")


def test_what_was_not_acknowledged_is_sent_again_when_the_line_is_back(page, browser_page):
    line = guest_page.open_page(page, view(REFLECTION))
    line.break_off()
    page.get_by_label("What do you think?").press_sequentially("Written meanwhile")
    browser_page.pass_time(200)
    expect(page.locator("#vv-notice")).to_be_hidden()
    browser_page.pass_time(6000)
    assert line.opened >= 2
    save = last_save(line, "thoughts")
    assert save["value"] == "Written meanwhile"
    saved(line, save, "thoughts")
    expect(page.get_by_role("region", name="On your own")).to_contain_text("Saved")


def test_a_longer_loss_of_the_line_is_said_calmly_and_so_is_its_end(page, browser_page):
    line = guest_page.open_page(page, view(POLL))
    line.refuse = True
    line.break_off()
    browser_page.pass_time(4000)
    expect(page.locator("#vv-notice")).to_contain_text("You need do nothing.")
    line.refuse = False
    browser_page.pass_time(4000)
    expect(page.locator("#vv-notice")).to_be_hidden()
    expect(page.locator("#vv-live")).to_have_text("The line is back.")


def test_words_come_back_after_a_reload_and_are_sent(page):
    line = guest_page.open_page(page, view(REFLECTION))
    page.get_by_label("What do you think?").press_sequentially("Never acknowledged")
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    expect(page.get_by_label("What do you think?")).to_have_value("Never acknowledged")
    assert last_save(line, "thoughts")["value"] == "Never acknowledged"


def test_what_had_not_arrived_when_it_was_closed_stays_in_sight(page):
    line = guest_page.open_page(page, view(REFLECTION))
    page.get_by_label("What do you think?").press_sequentially("Too late")
    line.tell(view(step="threes"))
    expect(page.get_by_label("What do you think?")).to_have_value("Too late")
    expect(page.get_by_text("This was closed before your last words arrived.")).to_be_visible()
    page.get_by_role("button", name="Put this away").press("Enter")
    expect(page.get_by_label("What do you think?")).to_have_count(0)


def test_what_arrived_after_it_was_closed_goes_by_itself(page):
    line = guest_page.open_page(page, view(POLL))
    page.get_by_role("radio", name="I would like to").check()
    save = last_save(line, "today")
    line.tell(view(step="threes"))
    expect(page.get_by_role("radio")).to_have_count(2)
    saved(line, save, "today")
    expect(page.get_by_role("radio")).to_have_count(0)


def test_a_result_is_a_picture_with_words_and_shows_what_one_answered(page):
    shown = POLL | {"open": False, "shown": True, "result": COUNTS, "answers": KEPT}
    guest_page.open_page(page, view(shown))
    place = page.get_by_role("region", name="How do you feel about it?")
    expect(place.get_by_role("definition")).to_have_text("I would like to")
    expect(place).to_contain_text("Chosen most often: “I would like to”, by 5 of 8.")
    assert [one.split("\n") for one in place.locator(".vv-bars > li").all_inner_texts()] == [
        ["I would like to", "5 of 8"],
        ["I have doubts", "3 of 8"],
    ]


def test_too_few_answers_are_said_to_be_too_few(page):
    held = {"kind": "held-back", "answered": 3, "needed": 5}
    guest_page.open_page(page, view(POLL | {"shown": True, "result": held}))
    expect(
        page.get_by_text("3 answered so far. The result shows from 5 answers on.")
    ).to_be_visible()


def test_what_is_revealed_explains_every_answer(page):
    options = [
        {"key": "a", "words": "The mentor", "right": True, "feedback": "It is theirs."},
        {"key": "b", "words": "Nobody", "right": False, "feedback": "Then the senior does."},
    ]
    guest_page.open_page(page, view(POLL | {"shown": True, "revealed": {"options": options}}))
    for one in options:
        expect(page.locator(".vv-explained", has_text=one["words"])).to_contain_text(
            one["feedback"]
        )


def test_ones_role_card_says_who_is_with_one(page):
    guest_page.open_page(page, view(ROLE))
    place = page.get_by_role("region", name="The stolen idea")
    expect(place.get_by_role("heading", level=3)).to_have_text("Group 3: you are the mentor")
    expect(place).to_contain_text("With you: Ben, Guest 9")
    expect(place).to_contain_text("You keep the lead.")
    expect(place.get_by_text("Somebody takes an idea.")).to_have_count(1)


def test_a_question_stays_in_its_box_until_it_has_arrived(page, browser_page):
    line = guest_page.open_page(page, view(ASKING))
    box = page.get_by_role("textbox", name="What would you like to know?")
    box.press_sequentially("Who leads?")
    page.get_by_role("button", name="Send the question").press("Enter")
    first = line.last("ask")
    assert (first["activity"], first["text"]) == ("ask", "Who leads?")
    line.heard.clear()
    line.break_off()
    browser_page.pass_time(1000)
    again = line.last("ask")
    assert (again["id"], line.opened) == (first["id"], 2)
    expect(box).to_have_value("Who leads?")
    line.tell({"type": "done", "id": again["id"]})
    expect(box).to_have_value("")
    expect(page.get_by_text("Your question has arrived.")).to_be_visible()


def test_a_question_half_written_is_there_after_a_reload(page):
    guest_page.open_page(page, view(ASKING))
    page.get_by_role("textbox", name="What would you like to know?").press_sequentially(
        "Half a ques"
    )
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    expect(page.get_by_role("textbox", name="What would you like to know?")).to_have_value(
        "Half a ques"
    )


def test_a_vote_is_given_and_shown_once_it_counts(page):
    line = guest_page.open_page(page, view(ASKING))
    vote = page.get_by_role("button", name="I want to know this too: Who sees it?")
    vote.press("Enter")
    told = line.last("vote")
    assert (told["question"], told["on"]) == ("q1", True)
    counted = ASKING["questions"][0] | {"votes": 5, "voted": True}
    line.tell(view(ASKING | {"questions": [counted]}))
    expect(page.get_by_text("Votes: 5")).to_be_visible()
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_be_focused()


def test_what_others_wrote_is_shown_as_text_and_never_as_part_of_the_page(page):
    evil = "<img src=x onerror=alert(1)>"
    texts = {"kind": "texts", "answered": 9, "texts": [{"text": evil, "n": 1}]}
    asked = ASKING["questions"][0] | {"text": evil}
    guest_page.open_page(page, view(WORDS | {"result": texts}, ASKING | {"questions": [asked]}))
    assert page.locator("main img").count() == 0
    expect(page.get_by_text(evil).first).to_be_visible()


def test_something_opened_below_the_edge_of_the_screen_is_pointed_at(page):
    page.set_viewport_size({"width": 360, "height": 600})
    line = guest_page.open_page(page, view(REFLECTION))
    line.tell(view(REFLECTION, ROLE, POLL))
    below = page.get_by_role("link", name="Something new below")
    expect(below).to_be_visible()
    below.press("Enter")
    expect(below).to_be_hidden()


def test_the_time_is_shown_until_it_is_up_and_then_no_more(page, browser_page):
    guest_page.open_page(page, view())
    expect(page.get_by_role("timer")).to_have_text("5:00 left")
    page.clock.set_fixed_time(NOW + 6 * MINUTE)
    browser_page.pass_time(1500)
    expect(page.get_by_role("timer")).to_be_hidden()


def test_the_end_thanks_and_says_where_to_turn_and_how_to_keep_ones_words(page):
    line = guest_page.open_page(page, view(POLL))
    line.tell(view() | ENDED)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for coming")
    expect(page.get_by_role("heading", name="Where to turn")).to_be_visible()
    form = page.locator("form", has=page.get_by_role("button", name="Keep my reflections"))
    assert form.get_attribute("action") == "/live/K7PQRW/keep"
    for label in ("Your name", "Your e-mail address", "What I might like to be"):
        expect(form.get_by_label(label)).to_be_visible()
    expect(page.get_by_role("button", name="Leave the session")).to_be_hidden()


def test_a_name_can_be_given_at_any_time(page):
    line = guest_page.open_page(page, view())
    page.get_by_text("About me in this session").click()
    page.get_by_label("Your name in this session").press_sequentially("Ada")
    page.keyboard.press("Enter")
    assert line.last("name")["name"] == "Ada"
    line.tell(view(me={"name": "Ada", "number": 7}))
    expect(page.get_by_text("You are here as Ada.")).to_be_visible()
