"""The one wiring place: settings, store and poet become a bot that is ready to be started.

It knows every part by name and none of their work.
"""

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import ApplicationBuilder

from bot.connection import Connection
from bot.handlers import register
from bot.handlers.broadcasting import BroadcastDesk
from bot.handlers.error_reports import ErrorReports
from bot.handlers.inbox import Inbox
from bot.handlers.turns import Turns
from bot.handlers.visit import BotApplication, Parts
from bot.metrics import Metrics
from bot.polling import PollingRequest
from bot.rate_limiter import RateLimiter
from bot.scheduling.jobs import schedule_broadcasts, schedule_daily, schedule_tidying
from bot.services.anthology import Anthology
from bot.services.broadcasts import Broadcasts
from bot.services.cards import CardService
from bot.services.daily import DailyPoems
from bot.services.export import Exports
from bot.services.fairness import Fairness, Limits
from bot.services.inline import BUDGET, InlinePoems
from bot.services.inline_cards import InlineCards
from bot.services.jielong import Jielong
from bot.services.pacing import Pacer
from bot.services.poems import Clock, PoemService
from bot.services.poet_thread import PoetThread
from bot.services.statistics import StatisticsService
from bot.services.subscriptions import SubscriptionService
from bot.settings import Settings
from bot.storage import Store
from bot.telegram_sender import PictureChat, TelegramSender

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
]
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

# Telegram's waiting times as timedelta, as the library will have them; without this it warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")


@dataclass(frozen=True)
class PoetryBot:
    """What was wired."""

    application: BotApplication
    store: Store
    poet: PoetThread
    inbox: Inbox
    turns: Turns
    daily: DailyPoems
    broadcasts: Broadcasts
    reports: ErrorReports
    cards: CardService
    metrics: Metrics
    token_refused: asyncio.Event  # set when Telegram no longer accepts our token


def utc_now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


def build(
    settings: Settings,
    store: Store,
    poet: PoetThread,
    *,
    clock: Clock = utc_now,
    pacer: Pacer | None = None,
    inline_budget: float = BUDGET,
) -> PoetryBot:
    """The bot, wired but not started. `inline_budget`: see bot.services.inline, in seconds."""
    metrics, inbox = Metrics(), Inbox(store.updates)
    turns = Turns(inbox)
    token_refused = asyncio.Event()
    pacer = pacer or Pacer(store.rates, clock=utc_now)
    application = _application(settings, inbox, turns, token_refused, RateLimiter(pacer))
    turns.belong_to(application)
    zone = settings.default_timezone
    fairness = Fairness(
        store.rates,
        Limits.of(settings.poem_interval, settings.poem_burst),
        clock=clock,
        exempt=settings.admin_chat_ids,
    )
    poems = PoemService(
        poet, store, clock=clock, default_zone=zone, metrics=metrics, fairness=fairness
    )
    subscriptions = SubscriptionService(store, clock=clock, default_zone=zone)
    anthology = Anthology(store, default_zone=zone)
    reports = ErrorReports(application.bot, store, settings.admin_chat_ids, clock=clock)
    cards = CardService(store, clock=clock, default_zone=zone)
    pictures = settings.picture_chat_id
    keeper = PictureChat(application.bot, pictures) if pictures is not None else None
    inline = InlinePoems(poems, store, InlineCards(cards, keeper), budget=inline_budget)
    parts = Parts(
        store=store,
        poems=poems,
        subscriptions=subscriptions,
        reports=reports,
        statistics=StatisticsService(store, clock=clock, default_zone=zone),
        anthology=anthology,
        clock=clock,
        metrics=metrics,
        turns=turns,
        admin_chat_ids=settings.admin_chat_ids,
        inline=inline,
        jielong=Jielong(store, poet, clock=clock, fairness=fairness),
        cards=cards,
        exports=Exports(anthology, default_zone=zone),
    )
    register(application, parts)
    sender = TelegramSender(application.bot)
    daily = DailyPoems(store, poems, sender, pacer, metrics)
    desk = BroadcastDesk(application.bot)
    broadcasts = Broadcasts(store, sender, desk, pacer, clock=clock)
    if application.job_queue is not None:
        schedule_daily(application.job_queue, daily, clock=clock, tell=reports.tell)
        schedule_broadcasts(application.job_queue, broadcasts, tell=reports.tell)
        schedule_tidying(application.job_queue, fairness, tell=reports.tell)
    return PoetryBot(
        application=application,
        store=store,
        poet=poet,
        inbox=inbox,
        turns=turns,
        daily=daily,
        broadcasts=broadcasts,
        reports=reports,
        cards=cards,
        metrics=metrics,
        token_refused=token_refused,
    )


def _application(
    settings: Settings,
    inbox: Inbox,
    turns: Turns,
    token_refused: asyncio.Event,
    rate_limiter: RateLimiter,
) -> BotApplication:
    polling = PollingRequest(inbox, token_refused, **_request_options(settings, connections=2))
    asking = Connection(token_refused, **_request_options(settings, connections=32))
    return (
        ApplicationBuilder()
        .token(settings.token())
        .base_url(f"{settings.bot_api_url}/bot")
        .base_file_url(f"{settings.bot_api_url}/file/bot")
        .request(asking)
        .get_updates_request(polling)
        .update_queue(inbox)
        .concurrent_updates(turns)
        .rate_limiter(rate_limiter)
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
