"""The trainer's desk with a line of which a test holds the other end."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from rooms import COUNTS, NOW, ORDER, QUESTIONS, ROOM, FakeLine, view

from viceversa_widgets import Console

pytestmark = pytest.mark.browser

LINE = "ws://workbook.test/live/console"
LOBBY = {
    "type": "lobby",
    "orders": [
        {"slug": "awareness-60", "title": "An hour", "minutes": 60}
        | {"about_html": "<p>All of it.</p>", "before_html": "<p>Send the invitation.</p>"}
    ],
    "rooms": [ROOM | {"id": "r0", "title": "Last week", "code": "", "ended_at": NOW}],
}


@pytest.fixture
def line(browser_page):
    """A line that greets with a room at its second step."""
    browser_page.page.clock.set_fixed_time(NOW)
    return FakeLine(browser_page.page, LINE, [ORDER, view()])


@pytest.fixture
def desk(browser_page, line):
    desk = browser_page.show(Console(base="/"))
    expect(desk.page.get_by_role("heading", name="Where we stand")).to_be_visible()
    return desk


def press(desk, name):
    desk.page.get_by_role("button", name=name).press("Enter")


def test_a_session_is_begun_from_the_lobby(browser_page):
    line = FakeLine(browser_page.page, LINE, [LOBBY])
    page = browser_page.show(Console(base="/")).page
    page.get_by_text("What to prepare").click()
    expect(page.get_by_text("Send the invitation.")).to_be_visible()
    record = page.get_by_role("link", name="The record as a PDF")
    expect(record).to_have_attribute("href", "/live/r0/record.pdf")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Begin this session: An hour").press("Enter")
    assert line.last("begin")["order"] == "awareness-60"
    line.tell(ORDER)
    line.tell(view("welcome", started=False))
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    page.get_by_role("button", name="Start the clock").press("Enter")
    assert line.last("go")["step"] == "welcome"


def test_each_command_of_the_desk_goes_out_by_keyboard(desk, line):
    for name, kind, asked in [
        ("Open it: How do you feel about it?", "open", {"activity": "today"}),
        ("Show the result: How do you feel about it?", "show", {"activity": "today"}),
        ("Tick all", "release-all", {"activity": "easier", "items": ["i1", "i2"]}),
        ("Show it: How long?", "question", {"question": "q2", "to": "shown"}),
        ("5 more minutes", "extend", {"minutes": 5}),
        ("Back: Welcome", "go", {"step": "welcome"}),
        ("On: In threes", "go", {"step": "threes"}),
    ]:
        press(desk, name)
        told = line.last(kind)
        assert {key: told[key] for key in asked} == asked
    desk.page.get_by_role("checkbox", name="a clear aim").press("Space")
    assert line.last("release")["item"] == "i2"
    desk.page.get_by_role("checkbox", name="time (3 times)").press("Space")
    assert line.last("withhold")["item"] == "i1"
    desk.page.locator(".vv-agenda").get_by_role("button", name="Welcome").press("Enter")
    assert line.last("go")["step"] == "welcome"


def test_what_is_open_and_shown_can_be_taken_back(desk, line):
    state = {"open": True, "shown": True, "answered": 8, "of": 9, "result": COUNTS}
    line.tell(view(activities=view()["activities"] | {"today": state}))
    poll = desk.page.get_by_role("region", name="How do you feel about it?")
    expect(poll).to_contain_text("Open, and the group sees the result.")
    press(desk, "Close it: How do you feel about it?")
    assert line.last("close")["activity"] == "today"
    press(desk, "Hide the result: How do you feel about it?")
    assert line.last("hide")["activity"] == "today"


def test_groups_are_dealt_and_listed_with_roles(desk, line):
    line.tell(view("threes"))
    press(desk, "Make the groups")
    assert line.last("deal")["activity"] == "practice"
    members = [{"name": "Ada", "role": "mentor"}, {"name": "Guest 2", "role": "mentee"}]
    line.tell(view("threes", groups={"practice": [{"number": 1, "members": members}]}))
    group = desk.page.locator(".vv-groups > li")
    expect(group).to_have_text("Group 1Ada: mentorGuest 2: mentee")
    expect(desk.page.get_by_role("button", name="Make them anew")).to_be_focused()


def test_questions_of_an_earlier_step_are_folded_away_and_counted(desk, line):
    expect(desk.page.get_by_text("How long?")).to_be_visible()
    line.tell(view("threes"))
    count = desk.page.get_by_text("Questions: 2, of which you have not decided on 1")
    expect(count).to_be_visible()
    expect(desk.page.get_by_text("How long?")).to_be_hidden()
    count.click()
    line.tell(view("threes", here=5))
    expect(desk.page.get_by_text("How long?")).to_be_visible()


def test_a_refusal_is_said_and_goes_away_with_the_next_thing_done(desk, line):
    press(desk, "On: In threes")
    id_ = line.last("go")["id"]
    line.tell({"type": "refused", "id": id_, "why": "There is no such step."})
    expect(desk.page.get_by_role("alert")).to_have_text("There is no such step.")
    press(desk, "Back: Welcome")
    line.tell({"type": "done", "id": line.last("go")["id"]})
    expect(desk.page.get_by_role("alert")).to_be_hidden()


def test_news_moves_neither_the_focus_nor_the_page(desk, line):
    page = desk.page
    box = page.get_by_role("textbox", name="My notes")
    box.press_sequentially("Ask Priya")
    page.keyboard.press("ArrowLeft")
    where = """() => {
      const box = document.activeElement;
      return [box.value, box.selectionStart, Math.round(box.getBoundingClientRect().top)];
    }"""
    before = page.evaluate(where)
    more = [QUESTIONS[0] | {"votes": 9}, *QUESTIONS[1:], QUESTIONS[1] | {"id": "q3"}]
    line.tell(view(here=240, joined=251, questions=more))
    expect(page.get_by_text("Here now: 240 of 251")).to_be_visible()
    assert page.evaluate(where) == before


def test_a_new_step_is_said_once_and_the_focus_stays_on_the_way_on(desk, line):
    press(desk, "On: In threes")
    line.tell(view("threes"))
    said = desk.page.locator(".vv-console > [aria-live=polite]")
    expect(said).to_have_text("Step 3 of 3: In threes.")
    on = desk.page.get_by_role("button", name="This is the last step")
    expect(on).to_be_focused()
    on.press("Enter")
    assert len([one for one in line.heard if one["type"] == "go"]) == 1


def test_what_to_cut_is_in_sight_once_the_session_is_late(desk, line):
    cut = desk.page.get_by_text("Cut Where we stand short.")
    expect(cut.first).to_be_hidden()
    line.tell(view(behind_minutes=3))
    expect(desk.page.get_by_text("Behind by 3 min")).to_be_visible()
    expect(cut.first).to_be_visible()


def test_plan_b_is_one_key_away_with_the_line_down_too(desk, line):
    line.break_off()
    expect(desk.page.get_by_role("alert")).to_contain_text("The line is down.")
    press(desk, "Plan B")
    expect(desk.page.get_by_role("dialog")).to_contain_text("Tell Where we stand aloud.")
    assert Axe().run(desk.page).response["violations"] == []
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Plan B")).to_be_focused()


def test_a_lost_line_comes_back_by_itself_and_a_command_meanwhile_is_not_lost_unsaid(desk, line):
    line.break_off()
    press(desk, "On: In threes")
    expect(desk.page.get_by_role("alert")).to_contain_text("nothing was changed")
    desk.pass_time(1000)
    expect(desk.page.get_by_role("alert")).to_be_hidden()
    assert line.opened == 2
    assert not any(one["type"] == "go" for one in line.heard)


def test_a_line_that_says_nothing_any_more_is_opened_anew(browser_page, line):
    desk = browser_page.show(Console(base="/"))
    expect(desk.page.get_by_role("heading", name="Where we stand")).to_be_visible()
    line.mute = True
    desk.pass_time(27_000)
    assert line.opened == 2
    expect(desk.page.get_by_role("alert")).to_be_hidden()


def test_notes_are_kept_and_those_of_two_devices_both_stay(desk, line):
    box = desk.page.get_by_role("textbox", name="My notes")
    box.press_sequentially("From here")
    desk.pass_time(1000)
    save = line.last("pad")
    assert (save["text"], save["base"]) == ("From here", 0)
    theirs = {"theirs": "From the phone", "revision": 4, "at": ""}
    line.tell({"type": "refused", "id": save["id"], "stale": theirs})
    expect(box).to_have_value("From the phone\n\nFrom here")
    again = line.last("pad")
    assert (again["text"], again["base"]) == ("From the phone\n\nFrom here", 4)
    at = "2024-11-22T18:26:40+00:00"
    line.tell({"type": "done", "id": again["id"], "revision": 5, "at": at})
    expect(desk.page.locator(".vv-pad")).to_contain_text("Saved ")
    line.tell(view(pad={"text": "Changed on the phone", "revision": 6}))
    expect(box).to_have_value("Changed on the phone")


def test_the_session_ends_after_one_more_question_and_leads_to_the_record(desk, line):
    press(desk, "End the session")
    press(desk, "Cancel")
    assert not any(one["type"] == "end" for one in line.heard)
    press(desk, "End the session")
    press(desk, "End it")
    line.last("end")
    line.tell(view(room=ROOM | {"ended_at": NOW, "code": ""}))
    expect(desk.page.get_by_role("heading", name="The session is over")).to_be_visible()
    links = desk.page.get_by_role("link", name="The record as").all()
    assert [link.get_attribute("href") for link in links] == [
        f"/live/r1/record.{kind}" for kind in ("html", "pdf", "csv")
    ]
    assert Axe().run(desk.page).response["violations"] == []


def test_a_guest_is_removed_after_one_more_question(desk, line):
    desk.page.get_by_text("Here now: 1 of 2").click()
    press(desk, "Remove: Ada")
    expect(desk.page.get_by_role("dialog")).to_contain_text("Remove Ada from this session?")
    desk.page.get_by_role("dialog").get_by_role("button", name="Remove").press("Enter")
    assert line.last("remove")["guest"] == "g1"


def test_a_desk_with_three_hundred_guests_stays_quick(desk, line):
    guests = [{"id": f"g{n}", "name": f"Guest {n}", "number": n, "here": True} for n in range(300)]
    texts = [{"item": f"i{n}", "text": f"word {n}", "n": 1, "released": False} for n in range(300)]
    many = {"kind": "texts", "answered": 300, "texts": texts}
    crowd = view()["activities"] | {
        "easier": {"open": True, "shown": False, "answered": 300, "of": 300, "result": many}
    }
    desk.page.get_by_text("Here now: 1 of 2").click()
    line.tell(view(guests=guests, here=300, joined=300, activities=crowd))
    expect(desk.page.locator(".vv-people > li")).to_have_count(300)
    desk.page.evaluate(COUNT_DRAWN)
    for votes in range(20):
        news = [QUESTIONS[0] | {"votes": votes}]
        line.tell(view(guests=guests, here=300, joined=300, activities=crowd, questions=news))
    expect(desk.page.get_by_text("Votes: 19")).to_be_visible()
    # What stays the same is not drawn anew: twenty views change a few words each.
    assert desk.page.evaluate("window.drawn") < 200


COUNT_DRAWN = """() => {
  window.drawn = 0;
  const watch = new MutationObserver((all) => {
    for (const one of all) window.drawn += one.addedNodes.length + one.removedNodes.length;
  });
  watch.observe(document.querySelector(".vv-console"), { childList: true, subtree: true });
}"""
