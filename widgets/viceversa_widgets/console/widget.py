import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.live_part import LivePart


class Console(LivePart):
    """A trainer's whole desk for a live session.

    It speaks with the server itself, over a websocket at {base}live/console, and never through its
    kernel; the signed-in session says who it is. base: where the site begins, such as "/". made_up:
    a view of a room as the server would send it, to look at without a line; None for a real one.
    """

    _esm = bundle.esm(*bundle.CONSOLE)
    _css = bundle.css(*bundle.CONSOLE)

    base = traitlets.Unicode("/").tag(sync=True)
    made_up = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    heading_level = traitlets.Int(2).tag(sync=True)
