"""One process of the bot: the production code, unchanged, on the simulated clock.

The real services, store, pacer and python-telegram-bot; only the poet writes nonsense at once,
and what would go to Telegram over HTTPS goes through a pipe to the coordinator, which also says
what time it is.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import structlog
from telegram.error import TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.errors import BotError
from bot.logs import set_up_logs
from bot.metrics import Metrics
from bot.rate_limiter import RateLimiter
from bot.services.daily import DailyPoems
from bot.services.pacing import Pacer
from bot.services.poems import PoemService
from bot.services.poet_thread import PoetThread
from bot.simulation.loop import SimulatedLoop, WatchedDatabase
from bot.simulation.telegram import Answer, Kind, moved
from bot.storage import Store
from bot.storage.database import parse_url
from bot.telegram_sender import TelegramSender
from poetry_model import Poem, PoemRequest

REPLY = "答"
_TOKEN = "1:simulation"  # noqa: S105 - opens nothing
_CHARACTERS = "山水月云花鸟风雨江天春秋夜日人心归来去远近高低"
_DATE = 1_770_000_000  # of every message, in Telegram's answers
_MOMENT = 1e-6

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Orders:
    """What a worker is told."""

    number: int
    database_url: str
    epoch: datetime  # simulated second 0
    begin: float
    people: int  # how many there are to answer
    replies_every: float  # seconds between two answers to people


@dataclass(frozen=True)
class Quiet:
    """Nothing to do until then."""

    until: float
    cpu: float  # seconds this process has used so far


@dataclass(frozen=True)
class Ask:
    """A message for Telegram."""

    at: float
    chat_id: int
    text: str


def work(connection: Connection, orders: Orders) -> None:
    """The life of a worker; it ends by being killed, or when the coordinator hangs up."""
    set_up_logs("ERROR")

    def jump(until: float) -> float:
        connection.send(Quiet(until, time.process_time()))
        now = connection.recv()
        return float(now)

    loop = SimulatedLoop(WatchedDatabase.working, jump, orders.begin)
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_serve(connection, orders, loop))


async def _serve(connection: Connection, orders: Orders, loop: SimulatedLoop) -> None:
    def clock() -> datetime:
        return orders.epoch + timedelta(seconds=loop.time())

    store = Store(WatchedDatabase(parse_url(orders.database_url)))
    metrics, pacer = Metrics(), Pacer(store.rates, clock=clock)
    poems = PoemService(
        NonsensePoet(), store, clock=clock, default_zone="Asia/Shanghai", metrics=metrics
    )
    telegram = PipeRequest(connection, loop)
    bot: ExtBot[Any] = ExtBot(
        _TOKEN,
        request=telegram,
        get_updates_request=telegram,
        rate_limiter=RateLimiter(pacer),
    )
    daily = DailyPoems(store, poems, TelegramSender(bot), pacer, metrics, stopwatch=loop.time)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_answer_people(bot, orders))
        await _wake_each_minute(daily, clock, loop, tasks.create_task)


async def _wake_each_minute(
    daily: DailyPoems,
    clock: Callable[[], datetime],
    loop: SimulatedLoop,
    start: Callable[[Any], Awaitable[Any]],
) -> None:
    """What APScheduler does: at once, then at every full minute."""
    while True:
        start(_wake(daily, clock()))
        await asyncio.sleep(60 - loop.time() % 60 + _MOMENT)


async def _wake(daily: DailyPoems, now: datetime) -> None:
    try:
        await daily.wake(now)
    except BotError as error:
        log.error("daily_wake_failed", error=str(error))


async def _answer_people(bot: "ExtBot[Any]", orders: Orders) -> None:
    chance = random.Random(orders.number)
    while True:
        await asyncio.sleep(chance.expovariate(1 / orders.replies_every))
        with suppress(TelegramError):
            await bot.send_message(orders.people + chance.randrange(1, 10**6), REPLY)


class NonsensePoet(PoetThread):
    """Writes at once what no two seeds have in common."""

    def __init__(self) -> None:
        super().__init__(self._nobody)

    def _nobody(self) -> Any:
        raise NotImplementedError

    async def write(self, request: PoemRequest) -> Poem:
        """A poem of four lines."""
        text = "".join(random.Random(request.seed).choices(_CHARACTERS, k=20))
        lines = tuple(text[begin : begin + 5] for begin in range(0, 20, 5))
        return Poem(
            form=request.form or "五绝",
            theme=request.theme,
            heads=None,
            first_line=None,
            lines=lines,
            text="，".join(lines),
            script=request.script,
            rhyme="七阳",
            seed=request.seed,
            model="nonsense",
            ms=0.1,
        )


class PipeRequest(BaseRequest):
    """python-telegram-bot's way to Telegram: a pipe, in the place of HTTPS."""

    def __init__(self, connection: Connection, loop: SimulatedLoop) -> None:
        self._connection = connection
        self._loop = loop
        self._sent = 0

    @property
    def read_timeout(self) -> float | None:
        """None: nothing here takes real time."""
        return None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_request(
        self,
        url: str,  # noqa: ARG002 - messages are all that is sent here
        method: str,  # noqa: ARG002
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Telegram's answer after its time."""
        asked = request_data.parameters if request_data else {}
        chat_id = int(str(asked["chat_id"]))
        self._connection.send(Ask(self._loop.time(), chat_id, str(asked["text"])))
        answer: Answer = self._connection.recv()
        await asyncio.sleep(answer.seconds)
        if answer.kind is Kind.LOST:
            raise TimedOut
        self._sent += 1
        return _said(answer, chat_id, self._sent)


def _said(answer: Answer, chat_id: int, message_id: int) -> tuple[int, bytes]:
    match answer.kind:
        case Kind.TOO_FAST:
            wait = {"retry_after": answer.retry_after}
            return _no(429, "Too Many Requests: retry later", wait)
        case Kind.BLOCKED:
            return _no(403, "Forbidden: bot was blocked by the user")
        case Kind.BROKEN:
            return _no(500, "Internal Server Error")
        case Kind.MOVED:
            to = {"migrate_to_chat_id": moved(chat_id)}
            return _no(400, "Bad Request: group chat was upgraded to a supergroup chat", to)
        case _:
            chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
            message = {"message_id": message_id, "date": _DATE, "chat": chat}
            return 200, json.dumps({"ok": True, "result": message}).encode()


def _no(code: int, description: str, parameters: dict[str, int] | None = None) -> tuple[int, bytes]:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return code, json.dumps(body).encode()
