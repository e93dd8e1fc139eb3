"""Every kind of field that a worksheet can have; a new kind is named here."""

from typing import Annotated

from pydantic import Discriminator

from viceversa.content.exercises import Check, Commitment, Scenario
from viceversa.content.fields import (
    Choice,
    Choices,
    Date,
    HowLongAgo,
    List,
    LongText,
    Rows,
    Scale,
    ShortText,
)

AnyField = Annotated[
    Scale
    | HowLongAgo
    | Choice
    | Choices
    | ShortText
    | LongText
    | List
    | Date
    | Rows
    | Check
    | Scenario
    | Commitment,
    Discriminator("kind"),
]
