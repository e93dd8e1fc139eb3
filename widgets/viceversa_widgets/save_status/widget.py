import anywidget
import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.words import shipped_words


class SaveStatus(anywidget.AnyWidget):
    """One line for the whole page: “Saved 14:02”, or “Not saved yet, kept on this device”.

    It hears what the sheets of the page say, and shows the gravest of it. It takes no values.
    """

    _esm = bundle.esm("save_status")
    _css = bundle.css("save_status")

    words = traitlets.Dict().tag(sync=True)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return shipped_words()

    def set_state(self, sync_data: dict) -> None:
        """Take nothing from a browser."""
