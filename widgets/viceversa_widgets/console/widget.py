from typing import Any

import anywidget
import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.words import live_words


class Console(anywidget.AnyWidget):
    """A trainer's whole desk for a live session.

    It speaks with the server itself, over a websocket at {base}live/console, and never through its
    kernel; the signed-in session says who it is. base: where the site begins, such as "/". made_up:
    a view of a room as the server would send it, to look at without a line; None for a real one.
    """

    _esm = bundle.esm(*bundle.CONSOLE)
    _css = bundle.css(*bundle.CONSOLE)

    base = traitlets.Unicode("/").tag(sync=True)
    made_up = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    heading_level = traitlets.Int(2).tag(sync=True)

    def __init__(self, **traits: Any):
        super().__init__(**traits)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return live_words()

    def set_state(self, sync_data: dict) -> None:
        """Take nothing from a browser: what it does goes to the server."""
