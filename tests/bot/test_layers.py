"""Imports point one way: handlers → services → storage | model. Read from the source itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TELEGRAM_MAY_BE_IN = (
    "bot/handlers",
    "bot/application.py",
    "bot/connection.py",
    "bot/running.py",
    "bot/polling.py",
    "bot/rate_limiter.py",
    "bot/webhook.py",
    "bot/telegram_sender.py",
    "bot/scheduling/jobs.py",
    "bot/simulation/worker.py",
)
SQL_MAY_BE_IN = ("bot/storage", "migrations")


def modules(*folders: str) -> list[Path]:
    """The Python files of folders, as paths from the root."""
    return [path.relative_to(ROOT) for each in folders for path in (ROOT / each).rglob("*.py")]


def imported(path: Path) -> set[str]:
    """The full names of the modules a file imports, wherever in it."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def breaches(files: list[Path], *forbidden: str) -> list[tuple[str, str]]:
    """Which of the files import what they must not."""
    return [
        (str(path), name)
        for path in files
        for name in imported(path)
        if any(name == each or name.startswith(f"{each}.") for each in forbidden)
    ]


def outside(files: list[Path], allowed: tuple[str, ...]) -> list[Path]:
    """The files that lie in none of the allowed places."""
    return [path for path in files if not path.as_posix().startswith(allowed)]


def test_only_storage_knows_sql() -> None:
    files = outside(modules("bot", "poetry_model", "migrations"), SQL_MAY_BE_IN)
    assert breaches(files, "sqlalchemy", "alembic", "aiosqlite", "psycopg") == []


def test_telegram_stays_at_the_edge() -> None:
    assert breaches(outside(modules("bot", "poetry_model"), TELEGRAM_MAY_BE_IN), "telegram") == []


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("poetry_model", ["bot", "migrations"]),
        ("bot/storage", ["bot.services", "bot.handlers", "bot.scheduling", "poetry_model"]),
        ("bot/services", ["bot.handlers", "bot.application", "bot.playground"]),
        ("bot/handlers", ["bot.application", "bot.running", "bot.playground"]),
        ("bot/locales", ["bot.handlers", "bot.services", "bot.storage", "poetry_model"]),
        ("bot/playground", ["bot.handlers", "bot.services", "bot.storage", "poetry_model"]),
    ],
)
def test_nothing_looks_up(folder: str, forbidden: list[str]) -> None:
    assert breaches(modules(folder), *forbidden) == []


def test_any_exception_is_caught_only_at_the_top() -> None:
    for path in modules("bot", "poetry_model"):
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in {"everything", "Exception"}, f"{path}:{node.lineno}"
