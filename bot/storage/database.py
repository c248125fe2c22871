"""One engine, two kinds of transaction, one kind of error.

It owns how SQLite and PostgreSQL are reached and how their errors become StorageError.
It knows no table. A `sqlite:///path` is opened with aiosqlite, a `postgresql://…` with
psycopg 3.

    async with database.reading() as connection: ...
    async with database.writing() as connection: ...   # committed when the block ends well
    async with database.writing_once() as connection: ...   # one statement, committed by itself
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, event, func, make_url, select
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.errors import StorageError

BACKENDS = ("sqlite", "postgresql")
SQLITE_BUSY_SECONDS = 20
POSTGRES_CONNECT_SECONDS = 10
POSTGRES_IDLE_SECONDS = 5.0  # after which a connection is asked for a sign of life
BEGIN_OPTION = "sqlite_begin"  # execution option: the statement that begins a transaction


def parse_url(database_url: str) -> URL:
    """The URL, or a StorageError that does not repeat it (it may hold a password)."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        raise StorageError("DATABASE_URL is not a database URL") from None
    backend = "postgresql" if url.drivername == "postgres" else url.get_backend_name()
    if backend not in BACKENDS:
        raise StorageError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise StorageError("DATABASE_URL must name a SQLite file")
    return url.set(drivername=backend)


def describe(error: DBAPIError | PoolTimeout) -> str:
    """What went wrong, without the values of a statement: those can be a user's words."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return "no connection became free in time"
    diagnosis = getattr(error.orig, "diag", None)
    words = getattr(diagnosis, "message_primary", None) or str(error.orig).partition("\n")[0]
    return f"{type(error.orig).__name__}: {words}"


@contextlib.contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn what the drivers raise into StorageError, once.

    The driver's error is not chained: its text can hold a row's values, and ours says the
    rest. UnicodeEncodeError and OverflowError come from values no database can keep.
    SQLAlchemy's other errors are bugs of ours and pass.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        words = describe(error)
        if url.password:
            words = words.replace(str(url.password), "***")
        raise StorageError(words) from None
    except (UnicodeEncodeError, OverflowError) as error:
        raise StorageError(f"a value can't be stored: {type(error).__name__}") from None


def prepare_sqlite(dbapi_connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Settings of each new SQLite connection; the driver's own BEGINs are switched off."""
    # SQLAlchemy's recipe: the driver must not begin transactions at moments of its own.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def enforce_foreign_keys(dbapi_connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Switch foreign keys on. Not for migrations: SQLite alters a table by rebuilding it,
    which would cascade."""
    cursor = dbapi_connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def begin_sqlite(connection: Connection) -> None:
    """Begin as the transaction's kind wants: DEFERRED to read, IMMEDIATE to write."""
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN_OPTION, "BEGIN"))


def create_engine(url: URL) -> AsyncEngine:
    """The engine the bot works with; nothing is connected yet."""
    engine = create_async_engine(with_driver(url, "aiosqlite"), **engine_options(url))
    listen(engine.sync_engine)
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", enforce_foreign_keys)
    return engine


def create_migration_engine(url: URL) -> Engine:
    """A blocking engine for the moment of a migration; it keeps no connection."""
    options = engine_options(url)
    engine = create_sync_engine(with_driver(url, "pysqlite"), poolclass=NullPool, **options)
    listen(engine)
    return engine


def with_driver(url: URL, sqlite_driver: str) -> URL:
    """The URL with the name of its driver; psycopg serves both ways of calling."""
    if url.get_backend_name() == "sqlite":
        return url.set(drivername=f"sqlite+{sqlite_driver}")
    if find_spec("psycopg") is None:
        raise StorageError("PostgreSQL needs psycopg: install poetry-bot[postgres]")
    return url.set(drivername="postgresql+psycopg")


def engine_options(url: URL) -> dict[str, Any]:
    """Options of every engine; hidden parameters keep users' words out of errors and logs."""
    if url.get_backend_name() == "sqlite":
        return {"hide_parameters": True}
    connect = {"connect_timeout": POSTGRES_CONNECT_SECONDS}
    return {"hide_parameters": True, "connect_args": connect}


def listen(engine: Engine) -> None:
    """Take the beginning of SQLite's transactions into our own hands, and look after
    PostgreSQL's connections."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", begin_sqlite)
    else:
        ping_if_idle(engine)


def ping_if_idle(engine: Engine) -> None:
    """Ask a connection for a sign of life where it has been idle: the server may have gone.

    SQLAlchemy's own ping asks each time, which costs a busy process as much as its work.
    """

    def note(_: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["used_at"] = time.monotonic()

    def ping(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: object) -> None:
        if time.monotonic() - entry.info.get("used_at", 0.0) < POSTGRES_IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool makes another one

    event.listen(engine, "connect", note)
    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ping)


class Database:
    """The engine and its kinds of transaction."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = create_engine(url)
        # SQLite has one writer. Those of this process queue here, in order, rather than
        # poll the file's lock; those of other processes meet at BEGIN IMMEDIATE.
        self._turn = asyncio.Lock() if url.get_backend_name() == "sqlite" else None

    async def close(self) -> None:
        """Give the connections back."""
        await self._engine.dispose()

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """To read; each statement sees what is committed when it begins."""
        with translated(self._url):
            async with self._engine.connect() as connection:
                await self._without_transaction(connection)
                yield connection

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes. On SQLite it takes the write lock when it begins, so
        that it never reads first and then finds the lock taken."""
        async with self._turn or contextlib.nullcontext():
            with translated(self._url):
                async with self._engine.connect() as connection:
                    await connection.execution_options(**{BEGIN_OPTION: "BEGIN IMMEDIATE"})
                    async with connection.begin():
                        yield connection

    @contextlib.asynccontextmanager
    async def writing_once(self) -> AsyncIterator[AsyncConnection]:
        """For a single statement that writes: it is a transaction of its own, so PostgreSQL is
        spared the two around it."""
        if self._turn is not None:
            async with self.writing() as connection:
                yield connection
            return
        with translated(self._url):
            async with self._engine.connect() as connection:
                await self._without_transaction(connection)
                yield connection

    async def _without_transaction(self, connection: AsyncConnection) -> None:
        if self._turn is None:  # SQLite's snapshots need one
            await connection.execution_options(isolation_level="AUTOCOMMIT")

    async def serialize(self, connection: AsyncConnection, number: int) -> None:
        """Let transactions that ask for the same number go on one after the other, each seeing
        what the one before committed. On SQLite all that write do so anyway."""
        if self._url.get_backend_name() == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(number)))

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT, which both databases spell alike."""
        if self._url.get_backend_name() == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)
