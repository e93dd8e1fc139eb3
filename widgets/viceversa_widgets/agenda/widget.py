from collections.abc import Callable
from typing import Any

import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.live_part import LivePart


class Agenda(LivePart):
    """The steps of something, in order, with the one that is on now.

    steps: list of {"key", "title", "minutes"}. at: the key of the step that is on; choosing
    another one changes it.
    """

    _esm = bundle.esm("line.js", "agenda")
    _css = bundle.css("sheet", "agenda")

    steps = traitlets.List().tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)

    def __init__(self, steps: list[dict[str, Any]], **traits: Any):
        traits.setdefault("at", steps[0]["key"] if steps else "")
        super().__init__(steps=steps, **traits)
        self._on_go: Callable[[str], None] = lambda step: None
        self.on_msg(self._receive)

    def on_go(self, callback: Callable[[str], None]) -> None:
        """Call `callback(key)` after another step was chosen."""
        self._on_go = callback

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        step = content.get("go") if isinstance(content, dict) else None
        if isinstance(step, str) and step in {one["key"] for one in self.steps}:
            self.at = step
            self._on_go(step)
