"""What is needed is said once for pip and once for conda, and both say the same."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from checkout import ROOT
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.+!-]*")


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def needed(lists: list[str]) -> set[str]:
    """Everything that a list of requirements brings along, as it is installed here."""
    waiting, found = [Requirement(line) for line in lists], set()
    while waiting:
        one = waiting.pop()
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if (name, extras) in found:
            continue
        found.add((name, extras))
        for line in distribution(name).requires or []:
            below = Requirement(line)
            if below.marker is None or any(
                below.marker.evaluate({**default_environment(), "extra": extra})
                for extra in ("", *extras)
            ):
                waiting.append(below)
    return {name for name, _ in found}


def test_conda_and_pip_are_given_the_same_list():
    listed = YAML(typ="safe").load(ROOT / "environment.yml")["dependencies"]
    names = [line for line in listed if isinstance(line, str)]
    python, pip, *rest = names
    assert python == f"python{PROJECT['project']['requires-python']}"
    assert pip == "pip"
    assert rest == PROJECT["project"]["dependencies"]
    assert listed[-1] == {"pip": ["--editable .[test]"]}


def test_the_constraints_are_names_and_versions_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pinned if not PIN.fullmatch(line)] == []
    assert pinned == sorted(pinned, key=lambda line: line.split("==")[0].lower())
    assert len(pins()) == len(pinned)


def test_everything_that_is_needed_is_pinned():
    project = PROJECT["project"]
    lists = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert needed([*lists, *PROJECT["build-system"]["requires"]]) - set(pins()) == set()


def test_a_pin_is_in_the_range_that_is_allowed():
    project, known = PROJECT["project"], pins()
    lists = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    wanted = [Requirement(line) for line in lists]
    outside = [one for one in wanted if known[canonicalize_name(one.name)] not in one.specifier]
    assert outside == []


def test_what_the_tests_import_is_declared():
    """Only those that stand under a name of their own; the rest comes with what is declared."""
    declared = {
        canonicalize_name(Requirement(line).name)
        for line in PROJECT["project"]["optional-dependencies"]["test"]
    }
    text = "\n".join(file.read_text("utf-8") for file in Path(ROOT, "tests").rglob("*.py"))
    used = {"httpx", "jsonschema", "packaging", "playwright", "psutil", "pypdf", "websocket-client"}
    for name in used:
        module = {"websocket-client": "websocket"}.get(name, name)
        if re.search(rf"^\s*(import|from) {module}\b", text, re.MULTILINE):
            assert name in declared
