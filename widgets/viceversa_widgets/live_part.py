"""What the widgets of a live session have in common."""

import anywidget
import traitlets

from viceversa_widgets.words import live_words


class LivePart(anywidget.AnyWidget):
    """A widget with the words of a live session, which believes no trait that a browser sets.

    What somebody does in it comes as a message, checked in the widget's own `_receive`.
    """

    words = traitlets.Dict().tag(sync=True)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return live_words()

    def set_state(self, sync_data: dict) -> None:
        """Take no trait from a browser."""
