from typing import Any

import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.live_part import LivePart
from viceversa_widgets.question import listed


class Poll(LivePart):
    """One answer out of several, and how many chose each: as bars, as numbers and in a sentence.

    options: {key: words}. counts: {key: how many}; a choice made here is counted in it. value: the
    key that is chosen here. is_open: an answer can be chosen; shown: the result is there.
    """

    _esm = bundle.esm("line.js", "poll")
    _css = bundle.css("sheet", "poll")

    ask = traitlets.Unicode().tag(sync=True)
    options = traitlets.List().tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    value = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    is_open = traitlets.Bool(True).tag(sync=True)
    shown = traitlets.Bool(True).tag(sync=True)

    def __init__(self, ask: str, *, options: dict[str, str], **traits: Any):
        super().__init__(ask=ask, options=listed(options), **traits)
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        chosen = content.get("choose") if isinstance(content, dict) else None
        if (
            not self.is_open
            or chosen == self.value
            or chosen not in {o["key"] for o in self.options}
        ):
            return
        counts = {key: int(n) for key, n in self.counts.items()}
        if self.value is not None:
            counts[self.value] = counts.get(self.value, 1) - 1
        self.counts = counts | {chosen: counts.get(chosen, 0) + 1}
        self.value = chosen
