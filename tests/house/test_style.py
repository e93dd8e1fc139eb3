"""The code is formatted, linted, typed and cut into small modules."""

import os
import subprocess
import sys

import pytest
from checkout import ROOT, name_of, under

MOST_LINES = 400


def run(*words: str) -> subprocess.CompletedProcess[str]:
    # Without this, pyright would ask the network whether there is a newer one.
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False
    )


@pytest.mark.parametrize(
    "words",
    [
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("pyright", "--pythonpath", sys.executable),
    ],
    ids=["ruff check", "ruff format", "pyright"],
)
def test_the_code_is_clean(words):
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["src", "widgets", "tools"])
def test_every_module_is_short(folder):
    lines = {
        name_of(file): len(file.read_text("utf-8").splitlines())
        for file in under(folder, ".py", ".js", ".css", ".j2")
    }
    assert lines
    assert {name: many for name, many in lines.items() if many >= MOST_LINES} == {}
