from typing import Any

from viceversa_widgets.question import Question


class Date(Question):
    """A day.

    earliest, latest: "YYYY-MM-DD". Value: "YYYY-MM-DD", or None.
    """

    kind = "date"

    def __init__(
        self, ask: str, *, earliest: str | None = None, latest: str | None = None, **rest: Any
    ):
        super().__init__(ask, look={"earliest": earliest, "latest": latest}, **rest)
