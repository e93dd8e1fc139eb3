"""Live sessions: rooms, guests, answers without names, notes, questions and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _key(table: str, name: str, to: str, *, size: int = 16) -> sa.Column:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.String(size), key, nullable=False)


def _time(name: str, *, optional: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _text(name: str, size: int | None = None, *, optional: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(size) if size else sa.Text, nullable=optional)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=False)


def _value() -> sa.Column:
    return sa.Column("value", sa.JSON(none_as_null=True), nullable=True)


def upgrade() -> None:
    _make_rooms()
    _make_guests()
    _make_answers()
    _make_notes()
    _make_questions()


def _make_rooms() -> None:
    op.create_table(
        "rooms",
        _text("id", 16),
        _text("running_order", 100),
        _text("stamp", 40),
        _text("title"),
        _text("code", 6, optional=True),
        _key("rooms", "led_by", "people"),
        sa.Column("state", sa.JSON, nullable=False),
        _text("pad"),
        _number("pad_revision"),
        _time("begun_at"),
        _time("expires_at"),
        _time("ended_at", optional=True),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
        sa.UniqueConstraint("code", name="uq_rooms_code"),
    )
    op.create_index("ix_rooms_led_by", "rooms", ["led_by"])


def _make_guests() -> None:
    op.create_table(
        "guests",
        _text("id", 16),
        _key("guests", "room_id", "rooms"),
        _number("number"),
        _text("token_hash", 64),
        _text("name"),
        _time("joined_at"),
        _time("last_seen_at", optional=True),
        _time("left_at", optional=True),
        _time("kept_at", optional=True),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guests"),
        sa.UniqueConstraint("token_hash", name="uq_guests_token_hash"),
        sa.UniqueConstraint("room_id", "number", name="uq_guests_room_id_number"),
    )


def _make_answers() -> None:
    op.create_table(
        "room_answers",
        _text("key", 64),
        _key("room_answers", "room_id", "rooms"),
        _text("activity", 100),
        _value(),
        sa.Column("early", sa.Boolean, nullable=False),
        _number("revision"),
        sa.PrimaryKeyConstraint("key", name="pk_room_answers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_room_answers_room_id", "room_answers", ["room_id"])


def _make_notes() -> None:
    op.create_table(
        "room_notes",
        _key("room_notes", "guest_id", "guests"),
        _text("activity", 100),
        _text("field", 100),
        _value(),
        _number("revision"),
        _time("at"),
        sa.PrimaryKeyConstraint("guest_id", "activity", "field", name="pk_room_notes"),
    )


def _make_questions() -> None:
    op.create_table(
        "room_questions",
        _text("id", 16),
        _key("room_questions", "room_id", "rooms"),
        _text("activity", 100),
        _text("text"),
        _text("state", 20),
        _number("n"),
        _text("author_key", 64),
        sa.PrimaryKeyConstraint("id", name="pk_room_questions"),
        sa.UniqueConstraint("room_id", "n", name="uq_room_questions_room_id_n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "room_votes",
        _text("key", 64),
        _key("room_votes", "question_id", "room_questions"),
        sa.PrimaryKeyConstraint("key", name="pk_room_votes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_room_votes_question_id", "room_votes", ["question_id"])
