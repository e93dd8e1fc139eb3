"""The tables of the store, and which revision of them this version of the kit knows."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every revision a migration leads to, oldest first; a test holds them against the migrations."""
REVISION = REVISIONS[-1]


def now() -> datetime:
    """The time as the store writes it: aware, UTC."""
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A time that goes in and comes out aware and in UTC, also where the database has no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("The store takes only times that say their time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

about = Table(
    "about",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    # Empty only on the nameless row that is left of somebody forgotten.
    Column("email", Text, unique=True),
    Column("role", String(20), nullable=False),
    Column("grade", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("line_manager", Text, nullable=False),
    Column("language", String(20), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("forgotten_at", Moment),
)

pairs = Table(
    "pairs",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("mentor_id", ForeignKey("people.id"), nullable=False),
    Column("mentee_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("joined_at", Moment, nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("mentor_id", "mentee_id"),
    CheckConstraint("mentor_id <> mentee_id", name="two_people"),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("used_at", Moment),
    # Made at a guest's own wish, for an address that nobody has checked.
    Column("by_guest", Boolean, nullable=False, server_default=false()),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# The owner is one of two columns, not a kind and an id, so that both are real foreign keys.
answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id")),
    Column("pair_id", ForeignKey("pairs.id")),
    Column("worksheet", String(100), nullable=False),
    Column("field", String(100), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("seen_by", String(20), nullable=False),
    Column("stamp", String(40), nullable=False),
    Column("by", ForeignKey("people.id"), index=True),
    Column("at", Moment, nullable=False),
    Column("aside", Boolean, nullable=False),
    UniqueConstraint("person_id", "worksheet", "field", "revision"),
    UniqueConstraint("pair_id", "worksheet", "field", "revision"),
    CheckConstraint("(person_id IS NULL) <> (pair_id IS NULL)", name="one_owner"),
    Index(None, "person_id", "id"),
    Index(None, "pair_id", "id"),
    # An id is never given twice, or a page asking for news since an id could miss some.
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("edition", String(20), nullable=False),
    Column("format", String(20), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "person_id", "edition", "format", "at"),
)

# A room is one live session while it is held: who leads it, where it is, and its open code.
rooms = Table(
    "rooms",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("running_order", String(100), nullable=False),
    Column("stamp", String(40), nullable=False),
    Column("title", Text, nullable=False),
    # Empty once the room has ended, so that it can be given again.
    Column("code", String(6), unique=True),
    Column("led_by", ForeignKey("people.id"), nullable=False, index=True),
    Column("state", JSON, nullable=False),
    Column("pad", Text, nullable=False),
    Column("pad_revision", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

guests = Table(
    "guests",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("room_id", ForeignKey("rooms.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("last_seen_at", Moment),
    Column("left_at", Moment),
    Column("kept_at", Moment),
    Column("removed", Boolean, nullable=False),
    UniqueConstraint("room_id", "number"),
)

# Without names: the key is made with a secret that only the guest's browser has, and there is
# neither a guest nor a time in it. Without row ids, not even the order of writing is kept.
room_answers = Table(
    "room_answers",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("room_id", ForeignKey("rooms.id"), nullable=False, index=True),
    Column("activity", String(100), nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("early", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What a guest writes for nobody else.
room_notes = Table(
    "room_notes",
    metadata,
    Column("guest_id", ForeignKey("guests.id"), primary_key=True),
    Column("activity", String(100), primary_key=True),
    Column("field", String(100), primary_key=True),
    Column("value", JSON(none_as_null=True)),
    Column("revision", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

room_questions = Table(
    "room_questions",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("room_id", ForeignKey("rooms.id"), nullable=False),
    Column("activity", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("n", Integer, nullable=False),
    Column("author_key", String(64), nullable=False),
    UniqueConstraint("room_id", "n"),
    sqlite_with_rowid=False,
)

room_votes = Table(
    "room_votes",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("question_id", ForeignKey("room_questions.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)
