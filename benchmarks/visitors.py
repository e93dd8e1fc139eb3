"""Many people open a page at once: until each has the page whole and the state of its widgets."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

KERNEL = re.compile(r'"kernel(?:Id)?": "([\w-]+)"')
PATIENCE = 900


@dataclass
class Visitor:
    """How one visitor was served, in seconds from when all began; the line stays open."""

    page: float
    widgets: float
    line: WebSocketClientConnection
    states: dict[str, Any]


async def open_page(address: str, path: str, cookie: str, began: float) -> Visitor:
    """Fetch a page and ask its kernel for the state of every widget, as a browser does."""
    request = HTTPRequest(
        f"{address}{path}",
        headers={"Cookie": cookie} if cookie else {},
        request_timeout=PATIENCE,
        connect_timeout=PATIENCE,
    )
    body = (await AsyncHTTPClient().fetch(request)).body.decode()
    page = time.monotonic() - began
    found = KERNEL.search(body)
    if not found:
        raise RuntimeError(f"No kernel in the page: {body[-500:]}")
    line = await open_line(address, found[1], cookie)
    states = await ask_for_states(line)
    return Visitor(page, time.monotonic() - began, line, states)


async def open_line(address: str, kernel: str, cookie: str) -> WebSocketClientConnection:
    """Open a kernel's websocket."""
    session = secrets.token_hex(8)
    url = f"{address.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id={session}"
    headers = {"Origin": address} | ({"Cookie": cookie} if cookie else {})
    return await websocket_connect(HTTPRequest(url, headers=headers, connect_timeout=PATIENCE))


async def ask_for_states(line: WebSocketClientConnection) -> dict[str, Any]:
    """Ask for the widgets' states, and wait for them."""
    control = secrets.token_hex(8)
    opened = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
    await line.write_message(message("comm_open", opened, {"version": "1.0.0"}))
    asked = {"comm_id": control, "data": {"method": "request_states"}}
    await line.write_message(message("comm_msg", asked))
    while True:
        told = await hear(line)
        data = told["content"].get("data", {})
        if isinstance(data, dict) and data.get("method") == "update_states":
            return data["states"]


async def hear(line: WebSocketClientConnection) -> dict[str, Any]:
    """Return the next message, without its buffers where it has any."""
    told = await line.read_message()
    if told is None:
        raise RuntimeError(f"The kernel's line was closed: {line.close_code} {line.close_reason}")
    if isinstance(told, str):
        return json.loads(told)
    # Binary: how many parts, where each begins, then JSON and the buffers.
    parts = int.from_bytes(told[:4], "big")
    places = [int.from_bytes(told[4 * n : 4 * n + 4], "big") for n in range(1, parts + 1)]
    return json.loads(told[places[0] : places[1] if parts > 1 else None])


def message(kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> str:
    """Return a message as a page sends it to its kernel."""
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


async def open_all(address: str, path: str, cookies: Sequence[str]) -> list[Visitor]:
    """Let everybody open the page at once; their lines stay open."""
    AsyncHTTPClient.configure(None, max_clients=len(cookies) + 10)
    began = time.monotonic()
    return await asyncio.gather(*(open_page(address, path, one, began) for one in cookies))
