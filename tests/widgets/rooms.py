"""A made-up room, and a line to it that a test holds the other end of."""

import copy
import json
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

NOW = 1_732_300_000_000
MINUTE = 60_000


def activity(key: str, kind: str, title: str) -> dict[str, Any]:
    return {"key": key, "kind": kind, "title": title}


def step(key: str, title: str, number: int, *activities: dict[str, Any]) -> dict[str, Any]:
    texts = {
        "html": f"<p>They see {title}.</p>",
        "notes_html": f"<p>Say something about {title}.</p>",
        "when_late_html": f"<p>Cut {title} short.</p>",
        "when_the_line_fails_html": f"<p>Tell {title} aloud.</p>",
    }
    return {"key": key, "title": title, "number": number, "minutes": 5, **texts} | {
        "activities": list(activities)
    }


STEPS = [
    step("welcome", "Welcome", 1),
    step(
        "stand",
        "Where we stand",
        2,
        activity("today", "poll", "How do you feel about it?"),
        activity("easier", "word-cloud", "What would help?"),
        activity("ask", "questions", "What would you like to know?"),
    ),
    step("threes", "In threes", 3, activity("practice", "breakouts", "The stolen idea")),
]
COUNTS = {
    "kind": "counts",
    "answered": 8,
    "counts": [
        {"key": "keen", "words": "I would like to", "n": 5},
        {"key": "doubt", "words": "I have doubts", "n": 3},
    ],
}
TEXTS = {
    "kind": "texts",
    "answered": 9,
    "texts": [
        {"item": "i1", "text": "time", "n": 3, "released": True},
        {"item": "i2", "text": "a clear aim", "n": 1, "released": False},
    ],
}
QUESTIONS = [
    {"id": "q1", "text": "Who sees it?", "votes": 4, "state": "shown"},
    {"id": "q2", "text": "How long?", "votes": 0, "state": "waiting"},
]
ROOM = {
    "id": "r1",
    "title": "Awareness session",
    "code": "K7PQRW",
    "link": "http://workbook.test/join/K7PQRW",
    "qr": '<svg viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0h4v4H0z"/></svg>',
    "begun_at": NOW,
    "ended_at": None,
}
ORDER = {"type": "order", "steps": STEPS, "after_html": "<p>Stay a while.</p>", "room": ROOM}


def view(at: str = "stand", **news: Any) -> dict[str, Any]:
    """What the server tells a console, at this step."""
    idle = {"open": False, "shown": False, "answered": 0, "of": 2, "result": None}
    guests = [
        {"id": "g1", "name": "Ada", "number": 1, "here": True},
        {"id": "g2", "name": "Guest 2", "number": 2, "here": False},
    ]
    return copy.deepcopy(
        {
            "type": "view",
            "now": NOW,
            "room": ROOM,
            "guests": guests,
            "here": 1,
            "joined": 2,
            "at": at,
            "started": True,
            "step_started_at": NOW,
            "step_ends_at": NOW + 5 * MINUTE,
            "behind_minutes": 0,
            "activities": {
                "today": idle | {"answered": 8, "of": 9, "result": COUNTS},
                "easier": idle | {"answered": 9, "of": 9, "result": TEXTS},
                "ask": idle | {"answered": None},
                "practice": idle | {"answered": None},
            },
            "questions": QUESTIONS,
            "groups": {},
            "pad": {"text": "", "revision": 0},
            **news,
        }
    )


class FakeLine:
    """The server's end of a page's websocket; it keeps what it hears and echoes signs of life."""

    def __init__(self, page: Page, address: str, greeting: list[dict[str, Any]]):
        self.page, self.greeting = page, greeting
        self.heard: list[dict[str, Any]] = []
        self.route: WebSocketRoute | None = None
        self.opened = 0
        self.refuse = False  # a server that is away
        self.mute = False  # a line that is open, and on which nothing arrives
        page.route_web_socket(address, self._open)

    def _open(self, route: WebSocketRoute) -> None:
        if self.refuse:
            route.close()
            return
        self.route = route
        self.opened += 1
        route.on_message(self._hear)
        for message in self.greeting:
            self.tell(message)

    def _hear(self, text: str | bytes) -> None:
        message = json.loads(text)
        if self.mute:
            return
        if message["type"] == "alive":
            self.tell({"type": "alive"})
        else:
            self.heard.append(message)

    def tell(self, message: dict[str, Any]) -> None:
        assert self.route
        self.route.send(json.dumps(message))

    def break_off(self) -> None:
        assert self.route
        self.route.close()

    def last(self, kind: str) -> dict[str, Any]:
        """The last message of a kind; the page must have sent one."""
        self.page.evaluate("() => new Promise((done) => setTimeout(done, 0))")
        found = [message for message in self.heard if message["type"] == kind]
        assert found, f"the page has sent no {kind}, but {self.heard}"
        return found[-1]
