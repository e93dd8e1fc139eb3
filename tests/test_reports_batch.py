"""Which reports are due, and what is kept of them."""

from datetime import date

import pytest

from report_people import Small
from viceversa.reports import keeping
from viceversa.reports.batch import Outcome, Planner, Task, run, without
from viceversa.store import people, reports

TODAY = date(2031, 3, 1)


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path / "scheme")


def marks(small, today=TODAY):
    """Name each report by its role and edition, with what it would be made from."""
    planner = Planner(small.scheme, small.store, today)
    role = {person.id: person.role for person in people.everyone(small.store)}
    due = planner.due([small.mentor, small.mentee], ("personal", "shared"), ("html",))
    return {f"{role[task.person_id]} {task.edition}": task.mark for task in due}


def changed(small, change, today=TODAY):
    """Name the reports that are out of date after a change."""
    before = marks(small)
    change()
    after = marks(small, today)
    return {name for name in before if before[name] != after[name]}


ALL = {"mentor personal", "mentor shared", "mentee personal", "mentee shared"}


def test_an_answer_for_oneself_concerns_ones_own_report_only(small):
    def change():
        small.save(small.mentor, "mindset", "first-draft", 5)

    assert changed(small, change) == {"mentor personal"}


def test_an_answer_for_the_pair_concerns_both_personal_reports(small):
    def change():
        small.save(small.mentor, "offer", "can-offer", ["Time"])

    assert changed(small, change) == {"mentor personal", "mentee personal"}


def test_an_answer_for_the_coordinator_concerns_ones_own_two_editions(small):
    def change():
        small.save(small.mentor, "flexibility", "experiment-what", "Ask", "coordinator")

    assert changed(small, change) == {"mentor personal", "mentor shared"}


def test_taking_back_who_may_see_an_answer_makes_the_shared_edition_due(small):
    small.save(small.mentor, "flexibility", "experiment-what", "Ask", "coordinator")

    def change():
        small.save(small.mentor, "flexibility", "experiment-what", "Ask", "only-me")

    assert changed(small, change) == {"mentor personal", "mentor shared"}


def test_a_new_name_concerns_everybody_who_reads_it(small):
    def change():
        people.update(small.store, small.mentor.id, name="Mo Newname")
        small.mentor = people.get(small.store, small.mentor.id)

    assert changed(small, change) == ALL


def test_a_changed_word_worksheet_or_notebook_concerns_all(small):
    def change_a_word():
        file = small.scheme.folder / "content/en/words/own.yaml"
        file.parent.mkdir(parents=True)
        file.write_text("report-title: Your own report\n")

    def change_a_worksheet():
        ours = small.library.folders[-1] / "en/worksheets/offer.yaml"
        own = small.scheme.folder / "content/en/worksheets/offer.yaml"
        own.write_text(ours.read_text("utf-8").replace("What do I bring?", "What is mine?"))

    assert changed(small, change_a_word) == ALL
    assert changed(small, change_a_worksheet) == ALL
    assert changed(small, lambda: small.use_notebook("1")) == ALL
    assert changed(small, lambda: None) == set()


def test_another_day_changes_nothing_until_the_next_meeting_is_over(small):
    meetings = [{"date": "2031-03-05"}, {"date": "2031-04-05"}]
    small.save(small.mentor, "meeting-plan", "meetings", meetings)
    assert changed(small, lambda: None, date(2031, 3, 5)) == set()
    both = {"mentor personal", "mentee personal"}
    assert changed(small, lambda: None, date(2031, 3, 6)) == both


# What is kept


def task_for(small, person, formats=("html",), mark="mark", edition="shared"):
    return Task(small.scheme.folder, small.scheme.folder, person.id, edition, formats, mark)


def keep(small, task, *formats):
    for format in formats:
        place = keeping.place_of(task.person_id, task.edition, format)
        keeping.keep(small.scheme.data, place, b"words")


def test_a_report_lies_where_only_its_owner_may_look(small):
    keep(small, task_for(small, small.mentor), "html")
    folder = small.scheme.data / "reports"
    file = folder / "shared" / f"{small.mentor.id}.html"
    assert file.read_bytes() == b"words"
    assert file.stat().st_mode & 0o777 == 0o600
    assert {place.stat().st_mode & 0o777 for place in (folder, file.parent)} == {0o700}
    assert small.files() == [f"shared/{small.mentor.id}.html"]


def test_a_pdf_of_older_words_does_not_stay_beside_a_newer_page(small):
    planner = Planner(small.scheme, small.store)
    old = task_for(small, small.mentor, ("html", "pdf"), "old")
    keep(small, old, "html", "pdf")
    planner.note(Outcome(old))
    new = task_for(small, small.mentor, ("html",), "new")
    keep(small, new, "html")
    planner.note(Outcome(new))
    assert small.files() == [f"shared/{small.mentor.id}.html"]
    assert reports.newest(small.store, small.mentor.id, "shared", "pdf") is None
    newest = reports.newest(small.store, small.mentor.id, "shared", "html")
    assert newest
    assert newest.fingerprint == "new"
    assert (small.scheme.data / newest.file).is_file()


def test_a_report_of_somebody_who_left_meanwhile_is_deleted_again(small):
    task = task_for(small, small.mentor)
    keep(small, task, "html")
    people.forget(small.store, small.mentor.id, also_pair_words=False)
    told = Planner(small.scheme, small.store).note(Outcome(task))
    assert told.fault
    assert "left" in told.fault
    assert small.files() == []


def test_what_cannot_be_made_here_drops_out(small):
    tasks = [task_for(small, small.mentor, formats) for formats in (("html", "pdf"), ("pdf",))]
    assert [task.formats for task in without(tasks, "pdf")] == [("html",)]


def test_nothing_to_do_is_no_fault():
    assert list(run([], 4)) == []
