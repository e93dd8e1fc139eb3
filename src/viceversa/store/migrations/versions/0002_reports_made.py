"""Reports made."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    person = sa.ForeignKey("people.id", name="fk_reports_person_id")
    op.create_table(
        "reports",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(16), person, nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    key = ["person_id", "edition", "format", "at"]
    op.create_index("ix_reports_person_id_edition_format_at", "reports", key)
