"""Brings a database to a revision of `migrations/`, from wherever the program was started.

The database URL travels as an attribute, never through a configuration file: passwords may
hold any character, and nothing of it is written down. `migrations/env.py` does the rest,
under a lock, so that two processes may call this at the same time.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, ENOTDIR
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL

import migrations
from bot.errors import StorageError
from bot.storage.database import create_migration_engine, parse_url, translated


def migrate(database_url: str, revision: str = "head") -> None:
    """Upgrade, or downgrade when `revision` is "base" or older than the database's.

    Blocking; raises StorageError. A SQLite file and its folder are made where missing.
    """
    url = parse_url(database_url)
    if folder := _folder_of(url):
        with _making(folder):
            folder.mkdir(parents=True, exist_ok=True)
    config = alembic_config()
    config.attributes["database_url"] = database_url
    current = current_revision(database_url)
    try:
        backwards = is_behind(ScriptDirectory.from_config(config), revision, current)
        with translated(url):
            (command.downgrade if backwards else command.upgrade)(config, revision)
    except CommandError as error:
        raise StorageError(f"migration: {error}") from None


def check_place(database_url: str) -> None:
    """Nothing for a database that can be made where it is to be; StorageError for an SQLite file
    whose folder is not there and can't be made, or can't be written to."""
    folder = _folder_of(parse_url(database_url))
    if folder is None:
        return
    with _making(folder):
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if not there.is_dir():
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))


def _folder_of(url: URL) -> Path | None:
    """Where an SQLite file is to be."""
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(str(url.database)).absolute().parent if is_file else None


@contextmanager
def _making(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"the folder {folder} can't be used: {error.strerror}") from None


def current_revision(database_url: str) -> str | None:
    """The revision the database is at; None before the first migration."""
    url = parse_url(database_url)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return None  # looking must not create the file
    with translated(url), create_migration_engine(url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The newest revision this program knows."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if head is None:
        raise StorageError("this program holds no migrations")
    return head


def alembic_config() -> Config:
    """Alembic's view of the installed `migrations` package; no file is read."""
    folder = str(Path(str(migrations.__file__)).parent)
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config


def is_behind(scripts: ScriptDirectory, revision: str, current: str | None) -> bool:
    """Whether `revision` comes before the one the database is at."""
    if current is None or revision == "head":
        return False
    before = {script.revision for script in scripts.iterate_revisions(current, "base")}
    return revision == "base" or revision in before - {current}
