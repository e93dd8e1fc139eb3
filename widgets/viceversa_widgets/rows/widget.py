from typing import Any

from viceversa_widgets.question import Question


class Rows(Question):
    """A group of columns that repeats, as for the meetings of a plan.

    columns: list of {"key", "ask", "kind": "short-text" | "long-text" | "date" | "time" |
    "choice", "options" (of a choice): [{"key", "words"}]}; at_most: rows. Value: list of
    {column key: text}.
    """

    kind = "rows"

    def __init__(self, ask: str, *, columns: list[dict[str, Any]], at_most: int = 20, **rest: Any):
        super().__init__(ask, look={"columns": columns, "at-most": at_most}, **rest)
