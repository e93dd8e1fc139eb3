import anywidget
import traitlets

from viceversa_widgets import bundle


class Chart(anywidget.AnyWidget):
    """A drawing with a title, and the same said in words.

    svg, said_html: trusted, made by our own Python, never somebody's words as they came.
    Setting any of the three shows at once.
    """

    _esm = bundle.esm("chart")
    _css = bundle.css("chart")

    svg = traitlets.Unicode().tag(sync=True)
    said_html = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)

    def set_state(self, sync_data: dict) -> None:
        """Take nothing from a browser."""
