"""Titles, how a theme was read, and the style that was asked for.

Why: a page of favourites reads like an anthology, a message says through which images a theme
was read, and "another" repeats the style of the first.
A 词 needs no column: `text` holds its marks and the break between its stanzas.
Going down loses these three, and no poem.

All columns are nullable and without default, so that neither database rewrites a table, and
the release before goes on writing rows without them.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

STYLE = ("dynasty", "register", "boldness")
ADDED = {
    "poems": ("title", "theme_reading", *STYLE),
    "requests": STYLE,
    "subscriptions": ("dynasty",),
}


def upgrade() -> None:
    """Add the columns."""
    wait_briefly()
    for table, columns in ADDED.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    wait_briefly()
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)


def wait_briefly() -> None:
    """PostgreSQL: rather fail than make everybody queue behind us for a busy table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '5s'")
