from typing import Any

from viceversa_widgets.question import Question


class LongText(Question):
    """Some lines of text.

    at_most: characters. Value: str with \\n between lines.
    """

    kind = "long-text"

    def __init__(self, ask: str, *, at_most: int = 5000, **rest: Any):
        super().__init__(ask, look={"at-most": at_most}, **rest)
