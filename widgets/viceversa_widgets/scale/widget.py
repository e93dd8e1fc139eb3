from typing import Any

from viceversa_widgets.question import Question


class Scale(Question):
    """Seven places between two statements, and “it depends”.

    Value: 1 (the left statement) to 7 (the right one), "it-depends", or None.
    """

    kind = "scale"

    def __init__(self, ask: str, *, left: str, right: str, **rest: Any):
        super().__init__(ask, look={"left": left, "right": right}, **rest)
