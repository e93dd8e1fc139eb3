import base64
import logging
from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.words import shipped_words

log = logging.getLogger(__name__)

Made = tuple[str, str, bytes] | Mapping[str, Any]


class Download(anywidget.AnyWidget):
    """A button that has a file made and saves it on the device.

    label: the button's words. The file is made by the callback given to `on_make`.
    """

    _esm = bundle.esm("download")
    _css = bundle.css("download")

    label = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any):
        super().__init__(**traits)
        self._on_make: Callable[[], Made] | None = None
        self.on_msg(self._receive)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return shipped_words()

    def set_state(self, sync_data: dict) -> None:
        """Take nothing from a browser but its request for the file."""

    def on_make(self, callback: Callable[[], Made]) -> None:
        """Call `callback()` for the file when the button is pressed.

        It gives (name, media type, bytes), or {"name", "mime", "base64"}, or {"failed": a
        sentence} to say why there is none.
        """
        self._on_make = callback

    def _receive(self, _widget: Any, content: object, _buffers: Any) -> None:
        if isinstance(content, Mapping) and content.get("make") is True:
            self.send(self._make())

    def _make(self) -> dict[str, Any]:
        try:
            if self._on_make is None:
                raise LookupError("on_make was not called")
            return _message(self._on_make())
        except Exception as error:
            # Only the kind of the error: its text may hold somebody's words.
            log.error("A file was not made: %s", type(error).__name__)
            return {"failed": self.words.get("download-failed", "")}


def _message(made: Made) -> dict[str, Any]:
    if not isinstance(made, Mapping):
        name, mime, data = made
        made = {"name": name, "mime": mime, "base64": base64.b64encode(data).decode("ascii")}
    if "failed" in made:
        return {"failed": str(made["failed"])}
    return {"file": {key: str(made[key]) for key in ("name", "mime", "base64")}}
