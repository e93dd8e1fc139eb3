from typing import Any

from viceversa_widgets.question import Question, listed


class Choice(Question):
    """One of a few answers.

    options: {key: words}. Value: a key, or None.
    """

    kind = "choice"

    def __init__(self, ask: str, *, options: dict[str, str], **rest: Any):
        super().__init__(ask, look={"options": listed(options)}, **rest)
