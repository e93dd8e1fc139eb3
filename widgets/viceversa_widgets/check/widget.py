from typing import Any

from viceversa_widgets.question import Question


class Check(Question):
    """A question to oneself whose answers explain themselves.

    options: list of {"key", "words", "feedback", "right" (optional)}. Value: a key, or None.
    """

    kind = "check"

    def __init__(self, ask: str, *, options: list[dict[str, Any]], **rest: Any):
        super().__init__(ask, look={"options": options}, **rest)
