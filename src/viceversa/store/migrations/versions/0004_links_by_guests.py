"""Links that guests of a live session made for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    unasked = sa.Column("by_guest", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("links", unasked)
