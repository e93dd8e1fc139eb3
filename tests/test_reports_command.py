"""`viceversa report`: everybody's report from the command line."""

import csv

import pytest
from click.testing import CliRunner

from report_people import Small
from viceversa.cli import main
from viceversa.reports import keeping, making, pdf
from viceversa.reports.checking import check_page
from viceversa.store import people, reports

SECRET = "the words that nobody else may read"
# Made by hand, and so much faster than ours.
SHORT = (
    "from viceversa import reports\nreport = reports.open(person, edition)",
    "report.heading()",
    "report.experiment('flexibility')",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("reports") / "scheme")


@pytest.fixture
def without_kernels(monkeypatch):
    """For what is not about how a report is made."""

    def make_files(task, fill):
        for format in task.formats:
            place = keeping.place_of(task.person_id, task.edition, format)
            keeping.keep(task.scheme / "data", place, b"a report")

    monkeypatch.setattr(making, "make_files", make_files)


def report(small, *arguments, jobs=1):
    command = ["report", "--scheme", str(small.scheme.folder), "--jobs", str(jobs), *arguments]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_a_whole_report_of_one_person_in_both_editions(small):
    small.save(small.mentor, "mindset", "does-this-fit", SECRET)
    small.save(small.mentor, "flexibility", "experiment-what", "Ask first", "coordinator")
    done = report(small, "--only", "MO@example.org")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.output.splitlines() == ["1 of 2 reports made", "2 of 2 reports made", "2 made."]
    formats = ["html"] if pdf.what_is_missing() else ["html", "pdf"]
    assert small.files() == [
        f"{edition}/{small.mentor.id}.{format}"
        for edition in ("personal", "shared")
        for format in formats
    ]
    personal, shared = (small.read(small.mentor, edition) for edition in ("personal", "shared"))
    assert check_page(personal) == check_page(shared) == ()
    assert SECRET in personal
    assert SECRET not in shared
    assert "Ask first" in shared
    assert "mo@example.org" not in personal + shared
    assert small.mentor.id not in personal + shared


def test_the_next_run_makes_only_what_is_missing(small):
    done = report(small, "--only", small.mentor.id)
    assert done.output == "Every report is there already, and up to date.\n"
    (small.scheme.data / f"reports/shared/{small.mentor.id}.html").unlink()
    done = report(small, "--only", small.mentor.id)
    assert done.output == "1 of 1 reports made\n1 made.\n"


def test_several_at_once_and_only_those_who_take_part(small):
    small.use_notebook(*SHORT)
    done = report(small, "--edition", "shared", "--format", "html", jobs=2)
    assert done.exit_code == 0
    assert done.output.splitlines()[-1] == "2 made."
    made = {one.split("/")[1] for one in small.files() if one.startswith("shared/")}
    assert made == {f"{one.id}.html" for one in (small.mentor, small.mentee)}


def test_one_failing_person_does_not_stop_the_rest(small):
    leak = f"if person == '{small.mentor.id}': raise ValueError(report.material.own)"
    small.use_notebook(*SHORT, leak)
    done = report(small, "--format", "html")
    assert done.exit_code == 1
    assert "2 made." in done.output
    assert "2 reports were not made; the next run tries again:" in done.stderr
    told = f"  Mo Mentor ({small.mentor.id}), personal: The cell “if person == "
    assert told in done.stderr
    assert "failed with a ValueError." in done.stderr
    assert SECRET not in done.output + done.stderr
    assert "<h1>Your reverse mentoring report</h1>" in small.read(small.mentee, "personal")
    # What Mo had before is still there.
    assert SECRET in small.read(small.mentor, "personal")


def test_a_page_that_would_load_something_is_given_to_nobody(small):
    picture = "from IPython.display import HTML\nHTML('<img alt=A src=https://a.example/a.png>')"
    small.use_notebook(*SHORT, picture)
    done = report(small, "--only", small.mentee.id, "--edition", "shared", "--format", "html")
    assert done.exit_code == 1
    assert "It loads something from elsewhere, in a <img>." in done.stderr


def test_the_filled_notebook_is_kept_only_when_asked_and_without_whose_it_is(small):
    small.use_notebook(*SHORT)
    assert not [one for one in small.files() if one.endswith("ipynb")]
    arguments = ("--only", small.mentor.id, "--edition", "personal", "--format", "html")
    assert report(small, *arguments, "--keep-notebooks").exit_code == 0
    kept = small.read(small.mentor, "personal", "ipynb")
    assert "Your reverse mentoring report" in kept
    assert small.mentor.id not in kept
    # So that it goes too when the person leaves.
    assert reports.newest(small.store, small.mentor.id, "personal", "ipynb")


def test_copies_for_the_coordinator_are_the_shared_editions_with_a_list(small, tmp_path):
    out = tmp_path / "out"
    done = report(small, "--only", small.mentor.id, "--format", "html", "--out", str(out))
    assert "who-is-who.csv says whose each is" in done.output
    assert "for nobody else" not in done.output
    found = sorted(str(one.relative_to(out)) for one in out.rglob("*.*"))
    assert found == [f"shared/{small.mentor.id}.html", "who-is-who.csv"]
    with (out / "who-is-who.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["file"], row["name"], row["edition"]) for row in rows] == [
        (f"shared/{small.mentor.id}.html", "Mo Mentor", "shared")
    ]


def test_personal_editions_are_copied_only_when_named_and_with_a_word_of_care(small, tmp_path):
    arguments = ("--only", small.mentor.id, "--format", "html", "--edition", "personal")
    done = report(small, *arguments, "--out", str(tmp_path))
    assert "for nobody else" in done.output
    assert (tmp_path / f"personal/{small.mentor.id}.html").is_file()
    assert not (tmp_path / "shared").exists()


@pytest.mark.parametrize("named", [True, False])
def test_without_pango_there_are_pages_only_and_a_sentence_says_what_to_install(
    small, monkeypatch, without_kernels, named
):
    monkeypatch.setattr(pdf, "what_is_missing", lambda: pdf.NO_PANGO)
    people.update(small.store, small.mentee.id, name=f"Lee {named}")
    formats = ("--format", "html,pdf") if named else ()
    done = report(small, "--only", small.mentee.id, "--edition", "shared", *formats)
    assert "libpango-1.0-0" in done.stderr
    assert done.exit_code == (1 if named else 0)
    assert [one for one in small.files() if small.mentee.id in one and "shared" in one] == [
        f"shared/{small.mentee.id}.html"
    ]


def test_a_coordinator_gets_a_report_when_named(small, without_kernels):
    done = report(small, "--only", small.coordinator.id, "--edition", "shared", "--format", "html")
    assert done.output.splitlines()[-1] == "1 made."


@pytest.mark.parametrize("unknown", ["nobody@example.org", "0123456789abcdef", "../etc", ""])
def test_somebody_who_is_not_here_is_told(small, unknown):
    done = report(small, "--only", unknown)
    assert done.exit_code == 1
    assert "Nobody here has the id or the e-mail address" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--format", "docx", "“docx” is none of html, pdf"),
        ("--format", ",", "Name one of html, pdf"),
        ("--edition", "public", "“public” is none of personal, shared"),
    ],
)
def test_a_format_or_edition_that_does_not_exist_is_told(small, option, value, said):
    done = report(small, option, value)
    assert done.exit_code == 2
    assert said in done.stderr
