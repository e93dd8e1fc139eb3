"""A trainer and guests of a live session over real websockets, without browsers."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 60

View = dict[str, Any]


class Person:
    """Somebody with a line: the newest view, and who waits for what."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self.line = line
        self.seen: View = {}
        self._waiting: list[tuple[Callable[[View], Any], asyncio.Future[float]]] = []
        self._replies: dict[str, asyncio.Future[View]] = {}
        self._hearing = asyncio.create_task(self._hear())

    @classmethod
    async def open(cls, address: str, cookie: str, path: str = "/live/console") -> Self:
        """Open a line; the first view has come."""
        headers = {"Origin": address, "Cookie": cookie}
        request = HTTPRequest(address.replace("http", "ws", 1) + path, headers=headers)
        return cls(await websocket_connect(request))

    async def until(self, true: Callable[[View], Any]) -> float:
        """Wait until something holds of the view; give when the view came in which it did."""
        if self.seen and true(self.seen):
            return time.monotonic()
        found: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((true, found))
        return await found

    async def send(self, id_: str, message: View) -> tuple[float, View]:
        """Send a message; give how many seconds later its reply came, and the reply."""
        reply = self._replies[id_] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        await self.line.write_message(json.dumps(message))
        told = await reply
        return time.monotonic() - began, told

    def leave(self) -> None:
        """Close the line."""
        self._hearing.cancel()
        self.line.close()

    async def _hear(self) -> None:
        while (text := await self.line.read_message()) is not None:
            self._take(json.loads(text), time.monotonic())
        fault = RuntimeError(f"A line was closed: {self.line.close_code} {self.line.close_reason}")
        for waiting in (*self._replies.values(), *(found for _, found in self._waiting)):
            waiting.set_exception(fault)

    def _take(self, message: View, at: float) -> None:
        if message["type"] == "view":
            self._look(message, at)
        elif reply := self._replies.pop(_id_of(message), None):
            reply.set_result(message)

    def _look(self, view: View, at: float) -> None:
        self.seen = view
        still = []
        for true, found in self._waiting:
            if true(view):
                found.set_result(at)
            else:
                still.append((true, found))
        self._waiting = still


class Leader(Person):
    """A trainer at a console."""

    room = ""
    steps: tuple[str, ...] = ()

    async def begin(self, order: str) -> str:
        """Begin a session, and give its code."""
        await self.do("begin", order=order)
        await self.until(lambda seen: seen["room"]["code"])
        self.room = self.seen["room"]["id"]
        return self.seen["room"]["code"]

    async def do(self, command: str, **asked: Any) -> float:
        """Give a command; give how many seconds later it was done."""
        id_ = secrets.token_hex(4)
        took, told = await self.send(id_, {"type": command, "id": id_, **asked})
        if told["type"] != "done":
            raise RuntimeError(f"“{command}” was refused: {told}")
        return took

    async def counts(self, activity: str, many: int) -> list[float]:
        """Wait for so many answers; give when the first was counted, the second, and so on."""
        times: list[float] = []
        while len(times) < many:
            have = len(times)
            at = await self.until(lambda seen, n=have: _answered(seen, activity) > n)
            times += [at] * (_answered(self.seen, activity) - have)
        return times[:many]

    def _take(self, message: View, at: float) -> None:
        if message["type"] == "order":
            self.steps = tuple(step["key"] for step in message["steps"])
        super()._take(message, at)


class Guest(Person):
    """Somebody who joined; `said` are the answers that were acknowledged, with their revisions."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        super().__init__(line)
        self.said: dict[str, tuple[str, int]] = {}

    def is_open(self, activity: str) -> bool:
        """Whether there is something to answer."""
        return any(one["key"] == activity and one["open"] for one in self.seen["activities"])

    async def answer(self, activity: str, when: float) -> tuple[float, float]:
        """Give another answer than before; when it was sent, and how long until it was saved."""
        await asyncio.sleep(max(0.0, when - time.monotonic()))
        shown = next(one for one in self.seen["activities"] if one["key"] == activity)
        before, base = self.said.get(activity, ("", 0))
        options = [one["key"] for one in shown["fields"][0]["options"]]
        value = secrets.choice([one for one in options if one != before])
        id_ = secrets.token_hex(4)
        save = {"id": id_, "field": activity, "value": value, "seen_by": "group", "base": base}
        sent = time.monotonic()
        message = {"type": "save", "activity": activity, "message": {"save": save}}
        took, told = await self.send(id_, message)
        saved = told["message"].get("saved")
        if not saved:
            raise RuntimeError(f"An answer was not saved: {told}")
        self.said[activity] = (value, saved["revision"])
        return sent, took


async def join_all(address: str, code: str, many: int) -> list[Guest]:
    """Let so many people join with the code at once, and open their pages' lines."""
    AsyncHTTPClient.configure(None, max_clients=many + 10)
    guests = await asyncio.gather(*(_join(address, code, n) for n in range(many)))
    for guest in guests:
        await guest.until(lambda seen: seen["step"])
    return list(guests)


async def _join(address: str, code: str, number: int) -> Guest:
    form = _cookies(await _ask(f"{address}/join/{code}"))
    fields = {"_xsrf": form["_xsrf"], "code": code, "name": f"Guest {number}"}
    # Each comes from a place of their own: one address lets in 120 a minute.
    place = f"192.0.2.{number % 250}"
    sent = {"Cookie": f"_xsrf={form['_xsrf']}", "X-Forwarded-For": place}
    done = _cookies(await _ask(f"{address}/join", headers=sent, body=urlencode(fields)))
    cookie = f"viceversa-guest={done['viceversa-guest']}"
    return await Guest.open(address, cookie, f"/live/{code}/line")


async def _ask(address: str, body: str | None = None, **more: Any) -> HTTPResponse:
    request = HTTPRequest(
        address,
        method="POST" if body else "GET",
        body=body,
        follow_redirects=False,
        request_timeout=PATIENCE,
        connect_timeout=PATIENCE,
        **more,
    )
    try:
        return await AsyncHTTPClient().fetch(request)
    except HTTPClientError as answer:
        if answer.code == 302 and answer.response:
            return answer.response
        raise


def _cookies(answer: HTTPResponse) -> dict[str, str]:
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("Set-Cookie"):
        found.load(line)
    return {name: morsel.value for name, morsel in found.items()}


def _id_of(message: View) -> str:
    """The id of what this is a reply to."""
    inner = next(iter(message.get("message", {}).values()), {})
    return str(message.get("id") or inner.get("id"))


def _answered(seen: View, activity: str) -> int:
    return seen["activities"][activity]["answered"]
