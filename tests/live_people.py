"""A trainer and guests of a live session over HTTP and websockets, without a browser."""

import json
import os
from typing import Any

import websocket

from site_under_test import PATIENCE, Site, Visitor


class Person:
    """Somebody with a line to the server; `seen` is the newest view, `told` what else came."""

    def __init__(self, visitor: Visitor, path: str, **options: Any):
        self.visitor = visitor
        self.seen: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []
        self.line = dial(visitor, path, **options)

    def say(self, **message: Any) -> None:
        self.line.send(json.dumps(message))

    def hear(self) -> dict[str, Any]:
        """The next message."""
        text = self.line.recv()
        if not text:
            self.line.shutdown()
            raise websocket.WebSocketConnectionClosedException("the server has hung up")
        message = json.loads(text)
        if message["type"] == "view":
            self.seen |= message
        else:
            self.told.append(message)
        return message

    def until(self, true, what: str = "it") -> Any:
        """Listen until something holds of what was heard; give what it found."""
        for _ in range(2000):
            if found := true(self):
                return found
            try:
                self.hear()
            except websocket.WebSocketTimeoutException:
                break
        raise AssertionError(f"waited in vain for {what}; seen {self.seen}, told {self.told[-3:]}")

    def reply(self, wanted) -> dict[str, Any]:
        """The first message that is wanted; it is taken off what was told."""

        def find(_: Any) -> Any:
            return next((one for one in self.told if wanted(one)), None)

        found = self.until(find, "a reply")
        self.told.remove(found)
        return found

    def hang_up(self) -> None:
        self.line.close()


class Trainer(Person):
    """Somebody at the console."""

    def __init__(self, site: Site, name: str = "Beverley", visitor: Visitor | None = None):
        super().__init__(visitor or site.visitor(name), "/live/console")
        self.say(type="hello")

    def do(self, kind: str, **asked: Any) -> dict[str, Any]:
        """Give a command and return its answer, done or refused."""
        id_ = os.urandom(4).hex()
        self.say(type=kind, id=id_, **asked)
        return self.reply(lambda one: one.get("id") == id_)

    def begin(self, order: str = "awareness-60") -> str:
        """Begin a session and return its code."""
        assert self.do("begin", order=order)["type"] == "done"
        self.until(lambda me: me.seen.get("room"), "the room")
        return self.seen["room"]["code"]

    def open_in(self, step: str, *activities: str) -> None:
        """Go to a step, and open some of its activities."""
        assert self.do("go", step=step)["type"] == "done"
        for activity in activities:
            assert self.do("open", activity=activity)["type"] == "done"

    def end(self) -> None:
        """End whatever session is open, on a line of its own: this one may be broken."""
        again = Trainer(self.visitor.site, visitor=self.visitor)
        if again.hear()["type"] == "order":
            assert again.do("end")["type"] == "done"
        again.hang_up()


class Guest(Person):
    """Somebody who joined with the code."""

    def __init__(self, site: Site, code: str, name: str = "", visitor: Visitor | None = None):
        visitor = visitor or site.visitor()
        if "viceversa-guest" not in visitor.cookies:
            answer = visitor.send_form("/join", code=code, name=name)
            assert answer.status_code == 302, answer.text
        self.code = code
        super().__init__(visitor, f"/live/{code}/line")
        self.until(lambda me: me.seen, "a first view")

    def save(self, activity: str, value: Any, **more: Any) -> dict[str, Any]:
        """Answer as the sheet does, and return what it is told."""
        save = {"id": os.urandom(4).hex(), "field": activity, "value": value, "seen_by": "group"}
        save = {**save, "base": 0, **more}
        self.say(type="save", activity=activity, message={"save": save})
        found = self.reply(
            lambda one: (
                one["type"] == "reply"
                and next(iter(one["message"].values())).get("id") == save["id"]
            )
        )
        return found["message"]

    def ask(self, activity: str, text: str, id_: str = "") -> dict[str, Any]:
        id_ = id_ or os.urandom(4).hex()
        self.say(type="ask", id=id_, activity=activity, text=text)
        return self.reply(lambda one: one.get("id") == id_)

    def activity(self, key: str) -> dict[str, Any]:
        """What the page shows of an activity; empty where it shows none."""
        return next((one for one in self.seen["activities"] if one["key"] == key), {})


def dial(visitor: Visitor, path: str, origin: str | None = None) -> websocket.WebSocket:
    """Open a line; raises WebSocketBadStatusException when turned away."""
    cookies = "; ".join(f"{one.name}={one.value}" for one in visitor.cookies.jar)
    address = f"ws://127.0.0.1:{visitor.site.port}{path}"
    line = websocket.create_connection(
        address, cookie=cookies, origin=origin or visitor.site.address, timeout=PATIENCE
    )
    visitor.lines.append(line)
    return line
