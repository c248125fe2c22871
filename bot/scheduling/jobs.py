"""The alarm clock: APScheduler, through the application's job queue, wakes what lives in the
database.

The daily service is woken at every full minute and once at the start, the broadcasts every few
seconds, and each hour it is forgotten who asked for poems when. That is all it is trusted with:
what is due, and what was sent, lives in the database, so a moment that is late, skipped or
doubled does no harm.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from telegram.ext import CallbackContext, JobQueue

from bot.errors import BotError
from bot.services.broadcasts import Broadcasts
from bot.services.daily import DailyPoems
from bot.services.fairness import Fairness

log = structlog.get_logger(__name__)
NAME = "daily poems"
BROADCASTS = "broadcasts"
TIDYING = "tidying"
_BROADCAST_SECONDS = 3


class Tells(Protocol):
    """Tells operators of an error."""

    async def __call__(self, error: BaseException, *, during: str) -> None: ...


async def tell_nobody(error: BaseException, *, during: str) -> None:
    """Where there is nobody to tell."""


def schedule_daily(
    job_queue: JobQueue[Any],
    daily: DailyPoems,
    *,
    clock: Callable[[], datetime],
    tell: Tells = tell_nobody,
) -> None:
    """Wake `daily` now and at every full minute, also while it is still at work.

    An error of the bot's own kind is logged and told, and the next minute comes all the same;
    any other is a bug and goes to the application's error handler.
    """

    async def wake(context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            report = await daily.wake(clock(), keep_going=lambda: context.application.running)
        except BotError as error:
            log.error("daily_wake_failed", error=str(error))
            await tell(error, during=NAME)
            return
        if not report.is_quiet:
            log.info("daily_wake", **report.counts())

    job_queue.run_custom(
        wake,
        name=NAME,
        job_kwargs={
            "trigger": CronTrigger(second=0, timezone=UTC),
            "next_run_time": datetime.now(UTC),  # by APScheduler's own clock
            "misfire_grace_time": None,  # however late: it is still time to look
            "coalesce": True,
            # One may send for an hour, another write for an hour, and one looks what is new;
            # who finds the others at work leaves that to them.
            "max_instances": 3,
        },
    )


def schedule_broadcasts(
    job_queue: JobQueue[Any], broadcasts: Broadcasts, *, tell: Tells = tell_nobody
) -> None:
    """Wake `broadcasts` now and every few seconds, so that any process goes on with them."""

    async def wake(context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await broadcasts.wake(keep_going=lambda: context.application.running)
        except BotError as error:
            log.error("broadcast_wake_failed", error=str(error))
            await tell(error, during=BROADCASTS)

    job_queue.run_custom(
        wake,
        name=BROADCASTS,
        job_kwargs={
            "trigger": IntervalTrigger(seconds=_BROADCAST_SECONDS, timezone=UTC),
            "next_run_time": datetime.now(UTC),
            "misfire_grace_time": None,
            "coalesce": True,
            "max_instances": 1,
        },
    )


def schedule_tidying(
    job_queue: JobQueue[Any], fairness: Fairness, *, tell: Tells = tell_nobody
) -> None:
    """Tidy once an hour, off the minutes when most daily poems are due."""

    async def tidy(_: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await fairness.tidy()
        except BotError as error:
            log.error("tidying_failed", error=str(error))
            await tell(error, during=TIDYING)

    job_queue.run_custom(
        tidy,
        name=TIDYING,
        job_kwargs={"trigger": CronTrigger(minute=7, timezone=UTC), "misfire_grace_time": None},
    )
