"""A mentor and a mentee, from their links to their reports, while things break around them."""

import re

import pytest
from playwright.sync_api import expect

from site_under_test import viceversa, wait_until
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.store import people
from viceversa.store.answers import Owner

pytestmark = pytest.mark.browser

LIBRARY = Library([shipped("content")])
ITEMS = [field.key for field in LIBRARY.worksheet("mindset").scales]
WHEN = [
    field.key for field in LIBRARY.worksheet("flexibility").fields.values()
    if field.kind == "how-long-ago"
]  # fmt: skip


@pytest.mark.parametrize("running_site", ["forked", "ordinary"], indirect=True)
def test_a_pair_from_their_links_to_their_reports(arrive, site):
    mina, gwyn, oscar = arrive("Mina"), arrive("Gwyn"), arrive("Oscar")
    for person in (mina, gwyn, oscar):
        person.come_in()
    mina.see_no_barriers()

    # Both answer the questionnaire by keyboard; in the middle, a kernel is killed.
    for person in (mina, gwyn):
        person.open("reflection/mindset")
    for number, item in enumerate(ITEMS):
        if number == 6:
            mina.kill_kernel()
        mina.pick("mindset", item, number % 7)
        gwyn.pick("mindset", item, 6 - number % 7)
    for person in (mina, gwyn):
        person.write("mindset", "does-this-fit", f"Mostly it fits {person.name} & <b>me</b>.")
        person.pick("mindset", "share-with-partner", 0)
    mina.wait_until_kept("mindset", **{item: n % 7 + 1 for n, item in enumerate(ITEMS)})
    gwyn.wait_until_kept("mindset", **{item: 7 - n % 7 for n, item in enumerate(ITEMS)})
    mina.wait_until_kept("mindset", does_this_fit="Mostly it fits Mina & <b>me</b>.")
    expect(mina.page.locator("#vv-notice")).to_be_hidden(timeout=30_000)
    expect(mina.page.locator(".vv-status").first).to_contain_text("Saved")
    expect(
        mina.page.get_by_role("img", name=re.compile("Sharing what you know")).first
    ).to_be_visible()
    mina.see_no_barriers()

    # Both have said yes, so each sees the other's result, and none of the other's answers.
    mina.open("reflection/mindset")
    expect(mina.page.get_by_text("You have both said yes")).to_be_visible()
    expect(mina.page.get_by_text("Gwyn Parry's answers").first).to_be_visible()
    assert "Mostly it fits Gwyn" not in mina.page.content()

    # The timeline, with the server restarted in the middle.
    for person in (mina, gwyn):
        person.open("reflection/flexibility")
    for number, field in enumerate(WHEN):
        if number == 5:
            site.restart()
        for person in (mina, gwyn):
            person.pick("flexibility", field, number % 6)
            person.write("flexibility", f"{field}-story", f"{person.name}, story {number}")
    for person in (mina, gwyn):
        person.write("flexibility", "experiment-what", f"{person.name} tries one thing")
        told = {f"{field}-story": f"{person.name}, story {n}" for n, field in enumerate(WHEN)}
        person.wait_until_kept("flexibility", **told)
        assert all(field in person.kept("flexibility") for field in WHEN)
        expect(person.page.locator("#vv-notice")).to_be_hidden(timeout=30_000)
    expect(mina.page.get_by_role("img", name=re.compile("timeline"))).to_be_visible()
    mina.see_no_barriers()

    # They plan together, and each sees what the other writes.
    pair = Owner("pair", people.pairs_of(site.store, mina.id)[0].id)
    for person in (mina, gwyn):
        person.open("pair/plan")
    mina.write("aims", "what-the-mentor-knows", "Starting out here")
    mina.wait_until_kept("aims", pair, what_the_mentor_knows="Starting out here")
    expect(gwyn.box("aims", "what-the-mentor-knows")).to_have_value(
        "Starting out here", timeout=15_000
    )
    gwyn.write("aims", "how-we-will-know", "Somebody asks a question")
    gwyn.wait_until_kept("aims", pair, how_we_will_know="Somebody asks a question")
    expect(mina.box("aims", "how-we-will-know")).to_have_value(
        "Somebody asks a question", timeout=15_000
    )
    mina.write("offer", "feedback-from-me", "I go quiet when I think")
    mina.wait_until_kept("offer", feedback_from_me="I go quiet when I think")
    expect(gwyn.page.get_by_text("I go quiet when I think")).to_be_visible(timeout=15_000)
    assert "Mina, story 1" not in gwyn.page.content()
    mina.see_no_barriers()

    # Their reports hold their own words; nobody else can have them.
    viceversa(site.scheme.folder, "report", "--format", "html")
    for person in (mina, gwyn):
        person.open("")
        with person.page.expect_navigation():
            person.page.get_by_role("link", name="Open my report").click()
        report = person.page.locator("main")
        expect(report).to_contain_text(f"{person.name} tries one thing")
        expect(report).to_contain_text(f"Mostly it fits {person.name} & <b>me</b>.")
        person.see_no_barriers()
    stranger_gets_nothing(oscar, mina)
    assert mina.kept("mindset")["does-this-fit"] not in oscar.page.content()


def stranger_gets_nothing(stranger, owner):
    """Every address, socket and file of somebody else's answers 403, or nothing at all."""
    owner.open("reflection/mindset")
    kernel = owner.page.evaluate(
        "JSON.parse(document.getElementById('vv-page').textContent).kernel"
    )
    site, api = stranger.site.address, stranger.context.request
    for edition in ("personal", "shared"):
        assert api.get(f"{site}/report/{owner.id}/{edition}.html").status == 403
    token = stranger.context.cookies()
    xsrf = next(cookie["value"] for cookie in token if cookie["name"] == "_xsrf")
    assert api.post(f"{site}/close/{kernel}", form={"_xsrf": xsrf}).status == 403
    pair = people.pairs_of(stranger.site.store, owner.id)[0].id
    stranger.open(f"pair/plan?with={pair}")
    expect(stranger.page.get_by_text("You have no partner yet").first).to_be_visible()
    opened = stranger.page.evaluate(
        """address => new Promise(tell => {
             const line = new WebSocket(address);
             line.onopen = () => tell(true);
             line.onerror = () => tell(false);
           })""",
        f"{site.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=x",
    )
    assert opened is False
    wait_until(lambda: owner.page.is_visible("main"), "the owner's page to stand")
