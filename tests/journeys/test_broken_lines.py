"""Lines break, kernels end, browsers are closed: no word is lost, and people are told."""

import pytest
from playwright.sync_api import expect

from site_under_test import wait_until
from viceversa.store.answers import Owner

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("broken_lines")]

DOWN = "The line is down"
KEPT_HERE = "Not saved yet, kept on this device"


def where_they_are(page):
    return page.evaluate("() => [document.activeElement.id, document.activeElement.selectionStart]")


@pytest.mark.parametrize(
    ("breaking", "field"),
    [("cut", "take-a-risk-story"), ("fall_silent", "do-something-new-story")],
)
def test_what_is_written_while_the_line_is_down_arrives_when_it_is_back(
    arrive, line, breaking, field
):
    mina = arrive("Mina", address=line.address).sign_in()
    mina.open("reflection/flexibility")
    mina.write("flexibility", field, "Before.")
    mina.sees_status("Saved")
    getattr(line, breaking)()
    mina.page.keyboard.type(" While it was down.")
    mina.sees_notice(DOWN)
    mina.sees_status(KEPT_HERE)
    mina.see_no_barriers()
    mina.page.keyboard.press("ArrowLeft")
    before = where_they_are(mina.page)
    line.mend()
    mina.sees_notice(None)
    mina.wait_until_kept("flexibility", **{field: "Before. While it was down."})
    mina.sees_status("Saved")
    assert where_they_are(mina.page) == before


def test_a_device_without_a_network_keeps_the_words_until_it_has_one(arrive):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    mina.context.set_offline(True)
    mina.write("flexibility", "drop-something-story", "Written in a tunnel.")
    mina.sees_status(KEPT_HERE)
    mina.sees_notice(DOWN)
    mina.context.set_offline(False)
    mina.wait_until_kept("flexibility", drop_something_story="Written in a tunnel.")
    mina.sees_notice(None)


def test_words_that_were_not_saved_come_back_after_a_reload(arrive, line, site):
    mina = arrive("Mina", address=line.address).sign_in()
    mina.open("reflection/flexibility")
    line.fall_silent()
    mina.write("flexibility", "change-my-mind-story", "Never acknowledged.")
    mina.kill_kernel()
    line.mend()
    mina.open("reflection/flexibility")
    expect(mina.box("flexibility", "change-my-mind-story")).to_have_value("Never acknowledged.")
    mina.wait_until_kept("flexibility", change_my_mind_story="Never acknowledged.")


def test_words_that_were_not_saved_come_back_when_the_browser_is_opened_again(arrive, line):
    mina = arrive("Mina", address=line.address).sign_in()
    mina.open("reflection/flexibility")
    line.fall_silent()
    mina.write("flexibility", "ask-for-help-story", "The browser was closed.")
    mina.sees_status(KEPT_HERE)
    device = mina.context.storage_state()
    mina.context.close()
    line.mend()
    again = arrive("Mina", address=line.address, storage_state=device)
    again.open("reflection/flexibility")
    expect(again.box("flexibility", "ask-for-help-story")).to_have_value("The browser was closed.")
    again.wait_until_kept("flexibility", ask_for_help_story="The browser was closed.")


def test_a_page_that_nobody_used_rests_and_wakes_up_at_a_key(arrive):
    mina = arrive("Mina").sign_in()
    mina.page.clock.install()
    mina.open("reflection/flexibility")
    mina.box("flexibility", "act-on-feedback-story").focus()
    mina.page.clock.fast_forward("06:00")
    mina.kill_kernel()
    mina.sees_notice("This page has been resting")
    mina.see_no_barriers()
    mina.page.keyboard.type("Awake again.")
    mina.sees_notice(None)
    mina.wait_until_kept("flexibility", act_on_feedback_story="Awake again.")


def test_a_page_whose_kernel_was_put_to_rest_carries_on_at_the_next_word(arrive, site):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    mina.put_kernel_to_rest()
    mina.write("flexibility", "difficult-conversation-story", "The next word.")
    mina.wait_until_kept("flexibility", difficult_conversation_story="The next word.")
    mina.sees_notice(None)
    mina.sees_status("Saved")


def test_a_page_that_comes_back_by_the_back_button_is_alive(arrive):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    mina.write("flexibility", "change-priorities-story", "Then I left")
    mina.page.goto(f"{mina.address}/my-data/delete")
    mina.page.go_back()
    mina.wait_until_ready()
    expect(mina.box("flexibility", "change-priorities-story")).to_have_value("Then I left")
    mina.write("flexibility", "change-priorities-story", " and came back.")
    mina.wait_until_kept("flexibility", change_priorities_story="Then I left and came back.")


def test_a_page_that_the_browser_had_put_aside_whole_is_brought_to_life(arrive):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    mina.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    mina.put_kernel_to_rest()
    mina.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    mina.write("flexibility", "solve-a-hard-problem-story", "Forward and back.")
    mina.wait_until_kept("flexibility", solve_a_hard_problem_story="Forward and back.")
    mina.sees_notice(None)


def test_somebody_who_was_signed_out_elsewhere_is_told_and_goes_on_after_their_link(arrive):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    other = mina.open("", mina.new_tab())
    other.get_by_role("button", name="Sign out").click()
    other.get_by_role("heading", name="You are signed out").wait_for()
    mina.page.bring_to_front()
    mina.write("flexibility", "build-a-partnership-story", "Not signed in.")
    mina.sees_notice("You have been signed out")
    mina.sees_status(KEPT_HERE)
    mina.sign_in()
    mina.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    mina.wait_until_kept("flexibility", build_a_partnership_story="Not signed in.")
    mina.sees_notice(None)


def test_a_server_that_starts_again_is_waited_for_with_the_plan_half_written(arrive, site):
    mina = arrive("Mina").sign_in()
    mina.open("pair/plan")
    site.stop()
    mina.write("aims", "aims-in-one-line", "Learn both ways.")
    mina.sees_notice(DOWN)
    site.start()
    pair = Owner("pair", mina.pair)
    mina.wait_until_kept("aims", pair, aims_in_one_line="Learn both ways.")
    mina.sees_notice(None)


def test_no_key_is_lost_while_a_page_with_a_dead_kernel_is_brought_back(arrive):
    oscar = arrive("Oscar").sign_in()
    oscar.open("reflection/flexibility")
    said = "".join(f"{number} " for number in range(150)).strip()
    kernel = oscar.page_told()["kernel"]
    oscar.tab_to(oscar.box("flexibility", "build-a-partnership-story"))
    oscar.kill_kernel()
    for word in said.split(" "):
        oscar.page.keyboard.type(f" {word}" if word != "0" else word)
    expect(oscar.box("flexibility", "build-a-partnership-story")).to_have_value(said)
    oscar.wait_until_kept("flexibility", build_a_partnership_story=said)
    assert oscar.page_told()["kernel"] != kernel


def test_a_choice_by_arrow_keys_goes_on_while_a_page_is_brought_back(arrive):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/mindset")
    kernel = mina.page_told()["kernel"]
    inputs = mina.page.locator('input[name="vv-mindset-first-draft-pick"]')
    mina.tab_to(inputs.first)
    mina.page.keyboard.press("Space")
    mina.kill_kernel()
    for _ in range(40):
        for key in ("ArrowRight", "ArrowLeft"):
            mina.page.keyboard.press(key)
    # The end of an ordinary kernel is noticed a while later.
    wait_until(lambda: mina.page_told()["kernel"] != kernel, "the page to be brought back")
    expect(inputs.first).to_be_checked()
    expect(inputs.first).to_be_focused()
    mina.wait_until_kept("mindset", first_draft=1)
