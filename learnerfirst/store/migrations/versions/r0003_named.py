"""What people say under their name, by choice: a table of its own, that nothing joins with the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; its rows have a random key and no row number beside it."""
    op.create_table(
        "named",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Going back would drop what people entered; restore a backup instead."""
    raise NotImplementedError("restore a backup made by the older version instead")
