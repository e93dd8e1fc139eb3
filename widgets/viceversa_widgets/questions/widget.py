import secrets
from typing import Any

import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.live_part import LivePart

STATES = ("waiting", "shown", "answered", "hidden")
LONGEST = 300


class Questions(LivePart):
    """Questions to who leads, with votes: for the group to send, or for who leads to look through.

    questions: list of {"id", "text", "votes", "voted", "mine", "state"}, the state being waiting,
    shown, answered or hidden. lead: whether this is the one who shows them. What is done here
    changes `questions`.
    """

    _esm = bundle.esm("line.js", "questions")
    _css = bundle.css("sheet", "questions")

    ask = traitlets.Unicode().tag(sync=True)
    questions = traitlets.List().tag(sync=True)
    lead = traitlets.Bool(False).tag(sync=True)

    def __init__(self, ask: str, **traits: Any):
        super().__init__(ask=ask, **traits)
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        asked = content.get("ask")
        if self.lead and content.get("to") in STATES:
            self._change(content.get("question"), state=content["to"])
        elif not self.lead and isinstance(asked, str) and asked.strip():
            self._add(asked.strip()[:LONGEST])
        elif not self.lead and "vote" in content:
            self._vote(content["vote"], content.get("on") is True)

    def _add(self, text: str) -> None:
        new = {"id": secrets.token_hex(8), "text": text, "votes": 0, "voted": False}
        self.questions = [*self.questions, new | {"mine": True, "state": "waiting"}]

    def _vote(self, question: Any, on: bool) -> None:
        one = next((one for one in self.questions if one["id"] == question), None)
        if one and bool(one.get("voted")) != on:
            self._change(question, voted=on, votes=one["votes"] + (1 if on else -1))

    def _change(self, question: Any, **news: Any) -> None:
        self.questions = [one | news if one["id"] == question else one for one in self.questions]
