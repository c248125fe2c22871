"""Opening a database: what is accepted, and what an error may say."""

import asyncio
import shutil
import sqlite3
import traceback
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot.errors import StorageError
from bot.storage import Store, current_revision, migrate
from bot.storage.database import parse_url

SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://poet:{SECRET}@localhost/poems",
        f"poet {SECRET}",
        f"postgresql://poet:{SECRET}@localhost:port/poems",
        "sqlite://",
        "sqlite:///:memory:",
        "",
    ],
)
async def test_a_url_that_can_not_work_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(StorageError, match="DATABASE_URL") as caught:
        await Store.open(url)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_spelling_of_postgresql_is_accepted(scheme: str) -> None:
    assert parse_url(f"{scheme}://poet:x@host/poems").get_backend_name() == "postgresql"


@pytest.mark.parametrize("attempt", [current_revision, migrate])
def test_a_server_that_is_away_is_an_error_without_the_password(attempt: object) -> None:
    url = f"postgresql://poet:{SECRET}@127.0.0.1:1/poems"
    with pytest.raises(StorageError) as caught:
        attempt(url)  # type: ignore[operator]  # both take a URL
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_opening_a_server_that_is_away_is_an_error_without_the_password() -> None:
    with pytest.raises(StorageError) as caught:
        await Store.open(f"postgresql://poet:{SECRET}@127.0.0.1:1/poems")
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "poems.db"
    file.write_text("床前明月光，疑是地上霜。" * 100, encoding="utf-8")
    with pytest.raises(StorageError, match="not a database"):
        await Store.open(f"sqlite:///{file}")


async def test_a_missing_table_is_an_error(empty_database_url: str) -> None:
    store = await Store.open(empty_database_url)
    with pytest.raises(StorageError, match="chats"):
        await store.chats.get(1)
    await store.close()


async def test_sqlite_is_opened_with_wal_and_foreign_keys(migrated_file: Path) -> None:
    url = f"sqlite:///{migrated_file}"
    store = await Store.open(url)
    async with store._database.reading() as connection:
        found = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    await store.close()
    assert found == ["wal", 1, 20_000]


async def test_a_write_waits_for_another_process_that_writes(
    migrated_file: Path, tmp_path: Path
) -> None:
    """Begun with BEGIN IMMEDIATE, a transaction never finds its snapshot outdated."""
    file = shutil.copy(migrated_file, tmp_path / "poems.db")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = await Store.open(f"sqlite:///{file}")
    await store.ping()  # readers do not wait
    writing = asyncio.create_task(store.chats.seen(1, "private", now=datetime.now(UTC)))
    await asyncio.wait({writing}, timeout=0.1)
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    assert (await writing).id == 1
    await store.close()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_a_connection_the_server_has_dropped_while_idle_is_made_anew(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await Store.open(database_url)
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    monkeypatch.setattr("bot.storage.database.POSTGRES_IDLE_SECONDS", 0.0)
    await store.ping()
    await store.close()
