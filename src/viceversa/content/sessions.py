"""Running orders: the steps of a live session, their minutes, and what everybody does in them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator
from pydantic import Field as Setting

from viceversa.content.exercises import MOST_WORDS
from viceversa.content.fields import Option
from viceversa.content.names import Model, Slug, Text
from viceversa.content.worksheets import Source, Whole


class Activity(Model):
    """Something that the trainer opens and the group does."""

    # Any, because each kind narrows it to its own name.
    kind: Any
    key: Slug


class Asking(Activity):
    """An activity with a question of its own."""

    ask: Text
    help: Text | None = None


class Poll(Asking):
    """One answer out of several, without names; the group sees how many chose each."""

    kind: Literal["poll"] = "poll"
    options: Annotated[tuple[Option, ...], Setting(min_length=2)]


class WordCloud(Asking):
    """A few words from each, without names."""

    kind: Literal["word-cloud"] = "word-cloud"
    at_most: Annotated[int, Setting(strict=True, ge=1, le=5)] = 3


class Questions(Asking):
    """Questions to the trainer, who reads each before anybody else does; others vote for them."""

    kind: Literal["questions"] = "questions"


class GroupCheck(Activity):
    """A check question of a module, asked to everybody; the answers are explained when revealed."""

    kind: Literal["check"] = "check"
    module: Slug
    check: Slug  # type: ignore[assignment]


class GroupScenario(Activity):
    """A scenario in which everybody chooses; what follows is shown when revealed."""

    kind: Literal["scenario"] = "scenario"
    scenario: Slug


class StoryTime(Activity):
    """A module's story, to read."""

    kind: Literal["story"] = "story"
    module: Slug


class Reflection(Activity):
    """Private writing: fields of a worksheet, or a module's prompt. Nobody else sees it."""

    kind: Literal["reflection"] = "reflection"
    worksheet: Slug | None = None
    fields: tuple[Slug, ...] = ()
    module: Slug | None = None


class Breakouts(Activity):
    """A scenario played in small groups: a mentor, a mentee and observers."""

    kind: Literal["breakouts"] = "breakouts"
    scenario: Slug
    of: Annotated[int, Setting(strict=True, ge=3, le=5)] = 3
    minutes: Whole


class GroupCommitment(Asking):
    """What each will do, without a name."""

    kind: Literal["commitment"] = "commitment"
    examples: tuple[Text, ...] = ()
    at_most: Whole = MOST_WORDS


AnyActivity = Annotated[
    Poll
    | WordCloud
    | Questions
    | GroupCheck
    | GroupScenario
    | StoryTime
    | Reflection
    | Breakouts
    | GroupCommitment,
    Discriminator("kind"),
]


class Step(Model):
    """One step: how long, what participants see, what the trainer says, and what if."""

    key: Slug
    title: Text
    minutes: Whole
    show: Text
    notes: Text
    when_late: Text
    when_the_line_fails: Text
    activities: tuple[AnyActivity, ...] = ()


class OrderSheet(Model):
    """A running order as its author writes it."""

    title: Text
    version: Whole = 1
    minutes: Whole
    about: Text
    before: Text
    after: Text
    steps: Annotated[tuple[Step, ...], Setting(min_length=1)]
    sources: tuple[Source, ...] = ()


class RunningOrder(OrderSheet):
    """A running order with its name and the stamp of its exact text."""

    slug: Slug
    stamp: str = ""

    def activities(self) -> Iterator[tuple[Step, Activity]]:
        """Give every activity with the step that it stands in, in order."""
        for step in self.steps:
            for activity in step.activities:
                yield step, activity

    def activity(self, key: str) -> Activity | None:
        """Give an activity by its key, or None."""
        return next((one for _, one in self.activities() if one.key == key), None)
