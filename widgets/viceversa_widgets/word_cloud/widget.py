from typing import Any

import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.live_part import LivePart

LONGEST = 100


class WordCloud(LivePart):
    """Words that many have named: as large as they were often named, and as a list.

    texts: list of {"text", "n"}; a word that is added here is counted in it. is_open: words can
    be added.
    """

    _esm = bundle.esm("line.js", "word_cloud")
    _css = bundle.css("sheet", "poll", "word_cloud")

    ask = traitlets.Unicode().tag(sync=True)
    texts = traitlets.List().tag(sync=True)
    is_open = traitlets.Bool(True).tag(sync=True)

    def __init__(self, ask: str, **traits: Any):
        super().__init__(ask=ask, **traits)
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        added = content.get("add") if isinstance(content, dict) else None
        if not self.is_open or not isinstance(added, str) or not added.strip():
            return
        text = " ".join(added.split())[:LONGEST].casefold()
        counts = {one["text"]: one["n"] for one in self.texts}
        counts[text] = counts.get(text, 0) + 1
        self.texts = [{"text": text, "n": n} for text, n in counts.items()]
