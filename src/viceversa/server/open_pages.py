"""The server's end of each page's kernel: its process, its line, and the browsers that listen.

Forked kernels of our own pages have no zmq sockets: what a browser and its kernel say to each other
passes through here, checked on the way in and as it is on the way out. Whose page it is, is decided
before anything gets here: by `identity.OwnersOnly`, as for every kernel.

Written against jupyter_server 2.21 (`PageConnection` is what it calls a kernel websocket
connection); tests/server/test_open_pages.py notices when that changes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from jupyter_client.session import utcnow
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from viceversa.forking import Nursery, line

RUN = "viceversa.forking.page:run"
PATIENCE = 5.0  # seconds for a kernel to end by itself
MOST_WAITING = 1 << 23  # bytes that a kernel may be behind in listening
LAST_WORDS = {"execution_state": "dead"}
ACTIVITY = {"comm_open", "comm_msg", "comm_close"}
# Everything that may pass to a kernel; nothing of it runs code.
ASKED = ACTIVITY | {"comm_info_request", "kernel_info_request"}

log = logging.getLogger("viceversa")


class OpenPage(asyncio.Protocol):
    """One page's kernel. In upstream's list of kernels it stands where a kernel manager does."""

    kernel_name = "python3"

    def __init__(self, name: str, nursery: Nursery, on_end: Callable[[str], None]):
        self.name = name
        self._nursery = nursery
        self.cells: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.listeners: set[PageConnection] = set()
        self.last_activity: datetime = utcnow()
        self._on_end = on_end
        self._held = bytearray()
        self._transport: asyncio.Transport | None = None

    def fork(self, *, env: Mapping[str, str], cwd: str | None, output: int | None) -> socket.socket:
        """Fork the kernel and return our end of its line; raises OSError when none can be had."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self.process = self._nursery.fork(
                    RUN,
                    [f"page-{self.name}"],
                    env=env,
                    cwd=cwd,
                    stdin=theirs.fileno(),
                    stdout=output,
                    stderr=output,
                )
        except OSError:
            ours.close()
            raise
        return ours

    async def listen(self, end: socket.socket) -> None:
        """Hear what the kernel says from now on."""
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=end)

    def run(self, sources: Sequence[tuple[str, bool]]) -> None:
        """Have cells run, each with whether it may fail; what they show comes to `cells`."""
        self._send(line.NOTEBOOK, json.dumps(sources).encode())

    def ask(self, message: bytes, kind: str) -> None:
        """Pass on a message that has been checked."""
        if kind in ACTIVITY:
            self.last_activity = utcnow()
        self._send(line.MESSAGE, message)

    async def end(self) -> None:
        """End the kernel; it does first what it was asked, but is killed if that takes long."""
        if self._transport:
            self._transport.close()
        if self.process.poll() is not None:
            return
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.process.fileno(), ended.set)
        try:
            async with asyncio.timeout(PATIENCE):
                await ended.wait()
        except TimeoutError:
            self.process.kill()
        finally:
            loop.remove_reader(self.process.fileno())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Hand on what the kernel says."""
        self._held += data
        for kind, whole in line.frames(self._held):
            if kind == line.CELL:
                self.cells.put_nowait(json.loads(whole))
            else:
                self._tell(whole, kind == line.BINARY)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell everybody who listens that the kernel is gone."""
        self._transport = None
        self.cells.put_nowait(None)
        header = {
            "msg_type": "status",
            "msg_id": "",
            "session": "",
            "username": "",
            "version": "5.3",
        }
        last = {"channel": "iopub", "header": header, "parent_header": {}, "metadata": {}}
        self._tell(json.dumps({**last, "content": LAST_WORDS, "buffers": []}).encode(), False)
        self._on_end(self.name)

    def lonely_for(self) -> float:
        """Return for how many seconds no browser has been listening."""
        return 0.0 if self.listeners else self.idle_for()

    def idle_for(self) -> float:
        """Return for how many seconds nobody has done anything on this page."""
        return (utcnow() - self.last_activity).total_seconds()

    def _tell(self, message: bytes, binary: bool) -> None:
        for listener in list(self.listeners):
            listener.tell(message, binary)

    def _send(self, kind: bytes, whole: bytes) -> None:
        if self._transport is None:
            return
        if self._transport.get_write_buffer_size() > MOST_WAITING:
            log.error("A page's kernel does not listen any more: it is ended.")
            self.process.kill()
        self._transport.write(line.frame(kind, whole))


class PageConnection:
    """A browser's websocket to its page's kernel, in the place of upstream's to zmq's sockets."""

    kernel_ws_protocol = ""  # Jupyter's plain one: each message a JSON text

    def __init__(self, parent: OpenPage, websocket_handler: WebSocketHandler, config: Any = None):
        self.page = parent
        self.websocket_handler = websocket_handler
        self.session = SimpleNamespace(session="")

    async def connect(self) -> None:
        self.page.listeners.add(self)

    def disconnect(self) -> None:
        self.page.listeners.discard(self)

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass on what a page may ask; anything else is left out."""
        if kind := kind_of(incoming_msg):
            assert isinstance(incoming_msg, str)
            self.page.ask(incoming_msg.encode("utf-8", "replace"), kind)
        else:
            log.warning("A message from a page was left out: it is none that a page may send.")

    def tell(self, message: bytes, binary: bool) -> None:
        try:
            # Past Voila's own, which reads each message to leave out what is never sent here.
            WebSocketHandler.write_message(self.websocket_handler, message, binary)
        except WebSocketClosedError:
            self.disconnect()


def kind_of(text: str | bytes) -> str | None:
    """Return what a message asks for, None for one that no page of ours sends."""
    if not isinstance(text, str):
        return None
    try:
        message = json.loads(text)
        kind = message["header"]["msg_type"]
        well = message.get("channel") == "shell" and isinstance(message["content"], dict)
        return kind if well and kind in ASKED else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
