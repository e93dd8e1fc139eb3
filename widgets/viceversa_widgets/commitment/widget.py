from typing import Any

from viceversa_widgets.question import Question


class Commitment(Question):
    """One thing that somebody will do, in their own words, with examples of how small it may be.

    at_most: characters. Value: str.
    """

    kind = "commitment"

    def __init__(
        self, ask: str, *, examples: tuple[str, ...] = (), at_most: int = 500, **rest: Any
    ):
        super().__init__(ask, look={"at-most": at_most, "examples": list(examples)}, **rest)
