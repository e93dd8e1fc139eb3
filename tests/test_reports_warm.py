"""Reports made by forking are the reports that ordinary kernels make."""

import re

import pytest

from report_people import Small
from viceversa import forking
from viceversa.reports import batch, filling, warm
from viceversa.reports.batch import Planner

pytestmark = pytest.mark.skipif(not forking.available(), reason="forked on Linux only")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("warm") / "scheme")


def pages(small, tasks, jobs):
    for outcome in jobs(tasks):
        assert outcome.fault is None, outcome.fault
    folder = small.scheme.data / "reports"
    return {file.name: normal(file.read_text("utf-8")) for file in folder.rglob("*.html")}


def normal(html):
    """Without the white space between two pieces."""
    return re.sub(r"\s+", " ", html)


def test_a_forked_report_is_word_for_word_the_ordinary_one(small):
    tasks = Planner(small.scheme, small.store).due([small.mentor], ["personal", "shared"], ["html"])
    assert len(tasks) == 2
    forked = pages(small, tasks, lambda tasks: warm.run(tasks, 2))
    ordinary = pages(small, tasks, lambda tasks: map(batch.make, tasks))
    assert forked == ordinary


def test_a_report_whose_process_dies_fails_alone(small, monkeypatch):
    tasks = Planner(small.scheme, small.store).due(
        [small.mentor, small.mentee], ["personal"], ["html"]
    )
    first = tasks[0].person_id
    ask = warm.ask

    def dies_for_the_first(nursery, task):
        if task.person_id == first:
            monkeypatch.setattr(warm, "WORK", "os:abort")
            try:
                return ask(nursery, task)
            finally:
                monkeypatch.undo()
        return ask(nursery, task)

    monkeypatch.setattr(warm, "ask", dies_for_the_first)
    outcomes = {one.task.person_id: one.fault for one in warm.run(tasks, 1)}
    assert outcomes.pop(first) == batch.LOST
    assert set(outcomes.values()) == {None}


def test_a_report_that_cannot_be_made_says_why_as_it_does_elsewhere(small, tmp_path):
    broken = tmp_path / "participant.ipynb"
    whole = batch.find_notebook(small.scheme).read_text("utf-8")
    broken.write_text(whole.replace("report.heading()", "report.no_such_section()"), "utf-8")
    warm.engine.register()
    with pytest.raises(filling.NotMade, match="AttributeError"):
        warm.fill_here(broken, "", "personal", small.scheme.folder)
