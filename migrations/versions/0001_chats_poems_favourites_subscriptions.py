"""Chats, the poems written for them, favourites, subscriptions and deliveries.

Why: the bot remembers what it wrote, what was kept, and who gets a poem every day.
Going down loses all of it.

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


# SQLite numbers rows by itself only in an INTEGER primary key.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ACTIVE = sa.text("ended_at IS NULL")
OPEN = sa.text("finished_at IS NULL")


def upgrade() -> None:
    """Make the six tables, parents first."""
    create_chats()
    create_poems()
    create_favourites()
    create_requests()
    create_subscriptions()
    index_subscriptions()
    create_deliveries()
    index_deliveries()


def create_chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("script", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('private', 'group', 'supergroup', 'channel')", name=op.f("ck_chats_kind")
        ),
        sa.CheckConstraint("script IN ('simplified', 'traditional')", name=op.f("ck_chats_script")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
    )


def create_poems() -> None:
    op.create_table(
        "poems",
        sa.Column("id", ID, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("heads", sa.Text(), nullable=True),
        sa.Column("first_line", sa.Text(), nullable=True),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("rhyme", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("script IN ('simplified', 'traditional')", name=op.f("ck_poems_script")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poems")),
        sqlite_autoincrement=True,
    )


def create_favourites() -> None:
    op.create_table(
        "favourites",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("poem_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["poem_id"], ["poems.id"], name=op.f("fk_favourites_poem_id_poems"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_favourites")),
        sa.UniqueConstraint("user_id", "poem_id", name=op.f("uq_favourites_user_id_poem_id")),
    )
    op.create_index(op.f("ix_favourites_poem_id"), "favourites", ["poem_id"])


def create_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("poem_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("heads", sa.Text(), nullable=True),
        sa.Column("first_line", sa.Text(), nullable=True),
        sa.Column("ms", sa.Float(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('poem', 'acrostic', 'continue', 'daily')", name=op.f("ck_requests_kind")
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_requests_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["poem_id"], ["poems.id"], name=op.f("fk_requests_poem_id_poems"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_index(op.f("ix_requests_chat_id"), "requests", ["chat_id"])
    op.create_index(op.f("ix_requests_poem_id"), "requests", ["poem_id"])
    op.create_index(op.f("ix_requests_user_id_id"), "requests", ["user_id", "id"])


def create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("script", sa.Text(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_through", sa.Date(), nullable=True),
        sa.Column("plan_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "script IN ('simplified', 'traditional')", name=op.f("ck_subscriptions_script")
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["chats.id"],
            name=op.f("fk_subscriptions_chat_id_chats"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
    )


def index_subscriptions() -> None:
    op.create_index(
        "ix_subscriptions_active_chat_id",
        "subscriptions",
        ["chat_id"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.create_index(
        "ix_subscriptions_active_plan_at",
        "subscriptions",
        ["plan_at"],
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.create_index(op.f("ix_subscriptions_chat_id"), "subscriptions", ["chat_id"])


def create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("subscription_id", sa.BigInteger(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("unanswered", sa.SmallInteger(), nullable=False),
        sa.Column("poem_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("lease_token", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "finished_at IS NOT NULL OR state NOT IN ('sent', 'missed', 'failed', 'cancelled')",
            name=op.f("ck_deliveries_finished"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'ready', 'sending', 'unknown',"
            " 'sent', 'missed', 'failed', 'cancelled')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.CheckConstraint(
            "(lease_token IS NULL) = (lease_until IS NULL)", name=op.f("ck_deliveries_lease")
        ),
        sa.ForeignKeyConstraint(
            ["poem_id"], ["poems.id"], name=op.f("fk_deliveries_poem_id_poems"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_deliveries_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "subscription_id", "local_date", name=op.f("uq_deliveries_subscription_id_local_date")
        ),
    )


def index_deliveries() -> None:
    op.create_index(
        "ix_deliveries_open_deadline_at",
        "deliveries",
        ["deadline_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_deliveries_open_next_attempt_at",
        "deliveries",
        ["next_attempt_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(op.f("ix_deliveries_poem_id"), "deliveries", ["poem_id"])


def downgrade() -> None:
    """Drop them, children first; their indexes go with them."""
    op.drop_table("deliveries")
    op.drop_table("subscriptions")
    op.drop_table("requests")
    op.drop_table("favourites")
    op.drop_table("poems")
    op.drop_table("chats")
