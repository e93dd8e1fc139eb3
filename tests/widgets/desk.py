"""A page that shows a widget, and the kernel's side of every message, turn by turn."""

import json
from typing import Any

from playwright.sync_api import Page

ADDRESS = "http://workbook.test/"


class Desk:
    """One page with a widget on it, and the kernel's side of every message."""

    def __init__(self, page: Page):
        self.page = page

    def show(self, widget: Any, **state: Any) -> "Desk":
        """Open a fresh page and draw the widget on it."""
        self.page.goto(ADDRESS)
        self.draw(widget, **state)
        return self

    def draw(self, widget: Any, **state: Any) -> None:
        """Draw the widget on the page that is open."""
        self.page.evaluate("state => window.desk.show(state)", plain(widget) | state)

    def saves(self) -> list[dict[str, Any]]:
        """Every save the browser has sent, first to last."""
        sent = self.page.evaluate("window.desk.sent")
        return [message["save"] for message in sent if "save" in message]

    def say(self, kind: str, save: dict[str, Any], **told: Any) -> None:
        """Answer one save."""
        self.tell({kind: {"id": save["id"], "field": save["field"], **told}})

    def acknowledge(self, save: dict[str, Any], revision: int = 1, at: str = "14:02") -> None:
        self.say("saved", save, revision=revision, at=at)

    def tell(self, message: Any) -> None:
        self.page.evaluate("message => window.desk.model.receive(message)", message)

    def news(self, **answers: Any) -> None:
        """Change the answers as the kernel does when somebody else has saved."""
        self.page.evaluate("answers => window.desk.news(answers)", answers)

    def pass_time(self, milliseconds: int) -> None:
        self.page.clock.run_for(milliseconds)

    def kept(self, name: str = "viceversa:me:sheet:words") -> dict[str, Any] | None:
        """What is kept on the device for a field."""
        text = self.page.evaluate("name => localStorage.getItem(name)", name)
        return json.loads(text) if text else None


def plain(widget: Any) -> dict[str, Any]:
    """Give a widget's own state as it would cross the line."""
    skip = {"layout", "tabbable", "tooltip"}
    return {key: value for key, value in widget.get_state().items() if key not in skip}
