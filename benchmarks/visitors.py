"""Many people open a page at once: until each has the page whole and the state of its widgets."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from dataclasses import dataclass

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

KERNEL = re.compile(r'"kernel(?:Id)?": "([\w-]+)"')


@dataclass(frozen=True)
class Served:
    """How one visitor was served, in seconds from when all began."""

    page: float
    widgets: float
    kernel: str


async def open_page(address: str, path: str, cookie: str, began: float) -> Served:
    """Fetch a page and ask its kernel for the state of every widget, as a browser does."""
    client = AsyncHTTPClient()
    request = HTTPRequest(
        f"{address}{path}", headers={"Cookie": cookie}, request_timeout=900, connect_timeout=900
    )
    body = (await client.fetch(request)).body.decode()
    page = time.monotonic() - began
    found = KERNEL.search(body)
    if not found:
        raise RuntimeError(f"No kernel in the page: {body[-500:]}")
    await ask_for_states(address, found[1], cookie)
    return Served(page, time.monotonic() - began, found[1])


async def ask_for_states(address: str, kernel: str, cookie: str) -> None:
    """Open the kernel's websocket, ask for the widgets' states, and wait for them."""
    url = f"{address.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id=bench"
    headers = {"Cookie": cookie, "Origin": address}
    line = await websocket_connect(HTTPRequest(url, headers=headers, connect_timeout=900))
    control = secrets.token_hex(8)
    opened = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
    await line.write_message(message("comm_open", opened, {"version": "1.0.0"}))
    asked = {"comm_id": control, "data": {"method": "request_states"}}
    await line.write_message(message("comm_msg", asked))
    while True:
        told = await line.read_message()
        if told is None:
            raise RuntimeError("The kernel's line was closed.")
        # Text, or binary where a message has buffers; the word is in neither by chance.
        if b"update_states" in (told if isinstance(told, bytes) else told.encode()):
            line.close()
            return


def message(kind: str, content: dict, metadata: dict | None = None) -> str:
    header = {
        "msg_id": secrets.token_hex(8),
        "msg_type": kind,
        "session": "bench",
        "username": "",
        "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }
    return json.dumps(
        {
            "channel": "shell",
            "header": header,
            "parent_header": {},
            "metadata": metadata or {},
            "content": content,
            "buffers": [],
        }
    )


async def open_all(address: str, path: str, cookies: list[str]) -> list[Served]:
    """Let everybody open the page at once; returns how each was served."""
    AsyncHTTPClient.configure(None, max_clients=len(cookies) + 10)
    began = time.monotonic()
    return await asyncio.gather(*(open_page(address, path, one, began) for one in cookies))
