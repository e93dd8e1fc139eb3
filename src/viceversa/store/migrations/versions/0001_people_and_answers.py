"""People, pairs, links, sessions and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _time(name: str, *, optional: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _text(name: str, *, optional: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text, nullable=optional)


def _person(table: str, name: str = "person_id", *, optional: bool = False) -> sa.Column:
    key = sa.ForeignKey("people.id", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.String(16), key, nullable=optional)


def upgrade() -> None:
    _make_about()
    _make_people()
    _make_pairs()
    _make_ways_in()
    _make_answers()


def _make_about() -> None:
    op.create_table(
        "about",
        sa.Column("key", sa.String(40), nullable=False),
        _text("value"),
        sa.PrimaryKeyConstraint("key", name="pk_about"),
    )


def _make_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(16), nullable=False),
        _text("name"),
        _text("email", optional=True),
        sa.Column("role", sa.String(20), nullable=False),
        _text("grade"),
        _text("department"),
        _text("line_manager"),
        sa.Column("language", sa.String(20), nullable=False),
        _time("added_at"),
        _time("forgotten_at", optional=True),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )


def _make_pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("id", sa.String(16), nullable=False),
        _person("pairs", "mentor_id"),
        _person("pairs", "mentee_id"),
        _time("joined_at"),
        _time("ended_at", optional=True),
        sa.PrimaryKeyConstraint("id", name="pk_pairs"),
        sa.UniqueConstraint("mentor_id", "mentee_id", name="uq_pairs_mentor_id_mentee_id"),
        sa.CheckConstraint("mentor_id <> mentee_id", name="ck_pairs_two_people"),
    )
    op.create_index("ix_pairs_mentee_id", "pairs", ["mentee_id"])


def _make_ways_in() -> None:
    op.create_table(
        "links",
        sa.Column("hash", sa.String(64), nullable=False),
        _person("links"),
        _time("made_at"),
        _time("expires_at"),
        _time("revoked_at", optional=True),
        _time("used_at", optional=True),
        sa.PrimaryKeyConstraint("hash", name="pk_links"),
    )
    op.create_index("ix_links_person_id", "links", ["person_id"])
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), nullable=False),
        _person("sessions"),
        _time("started_at"),
        _time("expires_at"),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])


def _make_answers() -> None:
    pair = sa.ForeignKey("pairs.id", name="fk_answers_pair_id")
    key = ("worksheet", "field", "revision")
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, nullable=False),
        _person("answers", optional=True),
        sa.Column("pair_id", sa.String(16), pair, nullable=True),
        sa.Column("worksheet", sa.String(100), nullable=False),
        sa.Column("field", sa.String(100), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("seen_by", sa.String(20), nullable=False),
        sa.Column("stamp", sa.String(40), nullable=False),
        _person("answers", "by", optional=True),
        _time("at"),
        sa.Column("aside", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("person_id", *key, name=f"uq_answers_person_id_{'_'.join(key)}"),
        sa.UniqueConstraint("pair_id", *key, name=f"uq_answers_pair_id_{'_'.join(key)}"),
        sa.CheckConstraint("(person_id IS NULL) <> (pair_id IS NULL)", name="ck_answers_one_owner"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_by", "answers", ["by"])
    op.create_index("ix_answers_person_id_id", "answers", ["person_id", "id"])
    op.create_index("ix_answers_pair_id_id", "answers", ["pair_id", "id"])
