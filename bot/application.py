"""The one wiring place: settings, store and poet become a bot that is ready to be started.

It knows every part by name and none of their work.
"""

import asyncio
import json
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import NetworkError, TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.errors import StorageError
from bot.handlers import register
from bot.handlers.broadcasting import BroadcastDesk
from bot.handlers.inbox import Inbox
from bot.handlers.turns import Turns
from bot.handlers.visit import BotApplication, Parts
from bot.locales import Language, speak
from bot.metrics import Metrics
from bot.scheduling.jobs import schedule_broadcasts, schedule_daily
from bot.services.anthology import Anthology
from bot.services.broadcasts import Broadcasts
from bot.services.cards import CardService
from bot.services.daily import DailyPoems
from bot.services.inline import InlinePoems
from bot.services.pacing import Pacer
from bot.services.poems import Clock, PoemService
from bot.services.poet_thread import PoetThread
from bot.services.subscriptions import SubscriptionService
from bot.settings import Settings
from bot.storage import Store
from bot.telegram_sender import ONCE, TelegramSender

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
]
MENU = (
    "poem",
    "acrostic",
    "continue",
    "couplet",
    "favourites",
    "history",
    "subscribe",
    "unsubscribe",
    "forget",
    "help",
    "about",
)
_GROUP_MENU = ("poem", "acrostic", "continue", "couplet", "subscribe", "unsubscribe", "help")
Answer = bool | dict[str, Any] | list[dict[str, Any]]
_RETRIES = 2  # after a 429, for answers to people; the daily poem repeats by its own diary
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

# Telegram's waiting times as timedelta, as the library will have them; without this it warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class PoetryBot:
    """What was wired."""

    application: BotApplication
    store: Store
    poet: PoetThread
    inbox: Inbox
    daily: DailyPoems
    broadcasts: Broadcasts
    metrics: Metrics
    token_refused: asyncio.Event  # set when Telegram lets nobody fetch updates with our token


def utc_now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


def build(
    settings: Settings, store: Store, poet: PoetThread, *, clock: Clock = utc_now
) -> PoetryBot:
    """The bot, wired but not started."""
    metrics, inbox = Metrics(), Inbox(store.updates)
    turns = Turns(inbox)
    polling = PollingRequest(inbox, **_request_options(settings, connections=2))
    application = _application(settings, inbox, turns, polling)
    turns.belong_to(application)
    zone = settings.default_timezone
    poems = PoemService(poet, store, clock=clock, default_zone=zone, metrics=metrics)
    subscriptions = SubscriptionService(store, clock=clock, default_zone=zone)
    inline = InlinePoems(poems, store)
    parts = Parts(
        store=store,
        poems=poems,
        subscriptions=subscriptions,
        anthology=Anthology(store, default_zone=zone),
        clock=clock,
        metrics=metrics,
        turns=turns,
        admin_chat_ids=settings.admin_chat_ids,
        inline=inline,
        cards=CardService(store, clock=clock, default_zone=zone),
    )
    register(application, parts)
    sender = TelegramSender(application.bot, metrics)
    daily = DailyPoems(store, poems, sender)
    pacer = Pacer(store.rates, clock=utc_now)
    desk = BroadcastDesk(application.bot)
    broadcasts = Broadcasts(store, sender, desk, pacer, clock=clock)
    if application.job_queue is not None:
        schedule_daily(application.job_queue, daily, clock=clock)
        schedule_broadcasts(application.job_queue, broadcasts)
    return PoetryBot(
        application=application,
        store=store,
        poet=poet,
        inbox=inbox,
        daily=daily,
        broadcasts=broadcasts,
        metrics=metrics,
        token_refused=polling.token_refused,
    )


def _application(
    settings: Settings, inbox: Inbox, turns: Turns, polling: "PollingRequest"
) -> BotApplication:
    return (
        ApplicationBuilder()
        .token(settings.token())
        .base_url(f"{settings.bot_api_url}/bot")
        .base_file_url(f"{settings.bot_api_url}/file/bot")
        .request(HTTPXRequest(**_request_options(settings, connections=32)))
        .get_updates_request(polling)
        .update_queue(inbox)
        .concurrent_updates(turns)
        .rate_limiter(RateLimiter())
        .build()
    )


def _request_options(settings: Settings, *, connections: int) -> dict[str, Any]:
    """Seconds for each step of a call. A local server is never asked through a proxy."""
    local = urlsplit(settings.bot_api_url).hostname in _LOOPBACK
    return {
        "connection_pool_size": connections,
        "connect_timeout": 5,
        "read_timeout": 10,
        "write_timeout": 10,
        "pool_timeout": 10,
        "httpx_kwargs": {"trust_env": not local},
    }


class PollingRequest(HTTPXRequest):
    """Fetches updates, and brings them into the inbox before anybody hears of them.

    Asking for the next ones confirms these, and the library does so only after an answer of
    ours: where they can't be kept, it gets an error instead, and asks for the same again. It
    gets no more than their numbers, since the inbox serves them.

    It also notices when Telegram no longer accepts the token: the library's poller ends then,
    without a word to whoever started it.
    """

    def __init__(self, inbox: Inbox, **options: Any) -> None:
        super().__init__(**options)
        self.token_refused = asyncio.Event()
        self._inbox = inbox

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As the original does it. 404 is what a token gets whose bot was deleted."""
        code, body = await super().do_request(*args, **options)
        if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self.token_refused.set()
        return code, await self._keep(body) if code == HTTPStatus.OK else body

    async def _keep(self, body: bytes) -> bytes:
        updates = self.parse_json_payload(body).get("result")
        if not isinstance(updates, list) or not updates:
            return body
        try:
            await self._inbox.keep(updates)
        except StorageError as error:
            raise NetworkError(f"updates could not be kept: {error}") from error
        numbers = [{"update_id": update["update_id"]} for update in updates]
        return json.dumps({"ok": True, "result": numbers}).encode()


class RateLimiter(AIORateLimiter):
    """The library's limiter, with a way to say: once, and not again behind my back.

    The original reads 0 as "not given", so that it could not be said.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        retries = 0 if rate_limit_args == ONCE else rate_limit_args or _RETRIES
        return await super().process_request(callback, args, kwargs, endpoint, data, retries)


async def set_menu(bot: Bot) -> None:
    """The command menu, in Chinese and, for English Telegrams, in English."""
    menus: tuple[tuple[Language, str | None], ...] = (
        ("zh-Hans", None),
        ("zh-Hans", "zh"),
        ("en", "en"),
    )
    for language, code in menus:
        say = speak(language)
        for scope, names in _scopes():
            menu = [BotCommand(name, say(f"menu-{name}")) for name in names]
            try:
                await bot.set_my_commands(menu, scope=scope, language_code=code)
            except TelegramError as error:
                log.warning("the command menu was not set", error=str(error))
                return


def _scopes() -> list[tuple[BotCommandScope, tuple[str, ...]]]:
    return [(BotCommandScopeDefault(), MENU), (BotCommandScopeAllGroupChats(), _GROUP_MENU)]
