"""The two commands do what README says of them."""

import re
import shutil
import subprocess

import pytest
from checkout import ROOT
from click.testing import CliRunner

from viceversa.cli import main
from viceversa.cli.serve import personas
from viceversa.scheme import Scheme

LINE = re.compile(r"(mentor|mentee|trainer|coordinator) {2,}(\S.*?\S) {2,}(http://\S+/p/\S+)")


def planned(*words: str) -> str:
    """What make would do in a checkout where nothing has been installed."""
    if not shutil.which("make"):
        pytest.skip("there is no make here")
    command = ["make", "--dry-run", "--always-make", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_run_installs_makes_the_demo_and_its_reports_and_serves():
    steps = planned("run", "PORT=9000")
    wanted = ["setup.sh", "viceversa demo", "viceversa report", "viceversa serve", "--port 9000"]
    places = [steps.index(step) for step in wanted]
    assert places == sorted(places)


def test_make_test_installs_a_browser_and_runs_tests_and_notebooks():
    steps = planned("test", "ARGS=-x")
    wanted = ["setup.sh test", "find_browser.py", "pytest tests notebooks --nbval-lax", "-x"]
    places = [steps.index(step) for step in wanted]
    assert places == sorted(places)


def test_what_is_done_is_skipped(tmp_path):
    again = [CliRunner().invoke(main, ["demo", str(tmp_path / "demo")]) for _ in range(2)]
    assert [done.exit_code for done in again] == [0, 0]
    assert "already" not in again[0].output
    assert "already" in again[1].output


def test_every_persona_has_a_line_with_role_name_and_link(tmp_path):
    folder = tmp_path / "demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    lines = personas(Scheme.open(folder), "http://127.0.0.1:9000/")
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found)
    assert len(lines) > 20
    assert {line.split()[0] for line in lines} == {"mentor", "mentee", "trainer", "coordinator"}
    assert len({line.rsplit("/", 1)[1] for line in lines}) == len(lines)
