"""What a forked child does to become the kernel of one page, which speaks with its server alone.

A notebook's page needs little of a kernel: run the cells once, then carry what its widgets say. So
ipykernel's kernel is made once in the parent, and its session here writes to one line in place of
zmq's sockets and threads. The server runs no cell: the whole notebook is sent to the child, and
each cell's outputs come back as soon as they are there.

Written against ipykernel 7.4 and IPython 9; tests/forking/test_page_kernels.py notices changes.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import io
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ipywidgets
from ipykernel.ipkernel import IPythonKernel
from IPython.core.profiledir import ProfileDir
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session, new_id
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from viceversa.forking import line
from viceversa.forking.line import Line
from viceversa.forking.outputs import SHOWN, Outputs

# Nothing that is run is remembered; and an error shows as one, also inside of a template, where
# IPython's longer way of telling it fails.
SETTINGS = Config(
    HistoryManager=Config(enabled=False), InteractiveShell=Config(xmode="Minimal", colors="nocolor")
)
# What a page may ask of its kernel; the server lets nothing else pass either.
SELDOM = (10_000, 10, 100)
ANSWERED = ("comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request")


class LineSession(Session):
    """A session that writes to one line; silent until there is one."""

    line: Line | None = AnyTrait(None, allow_none=True)  # type: ignore[assignment]
    outputs: Outputs | None = AnyTrait(None, allow_none=True)  # type: ignore[assignment]

    def send(  # type: ignore[override]
        self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **more: Any
    ) -> None:
        """Keep what a running cell shows; tell the page everything else, once it can listen."""
        kind = msg_or_type if isinstance(msg_or_type, str) else msg_or_type["header"]["msg_type"]
        if self.outputs is not None:
            # The page asks for the state of all widgets when it is there: until then nobody hears.
            if kind in SHOWN:
                shown = content if isinstance(msg_or_type, str) else msg_or_type["content"]
                self.outputs.take(kind, shown)
        elif self.line is not None:
            self._tell(self.line, msg_or_type, content, *args, **more)

    def _tell(
        self,
        to: Line,
        msg_or_type: Any,
        content: Any,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> None:
        message = msg_or_type
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent, header, metadata)
        kind = message["header"]["msg_type"]
        told = {
            "channel": "shell" if kind.endswith("_reply") else "iopub",
            "header": message["header"],
            "msg_id": message["header"]["msg_id"],
            "msg_type": kind,
            "parent_header": message["parent_header"],
            "metadata": message["metadata"],
            "content": message["content"],
        }
        if buffers:
            to.send(line.BINARY, *binary(told, buffers))
        else:
            to.send(line.TEXT, as_json({**told, "buffers": []}))


def as_json(message: Any) -> bytes:
    return json.dumps(message, default=json_default, ensure_ascii=False).encode(errors="replace")


def binary(message: dict[str, Any], buffers: list[Any]) -> list[bytes]:
    """Return a message with buffers in the parts that Jupyter's websocket messages have."""
    parts = [as_json(message), *(bytes(memoryview(buffer).cast("B")) for buffer in buffers)]
    places = [4 * (len(parts) + 1)]
    for part in parts[:-1]:
        places.append(places[-1] + len(part))
    return [b"".join(n.to_bytes(4, "big") for n in (len(parts), *places)), *parts]


class Stream(io.TextIOBase):
    """Standard output or error, as messages; what is written is sent at the next flush."""

    def __init__(self, session: LineSession, name: str):
        self.name = name
        self._session = session
        self._written: list[str] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._written.append(text)
        return len(text)

    def flush(self) -> None:
        if self._written:
            written, self._written = self._written, []
            self._session.send(None, "stream", {"name": self.name, "text": "".join(written)})


class NoFolder(ProfileDir):
    """A profile that is nowhere: nothing is read from it, and nothing written."""

    def _location_changed(self, change: Any) -> None:
        """Make no folder."""


class NoDebugger:
    """Nobody debugs a page."""

    def __init__(self, *_: Any):
        pass


class PageKernel(IPythonKernel):
    """A kernel that runs a notebook once, and then answers its page."""

    debugger_class = Type(NoDebugger)

    async def run_notebook(self, cells: list[tuple[str, bool]], to: Line) -> None:
        """Run cells in order and send what each shows; the first that fails, and may not, is last.

        A cell is its source, and whether it may fail.
        """
        for source, may_fail in cells:
            outputs = await self.run_cell(source)
            failed = outputs.failed and not may_fail
            to.send(line.CELL, as_json({"outputs": outputs.shown, "failed": failed}))
            if failed:
                return

    async def run_cell(self, source: str) -> Outputs:
        """Run a cell as a kernel does, and return what it shows."""
        shell: Any = self.shell
        outputs = self.session.outputs = Outputs()  # type: ignore[union-attr]
        result: Any = None
        fault = None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            transformed, fault = source, sys.exc_info()
        try:
            result = await shell.run_cell_async(
                source,
                store_history=False,
                transformed_cell=transformed,
                preprocessing_exc_tuple=fault,
            )
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
            flush()
            self.session.outputs = None  # type: ignore[union-attr]
        if not result.success:
            outputs.fail(result.error_before_exec or result.error_in_exec)
        return outputs

    def rehearse(self, notebooks: Iterable[list[tuple[str, bool]]]) -> None:
        """Run notebooks for nobody, so that every fork has run all that code before."""
        session: Any = self.session
        session.line = Deaf()
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream(session, "stdout"), Stream(session, "stderr")
        for cells in notebooks:
            asyncio.run(self._rehearse(cells, session.line))
            ipywidgets.Widget.close_all()
        self.shell.reset(new_session=True)  # type: ignore[union-attr]
        sys.stdout, sys.stderr = streams
        session.line = None

    async def _rehearse(self, cells: list[tuple[str, bool]], to: Line) -> None:
        await self.run_notebook(cells, to)
        opened = {"comm_id": "", "target_name": "jupyter.widget.control", "data": {}}
        asked = {"comm_id": "", "data": {"method": "request_states"}}
        for kind, content in (("comm_open", opened), ("comm_msg", asked), ("comm_close", opened)):
            header = {"msg_id": "", "msg_type": kind}
            version = {"version": "1.0.0"}
            await self.answer({"header": header, "content": content, "metadata": version})

    async def answer(self, message: dict[str, Any]) -> None:
        """Do what the page asks."""
        handler = self.shell_handlers.get(message["header"]["msg_type"])
        if handler is None or message["header"]["msg_type"] not in ANSWERED:
            return
        message.setdefault("buffers", [])
        self.set_parent([], message)
        try:
            done = handler(None, [], message)
            if inspect.isawaitable(done):
                await done
        except Exception:
            self.log.exception("A message from the page was not understood.")
        flush()


class Deaf(Line):
    """A line to nobody."""

    def __init__(self) -> None:
        pass

    def send(self, kind: bytes, *parts: bytes) -> None:
        pass


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def make() -> PageKernel:
    """Make the kernel; done in the parent, so that every child has it."""
    if not PageKernel.initialized():
        kernel = PageKernel.instance(
            config=SETTINGS,
            session=LineSession(),
            profile_dir=NoFolder(location=os.devnull),
            log=logging.getLogger("viceversa.page"),
        )
        # Done when ipywidgets is imported into a kernel; here it was imported before there was one.
        ipywidgets.register_comm_target(kernel)
    return PageKernel.instance()  # type: ignore[return-value]


def run(request: dict[str, Any]) -> None:
    """Be a page's kernel until the line is closed; the line is this process's standard input."""
    end = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    call_oneself(request["argv"][0])
    kernel = make()
    session: Any = kernel.session
    session.session = new_id()
    session.line = Line(end)
    sys.stdout, sys.stderr = Stream(session, "stdout"), Stream(session, "stderr")
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    if "" not in sys.path:
        sys.path.insert(0, "")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Looking for garbage writes to pages of memory that are still shared with the parent; a page
    # makes little of it, and all of that after it is there.
    gc.disable()
    try:
        asyncio.run(serve(kernel, session.line))
    finally:
        # Nobody hears any more what goes over the line.
        sys.stdout, sys.stderr, session.line = sys.__stdout__, sys.__stderr__, None


async def serve(kernel: PageKernel, to: Line) -> None:
    """Do what comes over the line, one after the other."""
    while come := await to.receive():
        for kind, whole in come:
            if kind == line.NOTEBOOK:
                await kernel.run_notebook(json.loads(whole), to)
                gc.freeze()
                gc.set_threshold(*SELDOM)
                gc.enable()
            elif kind == line.MESSAGE:
                await kernel.answer(json.loads(whole))


def call_oneself(name: str) -> None:
    """Bear a name of one's own among the processes of the machine: fifteen letters of it."""
    Path("/proc/self/comm").write_text(name[:15], "ascii")
