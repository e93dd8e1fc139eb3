"""A new scheme folder, with words in it that say what goes where."""

import json
from pathlib import Path

from viceversa.errors import Trouble
from viceversa.scheme import FILE, Scheme

SETTINGS = """\
# The settings of this scheme. A line that starts with # is a note, or a setting that is off.
# After a change, "viceversa check" says whether all is well.

# What the scheme is called, and whose it is.
name: {name}
organisation: {organisation}

# Whom people ask when something is unclear: a name, an address, a telephone number.
# contact: "Scheme team, mentoring@example.org"

# The languages that people can choose from, the usual one first.
languages: [en]

# How often a pair means to meet, and for how many minutes.
cadence:
  meetings: 6
  minutes: 45

# For how many days a personal link opens the workbook, and a device stays signed in.
link-days: 30
session-days: 14

# How many pages can be open at once, and after how many quiet minutes one is put to rest.
most-pages: 60
rest-minutes: 60

# Figures about a group are shown only when they are about at least this many people (5 or more).
group-at-least: 5

# Where answers are kept. Without this line: in the folder data, beside this file.
# store: "postgresql+psycopg://user@host/database"
"""

WORKSHEETS = """\
Worksheets of your own
======================

A worksheet is one file here, such as our-values.yaml. One with the same name as one of ours
replaces ours. This is a whole one:

    title: Our values
    version: 1
    sections:
      - title: What matters here
        fields:
          - key: matters-most
            kind: short-text
            ask: What matters most to you at work?
            seen-by: only-me

"viceversa check" says what is wrong, in which line, and what to write instead.
"""

NOTEBOOKS = """\
Notebooks of your own
=====================

A notebook here with the same folder and name as one of ours, such as reflection/mindset.ipynb,
replaces ours. Copy one of ours to start from, change it in JupyterLab, and clear all outputs
before you save. "viceversa check" looks at these too.
"""

IGNORE = """\
# What people wrote is nobody's to pass on.
data/
.ipynb_checkpoints/
"""


def make_scheme(
    folder: Path | str, *, name: str | None = None, organisation: str | None = None
) -> Path:
    """Make a scheme folder and return it; `data` in it is for its owner alone.

    Raises `Trouble` when the folder has something in it, or cannot be made.
    """
    folder = Path(folder).resolve()
    try:
        _refuse_what_is_there(folder)
        _write(folder, name or _name_of(folder), organisation)
    except OSError as error:
        raise Trouble(f"{folder} could not be made: {error.strerror}.") from error
    return Scheme.open(folder).data.parent


def _refuse_what_is_there(folder: Path) -> None:
    if (folder / FILE).is_file():
        raise Trouble(f"{folder} is a scheme folder already. Nothing was changed.")
    if folder.exists() and not folder.is_dir():
        raise Trouble(f"{folder} is a file. Nothing was changed. Name a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise Trouble(
            f"{folder} has something in it already. Nothing was changed. Name a new folder."
        )


def _write(folder: Path, name: str, organisation: str | None) -> None:
    settings = SETTINGS.format(name=_quoted(name), organisation=_quoted(organisation or name))
    for file, text in {
        "content/en/worksheets/README.md": WORKSHEETS,
        "notebooks/README.md": NOTEBOOKS,
        ".gitignore": IGNORE,
        # Last, as it is what makes the folder a scheme.
        FILE: settings,
    }.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")


def _name_of(folder: Path) -> str:
    return folder.name.replace("-", " ").replace("_", " ").strip().capitalize() or "Our scheme"


def _quoted(text: str) -> str:
    # What JSON puts in quotes, YAML reads the same.
    return json.dumps(" ".join(text.split()) or "Our scheme", ensure_ascii=False)
