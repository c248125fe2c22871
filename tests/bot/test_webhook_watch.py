"""Who is called never hears why nobody calls, so Telegram is asked: over HTTP, on a playground."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.connection import Connection
from bot.playground import Playground
from bot.webhook import WebhookWatch
from tests.fakes.chatting import until

TOKEN = "4242:" + "w" * 35
HOOK = "http://127.0.0.1:9/hook"


class Watched:
    """A bot with a webhook that leads nowhere, and the watch on it."""

    def __init__(self, playground: Playground, bot: Bot, token_refused: asyncio.Event) -> None:
        self.playground = playground
        self.bot = bot
        self.token_refused = token_refused

    async def asked(self, more: int = 2) -> None:
        """Waits until Telegram was asked a few times more."""
        count = len(self.playground.requests.find("getWebhookInfo")) + more
        await until(lambda: len(self.playground.requests.find("getWebhookInfo")) >= count)


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    async with Playground() as playground:
        refused = asyncio.Event()
        options = {"httpx_kwargs": {"trust_env": False}}
        bot = Bot(
            TOKEN,
            f"{playground.url}/bot",
            request=Connection(refused, **options),
            get_updates_request=HTTPXRequest(**options),  # type: ignore[arg-type]
        )
        async with bot:
            await bot.set_webhook(HOOK, secret_token="s")
            watch = WebhookWatch(bot, HOOK, every=0.01)
            watch.start()
            yield Watched(playground, bot, refused)
            await watch.stop()


async def test_all_is_well_without_a_word(watched: Watched, log_lines: io.StringIO) -> None:
    await watched.asked()
    assert "webhook" not in log_lines.getvalue()


async def test_a_webhook_that_somebody_took_away_is_told_once(
    watched: Watched, log_lines: io.StringIO
) -> None:
    await watched.bot.delete_webhook()
    await until(lambda: "changed or deleted by somebody else" in log_lines.getvalue())
    await watched.asked(5)
    assert log_lines.getvalue().count("changed or deleted by somebody else") == 1


async def test_an_idle_bot_hears_that_its_token_was_revoked(watched: Watched) -> None:
    watched.playground.revoke_token(TOKEN)
    await asyncio.wait_for(watched.token_refused.wait(), 20)


async def test_updates_that_did_not_arrive_are_told(
    watched: Watched, log_lines: io.StringIO
) -> None:
    watched.playground.people.write(10001, 10001, "/start", now=0)
    await until(lambda: "Telegram could not bring updates to the webhook" in log_lines.getvalue())
    assert TOKEN not in log_lines.getvalue()
