from typing import Any

from viceversa_widgets.question import Question


class List(Question):
    """A line for each item.

    at_most: items; each_at_most: characters in one. Value: list of str.
    """

    kind = "list"

    def __init__(self, ask: str, *, at_most: int = 10, each_at_most: int = 300, **rest: Any):
        super().__init__(ask, look={"at-most": at_most, "each-at-most": each_at_most}, **rest)
