import anywidget
import traitlets

from viceversa_widgets import bundle
from viceversa_widgets.sheet.widget import Sheet
from viceversa_widgets.words import shipped_words


class Progress(anywidget.AnyWidget):
    """“8 of 12 answered”, as a bar and in words.

    answered, of: counts. `follow` keeps them right as answers are saved.
    """

    _esm = bundle.esm("progress")
    _css = bundle.css("progress")

    answered = traitlets.Int(0).tag(sync=True)
    of = traitlets.Int(0).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    @traitlets.default("words")
    def _shipped_words(self) -> dict[str, str]:
        return shipped_words()

    def follow(self, *sheets: Sheet) -> "Progress":
        """Count the fields of these sheets, now and after each save; gives itself."""

        def count() -> None:
            self.of = sum(len(sheet.fields) for sheet in sheets)
            self.answered = sum(sheet.answered for sheet in sheets)

        for sheet in sheets:
            sheet.after_save(count)
        count()
        return self

    def set_state(self, sync_data: dict) -> None:
        """Take nothing from a browser."""
