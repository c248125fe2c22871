"""What the process says of its connection, and of what it needs to serve anybody."""

import asyncio
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from telegram.error import Conflict, NetworkError

from bot import running
from bot.application import PoetryBot
from bot.health import Health
from bot.playground import Fault, Playground
from bot.running import health_of, note_polling_error
from bot.services.cards import CardService
from bot.settings import Settings
from tests.fakes.chatting import XIAOYUE, bot_at_work
from tests.fakes.poet import FakePoet


def test_a_second_poller_is_named_with_what_to_do(log_lines: io.StringIO) -> None:
    note_polling_error(Conflict("terminated by other getUpdates request"))
    (line,) = log_lines.getvalue().splitlines()
    assert "another process fetches updates with this token too" in line
    assert "WEBHOOK_URL" in line


def test_a_lost_connection_is_a_line(log_lines: io.StringIO) -> None:
    note_polling_error(NetworkError("no route"))
    (line,) = log_lines.getvalue().splitlines()
    assert "updates could not be fetched" in line


async def ready(health: Health) -> tuple[int, str]:
    """What /readyz says."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"http://127.0.0.1:{health.port}/readyz")
    return answer.status_code, answer.text


@asynccontextmanager
async def listening(bot: PoetryBot, stop: asyncio.Event) -> AsyncIterator[Health]:
    health = health_of(bot, stop)
    health.start("127.0.0.1", 0)
    yield health
    await health.stop()


async def test_readiness_tells_what_is_missing(tmp_path: Path) -> None:
    stop = asyncio.Event()
    async with bot_at_work(tmp_path) as chat, listening(chat.bot, stop) as health:
        assert await ready(health) == (503, "poet: not loaded\n")
        await chat.writes("/poem 月")
        assert await ready(health) == (200, "ok\n")
        stop.set()
        assert await ready(health) == (503, "stopping\n")


async def test_a_refused_token_is_noticed_whoever_asks_and_what_was_asked_is_not_lost(
    tmp_path: Path,
) -> None:
    async with bot_at_work(tmp_path) as chat, listening(chat.bot, asyncio.Event()) as health:
        await chat.writes("/poem 月")
        assert not chat.bot.token_refused.is_set()
        chat.playground.faults.add(Fault("unauthorized", method="sendMessage"))
        chat.playground.people.write(XIAOYUE, XIAOYUE, "/help", now=time.time())
        await asyncio.wait_for(chat.bot.token_refused.wait(), 20)
        assert await ready(health) == (503, "token: Telegram does not accept it\n")
        assert await chat.bot.store.updates.waiting() == 1  # for the next start


async def test_the_first_card_is_prepared_once_everything_else_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    stop = asyncio.Event()

    def load() -> FakePoet:
        told.append("the poet is there")
        return FakePoet()

    async def warm(_: CardService) -> None:
        told.append("cards are warm")
        stop.set()

    monkeypatch.setattr(running, "_stop_on_signals", lambda: stop)
    monkeypatch.setattr(running, "_loader", lambda _: load)
    monkeypatch.setattr(CardService, "warm", warm)
    async with Playground() as playground:
        settings = Settings(_env_file=None, data_dir=tmp_path).for_playground(playground.url)
        await asyncio.wait_for(running.serve(settings, told.append), 30)
    serving = "poetry-bot: serving @poetry_playground_bot"
    assert told == [serving, "the poet is there", "cards are warm"]
