"""Two windows or two people write in the same place: nothing is lost, and the writer chooses."""

import pytest
from playwright.sync_api import expect

from site_under_test import wait_until
from viceversa.store import answers
from viceversa.store.answers import Owner

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("two_writers")]


def texts(site, owner, sheet, field):
    """Every version the store holds of an answer."""
    return [one.value for one in answers.history(site.store, owner, sheet, field)]


def choose(page, field, which):
    """Press one of the buttons under two versions of an answer, by keyboard."""
    box = page.locator(f"[data-field={field}]")
    button = box.get_by_role("button", name=which)
    expect(button).to_be_visible(timeout=15_000)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_hidden()


@pytest.mark.parametrize(
    ("which", "field", "kept"),
    [
        ("Keep mine", "take-a-risk-story", "From tab two"),
        ("Keep theirs", "do-something-new-story", "From tab one"),
        ("Keep both", "drop-something-story", "From tab one\n\nFrom tab two"),
    ],
)
def test_two_tabs_of_one_person(arrive, site, which, field, kept):
    mina = arrive("Mina").sign_in()
    one = mina.open("reflection/flexibility")
    two = mina.open("reflection/flexibility", mina.new_tab())
    one.bring_to_front()
    mina.box("flexibility", field, one).fill("From tab one")
    mina.wait_until_kept("flexibility", **{field: "From tab one"})
    two.bring_to_front()
    mina.box("flexibility", field, two).fill("From tab two")
    expect(two.get_by_text("You, in another window, changed this")).to_be_visible(timeout=15_000)
    mina.sees_status("needs you", tab=two)
    choose(two, field, which)
    mina.wait_until_kept("flexibility", **{field: kept})
    mina.sees_status("Saved", tab=two)
    expect(mina.box("flexibility", field, two)).to_have_value(kept)
    everything = texts(site, Owner("person", mina.id), "flexibility", field)
    assert {"From tab one", "From tab two"} <= set(everything)


def test_two_partners_at_once_each_see_what_the_other_wrote(arrive, site):
    mina, gwyn = arrive("Mina").sign_in(), arrive("Gwyn").sign_in()
    for person in (mina, gwyn):
        person.open("pair/plan")
    pair, field = Owner("pair", mina.pair), "what-the-mentor-knows"
    mina.box("aims", field).fill("Mina wrote this")
    gwyn.box("aims", field).fill("Gwyn wrote this")
    wait_until(lambda: len(texts(site, pair, "aims", field)) == 2, "both texts to be kept")
    late, early = (
        (mina, gwyn) if mina.page.get_by_role("button", name="Keep both").count() else (gwyn, mina)
    )
    expect(late.page.get_by_text(f"{early.name} ", exact=False).first).to_be_visible()
    late.see_no_barriers()
    choose(late.page, field, "Keep both")
    both = f"{early.name} wrote this\n\n{late.name} wrote this"
    late.wait_until_kept("aims", pair, **{field: both})
    early.page.keyboard.press("Tab")  # where somebody writes, news waits until they leave
    expect(early.box("aims", field)).to_have_value(both, timeout=15_000)
    assert texts(site, pair, "aims", field)[-1] == both


def test_a_partner_who_is_writing_is_not_interrupted_and_sees_news_afterwards(arrive):
    mina, gwyn = arrive("Mina").sign_in(), arrive("Gwyn").sign_in()
    for person in (mina, gwyn):
        person.open("pair/plan")
    gwyn.tab_to(gwyn.box("aims", "how-we-will-know"))
    mina.box("aims", "how-we-will-know").fill("Somebody will ask")
    expect(gwyn.page.get_by_text("There is a newer version").first).to_be_visible(timeout=15_000)
    expect(gwyn.box("aims", "how-we-will-know")).to_have_value("")
    gwyn.page.keyboard.press("Tab")
    expect(gwyn.box("aims", "how-we-will-know")).to_have_value("Somebody will ask")


def test_two_partners_add_meetings_to_one_plan(arrive, site):
    mina, gwyn = arrive("Mina").sign_in(), arrive("Gwyn").sign_in()
    for person in (mina, gwyn):
        person.open("pair/plan")
    pair = Owner("pair", mina.pair)
    for person, day in ((mina, "2030-01-01"), (gwyn, "2030-02-02")):
        person.page.locator("[data-field=meetings] input[type=date]").first.fill(day)
    wait_until(lambda: len(texts(site, pair, "meeting-plan", "meetings")) == 2, "both plans")
    late = mina if mina.page.get_by_role("button", name="Keep both").count() else gwyn
    choose(late.page, "meetings", "Keep both")
    days = ("2030-01-01", "2030-02-02")
    wait_until(
        lambda: {row["date"] for row in late.kept("meeting-plan", pair)["meetings"]} == set(days),
        "both meetings to be in the plan",
    )
