import time
from typing import Any

import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.live_part import LivePart


class Timer(LivePart):
    """What is left of some minutes; it says so aloud at two minutes and at the end.

    minutes: how long. ends_at: milliseconds since 1970; from now on, where it is not given.
    """

    _esm = bundle.esm("line.js", "timer")
    _css = bundle.css("sheet", "timer")

    label = traitlets.Unicode().tag(sync=True)
    minutes = traitlets.Float(5).tag(sync=True)
    ends_at = traitlets.Float().tag(sync=True)

    def __init__(self, minutes: float = 5, **traits: Any):
        super().__init__(minutes=minutes, **traits)

    @traitlets.default("ends_at")
    def _from_now(self) -> float:
        return (time.time() + self.minutes * 60) * 1000
