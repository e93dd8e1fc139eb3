from typing import Any

from viceversa_widgets.question import Question


class Scenario(Question):
    """A situation to try: choose, see what follows for each side, go back and try another.

    situation_html and debrief_html ({"both", "mentor", "mentee"}) are trusted, made safe in
    Python. choices: list of {"key", "words", "then", "mentor", "mentee"}. Value: list of the keys
    that have been tried.
    """

    kind = "scenario"

    def __init__(
        self,
        ask: str,
        *,
        situation_html: str,
        choices: list[dict[str, str]],
        debrief_html: dict[str, str],
        **rest: Any,
    ):
        told = {"situation-html": situation_html, "debrief-html": debrief_html}
        super().__init__(ask, look={"choices": choices, **told}, **rest)
