"""Notebooks are thin: cells that call the library, and nothing that running them left behind."""

import json
import re

import pytest
from checkout import name_of, under

NOTEBOOKS = under("notebooks", ".ipynb")
DEFINES = re.compile(r"^\s*(async\s+def|def|class|lambda)\b", re.MULTILINE)
SQL = re.compile(r"\b(select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from)\b", re.I | re.S)
LAYOUT = re.compile(r"%%(html|javascript|bash)|<style|<div|\.layout\b")
PATH = re.compile(r"""["'(=\s](/[a-z]+/|~/|[A-Za-z]:\\)|https?://(localhost|127\.)""")


@pytest.fixture(params=NOTEBOOKS, ids=name_of)
def notebook(request):
    return json.loads(request.param.read_text("utf-8"))


def code(notebook) -> str:
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    return "\n".join("".join(cell["source"]) for cell in cells)


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 7


def test_a_notebook_holds_nothing_that_running_it_left(notebook):
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert "widgets" not in notebook["metadata"]


def test_a_notebook_asks_for_the_kernel_that_everybody_has(notebook):
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


@pytest.mark.parametrize("what", [DEFINES, SQL, LAYOUT, PATH], ids=["def", "SQL", "layout", "path"])
def test_a_notebook_leaves_it_to_the_library(notebook, what):
    assert what.search(code(notebook)) is None


def test_the_checks_above_see_what_they_look_for():
    assert DEFINES.search("x = 1\n  def y(): ...")
    assert SQL.search("SELECT name\nFROM people")
    assert LAYOUT.search("HTML('<div>')")
    assert PATH.search('open("/data/x")')
