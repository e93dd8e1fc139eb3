"""The kinds of field that a module is learnt with: a check question, a scenario, a commitment."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import StrictBool

from viceversa.content.fields import Field, Most, Option, Writing
from viceversa.content.markdown import to_html
from viceversa.content.names import Model, Slug, Text
from viceversa.content.refused import Refused
from viceversa.content.words import Words

MOST_WORDS = 500


class Explained(Option):
    """One answer to a check question, with why it is or is not the better one."""

    right: StrictBool = False
    feedback: Text


class Check(Field):
    """A question to oneself: every answer is explained once it has been chosen."""

    PRACTICE: ClassVar[bool] = True

    kind: Literal["check"] = "check"
    options: Annotated[tuple[Explained, ...], Setting(min_length=2)]

    def read(self, value: Any, words: Words) -> str:
        return next((one.words for one in self.options if one.key == value), str(value))

    def _check(self, value: Any) -> str:
        if any(value == option.key for option in self.options):
            return value
        raise Refused("refused-choice", options=", ".join(f"“{o.words}”" for o in self.options))


class Course(Model):
    """One thing that somebody might do, and what follows from it for each side."""

    key: Slug
    words: Text
    then: Text
    mentor: Text
    mentee: Text


class Debrief(Model):
    """What to take from a scenario: for everybody, and for each role."""

    both: Text
    mentor: Text
    mentee: Text


class Situation(Model):
    """A situation, what one might do in it, and what each of these leads to."""

    situation: Text
    choices: Annotated[tuple[Course, ...], Setting(min_length=3, max_length=4)]
    debrief: Debrief

    def told(self) -> dict[str, Any]:
        """Give it as a page takes it, with markdown as safe HTML."""
        debrief = self.debrief.model_dump()
        return {
            "situation-html": to_html(self.situation),
            "choices": [choice.model_dump(mode="json") for choice in self.choices],
            "debrief-html": {who: to_html(text) for who, text in debrief.items()},
        }


class Scenario(Field, Situation):
    """A scenario to try: choose, see what follows, go back and try another.

    Its value is the list of the choices that have been tried.
    """

    PRACTICE: ClassVar[bool] = True

    kind: Literal["scenario"] = "scenario"

    def look(self) -> dict[str, Any]:
        plain = Field.look(self)
        return {k: v for k, v in plain.items() if k not in Situation.model_fields} | self.told()

    def read(self, value: Any, words: Words) -> list[str]:
        tried = value if isinstance(value, list) else []
        return [choice.words for choice in self.choices if choice.key in tried]

    def _check(self, value: Any) -> list[str]:
        keys = [choice.key for choice in self.choices]
        if not isinstance(value, list) or any(item not in keys for item in value):
            options = ", ".join(f"“{choice.words}”" for choice in self.choices)
            raise Refused("refused-choices", options=options)
        return [key for key in keys if key in value]


class Commitment(Writing):
    """One thing that somebody will do, in their own words; examples show how small it may be."""

    kind: Literal["commitment"] = "commitment"
    at_most: Most = MOST_WORDS
    examples: tuple[Text, ...] = ()
