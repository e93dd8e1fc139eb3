"""Reports made by forking are the reports that ordinary kernels make."""

import json
import re

import nbformat
import pytest

from report_people import Small
from viceversa import forking
from viceversa.reports import batch, filling, forked, keeping, warm
from viceversa.reports.batch import Planner

pytestmark = pytest.mark.skipif(not forking.available(), reason="forked on Linux only")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("warm") / "scheme")


HEADING = ("from viceversa import reports", "reports.open(person, edition).heading()")


def made(small, tasks, run):
    """Make reports, and give their words and their notebooks' by their files' names."""
    for outcome in run(tasks):
        assert outcome.fault is None, outcome.fault
    files = [file for file in (small.scheme.data / "reports").rglob("*.*") if file.is_file()]
    return {f"{file.parent.name} {file.suffix}": normal(words(file)) for file in files}


def words(file):
    """Give what a file says, but for when its cells ran and how they came to show something."""
    if file.suffix == ".html":
        return file.read_text("utf-8")
    read = nbformat.read(file, as_version=4)
    nbformat.validate(read)
    shown = [[output.data for output in cell.outputs] for cell in read.cells]
    return json.dumps([[cell.source, one] for cell, one in zip(read.cells, shown, strict=True)])


def normal(html):
    """Without the white space between two pieces."""
    return re.sub(r"\s+", " ", html)


def test_a_forked_report_is_word_for_word_the_ordinary_one(small):
    planner = Planner(small.scheme, small.store)
    tasks = planner.due([small.mentor], ["personal", "shared"], ["html", keeping.NOTEBOOK])
    assert len(tasks) == 2
    ordinary = made(small, tasks, lambda tasks: map(batch.make, tasks))
    assert made(small, tasks, lambda tasks: warm.run(tasks, 2)) == ordinary
    assert made(small, tasks, lambda tasks: warm.run(tasks, 2, planner.gather)) == ordinary


def test_a_report_holds_what_was_taken_back_since_it_was_planned_no_more(small):
    small.save(small.mentor, "flexibility", "experiment-what", "Ask first", "coordinator")
    planner = Planner(small.scheme, small.store)
    tasks = planner.due([small.mentor], ["personal", "shared"], ["html"])
    small.save(small.mentor, "flexibility", "experiment-what", "Ask first", "only-me")
    made(small, tasks, lambda tasks: warm.run(tasks, 2, planner.gather))
    assert "Ask first" in small.read(small.mentor, "personal")
    assert "Ask first" not in small.read(small.mentor, "shared")


def test_whoever_stops_a_batch_does_not_wait_for_the_rest_of_it(small):
    own = Small(small.scheme.folder.with_name("stopped"))
    editions, formats = ["personal", "shared"], ["html", "pdf"]
    tasks = Planner(own.scheme, own.store).due([own.mentor, own.mentee], editions, formats)
    outcomes = warm.run(tasks, 1)
    assert next(outcomes).fault is None
    outcomes.close()
    assert 0 < len(own.files()) < len(tasks) * len(formats)


def test_what_a_notebook_writes_past_python_is_not_taken_for_what_became_of_it(small):
    own = Small(small.scheme.folder.with_name("chatty"))
    own.use_notebook("import os", 'os.write(1, b\'{"fault": "none of it"}\')', *HEADING)
    tasks = Planner(own.scheme, own.store).due([own.mentor], ["personal", "shared"], ["html"])
    assert [done.fault for done in warm.run(tasks, 1)] == [None, None]


def test_a_fault_in_the_notebook_is_told_for_each_report_that_it_stops(small):
    own = Small(small.scheme.folder.with_name("broken"))
    own.use_notebook("import no_such_module")
    tasks = Planner(own.scheme, own.store).due([own.mentor], ["personal", "shared"], ["html"])
    own.use_notebook("1")
    batch.find_notebook(own.scheme).write_text("{")
    faults = [done.fault for done in warm.run(tasks, 1)]
    assert faults == ["Vice Versa itself failed with a NotJSONError."] * 2


def test_a_report_whose_process_dies_fails_alone(small, monkeypatch):
    tasks = Planner(small.scheme, small.store).due(
        [small.mentor, small.mentee], ["personal"], ["html"]
    )
    first = tasks[0].person_id
    tell = warm.tell

    def dies_for_the_first(nursery, task, told):
        if task.person_id == first:
            monkeypatch.setattr(warm, "WORK", "os:abort")
            try:
                return tell(nursery, task, told)
            finally:
                monkeypatch.undo()
        return tell(nursery, task, told)

    monkeypatch.setattr(warm, "tell", dies_for_the_first)
    outcomes = {one.task.person_id: one.fault for one in warm.run(tasks, 1)}
    assert outcomes.pop(first) == batch.LOST
    assert set(outcomes.values()) == {None}


def test_a_report_that_cannot_be_made_says_why_as_it_does_elsewhere(small, tmp_path):
    broken = tmp_path / "participant.ipynb"
    whole = batch.find_notebook(small.scheme).read_text("utf-8")
    broken.write_text(whole.replace("report.heading()", "report.no_such_section()"), "utf-8")
    with pytest.raises(filling.NotMade, match="AttributeError"):
        forked.fill_here(broken, "", "personal", small.scheme.folder)
