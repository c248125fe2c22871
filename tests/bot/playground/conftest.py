"""A running playground, python-telegram-bot's own client against it, and a clock to turn."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.playground import Playground

TOKEN = "123456:test-token-of-the-playground"
XIAOYUE = 10001
ALICE = 10002
GROUP = -20001
FORUM = -1000000020002

# A PNG of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


async def eventually(condition: Callable[[], bool]) -> None:
    """Waits until the condition holds; TimeoutError after ten seconds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no events
            await asyncio.sleep(0.01)


@dataclass
class Clock:
    """Unix seconds that go on only when told to."""

    now: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.now


@dataclass
class Api:
    """The Bot API over plain HTTP, for what a library would not send."""

    http: httpx.AsyncClient

    async def __call__(self, method: str, **parameters: object) -> dict[str, object]:
        answer = await self.http.post(f"/bot{TOKEN}/{method}", json=parameters)
        body: dict[str, object] = answer.json()
        assert body["ok"] is (answer.status_code == 200)
        assert body.get("error_code", 200) == answer.status_code
        return body

    async def refusal(self, method: str, **parameters: object) -> str:
        """The words of an answer that must not be ok."""
        body = await self(method, **parameters)
        assert body["ok"] is False
        return str(body["description"])


def make_bot(playground: Playground) -> Bot:
    """A client of the playground; loading the certificates of the world would take its time."""
    base = playground.url
    plain = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    return Bot(
        TOKEN, f"{base}/bot", f"{base}/file/bot", request=plain[0], get_updates_request=plain[1]
    )


@pytest.fixture(autouse=True)
def _modern_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def playground(clock: Clock) -> AsyncIterator[Playground]:
    async with Playground(clock=clock, webhook_pause=0.01) as running:
        running.people.write(XIAOYUE, XIAOYUE, "/start", now=clock.now)
        running.telegram.updates.drop()
        yield running


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[Bot]:
    async with make_bot(playground) as client:
        playground.requests.clear()
        yield client


@pytest.fixture
async def http(playground: Playground) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=playground.url, timeout=20, verify=False) as client:  # noqa: S501 - plain HTTP
        yield client


@pytest.fixture
def api(http: httpx.AsyncClient) -> Api:
    return Api(http)
