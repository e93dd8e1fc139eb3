"""The widgets' scripts and styles for a page of ours that has no kernel to send them."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler

from viceversa_widgets import bundle

YEAR = 365 * 24 * 3600
# What static/join.js and static/activities.js take.
GIVEN = (
    *("Line", "bars", "button", "cloud", "freshId", "h", "keyed", "questionForm", "questionList"),
    *("renderSheet", "revealed", "sayFrom", "sayings", "serverClock", "setHtml", "setText"),
    *("story", "timer", "trustedText"),
)
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


def part(kind: str) -> str:
    """Return the script (js) or the style sheet (css)."""
    if kind == "js":
        return bundle.library(GIVEN, *bundle.GUEST)
    return bundle.css(*bundle.GUEST)


class WidgetParts(JupyterHandler):
    """``static/<version>/widgets.js`` and ``.css``; their address changes when they do."""

    @allow_unauthenticated
    def get(self, kind: str) -> None:
        self.set_header("Content-Type", TYPES[kind])
        self.set_header("Cache-Control", f"public, max-age={YEAR}, immutable")
        self.finish(part(kind))
