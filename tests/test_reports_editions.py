"""What each edition holds: every field of every worksheet, with words like no others in it."""

import html
from datetime import date

import pytest

from report_people import add_people, answer, canary
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.errors import Missing
from viceversa.reports.material import check_edition, gather
from viceversa.reports.preview import preview
from viceversa.reports.report import Report
from viceversa.store import people

LIBRARY = Library([shipped("content")])
WORKSHEETS = LIBRARY.worksheets()
CHOICES = 3  # the most audiences that a field of ours can have


def audiences(asked):
    return (asked.seen_by, *asked.may_share_with)


def word_for(who, slug, key):
    return f"zq-{who.role}-{slug}-{key}-qz"


def everything(store, choice):
    """Answer all there is, each for the audience of this number that its field allows."""
    mentor, mentee, _, pair = add_people(store)
    kept = []
    for worksheet in WORKSHEETS:
        for who in (mentor, mentee) if worksheet.belongs_to == "person" else (mentor,):
            for key, asked in worksheet.fields.items():
                seen_by = audiences(asked)[choice % len(audiences(asked))]
                word = word_for(who, worksheet.slug, key)
                value = canary(asked, word, LIBRARY)
                answer(store, LIBRARY, who, pair, worksheet.slug, key, value, seen_by)
                kept.append((who, worksheet, asked, seen_by, word, word in repr(value)))
    return mentor, mentee, kept


def shown(report):
    """All that the sections of our notebook show, as text."""
    parts = [
        report.heading(),
        report.profile("mindset"),
        report.timeline("flexibility"),
        report.experiment("flexibility"),
        report.own_words("mindset", "flexibility", "offer"),
        report.learning(),
        report.plan(),
        report.next_meeting(),
        report.questions("offer"),
        report.privacy(),
        report.sources("mindset", "flexibility", "aims", "offer", "meeting-plan"),
    ]
    return html.unescape("\n".join(map(str, parts)))


def report_of(store, person, edition, today=date(2030, 1, 1)):
    return Report(gather(None, store, LIBRARY, person, edition, today), LIBRARY, today)


@pytest.mark.parametrize("choice", range(CHOICES))
def test_the_shared_edition_holds_what_is_for_the_coordinator_and_nothing_else(store, choice):
    mentor, _, kept = everything(store, choice)
    report = report_of(store, mentor, "shared")
    page, material = shown(report), repr(report.material)
    for who, worksheet, asked, seen_by, word, has_word in kept:
        theirs = who == mentor or worksheet.belongs_to == "pair"
        wanted = theirs and seen_by == "coordinator"
        assert (word in page) == (wanted and has_word), word
        assert (word in material) == (wanted and has_word), word
        if not wanted and who == mentor:
            assert asked.ask not in page, asked.key


def test_what_the_shared_edition_must_hold_is_really_tried(store):
    _, _, kept = everything(store, CHOICES - 1)
    assert {seen_by for *_, seen_by, _, _ in kept} >= {"my-pair", "only-me", "coordinator"}


def test_the_shared_edition_shows_no_picture_of_answers_nobody_shared(store):
    mentor, _, _ = everything(store, 0)
    page = shown(report_of(store, mentor, "shared"))
    assert "<svg" not in page
    assert "has shared nothing with the coordinator" in page


@pytest.mark.parametrize("choice", range(CHOICES))
def test_the_personal_edition_holds_all_ones_own_words(store, choice):
    mentor, _, kept = everything(store, choice)
    page = shown(report_of(store, mentor, "personal"))
    for who, _, _, _, word, has_word in kept:
        if who == mentor and has_word:
            assert word in page, word


@pytest.mark.parametrize("choice", range(CHOICES))
def test_the_personal_edition_holds_of_the_partner_only_what_is_for_the_pair(store, choice):
    mentor, _, kept = everything(store, choice)
    report = report_of(store, mentor, "personal")
    page, material = shown(report), repr(report.material.plans[0].theirs)
    for who, _, _, seen_by, word, has_word in kept:
        if who != mentor and has_word:
            assert (word in page) == (seen_by == "my-pair"), word
            assert (word in material) == (seen_by == "my-pair"), word


def test_a_partners_result_is_there_only_when_both_said_yes(store):
    mentor, mentee, _ = everything(store, 0)
    pair = people.pairs_of(store, mentor.id)[0]
    assert "Lee Mentee's answers" in shown(report_of(store, mentor, "personal"))
    answer(store, LIBRARY, mentee, pair, "mindset", "share-with-partner", "not-now")
    assert "Lee Mentee's answers" not in shown(report_of(store, mentor, "personal"))


def test_a_past_pair_is_in_no_report(store):
    mentor, _, _ = everything(store, 0)
    people.part(store, people.pairs_of(store, mentor.id)[0].id)
    page = shown(report_of(store, mentor, "personal"))
    assert "Lee Mentee" not in page
    assert "Not in a pair yet" in page


def test_of_two_partners_each_has_a_plan_and_the_sooner_meeting_comes_first(store):
    mentor, _, _, pair = add_people(store)
    other = people.add(store, "Other Mentee", "other@example.org", "mentee")
    second = people.join(store, mentor.id, other.id)
    for where, day in ((pair, "2031-05-02"), (second, "2031-05-01")):
        answer(store, LIBRARY, mentor, where, "meeting-plan", "meetings", [{"date": day}])
    page = shown(report_of(store, mentor, "personal"))
    assert "In pairs with Lee Mentee and Other Mentee" in page
    assert "Your plan with Lee Mentee" in page
    assert "Your plan with Other Mentee" in page
    assert page.index("With Other Mentee") < page.index("With Lee Mentee")


def test_somebody_without_answers_gets_a_report_that_says_so_kindly(store):
    mentor, *_ = add_people(store)
    page = shown(report_of(store, mentor, "personal"))
    assert "You have not answered anything yet" in page
    assert page.count("<h2>") == 9


def test_words_of_people_are_shown_as_words_and_never_as_html(store):
    mentor, _, _, pair = add_people(store)
    wicked = "<script>alert(1)</script> & <b>bold</b>"
    answer(store, LIBRARY, mentor, pair, "mindset", "does-this-fit", wicked)
    said = str(report_of(store, mentor, "personal").own_words("mindset"))
    assert "<script" not in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in said


def test_a_meeting_is_the_next_one_until_its_day_is_over(store):
    mentor, _, _, pair = add_people(store)
    meetings = [{"date": "2031-03-01", "time": "10:30", "theme": "career"}]
    answer(store, LIBRARY, mentor, pair, "meeting-plan", "meetings", meetings)
    on_the_day = str(report_of(store, mentor, "personal", date(2031, 3, 1)).next_meeting())
    after = str(report_of(store, mentor, "personal", date(2031, 3, 2)).next_meeting())
    assert "1 March 2031" in on_the_day
    assert "10:30" in on_the_day
    assert "No date ahead" in after


@pytest.mark.parametrize("edition", ["personal", "shared"])
def test_a_preview_shows_a_fictional_person_with_every_section_filled(edition):
    report = preview(edition)
    page = shown(report)
    assert "Sam Preview" in page
    assert "Here stand the words that a person wrote." in page
    assert (edition == "personal") == ("<svg" in page)


def test_an_edition_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(Missing, match="personal and shared"):
        check_edition("public")
