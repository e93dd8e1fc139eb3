"""One notebook for one person: what its kernel is given, and what is told when it fails."""

import json
import sys

import pytest

from report_people import Small
from viceversa.reports.batch import find_notebook
from viceversa.reports.filling import NotMade, fill, nameless
from viceversa.scheme import Scheme

LOOK_ROUND = """
import json, os, sys
from IPython import get_ipython
print(json.dumps({
    "person": person, "edition": edition, "python": sys.executable,
    "environment": dict(os.environ), "history": get_ipython().history_manager.enabled,
}))
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("filling") / "scheme")


def filled(small, person_id="id-of-somebody"):
    notebook = find_notebook(small.scheme)
    return fill(notebook, person_id, "shared", small.scheme.folder)


def test_a_kernel_is_given_the_id_the_edition_and_the_scheme_and_no_secret(
    small, tmp_path, monkeypatch
):
    spec = {"argv": ["/bin/false"], "language": "python", "display_name": "Another Python"}
    others = tmp_path / "kernels" / "python3"
    others.mkdir(parents=True)
    (others / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("DATABASE_PASSWORD", "do-not-tell")
    monkeypatch.setenv("VICEVERSA_PERSON", "somebody-else")
    small.use_notebook(LOOK_ROUND)
    made = filled(small)
    seen = json.loads(made.cells[-1].outputs[0].text)
    environment = seen["environment"]
    assert (seen["person"], seen["edition"]) == ("id-of-somebody", "shared")
    assert seen["python"] == sys.executable
    assert environment["VICEVERSA_SCHEME"] == str(small.scheme.folder)
    assert not {"DATABASE_PASSWORD", "VICEVERSA_PERSON", "JUPYTER_PATH"} & set(environment)
    assert not environment["IPYTHONDIR"].startswith(str(small.scheme.folder))
    assert not seen["history"]
    # What is kept of it, if anything, does not say whose it is.
    assert "id-of-somebody" in json.dumps(made)
    again = nameless(made)
    del again.cells[-1]
    assert "id-of-somebody" not in json.dumps(again)


def test_an_error_is_told_with_its_cell_and_without_its_words(small):
    small.use_notebook('words = "nobody may read this"', "\nraise ValueError(words)")
    with pytest.raises(NotMade) as told:
        filled(small)
    assert str(told.value) == (
        "The cell “raise ValueError(words)” of its notebook failed with a ValueError."
    )
    assert told.value.__cause__ is None


def test_a_worksheet_that_is_not_there_is_told_with_those_that_are(small):
    small.use_notebook(
        "from viceversa import reports\nreport = reports.open('', edition)",
        "report.timeline('flexibilty')",
    )
    with pytest.raises(NotMade, match="Did you mean “flexibility”"):
        filled(small)


def test_a_kernel_that_ends_by_itself_is_told(small):
    small.use_notebook("import os; os._exit(1)")
    with pytest.raises(NotMade, match="Its kernel ended"):
        filled(small)


def test_the_schemes_own_notebook_wins_over_ours(small):
    assert find_notebook(small.scheme).is_relative_to(small.scheme.folder)
    find_notebook(small.scheme).unlink()
    ours = find_notebook(Scheme.open(small.scheme.folder))
    assert ours.match("notebooks/reports/participant.ipynb")
    assert not ours.is_relative_to(small.scheme.folder)
