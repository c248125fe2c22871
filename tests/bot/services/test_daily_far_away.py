"""A database that is slow to answer: poems come late, at the pace Telegram allows, and they come.

On a simulated clock, so that nothing here depends on how fast this machine is.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import pytest

from bot.metrics import Metrics
from bot.services.daily import DailyPoems
from bot.services.pacing import Pacer, PacingLimits
from bot.simulation.loop import SimulatedLoop, WatchedDatabase
from bot.storage import Store, StoredPoem, migrate
from bot.storage.database import parse_url
from tests.fakes.daily import RecordingSender, RecordingWriter

EIGHT = datetime(2026, 5, 2, 8, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SUBSCRIBERS = range(1, 101)


class FarDatabase(WatchedDatabase):
    """Each transaction takes so long, whatever it does."""

    takes = 0.0  # seconds

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        await asyncio.sleep(self.takes / 2)
        async with super().reading() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Any]:
        await asyncio.sleep(self.takes)
        async with super().writing() as connection:
            yield connection

    @asynccontextmanager
    async def writing_once(self) -> AsyncIterator[Any]:
        async with self.writing() as connection:  # nobody sleeps in what is counted
            yield connection


class TimedSender(RecordingSender):
    """Notes when each message came."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self.at: list[datetime] = []

    async def send_poem(
        self, chat_id: int, thread_id: int | None, poem: StoredPoem, **more: Any
    ) -> int:
        self.at.append(self._clock())
        return await super().send_poem(chat_id, thread_id, poem, **more)


def in_simulated_time(work: Callable[[SimulatedLoop], Coroutine[Any, Any, None]]) -> None:
    """Runs it from eight o'clock on."""

    def jump(until: float) -> float:
        return loop.time() if until == inf else until  # a connection is being closed, say

    loop = SimulatedLoop(WatchedDatabase.working, jump, 0.0)
    try:
        loop.run_until_complete(work(loop))
    finally:
        loop.close()


@pytest.mark.parametrize("takes", [0.0, 0.1, 0.3, 0.7, 2.0, 6.0])
def test_every_poem_arrives_however_far_away_the_database_is(tmp_path: Path, takes: float) -> None:
    url = f"sqlite:///{tmp_path}/far.db"
    migrate(url)

    async def a_morning(loop: SimulatedLoop) -> None:
        def clock() -> datetime:
            return EIGHT + timedelta(seconds=loop.time())

        database = FarDatabase(parse_url(url))
        store, sender = Store(database), TimedSender(clock)
        for chat in SUBSCRIBERS:
            await store.chats.seen(chat, "private", now=EIGHT - HOUR)
            await store.subscriptions.subscribe(chat, chat, time(8), "UTC", now=EIGHT - HOUR)
        database.takes = takes
        pacer = Pacer(store.rates, clock=clock)
        daily = DailyPoems(store, RecordingWriter(), sender, pacer, Metrics(), stopwatch=loop.time)
        await daily.wake(clock(), keep_going=lambda: clock() - EIGHT < 10 * MINUTE)
        assert sorted(message.chat_id for message in sender.arrived) == list(SUBSCRIBERS)
        assert clock() - EIGHT < (3 if takes < 3 else 10) * MINUTE
        apart = [later - sooner for sooner, later in pairwise(sorted(sender.at))]
        assert min(apart) >= PacingLimits().distance - timedelta(milliseconds=1)
        await store.close()

    in_simulated_time(a_morning)
