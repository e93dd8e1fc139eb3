"""Twelve scales, a long text and a choice, as on our page."""

# pyright: reportMissingImports=false
from otree.api import (
    BaseConstants,
    BaseGroup,
    BasePlayer,
    BaseSubsession,
    Page,
    models,
    widgets,
)

SCALES = [f"scale_{number}" for number in range(1, 13)]


class C(BaseConstants):
    NAME_IN_URL = "mindset"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    noticed = models.LongStringField(label="What do you notice?", blank=True)
    share = models.StringField(
        label="May your partner see your result?",
        choices=[["yes", "Yes"], ["no", "Not now"]],
        widget=widgets.RadioSelect,
        blank=True,
    )


for name in SCALES:
    field = models.IntegerField(
        label=f"{name}: two ways to act, and both are good ways.",
        choices=list(range(1, 8)),
        widget=widgets.RadioSelectHorizontal,
        blank=True,
    )
    setattr(Player, name, field)


class Mindset(Page):
    form_model = "player"
    form_fields = [*SCALES, "noticed", "share"]  # noqa: RUF012


page_sequence = [Mindset]
