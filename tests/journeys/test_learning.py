"""Learning alone: a module is worked through, kept, and found again in one's own report."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("learning")]

PAGE = "awareness/role_reversal"
THOUGHT = "I opened the meeting before anybody asked me to."
PROMISE = "I will wait until my mentor has said the theme."


@pytest.fixture(scope="module")
def running_site(demo_site):
    return demo_site


def test_a_module_is_worked_through_and_everything_is_there_the_next_day(arrive, site):
    wei = arrive("Wei-Ling").sign_in()
    wei.open("awareness/home")
    module = wei.page.get_by_role("listitem").filter(has_text="Role reversal and power")
    expect(module).to_contain_text("Not begun")
    wei.tab_to(module.get_by_role("link"))
    wei.page.keyboard.press("Enter")
    wei.wait_until_ready()
    main = wei.page.locator("main")
    expect(main.get_by_role("heading", name="If you mentor")).to_be_visible()
    expect(main.get_by_role("heading", name="If you are mentored")).to_be_visible()

    choice = main.get_by_role("button", name="Renata takes the advice and saves her questions")
    wei.tab_to(choice)
    wei.page.keyboard.press("Enter")
    expect(main.get_by_text("For the mentor").first).to_be_visible()
    expect(main.get_by_text("For the mentee").first).to_be_visible()
    wei.page.keyboard.press("Tab")
    wei.page.keyboard.press("Enter")
    expect(main.get_by_role("button", name="tried")).to_be_focused()

    wei.pick("role-reversal", "who-leads", 1)
    expect(main.get_by_text("This is the better answer.")).to_be_visible()
    wei.write("role-reversal", "reflection", THOUGHT)
    wei.write("role-reversal", "commitment", PROMISE)
    wei.wait_until_kept("role-reversal", reflection=THOUGHT, commitment=PROMISE)
    wei.see_no_barriers()

    tomorrow = arrive("Wei-Ling").sign_in()
    tomorrow.open(PAGE)
    expect(tomorrow.box("role-reversal", "commitment")).to_have_value(PROMISE)
    expect(tomorrow.page.get_by_text("This is the better answer.")).to_be_visible()
    expect(tomorrow.page.get_by_role("button", name="tried")).to_be_visible()
    tomorrow.open("awareness/home")
    again = tomorrow.page.get_by_role("listitem").filter(has_text="Role reversal and power")
    expect(again).to_contain_text("4 of 7 done")


def test_what_was_thought_and_promised_is_on_the_home_page_and_the_exercises_are_not(arrive):
    sian = arrive("Siân").sign_in()
    sian.open("")
    main = sian.page.locator("main")
    expect(main).to_contain_text("I waited to see what the deputy said first")
    expect(main).not_to_contain_text("Who sets the agenda of a reverse mentoring meeting?")


@pytest.mark.parametrize("path", ["awareness/home", "awareness/what_it_is", "awareness/scenarios"])
def test_the_pages_to_learn_from_have_no_barriers(arrive, path):
    sian = arrive("Siân").sign_in()
    sian.open(path)
    expect(sian.page.get_by_text("could not be shown")).to_have_count(0)
    assert "{" not in sian.page.locator("body").inner_text()
    sian.see_no_barriers()


def test_the_craft_of_a_scheme_is_listed_for_coordinators_alone(arrive):
    title = "The craft of a scheme"
    for name, count in {"Siân": 0, "Imran": 1}.items():
        person = arrive(name).sign_in()
        person.open("awareness/home")
        expect(person.page.get_by_role("link", name=title)).to_have_count(count)
