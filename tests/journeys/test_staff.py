"""The coordinator and the trainer see who takes part, and nothing that anybody wrote."""

import pytest
from playwright.sync_api import expect

from site_under_test import viceversa
from viceversa.store import answers, people
from viceversa.store.answers import Owner

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]


@pytest.fixture(scope="module")
def running_site(demo_site):
    niamh = demo_site.person("Niamh").id
    viceversa(demo_site.scheme.folder, "report", "--format", "html", "--only", niamh)
    return demo_site


def everything_written(site):
    owners = [Owner("person", one.id) for one in people.everyone(site.store)]
    owners += [Owner("pair", pair.id) for pair in people.all_pairs(site.store)]
    for owner in owners:
        for sheet in answers.everything(site.store, owner).values():
            for one in sheet.values():
                yield from texts(one.value)


def texts(value):
    if isinstance(value, str) and len(value) > 25:
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        yield from texts(list(value.values()))


def test_a_coordinator_sees_who_is_how_far_and_no_words(arrive, site):
    imran = arrive("Imran").sign_in()
    imran.open("")
    table = imran.page.get_by_role("table")
    for person in people.everyone(site.store):
        expect(table).to_contain_text(person.name)
    held = imran.page.locator("html").inner_text()
    written = list(everything_written(site))
    assert len(written) > 50
    assert not any(words in held for words in written)
    imran.see_no_barriers()


def test_a_coordinator_gets_the_shared_report_and_never_the_personal_one(arrive, site):
    imran = arrive("Imran").sign_in()
    imran.open("")
    imran.page.get_by_role("link", name="Open the shared edition for Niamh").click()
    expect(imran.page.get_by_role("heading", level=1)).to_be_visible()
    told = imran.page.locator("html").inner_text()
    kept = answers.everything(site.store, Owner("person", site.person("Niamh").id))
    private = [
        words
        for sheet in kept.values()
        for one in sheet.values()
        if one.seen_by != "coordinator"
        for words in texts(one.value)
    ]
    assert len(private) > 5
    assert not any(words in told for words in private)
    personal = imran.page.goto(imran.page.url.replace("shared", "personal"))
    assert personal.status == 403
    expect(imran.page.get_by_role("heading", level=1)).to_have_text(
        "This page belongs to someone else"
    )
    imran.see_no_barriers()


def test_a_trainer_can_try_every_page_and_sees_nobodys_answers(arrive, site):
    beverley = arrive("Beverley").sign_in()
    beverley.open("")
    pages = beverley.page.locator("main ul").first.get_by_role("link")
    addresses = [page.get_attribute("href") for page in pages.all()]
    assert len(addresses) == 3
    beverley.see_no_barriers()
    for address in addresses:
        beverley.open(address.lstrip("/"))
        expect(beverley.page).not_to_have_title("Vice Versa – Two-Way Mentoring (demo)")
        held = beverley.page.locator("html").inner_text()
        assert not any(words in held for words in everything_written(site))
    assert beverley.page.goto(f"{beverley.address}/coordinator/home").status == 403


def test_people_taking_part_cannot_open_the_staffs_pages(arrive):
    sian = arrive("Siân").sign_in()
    for page in ("trainer/home", "coordinator/home", "reports/participant"):
        assert sian.page.goto(f"{sian.address}/{page}").status == 403
