"""The parts of a live session on their own: words beside pictures, keyboard, no barriers."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from viceversa.workbook import preview
from viceversa_widgets import Agenda, Poll, Questions, Timer, WordCloud

pytestmark = pytest.mark.browser

OPTIONS = {"keen": "I would like to", "doubt": "I have doubts"}
STEPS = [
    {"key": "welcome", "title": "Welcome", "minutes": 5},
    {"key": "stand", "title": "Where we stand", "minutes": 8},
]
ASKED = [
    {"id": "q1", "text": "Who sees it?", "votes": 4, "voted": False, "mine": False}
    | {"state": "shown"},
    {"id": "q2", "text": "How long?", "votes": 0, "voted": False, "mine": False}
    | {"state": "waiting"},
]


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def sent(desk):
    return desk.page.evaluate("desk.sent")


def every_widget():
    return [
        Poll("How do you feel?", options=OPTIONS, counts={"keen": 5, "doubt": 3}),
        WordCloud("What would help?", texts=[{"text": "time", "n": 3}, {"text": "aim", "n": 1}]),
        Questions("What would you like to know?", questions=ASKED),
        Questions("What they asked", questions=ASKED, lead=True),
        Timer(5, label="Left of this step"),
        Agenda(STEPS),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_part_of_a_live_session_has_a_fault(browser_page, width, scheme):
    page = browser_page.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    first, *rest = every_widget()
    desk = browser_page.show(first)
    for widget in rest:
        desk.draw(widget)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_bars_say_in_words_what_they_draw(browser_page):
    poll = Poll("How do you feel?", options=OPTIONS, counts={"keen": 5, "doubt": 3}, is_open=False)
    desk = browser_page.show(poll)
    told = desk.page.locator(".vv-bars > li").all_inner_texts()
    assert [text.split("\n") for text in told] == [
        ["I would like to", "5 of 8"],
        ["I have doubts", "3 of 8"],
    ]
    gist = desk.page.get_by_text("Chosen most often: “I would like to”, by 5 of 8.")
    expect(gist).to_be_visible()
    shares = desk.page.locator(".vv-share").evaluate_all(
        "bars => bars.map((bar) => Number(bar.style.getPropertyValue('--share')))"
    )
    assert shares == [5 / 8, 3 / 8]


def test_bars_name_all_that_were_chosen_equally_often(browser_page):
    poll = Poll("How do you feel?", options=OPTIONS, counts={"keen": 3, "doubt": 3})
    desk = browser_page.show(poll)
    expect(desk.page.locator(".vv-gist")).to_have_text(
        "Chosen most often: “I would like to”, “I have doubts”, by 3 of 6."
    )


def test_a_poll_is_answered_with_the_keyboard(browser_page):
    desk = browser_page.show(Poll("How do you feel?", options=OPTIONS))
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("ArrowDown")
    assert sent(desk) == [{"choose": "keen"}, {"choose": "doubt"}]
    expect(desk.page.get_by_role("radiogroup", name="How do you feel?")).to_be_visible()


def test_a_cloud_has_a_list_that_says_the_same(browser_page):
    texts = [{"text": "aim", "n": 1}, {"text": "time", "n": 3}, {"text": "tea", "n": 2}]
    desk = browser_page.show(WordCloud("What would help?", texts=texts))
    drawn = desk.page.locator(".vv-cloud > span").all_inner_texts()
    listed = desk.page.get_by_role("listitem").all_inner_texts()
    assert listed == ["time (3 times)", "tea (2 times)", "aim"]
    assert sorted(drawn) == sorted(text.split(" (")[0] for text in listed)
    sizes = desk.page.locator(".vv-cloud > span").evaluate_all(
        "all => all.map((one) => [one.textContent, parseFloat(getComputedStyle(one).fontSize)])"
    )
    by_size = [word for word, _ in sorted(sizes, key=lambda one: -one[1])]
    assert by_size == ["time", "tea", "aim"]


def test_a_word_is_added_with_the_keyboard_and_the_cursor_stays(browser_page):
    desk = browser_page.show(WordCloud("What would help?"))
    box = desk.page.get_by_label("What would help?")
    box.press_sequentially("a clear aim")
    box.press("Enter")
    assert sent(desk) == [{"add": "a clear aim"}]
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_a_question_is_sent_and_a_vote_given_with_the_keyboard(browser_page):
    desk = browser_page.show(Questions("What would you like to know?", questions=ASKED))
    desk.page.get_by_label("What would you like to know?").press_sequentially("Who leads?")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    vote = desk.page.get_by_role("button", name="I want to know this too: Who sees it?")
    vote.press("Space")
    assert sent(desk) == [{"ask": "Who leads?"}, {"vote": "q1", "on": True}]
    expect(vote).to_have_attribute("aria-pressed", "false")
    expect(desk.page.get_by_text("How long?")).to_have_count(0)


def test_who_leads_sees_waiting_questions_first_and_decides_on_each(browser_page):
    desk = browser_page.show(Questions("They asked", questions=ASKED, lead=True))
    assert desk.page.locator(".vv-question").all_inner_texts() == ["How long?", "Who sees it?"]
    desk.page.get_by_role("button", name="Show it: How long?").press("Enter")
    desk.page.get_by_role("button", name="Mark as answered: Who sees it?").press("Enter")
    assert sent(desk) == [{"question": "q2", "to": "shown"}, {"question": "q1", "to": "answered"}]


def test_the_focus_stays_on_a_question_when_others_get_more_votes(browser_page):
    third = {"id": "q3", "text": "Why me?", "votes": 1, "voted": False, "mine": False}
    both = [ASKED[0], third | {"state": "shown"}]
    desk = browser_page.show(Questions("What would you like to know?", questions=both))
    vote = desk.page.get_by_role("button", name="I want to know this too: Why me?")
    vote.focus()
    more = [both[0], both[1] | {"votes": 9}]
    desk.page.evaluate("questions => desk.model.set('questions', questions)", more)
    assert desk.page.locator(".vv-question").all_inner_texts() == ["Why me?", "Who sees it?"]
    expect(vote).to_be_focused()


def test_the_focus_goes_on_to_what_can_be_done_next_with_a_question(browser_page):
    desk = browser_page.show(Questions("They asked", questions=ASKED, lead=True))
    desk.page.get_by_role("button", name="Show it: How long?").press("Enter")
    shown = [ASKED[0], ASKED[1] | {"state": "shown"}]
    desk.page.evaluate("questions => desk.model.set('questions', questions)", shown)
    answer = desk.page.get_by_role("button", name="Mark as answered: How long?")
    expect(answer).to_be_focused()


def test_a_timer_speaks_twice_and_not_each_second(browser_page):
    page = browser_page.page
    page.clock.install(time=1_000_000_000)
    desk = browser_page.show(Timer(3, ends_at=(1_000_000_000 + 180) * 1000))
    page.evaluate(
        """() => {
          window.said = [];
          const place = document.querySelector(".vv-timer [aria-live]");
          const listen = new MutationObserver(() => said.push(place.textContent));
          listen.observe(place, { childList: true });
        }"""
    )
    expect(page.get_by_role("timer")).to_have_text("3:00 left")
    desk.pass_time(60_000)
    expect(page.get_by_role("timer")).to_have_text("2:00 left")
    desk.pass_time(120_000)
    expect(page.get_by_role("timer")).to_have_text("0:00 left")
    desk.pass_time(75_000)
    expect(page.get_by_role("timer")).to_have_text("1:15 over")
    assert page.evaluate("said") == ["Two minutes left.", "The time for this step is up."]


def test_a_timer_that_nobody_set_begins_now():
    assert abs(Timer(5).ends_at / 1000 - time.time() - 300) < 5


def test_the_agenda_marks_the_step_and_leads_to_others_by_keyboard(browser_page):
    desk = browser_page.show(Agenda(STEPS))
    here = desk.page.locator("[aria-current=step]")
    expect(here).to_contain_text("Welcome")
    desk.page.get_by_role("button", name="Where we stand").press("Enter")
    assert sent(desk) == [{"go": "stand"}]
    desk.page.evaluate("desk.model.set('at', 'stand')")
    expect(here).to_contain_text("Where we stand")
    expect(here).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_desk_of_a_preview_has_no_fault_at_any_step(browser_page, width, scheme):
    page = browser_page.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    desk = browser_page.show(preview().console())
    on = page.locator(".vv-moves .vv-button-main")
    while True:
        assert faults(page) == [], page.locator(".vv-where h2").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if on.get_attribute("aria-disabled") == "true":
            break
        on.press("Enter")
    expect(on).to_have_text("This is the last step")
    assert sent(desk) == []


def test_a_preview_says_what_it_cannot_do(browser_page):
    page = browser_page.show(preview().console()).page
    page.get_by_role("button", name="End the session").click()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("alert")).to_contain_text("This is a preview with a made-up session.")
