"""Cells that run in the process that asks show, fail and stop as in a kernel."""

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from viceversa.forking import engine


@pytest.fixture
def run(tmp_path):
    engine.register()

    def run(*sources, **parameters):
        kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(metadata={"kernelspec": kernelspec})
        notebook.cells = [new_markdown_cell("# A title"), *map(new_code_cell, sources)]
        nbformat.write(notebook, tmp_path / "notebook.ipynb")
        done = papermill.execute_notebook(
            str(tmp_path / "notebook.ipynb"),
            None,
            parameters,
            engine_name=engine.NAME,
            progress_bar=False,
            cwd=tmp_path,
        )
        return [cell.outputs for cell in done.cells if cell.cell_type == "code"]

    return run


def test_what_a_cell_prints_and_displays_is_kept_in_its_kinds(run):
    first, second = run(
        "import sys; print('said'); print('wrong', file=sys.stderr)",
        "from IPython.display import HTML, display; display(HTML('<p>shown</p>')); 6 * 7",
    )
    assert [(one.name, one.text) for one in first] == [("stdout", "said\n"), ("stderr", "wrong\n")]
    assert [one.output_type for one in second] == ["display_data", "display_data"]
    assert second[0].data["text/html"] == "<p>shown</p>"
    assert second[1].data["text/plain"] == "42"


def test_parameters_reach_the_notebook(run):
    assert run("print(told)", told="yes")[-1][0].text == "yes\n"


def test_a_notebook_works_in_its_folder_and_finds_modules_beside_it(run, tmp_path):
    (tmp_path / "beside.py").write_text("word = 'found'")
    assert run("import os, beside; print(beside.word, os.getcwd())")[0][0].text == (
        f"found {tmp_path}\n"
    )


def test_a_cell_that_fails_stops_the_notebook_and_says_which(run):
    with pytest.raises(PapermillExecutionError) as failed:
        run("kept = 1", "1 / 0", "print('never')")
    assert failed.value.ename == "ZeroDivisionError"
    assert failed.value.source == "1 / 0"


def test_a_cell_that_cannot_be_parsed_stops_it_too(run):
    with pytest.raises(PapermillExecutionError) as failed:
        run("this is no Python")
    assert failed.value.ename == "SyntaxError"


def test_nothing_of_one_notebook_is_there_in_the_next(run):
    run("left_behind = 1")
    assert run("print('left_behind' in globals())")[0][0].text == "False\n"
