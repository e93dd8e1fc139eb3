"""A YAML file with the line of each key, for saying where a fault is."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from viceversa.content.faults import Fault
from viceversa.content.files import loader

Steps = tuple[str | int, ...]

HINTS = {
    "mapping values are not allowed": (
        "Put quotes around text that has a colon and a space in it, or set the line in as far as "
        "the ones above."
    ),
    "found character '\\t'": "Use spaces at the start of a line, not tabs.",
    "could not find expected ':'": "Write a colon and a space after the key.",
    "expected <block end>": "Set the line in exactly as far as the lines it belongs to.",
    "found unexpected end of stream": "Close the quotes.",
    "found undefined alias": "Put quotes around text that starts with *.",
    "expected alphabetic or numeric": "Put quotes around text that starts with * or &.",
    "cannot start any token": "Put quotes around text that starts with @, ` or %.",
}


@dataclass
class Marked:
    """A file's plain values, the line of each path in it, and keys that are there twice."""

    file: Path
    data: Any = None
    lines: dict[Steps, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Steps) -> int:
        """Give the line of a path, or of the nearest part around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Steps, wrong: str, instead: str = "") -> Fault:
        """Make a fault of what stands at a path."""
        keys = [step for step in path if isinstance(step, str)]
        return Fault(self.file, self.line(path), keys[-1] if keys else "", wrong, instead)


def read_marked(file: Path) -> Marked:
    """Read a file with its lines; what cannot be read is in `.faults`, and `.data` is None."""
    marked = Marked(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        _walk(loader().compose(text), (), marked)
        yaml = loader()
        yaml.allow_duplicate_keys = True
        marked.data = yaml.load(text)
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        wrong = "There is a character here that is not UTF-8."
        marked.faults.append(Fault(file, line, "", wrong, "Save the file as UTF-8."))
    except OSError as error:
        wrong = f"The file cannot be opened ({error.strerror})."
        marked.faults.append(Fault(file, 1, "", wrong, "See who may read it."))
    except YAMLError as error:
        marked.faults.append(_unreadable(file, error))
    else:
        if marked.data is None:
            wrong = "There is nothing in this file."
            marked.faults.append(Fault(file, 1, "", wrong, "Fill it in, or delete it."))
    return marked


def _walk(node: Node | None, path: Steps, marked: Marked) -> None:
    if isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            _mark(item, item, (*path, number), marked)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in marked.lines:
                wrong = f"“{key.value}” is already there, in line {marked.lines[inner]}."
                line = key.start_mark.line + 1
                fault = Fault(marked.file, line, str(key.value), wrong, "Keep one of the two.")
                marked.faults.append(fault)
            else:
                _mark(key, value, inner, marked)


def _mark(start: Node, node: Node, path: Steps, marked: Marked) -> None:
    marked.lines[path] = start.start_mark.line + 1
    _walk(node, path, marked)


def _unreadable(file: Path, error: YAMLError) -> Fault:
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Fault(file, 1, "", f"This is not YAML: {error}", "")
    problem = str(error.problem)
    hint = next((said for sign, said in HINTS.items() if sign in problem), "")
    about = hint or "Compare the line, and the one above it, with a worksheet that works."
    return Fault(file, error.problem_mark.line + 1, "", f"This cannot be read ({problem}).", about)
