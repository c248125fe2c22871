"""The alarm clock: a real job queue of a real application, with a service that only notes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest
import pytest_asyncio
from apscheduler.job import Job as ScheduledJob
from structlog.testing import capture_logs
from telegram.ext import Application, ApplicationBuilder, CallbackContext, Job

from bot.errors import StorageError
from bot.playground import Playground
from bot.scheduling.jobs import NAME, schedule_daily
from bot.services.daily import DailyPoems, DeliveryReport


class NotingDaily:
    """Notes when it is woken; then raises or reports what it is told to."""

    def __init__(self) -> None:
        self.woken: list[datetime] = []
        self.told_to_go_on: list[bool] = []
        self.was_woken = asyncio.Event()
        self.error: Exception | None = None
        self.meanwhile: Callable[[], Awaitable[Any]] | None = None
        self.report = DeliveryReport()

    async def wake(self, now: datetime, *, keep_going: Callable[[], bool]) -> DeliveryReport:
        self.woken.append(now)
        self.was_woken.set()
        if self.meanwhile:
            await self.meanwhile()
        self.told_to_go_on.append(keep_going())
        if self.error:
            raise self.error
        return self.report


@pytest.fixture
def daily() -> NotingDaily:
    return NotingDaily()


@pytest_asyncio.fixture
async def application() -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """A running application, whose Telegram is the playground."""
    playground = Playground()
    await playground.start()
    base = f"{playground.url}/bot"
    application = ApplicationBuilder().token("1:playground").base_url(base).updater(None).build()
    async with application:
        await application.start()
        yield application
        if application.running:
            await application.stop()
    await playground.stop()


def schedule(application: Any, daily: NotingDaily) -> Job[Any]:
    schedule_daily(
        application.job_queue, cast("DailyPoems", daily), clock=lambda: datetime.now(UTC)
    )
    [job] = application.job_queue.get_jobs_by_name(NAME)
    return cast("Job[Any]", job)


async def test_it_wakes_at_the_start_and_then_at_full_minutes(
    application: Any, daily: NotingDaily
) -> None:
    job = schedule(application, daily)
    await asyncio.wait_for(daily.was_woken.wait(), 10)
    following = cast("ScheduledJob", job.job).next_run_time
    assert following > daily.woken[0]
    assert (following.second, following.microsecond) == (0, 0)
    assert len(daily.woken) == 1


async def test_a_late_minute_is_not_skipped_and_a_long_one_does_not_hold_up_the_next(
    application: Any, daily: NotingDaily
) -> None:
    scheduled = cast("ScheduledJob", schedule(application, daily).job)
    assert scheduled.misfire_grace_time is None
    assert scheduled.coalesce
    assert scheduled.max_instances == 3


async def test_a_wake_that_fails_is_logged_and_the_next_one_comes(
    application: Any, daily: NotingDaily
) -> None:
    job = schedule(application, daily)
    daily.error = StorageError("the database is away")
    with capture_logs() as logs:
        await job.run(application)
    assert {"event": "daily_wake_failed", "log_level": "error"}.items() <= logs[0].items()
    daily.error, daily.report = None, DeliveryReport(sent=2)
    with capture_logs() as logs:
        await job.run(application)
    assert logs == [{"event": "daily_wake", "log_level": "info", "sent": 2}]
    assert not job.removed


async def test_a_bug_goes_to_the_applications_error_handler(
    application: Any, daily: NotingDaily
) -> None:
    handled: list[Exception | None] = []

    async def note(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        handled.append(context.error)

    application.add_error_handler(note)
    bug = ExceptionGroup("deliveries broke", [KeyError("a bug")])
    daily.error = bug
    job = schedule(application, daily)
    await job.run(application)
    assert handled[0] is bug
    assert not job.removed


async def test_a_stopping_application_is_told_to_the_service(
    application: Any, daily: NotingDaily
) -> None:
    stopped = asyncio.Event()
    daily.meanwhile = stopped.wait
    schedule(application, daily)
    await asyncio.wait_for(daily.was_woken.wait(), 10)
    stopping = asyncio.create_task(application.stop())
    await asyncio.sleep(0)
    stopped.set()
    await stopping
    assert daily.told_to_go_on == [False]
