"""Many questions in one widget: one line to the kernel a page, not one a question."""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import anywidget
import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.messages import Answer, Save, addressee, read_save, with_id
from viceversa_widgets.words import shipped_words

log = logging.getLogger(__name__)

OnSave = Callable[[Save], Mapping[str, Mapping[str, Any]]]
OnRefresh = Callable[[], Mapping[str, Any] | None]
REMEMBERED_REPLIES = 200


class Sheet(anywidget.AnyWidget):
    """Questions with their answers; each answer is sent on its own and acknowledged.

    sections: list of {"title", "text_html" (trusted, made safe in Python), "fields": [look, ...],
        "story": what `Story` takes (optional)}, a look being what `Field.look()` of the content
        gives.
    answers: {field key: {"value", "revision", "seen_by", "at"}}; what is missing is unanswered.
    drafts: a prefix that tells people apart, for what is kept on the device; opaque.
    words: {key: text}, as in content/en/words/fields.yaml, which is also the default.
    live: the browser asks for news every four seconds, see `on_refresh`.
    preview: says that nothing is kept, and keeps nothing on the device.

    Without `on_save` the answers are kept in `answers` only.
    """

    _esm = bundle.esm(*bundle.SHEET)
    _css = bundle.css(*bundle.SHEET)

    name = traitlets.Unicode("sheet").tag(sync=True)
    drafts = traitlets.Unicode().tag(sync=True)
    sections = traitlets.List().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)
    preview = traitlets.Bool(False).tag(sync=True)
    heading_level = traitlets.Int(2).tag(sync=True)

    def __init__(self, **traits: Any):
        # A copy, because saved answers are noted in it.
        super().__init__(**{**traits, "answers": dict(traits.get("answers", {}))})
        self._on_save: OnSave = self._keep_here
        self._on_refresh: OnRefresh = lambda: None
        self._after_save: list[Callable[[], None]] = []
        self._replies: OrderedDict[tuple[str, str], dict[str, dict[str, Any]]] = OrderedDict()
        self.on_msg(self._receive)

    @traitlets.default("drafts")
    def _fresh_drafts(self) -> str:
        return secrets.token_hex(8)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return shipped_words()

    def set_state(self, sync_data: dict) -> None:
        """Take no trait from a browser: everything it has to say comes as a checked message."""

    def on_save(self, callback: OnSave) -> None:
        """Call `callback(save)` for each answer that comes in.

        save: {"id", "field", "value", "seen_by", "base"}, value unchecked. The callback gives one
        of {"saved": {"at": "14:02", "revision": 4}}, {"refused": {"why"}}, {"unsaved": {"why"}},
        {"stale": {"theirs", "revision", "at", "by", "seen_by" (of theirs, optional)}}. "saved" may
        say the "value" as it was kept, where checking changed it.
        """
        self._on_save = callback

    def on_refresh(self, callback: OnRefresh) -> None:
        """Call `callback()` when the browser asks for news; it gives all answers, or None."""
        self._on_refresh = callback

    def after_save(self, callback: Callable[[], None]) -> None:
        """Call `callback()` each time an answer was saved or the answers were replaced."""
        self._after_save.append(callback)

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """Every field's look by its key, in order."""
        return {field["key"]: field for part in self.sections for field in part["fields"]}

    @property
    def answered(self) -> int:
        """How many of the fields have an answer."""
        kept = (self.answers.get(key) or {} for key in self.fields)
        return sum(answer.get("value") not in (None, "", []) for answer in kept)

    @traitlets.observe("answers")
    def _told_of_answers(self, _change: Any) -> None:
        for callback in getattr(self, "_after_save", ()):
            callback()

    def _receive(self, _widget: Any, content: object, _buffers: Any) -> None:
        if isinstance(content, Mapping) and content.get("refresh") is True:
            return self._refresh()
        save = read_save(content)
        if save:
            return self._take(save)
        if known := addressee(content):
            why = self.words.get("malformed", "")
            self.send({"refused": {"id": known[0], "field": known[1], "why": why}})
        return None

    def _take(self, save: Save) -> None:
        asked = (save["id"], save["field"])
        # A browser that heard nothing sends again: it gets the same reply, and nothing is done
        # twice.
        reply = self._replies.get(asked) or with_id(self._asked_to_save(save), save)
        if reply is None:
            log.error("A save got no reply that a browser understands.")
            reply = {"unsaved": {"id": save["id"], "field": save["field"], "why": self._fault()}}
        if "unsaved" not in reply and asked not in self._replies:
            self._replies[asked] = self._note(save, reply)
            while len(self._replies) > REMEMBERED_REPLIES:
                self._replies.popitem(last=False)
        self.send(reply)

    def _asked_to_save(self, save: Save) -> object:
        try:
            return self._on_save(save)
        except Exception as error:
            # Only the kind of the error: its text may hold somebody's words.
            log.error("An answer was not saved: %s", type(error).__name__)
            return {"unsaved": {"why": self._fault()}}

    def _note(self, save: Save, reply: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Keep what was saved for the next time the page is drawn."""
        if saved := reply.get("saved"):
            value = saved.pop("value", save["value"])
            # In place: the browser knows it already, so it is not sent there again.
            self.answers[save["field"]] = Answer(
                value=value,
                revision=saved["revision"],
                seen_by=save["seen_by"],
                at=str(saved.get("at", "")),
            )
            self._told_of_answers(None)
        return reply

    def _refresh(self) -> None:
        try:
            news = self._on_refresh()
        except Exception as error:
            log.error("There is no news of the answers: %s", type(error).__name__)
            return
        if news is not None:
            self.answers = dict(news)

    def _keep_here(self, save: Save) -> dict[str, dict[str, Any]]:
        if save["field"] not in self.fields:
            return {"refused": {"why": self.words.get("malformed", "")}}
        revision = (self.answers.get(save["field"]) or {}).get("revision", 0)
        return {"saved": {"revision": revision + 1, "at": f"{datetime.now():%H:%M}"}}

    def _fault(self) -> str:
        return self.words.get("not-saved-fault", "")
