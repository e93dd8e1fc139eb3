"""The wheel holds everything, and works from another folder, without the checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from checkout import ROOT, under


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command with nothing in its surroundings that could lead to the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=kept,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    run(*build, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """An environment of its own with the wheel in it; its libraries are borrowed from ours."""
    environment = wheel.parent / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=wheel.parent)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=wheel.parent)
    site = Path(
        run(python, "-c", "import site; print(*site.getsitepackages())", cwd=wheel.parent).strip()
    )
    # A folder named in a .pth file is searched, but the .pth files in it are not: so the
    # libraries are found, and the checkout, which is linked by such a file, is not.
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "borrowed.pth").write_text("\n".join(sorted(libraries)) + "\n", "utf-8")
    return environment / "bin"


def test_the_wheel_holds_every_file_that_is_not_only_for_developers(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    endings = (".py", ".js", ".css", ".j2", ".html", ".yaml", ".json", ".csv", ".mako", ".ipynb")
    wanted = {file.relative_to(ROOT / "src").as_posix() for file in under("src", *endings)}
    wanted |= {file.relative_to(ROOT / "widgets").as_posix() for file in under("widgets", *endings)}
    for folder in ("content", "notebooks"):
        for file in under(folder, *endings):
            wanted.add(f"viceversa/shipped/{file.relative_to(ROOT).as_posix()}")
    assert len(wanted) > 100
    assert wanted - held == set()
    assert [name for name in held if name.startswith(("tests", "var", "docs"))] == []


def test_the_checkout_is_out_of_sight(installed, tmp_path):
    asked = "import viceversa, viceversa_widgets as w; print(viceversa.__file__, w.__file__)"
    for place in run(installed / "python", "-c", asked, cwd=tmp_path).split():
        assert Path(place).is_relative_to(installed.parent)


def test_an_installed_viceversa_makes_a_scheme_and_a_report_anywhere(installed, tmp_path):
    viceversa = installed / "viceversa"
    assert "0.1.0" in run(viceversa, "--version", cwd=tmp_path)
    assert "No fault" in run(viceversa, "check", cwd=tmp_path)
    assert "pairs are in try-it" in run(viceversa, "demo", "try-it", cwd=tmp_path)
    assert "No fault" in run(viceversa, "check", "try-it", cwd=tmp_path)
    asked = ("--only", "priya.nair@example.org", "--format", "html", "--edition", "personal")
    run(viceversa, "report", "--scheme", "try-it", *asked, cwd=tmp_path)
    made = list((tmp_path / "try-it" / "data" / "reports" / "personal").glob("*.html"))
    assert len(made) == 1
    assert "Priya Nair" in made[0].read_text("utf-8")
