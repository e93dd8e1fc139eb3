from typing import Any

from viceversa_widgets.question import Question, listed


class Choices(Question):
    """Any of a few answers.

    options: {key: words}; at_most: how many may be chosen. Value: list of keys in the options'
    order.
    """

    kind = "choices"

    def __init__(
        self, ask: str, *, options: dict[str, str], at_most: int | None = None, **rest: Any
    ):
        super().__init__(ask, look={"options": listed(options), "at-most": at_most}, **rest)
