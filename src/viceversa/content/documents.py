"""Content files with a name and a stamp: worksheets, modules, scenarios and running orders.

A document's file name is its slug, and its stamp is that of its exact text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from viceversa.content import module_rules, rules
from viceversa.content.files import BadFile, fingerprint, read_yaml
from viceversa.content.modules import Module, ModuleSheet
from viceversa.content.names import Model
from viceversa.content.rules import Broken
from viceversa.content.scenarios import ScenarioFile, ScenarioSheet
from viceversa.content.sessions import OrderSheet, RunningOrder
from viceversa.content.text import fill_all
from viceversa.content.worksheets import Sheet, Worksheet


@dataclass(frozen=True)
class Document:
    """One sort of content file: what it is called, where it lies, its shape and its rules."""

    name: str
    folder: str
    written: type[Model]
    read_as: type[Any]
    broken: Callable[[Any], list[Broken]]

    @cached_property
    def shape(self) -> TypeAdapter[Any]:
        """What a file of this sort must look like."""
        return TypeAdapter(self.written)


def _broken_in_worksheet(data: Any) -> list[Broken]:
    return [*rules.broken(data), *module_rules.exercises(data)]


WORKSHEETS = Document("worksheet", "worksheets", Sheet, Worksheet, _broken_in_worksheet)
MODULES = Document("module", "modules", ModuleSheet, Module, module_rules.broken_in_module)
SCENARIOS = Document(
    "scenario", "scenarios", ScenarioSheet, ScenarioFile, module_rules.broken_in_scenario
)
SESSIONS = Document("session", "sessions", OrderSheet, RunningOrder, module_rules.broken_in_session)
DOCUMENTS = (WORKSHEETS, MODULES, SCENARIOS, SESSIONS)


def read_document(
    document: Document, path: Path, same: Mapping[str, str] = MappingProxyType({})
) -> Any:
    """Read a content file, with `same` filled into the `{placeholders}` of its texts.

    Raises `BadFile`, which names every fault in it.
    """
    return _read(document, path, fingerprint(path), tuple(same.items()))


def read_worksheet(path: Path) -> Worksheet:
    """Read a worksheet's file."""
    return read_document(WORKSHEETS, path)


@lru_cache(maxsize=512)
def _read(document: Document, path: Path, mark: str, same: tuple[tuple[str, str], ...]) -> Any:
    data = fill_all(read_yaml(path), dict(same))
    try:
        found = document.read_as.model_validate({**data, "slug": path.stem}, by_name=False)
    except (ValidationError, TypeError) as error:
        raise _bad(document, path) from error
    if document.broken(data):
        raise _bad(document, path)
    return found.model_copy(update={"stamp": f"{found.version}-{mark[:8]}"})


def _bad(document: Document, path: Path) -> BadFile:
    # Here, because only a file with a fault needs it.
    from viceversa.content.check import faults_in_document

    return BadFile("\n".join(str(fault) for fault in faults_in_document(document, path)))
