"""The bot in numbers, with the days of a zone, and these as a picture.

It knows what "recent" means; it does not know how anything is counted or told.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.day_plot import draw_days
from bot.services.poems import Clock
from bot.storage import Statistics, Store

DAYS = 30
RECENT = timedelta(days=7)
LATE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Overview:
    """The numbers, the day they end with and its zone, and the picture of the days (PNG)."""

    numbers: Statistics
    today: date
    zone: str
    picture: bytes


class StatisticsService:
    """Counts, and draws in a thread of its own."""

    def __init__(self, store: Store, *, clock: Clock, default_zone: str) -> None:
        self._store = store
        self._clock = clock
        self._zone = ZoneInfo(default_zone)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plots")

    async def look(self) -> Overview:
        """How it stands now. Days are those of the default zone."""
        now = self._clock()
        today = now.astimezone(self._zone).date()
        numbers = await self._store.statistics.look(
            now=now, days=beginnings(today, self._zone), recent=RECENT, late_after=LATE_AFTER
        )
        loop = asyncio.get_running_loop()
        picture = await loop.run_in_executor(self._thread, draw_days, numbers.poems_by_day, today)
        return Overview(numbers, today, self._zone.key, picture)


def beginnings(today: date, zone: ZoneInfo, days: int = DAYS) -> tuple[datetime, ...]:
    """When each of the last days began, today being the last, and when today ends.

    >>> [str(each) for each in beginnings(date(2026, 3, 29), ZoneInfo("Europe/Berlin"), 1)]
    ['2026-03-29 00:00:00+01:00', '2026-03-30 00:00:00+02:00']
    """
    first = today - timedelta(days=days - 1)
    dates = (first + timedelta(days=number) for number in range(days + 1))
    return tuple(datetime(day.year, day.month, day.day, tzinfo=zone) for day in dates)
