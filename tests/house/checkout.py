"""The checkout as the house rules see it."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSED_OVER = {".git", ".venv", "var", "build", "dist", "node_modules", "__pycache__"}
PICTURES = {".png", ".ico", ".woff2", ".pdf"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project: what git knows or would add, else what lies here."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = (ROOT / name for name in listed.stdout.split("\0") if name)
    else:
        found = (file for file in ROOT.rglob("*") if not PASSED_OVER & set(file.parts))
    return tuple(sorted(file for file in found if file.is_file()))


def under(folder: str, *endings: str) -> list[Path]:
    """The project's files in a folder, with one of these endings."""
    return [file for file in files() if (ROOT / folder) in file.parents and file.suffix in endings]


def texts() -> list[tuple[Path, str]]:
    """Every file of the project that is text, with its text."""
    return [(file, file.read_text("utf-8")) for file in files() if file.suffix not in PICTURES]


def name_of(file: Path) -> str:
    """A file's name as one types it, standing in the checkout."""
    return file.relative_to(ROOT).as_posix()
