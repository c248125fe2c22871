"""The language of a chat's menu, how a theme was taken, the message in an answer's place, and two
indexes of the daily poem.

Why: who reads 繁體 has the command menu in it, a poem says when its theme was taken freely, whoever
serves an update after another died goes on with the message it left, and among a hundred thousand
daily poems those to be written, and words already seen, are found at once.
Going down loses the three columns, and no poem.

The columns are nullable and without default: the release before goes on writing rows.

Revision: 0004, after 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

UNWRITTEN = sa.text("finished_at IS NULL AND poem_id IS NULL")
ADDED: dict[str, tuple[str, sa.types.TypeEngine[Any]]] = {
    "chats": ("menu", sa.Text()),
    "poems": ("theme_taken", sa.Text()),
    "updates": ("placeholder_id", sa.BigInteger()),
}


def upgrade() -> None:
    """Add the columns and the indexes."""
    wait_briefly()
    for table, (column, kind) in ADDED.items():
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.create_index(op.f("ix_poems_text"), "poems", ["text"])
    op.create_index(
        "ix_deliveries_unwritten_next_attempt_at",
        "deliveries",
        ["next_attempt_at"],
        sqlite_where=UNWRITTEN,
        postgresql_where=UNWRITTEN,
    )


def downgrade() -> None:
    """Drop them."""
    wait_briefly()
    op.drop_index("ix_deliveries_unwritten_next_attempt_at", "deliveries")
    op.drop_index(op.f("ix_poems_text"), "poems")
    for table, (column, _) in ADDED.items():
        op.drop_column(table, column)


def wait_briefly() -> None:
    """PostgreSQL: rather fail than make everybody queue behind us for a busy table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '5s'")
