"""One line between a server and a page's kernel: frames on a socket that only the two of them have.

A frame is a letter that says what it is, four bytes with its length, and that many bytes.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator

HEAD = struct.Struct("!cI")
CHUNK = 1 << 18

# From the server.
NOTEBOOK, MESSAGE = b"n", b"m"
# From the kernel: what a cell has shown, and what its page is to be told.
CELL, TEXT, BINARY = b"c", b"t", b"b"


def frame(kind: bytes, *parts: bytes) -> bytes:
    """Return the bytes of one frame."""
    return b"".join((HEAD.pack(kind, sum(map(len, parts))), *parts))


def frames(held: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """Take every whole frame out of what has been received: its letter, and what it holds."""
    while len(held) >= HEAD.size:
        kind, size = HEAD.unpack_from(held)
        end = HEAD.size + size
        if len(held) < end:
            return
        whole = bytes(memoryview(held)[HEAD.size : end])
        del held[:end]
        yield kind, whole


class Line:
    """The kernel's end: any thread may send; the loop's thread waits for what comes."""

    def __init__(self, end: socket.socket):
        self._end = end
        self._lock = threading.Lock()
        self._held = bytearray()

    def send(self, kind: bytes, *parts: bytes) -> None:
        """Send a frame, and wait while the server has no time for it."""
        with self._lock:
            self._end.sendall(frame(kind, *parts))

    async def receive(self) -> list[tuple[bytes, bytes]]:
        """Return the frames that have come, at least one; none means that the line is closed."""
        while not (come := list(frames(self._held))):
            await self._readable()
            # The socket stays a blocking one for whoever sends.
            more = self._end.recv(CHUNK, socket.MSG_DONTWAIT)
            if not more:
                return []
            self._held += more
        return come

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        readable = loop.create_future()
        loop.add_reader(self._end, lambda: readable.done() or readable.set_result(None))
        try:
            await readable
        finally:
            loop.remove_reader(self._end)
