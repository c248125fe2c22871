"""The migrations, up and down, on both databases, and what they build beside the models."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect

import migrations
from bot.errors import StorageError
from bot.storage import Store, current_revision, head_revision, migrate
from bot.storage.database import create_migration_engine, parse_url
from bot.storage.tables import metadata

TABLES = set(metadata.tables)


def tables(database_url: str) -> set[str]:
    with create_migration_engine(parse_url(database_url)).connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(empty_database_url: str) -> None:
    assert current_revision(empty_database_url) is None
    migrate(empty_database_url)
    assert tables(empty_database_url) == TABLES
    assert current_revision(empty_database_url) == head_revision()
    migrate(empty_database_url, "base")
    assert tables(empty_database_url) == set()
    assert current_revision(empty_database_url) is None
    migrate(empty_database_url)
    assert tables(empty_database_url) == TABLES


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    assert current_revision(database_url) == head_revision()


def test_the_models_are_what_the_migrations_build(database_url: str) -> None:
    with create_migration_engine(parse_url(database_url)).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_constraints_and_indexes_too_are_what_the_migrations_build(
    database_url: str, empty_database_url: str
) -> None:
    """Alembic compares no CHECK, no ON DELETE and no WHERE of an index; PostgreSQL shows all."""
    engine = create_migration_engine(parse_url(empty_database_url))
    with engine.begin() as connection:
        metadata.create_all(connection)
    assert definitions(database_url) == definitions(empty_database_url)


def definitions(database_url: str) -> set[tuple[str, ...]]:
    query = """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
        UNION SELECT indexname, indexdef FROM pg_indexes
            WHERE schemaname = 'public' AND indexname NOT LIKE 'alembic%'
    """
    with psycopg.connect(database_url) as connection:
        return set(connection.execute(query).fetchall())


def test_a_check_in_the_models_is_the_one_in_a_sqlite_file(migrated_file: Path) -> None:
    built = create_migration_engine(parse_url(f"sqlite:///{migrated_file}"))
    with built.connect() as connection:
        found = {
            check["name"] for t in TABLES for check in inspect(connection).get_check_constraints(t)
        }
    wanted = {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert found == wanted


# As the first release writes them: it knows no column that came later.
AS_THE_FIRST_RELEASE = (
    "INSERT INTO chats (id, kind, created_at) VALUES (7, 'private', '2026-05-02 04:30:00')",
    """INSERT INTO poems (form, theme, lines, text, script, rhyme, seed, model, created_at)
       VALUES ('五绝', '月', '床前明月光', '床前明月光。', 'simplified', '七阳', 1, 'm',
               '2026-05-02 04:30:00')""",
    """INSERT INTO requests (chat_id, user_id, poem_id, kind, theme, created_at)
       VALUES (7, 7, 1, 'poem', '月', '2026-05-02 04:30:00')""",
    """INSERT INTO subscriptions
       (chat_id, user_id, local_time, timezone, theme, created_at, scheduled_at, plan_at)
       VALUES (7, 7, '08:00:00', 'Asia/Shanghai', '', '2026-05-02 04:30:00',
               '2026-05-02 04:30:00', '2026-05-02 04:30:00')""",
)


def execute(database_url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Executes all; the rows of the last, where it gives any."""
    with create_migration_engine(parse_url(database_url)).begin() as connection:
        results = [connection.exec_driver_sql(statement) for statement in statements]
        return [tuple(row) for row in results[-1]] if results[-1].returns_rows else []


@pytest.mark.parametrize("migrated_to", ["0001", "0003", "head"])
async def test_rows_of_the_first_release_are_read_before_and_after_its_end(
    empty_database_url: str, migrated_to: str
) -> None:
    """While a deployment rolls it writes into the new tables, too."""
    migrate(empty_database_url, migrated_to)
    execute(empty_database_url, *AS_THE_FIRST_RELEASE)
    migrate(empty_database_url)
    store = await Store.open(empty_database_url)
    (poem,) = (await store.poems.history(7, offset=0, limit=5)).items
    assert (poem.title, poem.theme_reading, poem.dynasty) == (None, (), None)
    subscription = await store.subscriptions.active(7)
    assert subscription is not None
    assert subscription.dynasty is None
    await store.close()


def test_going_down_a_step_keeps_every_row(database_url: str) -> None:
    execute(database_url, *AS_THE_FIRST_RELEASE)
    migrate(database_url, "0001")
    assert current_revision(database_url) == "0001"
    kept = "SELECT poems.text FROM poems JOIN requests ON requests.poem_id = poems.id"
    assert execute(database_url, kept) == [("床前明月光。",)]
    migrate(database_url)
    assert execute(database_url, kept) == [("床前明月光。",)]


def test_two_processes_may_migrate_at_once(empty_database_url: str, tmp_path: Path) -> None:
    """Started elsewhere, too: the migrations are found in their package."""
    code = "import sys; from bot.storage import migrate; migrate(sys.argv[1])"
    environment = os.environ | {"PYTHONPATH": str(Path(str(migrations.__file__)).parents[1])}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, empty_database_url], env=environment, cwd=tmp_path
        )
        for _ in range(3)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert tables(empty_database_url) == TABLES


def test_a_folder_for_the_file_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/poems.db"
    assert current_revision(url) is None
    assert not (tmp_path / "new").exists()
    migrate(url)
    assert current_revision(url) == head_revision()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_password_may_hold_any_character(empty_database_url: str) -> None:
    """No configuration file with its percent signs lies between the URL and the driver."""
    url = empty_database_url.replace("postgres:@", "postgres:p%25%40ss@")
    assert url != empty_database_url
    migrate(url)
    assert current_revision(url) == head_revision()


def test_an_unknown_revision_is_an_error(database_url: str) -> None:
    with pytest.raises(StorageError, match="9999"):
        migrate(database_url, "9999")


def test_a_database_newer_than_the_program_is_an_error(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with create_migration_engine(parse_url(empty_database_url)).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="9999"):
        migrate(empty_database_url)


def test_each_revision_says_why() -> None:
    versions = Path(str(migrations.__file__)).parent / "versions"
    revisions = [file for file in versions.glob("*.py") if file.stem != "__init__"]
    assert revisions
    for file in revisions:
        assert len(file.stem.split("_")) > 2, file
        assert "\nWhy: " in file.read_text(encoding="utf-8"), file
