"""The tables as SQLAlchemy knows them. `migrations/` builds them; a test compares the two.

Conventions: ids are BIGINT; instants are UtcDateTime; a column with a few allowed words
has a CHECK; names of constraints follow NAMING, so that a migration can drop them. The words
of a style have none: they are the poet's, there may be more of them, and on SQLite another
CHECK means another table.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    and_,
)

from bot.storage.records import DeliveryState

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. A naive datetime is refused: nobody could say which instant it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a time zone can't be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no offset; what was written there was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Lines(TypeDecorator[tuple[str, ...]]):
    """The lines of a poem, one a line of text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        return None if value is None else "\n".join(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split("\n"))


class Words(Lines):
    """Some words or none; none is NULL, as in rows from before there were any."""

    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return super().process_bind_param(value or None, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return super().process_result_value(value, dialect) or ()


class State(TypeDecorator[DeliveryState]):
    """A delivery's state, as its word."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else DeliveryState(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> DeliveryState | None:
        return None if value is None else DeliveryState(value)


# SQLite numbers rows by itself only in an INTEGER (also 64 bit there) primary key.
Id = BigInteger().with_variant(Integer, "sqlite")


def one_of(column: str, *words: str) -> CheckConstraint:
    """The CHECK that keeps `column` to these words (NULL passes, as in any CHECK)."""
    allowed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def references(column: str, on_delete: str, **options: Any) -> Column[int]:
    """A BIGINT foreign key `<table>_id` to `<table>s.id`."""
    target = f"{column.removesuffix('_id')}s.id"
    return Column(column, BigInteger, ForeignKey(target, ondelete=on_delete), **options)


def partial_index(name: str, column: Column[Any], *ends: Column[Any], unique: bool = False) -> None:
    """An index on the rows of which no one of `ends` has come."""
    going_on = and_(*(end.is_(None) for end in ends))
    Index(
        f"ix_{column.table.name}_{name}",
        column,
        unique=unique,
        sqlite_where=going_on,
        postgresql_where=going_on,
    )


chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("language", Text),
    Column("script", Text),
    Column("timezone", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("blocked_at", UtcDateTime),
    Column("default_form", Text),
    Column("boldness", Text),
    Column("paper", Text),
    Column("layout", Text),
    Column("heard_language", Text),  # that somebody there speaks; `language` is the chosen one
    Column("menu", Text),  # language of the command menu that Telegram has for this chat alone
    one_of("kind", "private", "group", "supergroup", "channel"),
    one_of("script", "simplified", "traditional"),
)

poems = Table(
    "poems",
    metadata,
    Column("id", Id, primary_key=True),
    Column("form", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("heads", Text),
    Column("first_line", Text),
    Column("lines", Lines, nullable=False),
    Column("text", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("rhyme", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("model", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("title", Text),
    Column("theme_reading", Words),
    Column("dynasty", Text),
    Column("register", Text),
    Column("boldness", Text),
    Column("share_token", Text),
    Column("people_lines", Words),  # numbers of the lines that people wrote, in 接龙
    Column("theme_taken", Text),  # how the poet took the theme, in its own word
    Index(None, "share_token", unique=True),
    Index(None, "text"),  # whether somebody has seen these words
    one_of("script", "simplified", "traditional"),
    # The id of a deleted poem is not given out again: old buttons would show another poem.
    sqlite_autoincrement=True,
)

requests = Table(
    "requests",
    metadata,
    Column("id", Id, primary_key=True),
    references("chat_id", "CASCADE"),  # none: asked inline, in a chat that is not ours to know
    Column("user_id", BigInteger),  # below zero: asked in the name of this chat
    references("poem_id", "SET NULL"),
    Column("kind", Text, nullable=False),
    Column("form", Text),
    Column("theme", Text, nullable=False),
    Column("heads", Text),
    Column("first_line", Text),
    Column("ms", Float),
    Column("error", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("dynasty", Text),
    Column("register", Text),
    Column("boldness", Text),
    Column("chosen_at", UtcDateTime),  # when somebody sent this poem from inline mode
    Index(None, "user_id", "id"),
    Index(None, "chat_id"),
    Index(None, "poem_id"),
    Index(None, "created_at"),
)

favourites = Table(
    "favourites",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    references("poem_id", "CASCADE", nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("user_id", "poem_id"),
    Index(None, "poem_id"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Id, primary_key=True),
    references("chat_id", "CASCADE", nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("form", Text),
    Column("script", Text),
    Column("thread_id", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("scheduled_at", UtcDateTime, nullable=False),
    Column("planned_through", Date),
    Column("plan_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_reason", Text),
    Column("dynasty", Text),
    Column("weekdays", SmallInteger),  # bit 0 is Monday; NULL is every day
    Column("paused_at", UtcDateTime),
    one_of("script", "simplified", "traditional"),
    Index(None, "chat_id"),
)
# What each wake reads.
partial_index("active_plan_at", subscriptions.c.plan_at, subscriptions.c.ended_at)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    references("subscription_id", "CASCADE", nullable=False),
    Column("local_date", Date, nullable=False),
    Column("state", State, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("deadline_at", UtcDateTime, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("unanswered", SmallInteger, nullable=False),
    references("poem_id", "SET NULL"),
    Column("message_id", BigInteger),
    Column("reason", Text),
    Column("lease_token", Text),
    Column("lease_until", UtcDateTime),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("subscription_id", "local_date"),
    one_of("state", *DeliveryState),
    CheckConstraint(
        "finished_at IS NOT NULL OR state NOT IN ('sent', 'missed', 'failed', 'cancelled')",
        name="finished",
    ),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease"),
    Index(None, "poem_id"),
    Index(None, "due_at"),
)
# Finished deliveries pile up; what a wake looks for is among the open ones.
partial_index("open_next_attempt_at", deliveries.c.next_attempt_at, deliveries.c.finished_at)
partial_index("open_deadline_at", deliveries.c.deadline_at, deliveries.c.finished_at)
# What is written ahead is among those without a poem.
partial_index(
    "unwritten_next_attempt_at",
    deliveries.c.next_attempt_at,
    deliveries.c.finished_at,
    deliveries.c.poem_id,
)

# The inbox: an update is here before it is served, and served by whoever claims it.
updates = Table(
    "updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Telegram's update_id
    Column("person", Text),  # "chat:user"; what one person does in one chat is served in order
    Column("tap", Text),  # the button that was tapped: person, message and data
    Column("body", Text, nullable=False),  # JSON as Telegram sent it; emptied when it is served
    Column("received_at", UtcDateTime, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("lease_token", Text),
    Column("lease_until", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("placeholder_id", BigInteger),  # the message that holds the place of the answer
    Index(None, "finished_at"),
)
partial_index("open_id", updates.c.id, updates.c.finished_at)
partial_index("open_person", updates.c.person, updates.c.finished_at)

# When the next message may go: over all, to a chat, for a person's wishes. Shared by replicas.
# Microseconds since 1970, so that both databases add to it in the statement that reads it.
rates = Table(
    "rates",
    metadata,
    Column("key", Text, primary_key=True),
    Column("free_at", BigInteger, nullable=False),
)

# Pictures that Telegram keeps already, so that none is drawn and sent up twice.
pictures = Table(
    "pictures",
    metadata,
    references("poem_id", "CASCADE", primary_key=True),
    Column("style", Text, primary_key=True),  # paper and script
    Column("file_id", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

jielong_games = Table(
    "jielong_games",
    metadata,
    Column("id", Id, primary_key=True),
    references("chat_id", "CASCADE", nullable=False),
    Column("thread_id", BigInteger),
    Column("user_id", BigInteger, nullable=False),  # who began it
    Column("form", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("language", Text),  # of the messages that show it
    Column("lines", Words),
    Column("authors", Words),  # of each line: a person's id and name, or "bot"
    Column("seed", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    references("poem_id", "SET NULL"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_reason", Text),
    Index(None, "chat_id"),
    Index(None, "poem_id"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("admin_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),  # where it was written and is previewed
    Column("message_id", BigInteger),  # the preview
    Column("language", Text, nullable=False),  # of the preview
    Column("audience", Text, nullable=False),  # "people" | "everyone"
    Column("text", Text, nullable=False),  # Telegram's HTML
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("cancelled_at", UtcDateTime),
)

broadcast_messages = Table(
    "broadcast_messages",
    metadata,
    references("broadcast_id", "CASCADE", primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),  # a MessageState
    Column("lease_until", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Index(None, "broadcast_id", "state"),
)
