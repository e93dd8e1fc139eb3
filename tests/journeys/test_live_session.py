"""A whole session: one trainer, three browsers, and some more guests who only answer."""

import shutil
import time

import pytest
from live_browsers import PATIENCE, Desk, Guest
from playwright.sync_api import expect

import live_people
from site_under_test import Site, wait_until
from viceversa.scheme import Scheme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live_session")]

ORDER = "Awareness session, 60 minutes"
DOWN = "The line is down"
BACK = 10  # seconds from the server's start until everybody is back at their place
AWAY = 30  # seconds for which one of them has no line
OTHERS = 6  # with the three in browsers, enough for counts and for words


@pytest.fixture(scope="module")
def running_site(demo_made_once, tmp_path_factory):
    folder = shutil.copytree(demo_made_once, tmp_path_factory.mktemp("live") / "demo")
    with Site(Scheme.open(folder)) as running:
        yield running


@pytest.fixture
def desk(arrive):
    return Desk(arrive("Beverley").sign_in()).open()


@pytest.fixture
def code(desk):
    code = desk.begin(ORDER)
    yield code
    if desk.page.get_by_role("button", name="End the session").is_visible():
        desk.end()


def others(site, code):
    return [live_people.Guest(site, code) for _ in range(OTHERS)]


def all_see_the_same(desk, *guests):
    title = desk.step()
    for guest in guests:
        guest.is_at(title)
    first = guests[0].told()
    for guest in guests[1:]:
        wait_until(lambda guest=guest: guest.told() == first, f"all to see {first}", 15)
    assert first["text"].strip()
    return first


def test_a_whole_session_of_sixty_minutes(arrive, site, line, desk, code):
    ada = Guest(arrive("Ada"), code, "Ada")
    ben = Guest(arrive("Ben", address=line.address), code, "Ben")
    rest = others(site, code)
    all_see_the_same(desk, ada, ben)
    expect(desk.page.get_by_text("Here now: 8 of 8")).to_be_visible(timeout=PATIENCE)
    desk.start_the_clock()

    desk.go_on()
    poll = "How do you feel about a senior person being mentored by a junior one?"
    words = "What would make it easier to be honest with somebody far above or below you at work?"
    expect(ada.activity(poll)).to_have_count(0)
    desk.press(poll, "Open it")
    ada.choose(poll, "I have my doubts")
    ben.choose(poll, "I would like to try it")
    for guest in rest:
        guest.until(lambda me: me.activity("today"), "the poll")
        assert "saved" in guest.save("today", "curious")
    desk.sees(poll, "8 of 8 answered", "Chosen most often: “Curious, with questions”, by 6 of 8.")
    expect(ada.activity(poll)).not_to_contain_text("6 of 8", use_inner_text=True)
    desk.press(poll, "Show the result")
    desk.press(words, "Open it")
    ada.sees(poll, "6 of 8")
    ada.write(words, "time")
    ben.write(words, "a clear aim")
    ada.is_saved(words)
    ben.is_saved(words)
    for guest in rest:
        guest.until(lambda me: me.activity("easier"), "the words")
        assert "saved" in guest.save("easier", ["time"])
    desk.sees(words, "time (7 times)", "a clear aim")
    desk.task(words).get_by_role("checkbox", name="time (7 times)").check()
    desk.press(words, "Show the result")
    ada.sees(words, "time (7 times)")
    told = all_see_the_same(desk, ada, ben)
    assert "a clear aim" not in "".join(told["results"])

    desk.go_on()
    cleo = Guest(arrive("Cleo"), code, "")
    all_see_the_same(desk, ada, ben, cleo)
    question = desk.page.locator(".vv-task h3").inner_text()
    desk.press(question, "Open it")
    for guest in (ada, ben, cleo):
        guest.activity(question).get_by_role("radio").first.check()
        guest.is_saved(question)
    for guest in rest:
        asked = guest.until(lambda me: me.activity("check-agenda"), "the check question")
        guest.save("check-agenda", asked["fields"][0]["options"][0]["key"])
    desk.sees(question, "9 of 9 answered")
    desk.press(question, "Show the result")
    expect(cleo.activity(question).locator(".vv-explained")).not_to_have_count(0)
    all_see_the_same(desk, ada, ben, cleo)

    desk.go_on()
    habits = desk.page.locator(".vv-task h3").inner_text()
    desk.press(habits, "Open it")
    for guest in (ada, ben, cleo):
        expect(guest.activity(habits).get_by_role("radiogroup")).to_have_count(4, timeout=PATIENCE)
    line.cut()
    away_until = time.monotonic() + AWAY
    ben.activity(habits).get_by_role("radio").nth(2).check()
    expect(ben.page.locator("#vv-notice")).to_contain_text(DOWN, timeout=PATIENCE)
    expect(ben.activity(habits)).to_contain_text("Not saved yet, kept on this device")
    cleo.activity(habits).get_by_role("radio").nth(1).check()
    cleo.is_saved(habits)
    all_see_the_same(desk, ada, cleo)
    expect(desk.task(habits)).not_to_contain_text("answered", use_inner_text=True)
    # What is tried is just this long a silence: long enough for the room to count Ben as away.
    ben.page.wait_for_timeout(1000 * max(0, away_until - time.monotonic()))

    step = desk.go_on()
    line.mend()
    ben.is_at(step)
    expect(ben.page.locator("#vv-notice")).to_be_hidden()
    ben.sees(habits, "closed before your last words arrived", "still here on your device")
    expect(ben.activity(habits).get_by_role("radio").nth(2)).to_be_checked()
    ben.activity(habits).get_by_role("button", name="Put this away").click()
    expect(ben.activity(habits)).to_have_count(0)
    all_see_the_same(desk, ada, ben, cleo)

    ask = "What would you like to know before you say yes or no?"
    desk.press(ask, "Open it")
    ada.write(ask, "Who sees what I say?")
    ada.activity(ask).get_by_role("button", name="Send the question").press("Enter")
    ada.sees(ask, "Your question has arrived", "Not shown yet")
    moderated = desk.page.locator(".vv-questions > li")
    expect(moderated).to_contain_text("Who sees what I say?", timeout=PATIENCE)
    expect(ben.activity(ask)).not_to_contain_text("Who sees what I say?", use_inner_text=True)
    moderated.get_by_role("button", name="Show it").click()
    ben.sees(ask, "Who sees what I say?")
    ben.activity(ask).get_by_role("button", name="I want to know this too").click()
    expect(moderated).to_contain_text("Votes: 1", timeout=PATIENCE)
    moderated.get_by_role("button", name="Mark as answered").click()
    for guest in (ada, ben, cleo):
        guest.sees(ask, "Who sees what I say?", "Votes: 1", "Answered")
    all_see_the_same(desk, ada, ben, cleo)

    desk.go_on()
    practice = desk.page.locator(".vv-task h3").inner_text()
    desk.press(practice, "Open it")
    expect(desk.page.locator(".vv-groups > li")).to_have_count(3, timeout=PATIENCE)
    for guest in (ada, ben, cleo):
        guest.sees(practice, "you are the", "With you:")
    all_see_the_same(desk, ada, ben, cleo)
    card = ada.activity(practice).inner_text()
    ada.reload()
    ada.is_at(desk.step())
    assert ada.activity(practice).inner_text() == card

    desk.go_on()
    all_see_the_same(desk, ada, ben, cleo)

    desk.go_on()
    thing = "What is one thing you will do in the next two weeks?"
    desk.press(thing, "Open it")
    box = cleo.write(thing, "I will ask somebody who has done it.")
    cleo.is_saved(thing)
    cleo.reload()
    expect(box).to_have_value("I will ask somebody who has done it.", timeout=PATIENCE)
    all_see_the_same(desk, ada, ben, cleo)
    desk.end()
    for guest in (ada, ben, cleo):
        guest.is_at("Thank you for coming")
        expect(guest.page.get_by_role("heading", name="Where to turn")).to_be_visible()
        expect(guest.page.get_by_role("button", name="Keep my reflections")).to_be_visible()
    ada.person.see_no_barriers()
    record = desk.page.get_by_role("link", name="The record as a page")
    assert record.get_attribute("href").endswith("/record.html")


def test_the_desk_is_at_the_same_place_after_a_reload_and_on_a_second_device(arrive, desk, code):
    desk.start_the_clock()
    desk.go_on()
    step = desk.go_on()
    notes = desk.page.get_by_role("textbox", name="My notes")
    notes.fill("Ask Priya to read the story.")
    expect(desk.page.locator(".vv-pad")).to_contain_text("Saved", timeout=PATIENCE)
    desk.open()
    expect(desk.title).to_have_text(step, timeout=PATIENCE)
    assert desk.code() == code
    expect(notes).to_have_value("Ask Priya to read the story.")
    phone = Desk(arrive("Beverley", viewport={"width": 360, "height": 800}).sign_in()).open()
    expect(phone.title).to_have_text(step, timeout=PATIENCE)
    assert phone.code() == code
    expect(phone.page.get_by_role("textbox", name="My notes")).to_have_value(
        "Ask Priya to read the story."
    )
    step = phone.go_on()
    expect(desk.title).to_have_text(step, timeout=PATIENCE)
    phone.person.see_no_barriers()


def test_everybody_is_back_at_their_place_when_the_server_starts_again(arrive, site, desk, code):
    ada, ben = (Guest(arrive(name), code, name) for name in ("Ada", "Ben"))
    desk.start_the_clock()
    desk.go_on()
    poll = desk.page.locator(".vv-task h3").first.inner_text()
    desk.press(poll, "Open it")
    ada.choose(poll, "I have my doubts")
    site.stop()
    for guest in (ada, ben):
        expect(guest.page.locator("#vv-notice")).to_contain_text(DOWN, timeout=PATIENCE)
    ben.activity(poll).get_by_role("radio", name="I would like to try it").check()
    site.start()
    everybody_is_back(desk, ada, ben, by=time.monotonic() + BACK)
    expect(ada.activity(poll).get_by_role("radio", name="I have my doubts")).to_be_checked()
    ben.is_saved(poll)
    desk.sees(poll, "2 of 2 answered")
    step = desk.go_on()
    for guest in (ada, ben):
        guest.is_at(step)


def everybody_is_back(desk, *guests, by):
    """One deadline for all of them: whoever comes last is back by then, too."""
    step = desk.step()
    for trouble in (
        desk.page.locator(".vv-trouble"),
        *(g.page.locator("#vv-notice") for g in guests),
    ):
        expect(trouble).to_be_hidden(timeout=what_is_left(by))
    for guest in guests:
        guest.is_at(step, timeout=what_is_left(by))


def what_is_left(by):
    """Milliseconds; never none at all, which would mean to wait for ever."""
    return max(1, 1000 * (by - time.monotonic()))
