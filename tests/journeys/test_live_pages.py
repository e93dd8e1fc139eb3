"""The pages round a live session have no barriers: coming in, being told why not, and keeping."""

import re

import pytest
from live_browsers import READY, Guest
from playwright.sync_api import expect

import live_people
from site_under_test import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live_pages")]


@pytest.fixture(scope="module")
def running_site(demo_site):
    return demo_site


@pytest.fixture(scope="module")
def code(running_site: Site):
    trainer = live_people.Trainer(running_site)
    yield trainer.begin()
    trainer.end()


@pytest.fixture
def trainer(site: Site, code: str) -> live_people.Trainer:
    """The trainer on a line of this test's own."""
    trainer = live_people.Trainer(site)
    trainer.until(lambda me: me.seen.get("room"), "the room")
    return trainer


def says(person, title: str, *said: str) -> None:
    """The page has this title and says this, to everybody."""
    expect(person.page.get_by_role("heading", level=1)).to_have_text(title)
    for text in said:
        expect(person.page.locator("main")).to_contain_text(text)
    person.see_no_barriers()


def test_the_form_and_a_wrong_code(arrive, code):
    ada = arrive("Ada")
    ada.page.goto(f"{ada.address}/join")
    says(ada, "Join a session")
    expect(ada.page.get_by_label("Code")).to_be_focused()
    ada.page.keyboard.type("ACDEFG" if code != "ACDEFG" else "ACDEFH")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_role("alert")).to_be_visible()
    says(ada, "Join a session")
    box = ada.page.get_by_label("Code")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    ada.page.keyboard.press("ControlOrMeta+A")
    ada.page.keyboard.type(code.lower())
    ada.tab_to(ada.page.get_by_role("button", name="Join"))
    ada.page.keyboard.press("Enter")
    ada.page.wait_for_selector(READY)


def test_somebody_who_left_and_somebody_who_was_taken_out(arrive, trainer, code):
    ada = Guest(arrive("Ada"), code, "Ada")
    ada.person.tab_to(ada.page.locator("#vv-aside summary"))
    ada.page.keyboard.press("Enter")
    ada.person.tab_to(ada.page.get_by_role("button", name="Leave the session"))
    ada.page.keyboard.press("Enter")
    says(ada.person, "You have left the session", "The same code brings you back")
    ada.person.tab_to(ada.page.get_by_role("link", name="Join a session"))
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_label("Code")).to_have_value(code)

    ben = Guest(arrive("Ben"), code, "Ben")
    trainer.until(named_ben, "Ben")
    assert trainer.do("remove", guest=named_ben(trainer))["type"] == "done"
    ben.page.goto(f"{ben.person.address}/live/{code}")
    says(ben.person, "You are not in this session any more")


def named_ben(trainer) -> str | None:
    """The id of the guest of this name, as the trainer's page has it."""
    return next((one["id"] for one in trainer.seen["guests"] if one["name"] == "Ben"), None)


def test_keeping_is_refused_with_what_is_wrong_and_then_done(arrive, site, code):
    cleo = Guest(arrive("Cleo"), code, "Cleo")
    cleo.person.tab_to(cleo.page.locator("#vv-aside summary"))
    cleo.page.keyboard.press("Enter")
    keep(cleo, site.person("Jade").email)
    expect(cleo.page.get_by_role("alert")).to_be_visible()
    says(cleo.person, "Keep my reflections")
    keep(cleo, "cleo@example.org")
    says(cleo.person, "Your reflections are kept", "Your personal link")
    expect(cleo.page.locator("#vv-link")).to_have_attribute("href", re.compile("/p/"))


def keep(guest: Guest, email: str) -> None:
    """Fill in the form as somebody does who has no mouse."""
    for label, text in (("Your name", "Cleo Guest"), ("Your e-mail address", email)):
        box = guest.page.get_by_label(label, exact=True)
        guest.person.tab_to(box)
        guest.page.keyboard.press("ControlOrMeta+A")
        guest.page.keyboard.type(text)
    guest.person.tab_to(guest.page.get_by_role("button", name="Keep my reflections"))
    guest.page.keyboard.press("Enter")


def test_the_record_of_a_session(arrive, trainer):
    """The last one: the session is over with it."""
    assert trainer.do("end")["type"] == "done"
    beverley = arrive("Beverley").sign_in()
    room = trainer.seen["room"]["id"]
    beverley.page.goto(f"{beverley.address}/live/{room}/record.html")
    expect(beverley.page.get_by_role("heading", level=1)).to_be_visible()
    beverley.see_no_barriers()
