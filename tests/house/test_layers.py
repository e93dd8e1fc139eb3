"""Imports run one way: notebooks, then viceversa, then viceversa_widgets."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT, name_of, under

# What must not be imported, by who may not import it. A name stands for all that is below it.
JUPYTER = {"IPython", "anywidget", "ipykernel", "ipywidgets", "jupyter_client", "jupyter_server"}
UPPER = {"nbconvert", "papermill", "voila"}
STORE = {"sqlalchemy", "alembic", "viceversa.store"}
PURE = JUPYTER | UPPER | STORE | {"viceversa_widgets"}
FORBIDDEN = {
    "widgets/viceversa_widgets": {"viceversa", "sqlalchemy", *UPPER},
    "src/viceversa/content": PURE,
    "src/viceversa/scoring.py": PURE,
    "src/viceversa/access.py": PURE,
    "src/viceversa/store": JUPYTER | UPPER | {"viceversa_widgets", "viceversa.server"},
}
# Nothing but what a person asked for should be slow to start.
MODULES = ["viceversa.content", "viceversa.content.check", "viceversa.scoring", "viceversa.access"]


def modules(place: str) -> list[Path]:
    return [ROOT / place] if place.endswith(".py") else under(place, ".py")


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def is_below(name: str, top: str) -> bool:
    return name == top or name.startswith(f"{top}.")


@pytest.mark.parametrize("place", FORBIDDEN)
def test_a_layer_imports_nothing_above_it(place):
    files = modules(place)
    assert files
    wrong = {
        f"{name_of(file)} imports {name}"
        for file in files
        for name in imported(file)
        for top in FORBIDDEN[place]
        if is_below(name, top)
    }
    assert wrong == set()


@pytest.mark.parametrize("module", MODULES)
def test_the_pure_parts_load_without_jupyter_and_without_the_store(module):
    asked = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = done.stdout.split()
    assert module in loaded
    assert [name for name in loaded if any(is_below(name, top) for top in PURE)] == []


def test_the_widgets_load_without_viceversa():
    asked = "import sys, viceversa_widgets; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = done.stdout.split()
    assert "viceversa_widgets.sheet.widget" in loaded
    assert [name for name in loaded if is_below(name, "viceversa")] == []
