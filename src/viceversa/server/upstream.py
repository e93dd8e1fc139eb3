"""What upstream does anew for every visit, done once.

Written against voila 0.5.13, nbconvert 7.17 and jupyter_server 2.21. This is the one place where
names inside other packages are replaced; tests/server/test_upstream.py fails when they move.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import voila.handler
import voila.notebook_renderer
from jinja2 import BytecodeCache, Environment, pass_context
from jinja2.bccache import Bucket
from jupyter_events import EventLogger
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default
from voila.exporter import VoilaExporter


class InMemory(BytecodeCache):
    """Templates stay compiled from one visit to the next; a changed template is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = InMemory()


_words: dict[str, str] = {}
MOST_WORDS = 2_000


class Exporter(VoilaExporter):
    """Voila's exporter; it compiled every template for every visit, half of a visit's cost."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Make HTML of words once: they are a notebook's own, and the same for everybody."""
        if context["cell"].get("attachments"):
            return super().markdown2html(context, source)
        if source not in _words:
            if len(_words) > MOST_WORDS:
                _words.clear()
            _words[source] = super().markdown2html(context, source)
        return _words[source]

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.bytecode_cache = COMPILED
        return environment


class OneKernel(ServerKernelManager):
    """A kernel's manager; every one registered the same event schemas, a sixth of the cost."""

    @default("event_logger")
    def _default_event_logger(self) -> EventLogger:
        return _event_logger()


@cache
def _event_logger() -> EventLogger:
    logger = EventLogger()
    for schema in OneKernel().core_event_schema_paths:
        logger.register_event_schema(schema)
    return logger


def replace() -> None:
    """Put these in upstream's place; to do so twice does no harm."""
    # Looked up by name in these modules for each page.
    voila.notebook_renderer.VoilaExporter = Exporter
    # It walks all extension folders, for what only the stock page reads.
    voila.handler.get_page_config = lambda **_: {}
