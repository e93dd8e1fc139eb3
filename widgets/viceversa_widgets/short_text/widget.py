from typing import Any

from viceversa_widgets.question import Question


class ShortText(Question):
    """One line of text.

    at_most: characters. Value: str.
    """

    kind = "short-text"

    def __init__(self, ask: str, *, at_most: int = 200, **rest: Any):
        super().__init__(ask, look={"at-most": at_most}, **rest)
