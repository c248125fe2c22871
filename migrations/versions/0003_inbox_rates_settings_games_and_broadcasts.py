"""An inbox of updates, shared rates, settings, several subscriptions a chat, 接龙, broadcasts.

Why: several processes share the work and lose none of it, a chat has more than one daily poem
and its own settings, poems are shared, drawn and written line by line together.
Going down loses the new tables, and of several subscriptions of a chat all but the oldest.

A request may have no chat (it was made inline) and kinds of its own, so `requests` loses a
NOT NULL and a CHECK; on SQLite that rebuilds the table. All new columns are nullable and without
default. The index that allowed one subscription a chat goes; nothing was released that needs it.

Revision: 0003, after 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
ACTIVE = sa.text("ended_at IS NULL")
OPEN = sa.text("finished_at IS NULL")
KINDS = "kind IN ('poem', 'acrostic', 'continue', 'daily')"
ADDED: dict[str, dict[str, Any]] = {
    "chats": {
        "default_form": sa.Text(),
        "boldness": sa.Text(),
        "paper": sa.Text(),
        "layout": sa.Text(),
        "heard_language": sa.Text(),
    },
    "poems": {"share_token": sa.Text(), "people_lines": sa.Text()},
    "requests": {"chosen_at": INSTANT},
    "subscriptions": {"weekdays": sa.SmallInteger(), "paused_at": INSTANT},
}
INDEXED = {"requests": "created_at", "deliveries": "due_at"}  # what statistics look for
TABLES = (
    "broadcast_messages",
    "broadcasts",
    "jielong_games",
    "pictures",
    "rates",
    "updates",
)


def upgrade() -> None:
    """Add columns and tables, and let go what stood in their way."""
    wait_briefly()
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    # Until now a language was only ever heard, with /subscribe; nobody could choose one.
    op.execute("UPDATE chats SET heard_language = language, language = NULL")
    op.create_index(op.f("ix_poems_share_token"), "poems", ["share_token"], unique=True)
    op.drop_index("ix_subscriptions_active_chat_id", "subscriptions")
    with op.batch_alter_table("requests") as requests:
        requests.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=True)
        requests.drop_constraint(op.f("ck_requests_kind"), type_="check")
    for table, column in INDEXED.items():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    create_updates()
    create_rates_and_pictures()
    create_jielong_games()
    create_broadcasts()


def create_updates() -> None:
    op.create_table(
        "updates",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("tap", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("lease_token", sa.Text(), nullable=True),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
    )
    op.create_index(op.f("ix_updates_finished_at"), "updates", ["finished_at"])
    for name in ("id", "person"):
        op.create_index(
            f"ix_updates_open_{name}", "updates", [name], sqlite_where=OPEN, postgresql_where=OPEN
        )


def create_rates_and_pictures() -> None:
    op.create_table(
        "rates",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rates")),
    )
    op.create_table(
        "pictures",
        sa.Column("poem_id", sa.BigInteger(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["poem_id"], ["poems.id"], name=op.f("fk_pictures_poem_id_poems"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("poem_id", "style", name=op.f("pk_pictures")),
    )


def create_jielong_games() -> None:
    op.create_table(
        "jielong_games",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("lines", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("poem_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["chats.id"],
            name=op.f("fk_jielong_games_chat_id_chats"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["poem_id"],
            ["poems.id"],
            name=op.f("fk_jielong_games_poem_id_poems"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jielong_games")),
    )
    for name in ("chat_id", "poem_id"):
        op.create_index(op.f(f"ix_jielong_games_{name}"), "jielong_games", [name])


def create_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, nullable=False),
        sa.Column("admin_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_table(
        "broadcast_messages",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_broadcast_messages_broadcast_id_broadcasts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "chat_id", name=op.f("pk_broadcast_messages")),
    )
    op.create_index(
        op.f("ix_broadcast_messages_broadcast_id_state"),
        "broadcast_messages",
        ["broadcast_id", "state"],
    )


def downgrade() -> None:
    """Drop what came, and keep to what stood before."""
    wait_briefly()
    for table in TABLES:
        op.drop_table(table)
    for table, column in INDEXED.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    op.execute("UPDATE chats SET language = coalesce(language, heard_language)")
    op.execute("DELETE FROM requests WHERE chat_id IS NULL")
    op.execute("DELETE FROM requests WHERE kind NOT IN ('poem', 'acrostic', 'continue', 'daily')")
    with op.batch_alter_table("requests") as requests:
        requests.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=False)
        requests.create_check_constraint(op.f("ck_requests_kind"), KINDS)
    op.execute(
        "UPDATE subscriptions SET ended_at = created_at, ended_reason = 'one_a_chat'"
        " WHERE ended_at IS NULL AND id NOT IN"
        " (SELECT min(id) FROM subscriptions WHERE ended_at IS NULL GROUP BY chat_id)"
    )
    op.create_index(
        "ix_subscriptions_active_chat_id",
        "subscriptions",
        ["chat_id"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.drop_index(op.f("ix_poems_share_token"), "poems")
    for table, columns in ADDED.items():
        for name in columns:
            op.drop_column(table, name)


def wait_briefly() -> None:
    """PostgreSQL: rather fail than make everybody queue behind us for a busy table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '5s'")
