"""All zones of the world for the next ten years: each local date has exactly one delivery.

Between two changes of a zone's clock a date's hour is a subtraction, so it is the days around
the changes that are walked through, each of them, at hours in the gap or the fold and at
others; and a day here and there between them. What is expected is found by another way:
by reading the clock every quarter of an hour.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.scheduling.next_delivery import DueDay, is_on, plan, upcoming, wall_clock

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
EVERYDAY_HOURS = (time(0, 0), time(7, 45), time(23, 45))
WEEKDAYS = 0b0010101
ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})


def offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the clock of a zone is put forward or back."""
    before = BEGIN
    while before < END:
        after = before + 5 * DAY  # Ramadan, for which Morocco's is put back, is longer
        if offset(before, zone) != offset(after, zone):
            first, last = before, after
            while last - first > timedelta(seconds=1):
                middle = first + (last - first) // 2
                middle = middle.replace(microsecond=0)
                if offset(middle, zone) == offset(before, zone):
                    first = middle
                else:
                    last = middle
            yield last
        before = after


def clock_readings(begin: datetime, end: datetime, zone: ZoneInfo) -> dict[datetime, datetime]:
    """What the clock shows every quarter of an hour, and when it shows it first."""
    shown: dict[datetime, datetime] = {}
    while begin < end:
        shown.setdefault(wall_clock(begin, zone), begin)
        begin += QUARTER
    return shown


def expected(local_date: date, hour: time, shown: dict[datetime, datetime]) -> datetime:
    """The first instant at which the date's clock shows the hour, or a later one."""
    wall = datetime.combine(local_date, hour)
    return min(instant for reading, instant in shown.items() if reading >= wall)


def days_from(begin: datetime, end: datetime, hour: time, zone: ZoneInfo) -> list[DueDay]:
    found = []
    for day in upcoming(hour, zone, begin):
        if day.due_at >= end:
            return found
        found.append(day)
    raise AssertionError("the days go on for ever")


def check(change: datetime, hours: set[time], zone: ZoneInfo) -> None:
    """Every date around an instant has its delivery, once, when the clock first shows it."""
    begin, end = change - 2 * DAY, change + 2 * DAY
    shown = clock_readings(begin - 2 * DAY, end + 2 * DAY, zone)
    dates = sorted({reading.date() for reading in shown})
    for hour in hours:
        due = {day: expected(day, hour, shown) for day in dates[:-1]}
        wanted = [(day, at) for day, at in due.items() if begin <= at < end]
        found = days_from(begin, end, hour, zone)
        assert [(day.local_date, day.due_at) for day in found] == wanted, (zone.key, hour)
        assert all(day.deadline_at >= day.due_at + QUARTER for day in found)


def hours_at(change: datetime, zone: ZoneInfo) -> set[time]:
    """Hours on both sides of a change: those that do not come, or come twice, among them."""
    before = wall_clock(change - timedelta(seconds=1), zone)
    after = wall_clock(change, zone)
    first = min(before, after).replace(minute=0, second=0)
    hours = {(first + number * QUARTER).time() for number in range(0, 9, 2)}
    return hours | set(EVERYDAY_HOURS)


@pytest.mark.parametrize("part", range(4))
def test_each_local_date_of_every_zone_has_one_delivery(part: int) -> None:
    """Zones that only differ in their name are walked through once."""
    walked = set()
    for name in ZONES[part::4]:
        zone = ZoneInfo(name)
        instants = tuple(changes(zone))
        alike = (offset(BEGIN, zone), instants, tuple(offset(each, zone) for each in instants))
        if alike in walked:
            continue
        walked.add(alike)
        for change in instants:
            check(change, hours_at(change, zone), zone)
        for number in range(0, 3650, 730):
            check(BEGIN + number * DAY, set(EVERYDAY_HOURS[1:2]), zone)


@pytest.mark.parametrize(
    "name",
    [
        "Asia/Shanghai",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour
        "Pacific/Apia",
        "Asia/Gaza",  # two changes more in Ramadan
        "Africa/Casablanca",  # back in Ramadan
        "Antarctica/Troll",  # two hours
        "America/Nuuk",  # at midnight
        "Europe/Dublin",  # winter is the time that is saved
        "Etc/GMT-14",
    ],
)
@pytest.mark.parametrize("weekdays", [None, WEEKDAYS])
def test_ten_years_of_a_bot_that_restarts_a_second_before_the_hour(
    name: str, weekdays: int | None
) -> None:
    """It looks a second before each due instant and at it, and forgets all but the last date."""
    zone, hour = ZoneInfo(name), time(8, 0)
    through: date | None = None
    dates: list[date] = []
    now = BEGIN
    while now < END:
        step = plan(now, hour, zone, BEGIN, through, weekdays)
        assert len(step.days) <= 1
        dates += [day.local_date for day in step.days]
        through = step.planned_through
        assert plan(now, hour, zone, BEGIN, through, weekdays).days == ()
        due = step.plan_at
        early = plan(due - timedelta(seconds=1), hour, zone, BEGIN, through, weekdays)
        assert (early.days, early.plan_at) == ((), due)
        now = due
    first = dates[0]
    calendar = [first + number * DAY for number in range((dates[-1] - first).days + 1)]
    assert dates == [day for day in calendar if is_on(day, weekdays)]


def test_a_date_that_a_zone_left_out_has_none() -> None:
    """No zone has announced such a thing for the years to come; Apia did it in 2011."""
    check(datetime(2011, 12, 30, 10, tzinfo=UTC), set(EVERYDAY_HOURS), ZoneInfo("Pacific/Apia"))
