"""What the texts say of the commands is so, and they say something of every command."""

import re
import shlex

import click
import pytest
from checkout import ROOT, name_of, under
from click.testing import CliRunner

from viceversa.cli import main

TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *under("docs", ".md")]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = {"", "sh", "bash", "console", "ini"}
CALL = re.compile(r"(?:^|[\s/])viceversa ((?!\{)[a-z].*)$")


def shell_lines(text: str) -> list[str]:
    """The lines of the blocks that one types, each with its continuation lines."""
    blocks = (body for kind, body in BLOCK.findall(text) if kind in SHELL)
    return [line for body in blocks for line in body.replace("\\\n", " ").splitlines()]


def calls() -> list[tuple[str, str]]:
    return [
        (name_of(file), found[1])
        for file in TEXTS
        for line in shell_lines(file.read_text("utf-8"))
        if (found := CALL.search(line))
    ]


def commands(group: click.Group, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command by the words that one types for it."""
    found = []
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, click.Group):
                found += commands(command, (*above, name))
            elif command and not command.hidden:
                found.append((*above, name))
    return found


COMMANDS = commands(main)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_is_told_of_in_the_texts(words):
    done = CliRunner().invoke(main, [*words, "--help"])
    assert done.exit_code == 0
    told = "\n".join(file.read_text("utf-8") for file in TEXTS)
    assert re.search(rf"viceversa {' '.join(words)}\b", told)


def test_the_texts_hold_commands():
    assert len(calls()) > 10


@pytest.mark.parametrize(("file", "line"), calls())
def test_a_command_in_a_text_exists_with_its_options(file, line):
    typed = shlex.split(line, comments=True)
    command = next((words for words in COMMANDS if typed[: len(words)] == list(words)), None)
    assert command, f"{file}: viceversa {line}"
    help_text = CliRunner().invoke(main, [*command, "--help"]).output
    options = [word.split("=")[0] for word in typed if word.startswith("--")]
    assert [option for option in options if f"{option} " not in f"{help_text} "] == []
