"""Every page in every state: no barriers, nothing from elsewhere, little to fetch."""

import pytest
from playwright.sync_api import expect

from site_under_test import Site
from viceversa.scheme import FILE, Scheme

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("every_page")]

MOST_REQUESTS, MOST_BYTES = 12, 400_000


@pytest.fixture(scope="module")
def running_site(demo_site):
    return demo_site


def heading(person):
    return person.page.get_by_role("heading", level=1)


def test_the_pages_before_the_workbook(arrive, site):
    jade = arrive("Jade")
    expired, revoked = site.link("Jade", days=-1), site.link("Jade")
    for address, said in {
        expired: "This link is too old",
        site.link("Jade"): "Hello Jade Thompson",
        revoked: "This link no longer works",
        f"{site.address}/p/nobodys-link": "We do not know this link",
        f"{site.address}/": "Please open your personal link",
        f"{site.address}/nowhere": "There is no such page",
    }.items():
        jade.page.goto(address)
        expect(heading(jade)).to_have_text(said)
        assert jade.page.title().endswith(" – Two-Way Mentoring (demo)")
        jade.see_no_barriers()


def test_the_pages_round_the_workbook(arrive, site):
    jade = arrive("Jade").sign_in()
    for path, said in {
        "coordinator/home": "This page belongs to someone else",
        "my-data/delete": "Delete what I wrote",
        "report/mine/personal.html": "There is no such page",
    }.items():
        jade.page.goto(f"{site.address}/{path}")
        expect(heading(jade)).to_have_text(said)
        jade.see_no_barriers()
    jade.page.get_by_role("button", name="Sign out").click()
    expect(heading(jade)).to_have_text("You are signed out")
    jade.see_no_barriers()


def test_a_page_that_has_to_wait_for_its_turn_opens_by_itself(arrive, demo, chromium):
    settings = demo.folder / FILE
    settings.write_text(settings.read_text("utf-8").replace("most-pages: 60", "most-pages: 1"))
    with Site(Scheme.open(demo.folder)) as busy:
        first = busy.visitor("Siân")
        page = first.open("/participant/home")
        jade = arrive("Jade", address=busy.address)
        jade.site = busy
        jade.sign_in().page.goto(f"{busy.address}/reflection/mindset")
        expect(heading(jade)).to_have_text("One moment, please")
        jade.see_no_barriers()
        first.send_form(f"/close/{page.kernel}")
        jade.wait_until_ready()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Jade", ""),
        ("Margaret", ""),
        ("Jade", "reflection/mindset"),
        ("Joyce", "reflection/mindset"),
        ("Margaret", "reflection/mindset"),
        ("Margaret", "reflection/flexibility"),
        ("Jade", "pair/plan"),
        ("Margaret", "pair/plan"),
        ("Kwame", "pair/plan"),
    ],
)
def test_the_pages_of_the_workbook(arrive, name, path):
    person = arrive(name).sign_in()
    person.open(path)
    expect(person.page.get_by_text("could not be shown")).to_have_count(0)
    assert "{" not in person.page.locator("body").inner_text()
    person.see_no_barriers()


def test_an_answer_that_cannot_be_kept_is_told_beside_it_and_stays(arrive):
    joyce = arrive("Joyce").sign_in()
    joyce.open("reflection/mindset")
    box = joyce.box("mindset", "does-this-fit")
    box.fill("<script>alert(1)</script>" + "x" * 6000)
    box.blur()
    expect(joyce.page.get_by_text("shorten it and it will be saved")).to_be_visible()
    joyce.sees_status("needs you")
    expect(box).to_have_attribute("aria-invalid", "true")
    joyce.see_no_barriers()
    box.fill("<script>alert(1)</script>")
    joyce.wait_until_kept("mindset", does_this_fit="<script>alert(1)</script>")
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_the_keyboard_goes_past_the_navigation_and_paper_leaves_it_out(arrive):
    jade = arrive("Jade").sign_in()
    jade.open("reflection/mindset")
    jade.page.keyboard.press("Tab")
    expect(jade.page.get_by_role("link", name="Skip to the page")).to_be_focused()
    jade.page.keyboard.press("Enter")
    expect(jade.page.locator("main")).to_be_focused()
    jade.page.emulate_media(media="print")
    expect(jade.page.locator("nav[aria-label=Pages]")).to_be_hidden()
    expect(heading(jade)).to_be_visible()


def test_a_page_is_light_and_its_parts_are_fetched_once(arrive):
    jade = arrive("Jade").sign_in()
    fetched = count_what_is_fetched(jade)
    jade.open("reflection/mindset")
    first = fetched()
    assert len(first) <= MOST_REQUESTS, first
    assert sum(first.values()) <= MOST_BYTES, first
    jade.open("reflection/mindset")
    again = fetched()
    assert not any("/static/" in address for address in again), again
    assert len(again) < len(first)


def count_what_is_fetched(person):
    """Return a function that tells what came over the wire since it was last asked."""
    seen, addresses = {}, {}
    wire = person.context.new_cdp_session(person.page)
    wire.send("Network.enable")

    def responded(event):
        addresses[event["requestId"]] = event["response"]["url"]

    def finished(event):
        address = addresses.get(event["requestId"], "")
        if address.startswith("http") and event["encodedDataLength"]:
            seen[f"{event['requestId']} {address}"] = event["encodedDataLength"]

    def heard(event):
        seen["websocket"] = seen.get("websocket", 0) + len(event["response"]["payloadData"])

    wire.on("Network.responseReceived", responded)
    wire.on("Network.loadingFinished", finished)
    wire.on("Network.webSocketFrameReceived", heard)

    def tell():
        told = dict(seen)
        seen.clear()
        return told

    return tell
