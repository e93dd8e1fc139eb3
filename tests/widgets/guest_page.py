"""A guest's page with its template, script and styles as they are, and no server."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import BrowserContext, Page
from rooms import MINUTE, NOW, FakeLine

from viceversa.server import frame, widget_parts
from viceversa.workbook import preview
from viceversa_widgets.words import live_words

ADDRESS = "http://workbook.test/live/K7PQRW"
LINE = "ws://workbook.test/live/K7PQRW/line"
STATIC = "http://workbook.test/static/"
TYPES = {"css": "text/css", "js": "text/javascript"}


def html() -> str:
    """The page as the server fills it."""
    words = dict(preview().library.words)
    told = {"base": "/", "code": "K7PQRW", "line": "/live/K7PQRW/line", "room": "r1"}
    told |= {"words": {key: words[key] for key in live_words()}}
    page = {"words": words, "lang": "en", "scheme": "Both Ways", "base_url": "/", "name": ""}
    page |= {"nav": [], "static": STATIC, "xsrf": "token"}
    loader = FileSystemLoader(frame.TEMPLATE)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("live.html.j2")
    return template.render(page=page, title="Awareness session", code="K7PQRW", told=told)


def serve(context: BrowserContext) -> None:
    """Answer what the page asks for; a request for anything else fails it."""
    context.route(ADDRESS, lambda route: route.fulfill(body=html(), content_type="text/html"))
    context.route(f"{STATIC}*", lambda route: route.fulfill(**_file(route.request.url)))


def _file(address: str) -> dict[str, Any]:
    name = address.removeprefix(STATIC)
    kind = Path(name).suffix[1:]
    own = name.startswith("widgets.")
    body = widget_parts.part(kind) if own else (frame.TEMPLATE / "static" / name).read_text("utf-8")
    return {"body": body, "content_type": TYPES[kind]}


def open_page(page: Page, first: dict[str, Any]) -> FakeLine:
    """Open the guest's page; the line brings this view at first."""
    line = FakeLine(page, LINE, [first])
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-ready=yes]")
    return line


def view(*activities: dict[str, Any], step: str = "stand", **news: Any) -> dict[str, Any]:
    """What the server tells a guest."""
    titles = {"welcome": (1, "Welcome"), "stand": (2, "Where we stand"), "threes": (3, "In threes")}
    number, title = titles[step]
    return {
        "type": "view",
        "now": NOW,
        "here": 23,
        "room": {"title": "Awareness session", "ended": False, "code": "K7PQRW"},
        "step": {"key": step, "title": title, "number": number, "of": 3, "minutes": 5}
        | {"html": f"<p>This is {title}.</p>", "ends_at": NOW + 5 * MINUTE},
        "me": {"name": "", "number": 7},
        "activities": list(activities),
        **news,
    }


OPTIONS = [{"key": "keen", "words": "I would like to"}, {"key": "doubt", "words": "I have doubts"}]
POLL = {
    "key": "today",
    "kind": "poll",
    "title": "How do you feel about it?",
    "open": True,
    "shown": False,
    "fields": [
        {
            "key": "today",
            "kind": "choice",
            "ask": "How do you feel about it?",
            "options": OPTIONS,
            "seen-by": "group",
        }
    ],
    "answers": {},
    "result": None,
}
REFLECTION = {
    "key": "thoughts",
    "kind": "reflection",
    "title": "On your own",
    "open": True,
    "shown": False,
    "fields": [
        {"key": "one", "kind": "long-text", "ask": "What do you think?", "seen-by": "only-me"}
    ],
    "answers": {},
    "result": None,
}
WORDS = {
    "key": "easier",
    "kind": "word-cloud",
    "title": "What would help?",
    "open": True,
    "shown": True,
    "fields": [
        {
            "key": "easier",
            "kind": "list",
            "ask": "What would help?",
            "at-most": 3,
            "seen-by": "group",
            "may-share-with": ["trainer"],
        }
    ],
    "answers": {},
    "result": {"kind": "texts", "answered": 9, "texts": [{"text": "time", "n": 3}]},
}
ASKING = {
    "key": "ask",
    "kind": "questions",
    "title": "What would you like to know?",
    "open": True,
    "shown": False,
    "fields": [],
    "result": None,
    "questions": [
        {"id": "q1", "text": "Who sees it?", "votes": 4, "voted": False, "mine": False}
        | {"state": "shown"}
    ],
}
ROLE = {
    "key": "practice",
    "kind": "breakouts",
    "title": "The stolen idea",
    "open": True,
    "shown": False,
    "fields": [],
    "result": None,
    "situation_html": "<p>Somebody takes an idea.</p>",
    "group": {
        "number": 3,
        "role": "mentor",
        "card_html": "<p>You keep the lead.</p>",
        "with": ["Ben", "Guest 9"],
        "situation_html": "<p>Somebody takes an idea.</p>",
    },
}
EVERYTHING = [POLL, REFLECTION, WORDS, ASKING, ROLE]
