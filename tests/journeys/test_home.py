"""Home: what is next, what I wrote, what I can take with me, and how I get rid of it."""

import csv
import io
import json
import zipfile

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from viceversa.store import answers, people
from viceversa.store.answers import Owner

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("home")]


@pytest.fixture(scope="module")
def running_site(demo_site):
    return demo_site


def download(person, name):
    with person.page.expect_download() as coming:
        person.page.get_by_role("button", name=name).click()
    return coming.value.path().read_bytes()


def own_words(site, person):
    """Every longer text that somebody wrote on their own pages."""
    held = answers.everything(site.store, Owner("person", site.person(person).id))
    values = [one.value for sheet in held.values() for one in sheet.values()]
    return [value for value in values if isinstance(value, str) and len(value) > 30]


def test_home_says_what_is_next_and_who_can_see_what_was_written(arrive, site):
    sian = arrive("Siân").sign_in()
    sian.open("")
    main = sian.page.locator("main")
    expect(main).to_contain_text("You meet Margaret Ashworth-Cole on")
    expect(main).to_contain_text("Your report has not been made yet")
    for summary in sian.page.locator("summary").all():
        summary.click()
    for words in own_words(site, "Siân"):
        expect(main).to_contain_text(words.replace("\n", " ")[:60])
    expect(main).to_contain_text("Seen by: Only me")
    sian.see_no_barriers()


def test_home_of_somebody_who_has_not_begun_says_where_to_start(arrive, site):
    newcomer = arrive("Jade").sign_in()
    newcomer.open("")
    main = newcomer.page.locator("main")
    expect(main).to_contain_text("You have not written anything yet")
    expect(main.get_by_role("link", name="Open My habits")).to_be_visible()
    newcomer.see_no_barriers()


def test_the_download_holds_ones_own_words_and_nobody_elses(arrive, site):
    sian = arrive("Siân").sign_in()
    sian.open("")
    with zipfile.ZipFile(io.BytesIO(download(sian, "Download everything I wrote"))) as archive:
        assert set(archive.namelist()) == {"my-answers.csv", "everything.json", "README.txt"}
        table = archive.read("my-answers.csv").decode("utf-8-sig")
        told = archive.read("everything.json").decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {"Worksheet", "Question", "Answer", "Who can see it"} <= set(rows[0])
    kept = [row["Answer"].replace("\r\n", "\n") for row in rows]
    for words in own_words(site, "Siân"):
        assert words in kept
    assert json.loads(told)["person"]["name"].startswith("Siân")
    for other in people.everyone(site.store):
        if not other.name.startswith("Siân"):
            assert not any(words in table + told for words in own_words(site, other.name))


def test_the_meetings_go_into_a_calendar_without_themes_or_notes(arrive):
    sian = arrive("Siân").sign_in()
    sian.open("pair/plan")
    planned = sian.kept("meeting-plan", Owner("pair", sian.pair))["meetings"]
    made = Calendar.from_ical(download(sian, "Put our meetings in my calendar"))
    events = made.walk("VEVENT")
    dated = [meeting for meeting in planned if meeting.get("date")]
    assert [str(event.decoded("dtstart").date()) for event in events] == [
        meeting["date"] for meeting in dated
    ]
    assert all(event["summary"].startswith("Meeting") for event in events)
    assert not any(event.get("description") for event in events)


def test_a_mentor_of_two_has_two_plans_that_are_kept_apart(arrive, site):
    mentor = arrive("Chidera").sign_in()
    mentor.open("pair/plan")
    plans = {
        people.partner(site.store, pair, mentor.id).name: pair.id
        for pair in people.pairs_of(site.store, mentor.id)
    }
    for partner, pair in plans.items():
        mentor.page.get_by_role("link", name=f"You and {partner}").click()
        mentor.page.wait_for_url(f"**?with={pair}")
        mentor.wait_until_ready()
        mentor.box("aims", "aims-in-one-line").fill(f"Only with {partner}")
        mentor.wait_until_kept("aims", Owner("pair", pair), aims_in_one_line=f"Only with {partner}")
    mentor.see_no_barriers()
    fiona = arrive("Fiona").sign_in()
    fiona.open("pair/plan")
    expect(fiona.box("aims", "aims-in-one-line")).to_have_value("Only with Fiona MacLeod")
    assert "Peter Lindqvist" not in fiona.page.content()
    mentor.open("")
    for summary in mentor.page.locator("summary").all():
        summary.click()
    for partner in plans:
        expect(mentor.page.locator("main")).to_contain_text(f"Only with {partner}")


def test_what_was_deleted_is_gone_and_the_partner_is_told_only_that(arrive, site):
    words = own_words(site, "Callum")
    assert words
    callum, andrew = arrive("Callum").sign_in(), arrive("Andrew").sign_in()
    owner = callum.id
    callum.open("reflection/flexibility")
    callum.page.goto(f"{callum.address}/")
    callum.wait_until_ready()
    callum.page.get_by_role("link", name="Delete what I wrote").click()
    callum.page.get_by_label("To go on, type DELETE here").fill("delete")
    callum.page.get_by_role("button", name="Delete everything now").click()
    expect(callum.page.get_by_text("Nothing has been deleted yet")).to_be_visible()
    callum.see_no_barriers()
    callum.page.get_by_label("To go on, type DELETE here").fill("DELETE")
    callum.page.get_by_role("button", name="Delete everything now").click()
    expect(callum.page.get_by_role("heading", name="Your words have been deleted")).to_be_visible()
    callum.see_no_barriers()
    assert answers.everything(site.store, Owner("person", owner)) == {}
    assert callum.page.goto(f"{callum.address}/").status == 401
    held = site.store.file.read_bytes()
    assert not any(text.encode() in held for text in words)
    for page in ("pair/plan", "reflection/mindset", ""):
        andrew.open(page)
        assert "Callum" not in andrew.page.content()
        expect(andrew.page.get_by_text("could not be shown")).to_have_count(0)
    andrew.open("pair/plan")
    expect(andrew.page.get_by_text("Your partner has left").first).to_be_visible()
    andrew.see_no_barriers()
