"""What `poetry-bot check` looks at, one finding a line. It repairs nothing."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import StorageError
from bot.settings import TELEGRAM, Settings
from bot.storage import Store, check_place, current_revision, head_revision
from poetry_model import PoetryModelError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    said: str

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{'ok' if self.good else 'problem'}: {self.what}: {self.said}"


async def check_up(settings: Settings) -> tuple[Finding, ...]:
    """Settings, database and weights; the settings themselves were read before."""
    return (
        _check_token(settings),
        *_check_webhook(settings),
        await _check_database(settings),
        await asyncio.to_thread(_check_weights, settings),
    )


def _check_token(settings: Settings) -> Finding:
    said = "BOT_TOKEN is set" if settings.bot_token else "no BOT_TOKEN, so only the playground runs"
    return Finding("settings", True, said)


def _check_webhook(settings: Settings) -> Iterator[Finding]:
    """Other servers of the Bot API than Telegram's own may call plain http."""
    plain = settings.webhook_url is not None and settings.webhook_url.startswith("http:")
    if plain and settings.bot_api_url == TELEGRAM:
        yield Finding("settings", False, "WEBHOOK_URL: Telegram calls https addresses only")


async def _check_database(settings: Settings) -> Finding:
    try:
        current = await asyncio.to_thread(current_revision, settings.database)
        if current is None:
            check_place(settings.database)
        else:
            store = await Store.open(settings.database)
            await store.close()
    except StorageError as error:
        return Finding("database", False, str(error))
    if current == head_revision():
        return Finding("database", True, f"at revision {current}")
    behind = f"at revision {current}, not {head_revision()}" if current else "not made yet"
    if settings.auto_migrate:
        return Finding("database", True, f"{behind}; run migrates it")
    return Finding("database", False, f"{behind}; AUTO_MIGRATE is off: use poetry-bot migrate")


def _check_weights(settings: Settings) -> Finding:
    from poetry_model import Poet

    try:
        poet = Poet.load(settings.model_dir, threads=settings.torch_threads)
    except PoetryModelError as error:
        return Finding("weights", False, str(error))
    return Finding("weights", True, poet.name)
