"""Runs migrations for `bot.storage.migrate`, and for the `alembic` command of a developer.

The database URL is an attribute of the configuration or, on the command line, the
environment variable DATABASE_URL. One process migrates at a time; others wait and then find
the work done.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Engine, TypeDecorator, text

from bot.errors import StorageError
from bot.storage.database import BEGIN_OPTION, create_migration_engine, parse_url
from bot.storage.tables import metadata

# Any number will do that nothing else on the server uses: "poem" in ASCII.
POSTGRES_LOCK = 0x706F656D
WAIT_SECONDS = 60
POLL_SECONDS = 0.05


def database_url() -> str:
    """Where to migrate."""
    url = context.config.attributes.get("database_url") or os.environ.get("DATABASE_URL")
    if not url:
        raise StorageError("DATABASE_URL is not set")
    return str(url)


@contextmanager
def only_one(engine: Engine) -> Iterator[None]:
    """Hold PostgreSQL's advisory lock on a connection of its own.

    It is asked for again and again rather than waited for: a waiting statement holds a
    snapshot, for which a CREATE INDEX CONCURRENTLY of the working process would wait.
    """
    take = text("SELECT pg_try_advisory_lock(:number)")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        give_up = time.monotonic() + WAIT_SECONDS
        while not connection.execute(take, {"number": POSTGRES_LOCK}).scalar_one():
            if time.monotonic() > give_up:
                raise StorageError("another process has been migrating for a minute")
            time.sleep(POLL_SECONDS)
        yield  # closing the connection gives the lock back


def check_foreign_keys(connection: Connection) -> None:
    """SQLite does not watch foreign keys while it migrates, so look before the commit."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise StorageError(f"the migration would leave rows of {broken[0]} without a parent")


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types into new revisions as what they are in the database."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def run(engine: Engine) -> None:
    """Migrate in one transaction, which on SQLite holds the write lock from its beginning."""
    options = {BEGIN_OPTION: "BEGIN IMMEDIATE"}
    with engine.connect().execution_options(**options) as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transactional_ddl=True,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
            check_foreign_keys(connection)


def main() -> None:
    """Take the lock, migrate."""
    if context.is_offline_mode():
        raise StorageError("migrations run on a database; there is no --sql mode")
    engine = create_migration_engine(parse_url(database_url()))
    with nullcontext() if engine.dialect.name == "sqlite" else only_one(engine):
        run(engine)


main()
