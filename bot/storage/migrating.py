"""Brings a database to a revision of `migrations/`, from wherever the program was started.

The database URL travels as an attribute, never through a configuration file: passwords may
hold any character, and nothing of it is written down. `migrations/env.py` does the rest,
under a lock, so that two processes may call this at the same time.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

import migrations
from bot.errors import StorageError
from bot.storage.database import create_migration_engine, parse_url, translated


def migrate(database_url: str, revision: str = "head") -> None:
    """Upgrade, or downgrade when `revision` is "base" or older than the database's.

    Blocking; raises StorageError. A SQLite file and its folder are made where missing.
    """
    url = parse_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    config = alembic_config()
    config.attributes["database_url"] = database_url
    current = current_revision(database_url)
    try:
        backwards = is_behind(ScriptDirectory.from_config(config), revision, current)
        with translated(url):
            (command.downgrade if backwards else command.upgrade)(config, revision)
    except CommandError as error:
        raise StorageError(f"migration: {error}") from None


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
