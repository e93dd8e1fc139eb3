"""A control on its own, for an author who needs one question and no worksheet."""

from typing import Any

from viceversa_widgets.sheet.widget import Sheet


class Question(Sheet):
    """A sheet with one field, which is called `answer`; its value is `.value`.

    Each kind's own class says which plain values it takes. Any trait of `Sheet` can be given too.
    """

    kind = ""

    def __init__(
        self,
        ask: str,
        *,
        help: str | None = None,
        seen_by: str = "only-me",
        may_share_with: tuple[str, ...] = (),
        value: Any = None,
        look: dict[str, Any] | None = None,
        **traits: Any,
    ):
        field = {"key": "answer", "kind": self.kind, "ask": ask, "help": help, "seen-by": seen_by}
        field |= {"may-share-with": list(may_share_with), **(look or {})}
        field = {key: part for key, part in field.items() if part is not None}
        traits.setdefault("sections", [{"title": "", "text_html": "", "fields": [field]}])
        if value is not None:
            kept = {"value": value, "revision": 1, "seen_by": seen_by, "at": ""}
            traits.setdefault("answers", {"answer": kept})
        super().__init__(**traits)

    @property
    def value(self) -> Any:
        """What is answered now, None where nothing is."""
        return (self.answers.get("answer") or {}).get("value")


def listed(options: dict[str, str]) -> list[dict[str, str]]:
    """Give options as the browser takes them."""
    return [{"key": key, "words": words} for key, words in options.items()]
