"""When a daily poem is due: local hours into instants. Pure; it knows no database.

The rules, for an hour `H` of a zone's clock on a local date `D`:

- One instant per local date: the first at which the clock of the zone shows `D` and `H`.
- Where the hour comes twice (clocks go back), that is its first coming.
- Where it does not come at all (clocks go forward), it is the first instant after the gap:
  02:30 on a night that jumps from 02:00 to 03:00 is due at 03:00. In a zone that jumps from
  23:00 to midnight, 23:30 is due at midnight, still for the date that just ended.
- A date that a zone left out as a whole (Apia had no 30 December 2011) has no delivery:
  nobody there lived through it.
- Who named weekdays has deliveries on those only; the weekday is that of the local date.
- Only instants from the moment of subscribing on count. Who subscribes at 07:59 for 08:00
  gets today's; who subscribes at 09:00 for 08:00 starts tomorrow.
- A day's poem is wanted until its local day ends, and at least a quarter of an hour, so that
  23:59 has a chance too. After that the day is missed.

    >>> from zoneinfo import ZoneInfo
    >>> delivery_instant(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:00:00+00:00'
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
EVERY_DAY = 0b1111111  # bit 0 is Monday
SHORTEST_WINDOW = timedelta(minutes=15)
# A row for each day of a long silence, but so many in one step: the next step goes on.
MOST_DAYS_AT_ONCE = 60


@dataclass(frozen=True)
class DueDay:
    """A local date, when its poem is due, and until when it is wanted."""

    local_date: date
    due_at: datetime
    deadline_at: datetime

    def is_missed(self, now: datetime) -> bool:
        """Whether it is too late for it."""
        return self.deadline_at <= now


@dataclass(frozen=True)
class Plan:
    """The days that are due by now, oldest first, and how to go on from there."""

    days: tuple[DueDay, ...]
    planned_through: date | None  # the last of these days, or what it was before
    plan_at: datetime  # when there is something to plan again


def delivery_instant(local_date: date, local_time: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of an hour on a local date, by the rules above."""
    wall = datetime.combine(local_date, local_time)
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if wall_clock(instant, zone) == wall else after_gap(wall, zone)


def date_exists(local_date: date, zone: ZoneInfo) -> bool:
    """Whether any clock of the zone ever showed this date."""
    return wall_clock(delivery_instant(local_date, time.min, zone), zone).date() == local_date


def due_day(local_date: date, local_time: time, zone: ZoneInfo) -> DueDay:
    """When this date's poem is due and until when it is wanted."""
    due_at = delivery_instant(local_date, local_time, zone)
    day_ends = delivery_instant(local_date + ONE_DAY, time.min, zone)
    return DueDay(local_date, due_at, max(day_ends, due_at + SHORTEST_WINDOW))


def next_delivery(
    now: datetime,
    local_time: time,
    zone: ZoneInfo,
    subscribed_at: datetime,
    *,
    planned_through: date | None = None,
    weekdays: int | None = None,
) -> DueDay:
    """The first delivery due at `now` or later, of a date that was not planned before."""
    since = max(now, subscribed_at)
    return next(upcoming(local_time, zone, since, after=planned_through, weekdays=weekdays))


def plan(
    now: datetime,
    local_time: time,
    zone: ZoneInfo,
    subscribed_at: datetime,
    planned_through: date | None,
    weekdays: int | None = None,
) -> Plan:
    """Every day due by `now` that comes after `planned_through`, missed ones among them."""
    days: list[DueDay] = []
    following = upcoming(local_time, zone, subscribed_at, after=planned_through, weekdays=weekdays)
    day = next(following)
    while day.due_at <= now and len(days) < MOST_DAYS_AT_ONCE:
        days.append(day)
        day = next(following)
    through = days[-1].local_date if days else planned_through
    return Plan(tuple(days), through, plan_at=day.due_at)


def upcoming(
    local_time: time,
    zone: ZoneInfo,
    since: datetime,
    *,
    after: date | None = None,
    weekdays: int | None = None,
) -> Iterator[DueDay]:
    """The days due at `since` or later, of dates after `after`, one by one.

    `weekdays` are bits, Monday first; None is every day.
    """
    if weekdays is not None and not weekdays & EVERY_DAY:
        raise ValueError("a week without a day has no delivery")
    # The day before may still be due: in a gap at midnight its hour comes a little later.
    local_date = wall_clock(since, zone).date() - ONE_DAY
    if after is not None:
        local_date = max(local_date, after + ONE_DAY)
    while True:
        if is_on(local_date, weekdays) and date_exists(local_date, zone):
            day = due_day(local_date, local_time, zone)
            if day.due_at >= since:
                yield day
        local_date += ONE_DAY


def is_on(local_date: date, weekdays: int | None) -> bool:
    """Whether a date is on one of the weekdays.

    >>> is_on(date(2026, 5, 2), 0b0011111), is_on(date(2026, 5, 2), None)  # a Saturday
    (False, True)
    """
    return weekdays is None or bool(weekdays >> local_date.weekday() & 1)


def wall_clock(instant: datetime, zone: ZoneInfo) -> datetime:
    """What a clock of the zone shows, without the zone."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def after_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant whose clock shows more than `wall`, which it never shows.

    By PEP 495 the two folds of a time in a gap lie around the gap; between them the clock
    only goes forward, so bisecting finds the second of the jump.
    """
    first, last = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    first = first.replace(microsecond=0)
    before, behind = 0, int((last - first).total_seconds()) + 1
    while behind - before > 1:
        middle = (before + behind) // 2
        if wall_clock(first + timedelta(seconds=middle), zone) > wall:
            behind = middle
        else:
            before = middle
    return first + timedelta(seconds=behind)
