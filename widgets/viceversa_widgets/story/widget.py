import anywidget
import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.words import shipped_words


class Story(anywidget.AnyWidget):
    """What happened to somebody, told.

    text_html: trusted, made safe in Python. made_up: whether the page says that the people in it
    are.
    """

    _esm = bundle.esm("story")
    _css = bundle.css("story")

    title = traitlets.Unicode().tag(sync=True)
    text_html = traitlets.Unicode().tag(sync=True)
    made_up = traitlets.Bool(True).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    heading_level = traitlets.Int(3).tag(sync=True)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return shipped_words()

    def set_state(self, sync_data: dict) -> None:
        """Take no trait from a browser: it has nothing to say here."""
