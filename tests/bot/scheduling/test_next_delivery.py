"""When a daily poem is due: worked examples of each rule, then properties over all zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.scheduling.next_delivery import (
    MOST_DAYS_AT_ONCE,
    Plan,
    date_exists,
    delivery_instant,
    due_day,
    next_delivery,
    plan,
    wall_clock,
)

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
LORD_HOWE, NUUK, APIA = (
    ZoneInfo(name) for name in ("Australia/Lord_Howe", "America/Nuuk", "Pacific/Apia")
)
EIGHT = time(8, 0)
MAY_2 = date(2026, 5, 2)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "instant"),
    [
        (SHANGHAI, "2026-05-02", "08:00", "2026-05-02 00:00"),
        (NEW_YORK, "2026-05-02", "08:00", "2026-05-02 12:00"),
        # 02:00-03:00 does not exist: the first instant after it is 03:00.
        (NEW_YORK, "2026-03-08", "02:00", "2026-03-08 07:00"),
        (NEW_YORK, "2026-03-08", "02:30", "2026-03-08 07:00"),
        (NEW_YORK, "2026-03-08", "03:00", "2026-03-08 07:00"),
        # 01:00-02:00 comes twice: the first counts.
        (NEW_YORK, "2026-11-01", "01:30", "2026-11-01 05:30"),
        # Lord Howe's clocks go by half an hour: 02:00-02:30 is left out.
        (LORD_HOWE, "2026-10-04", "02:15", "2026-10-03 15:30"),
        # Nuuk goes from 23:00 to midnight.
        (NUUK, "2026-03-28", "23:30", "2026-03-29 01:00"),
        # Apia had no 30 December 2011.
        (APIA, "2011-12-29", "08:00", "2011-12-29 18:00"),
        (APIA, "2011-12-30", "08:00", "2011-12-30 10:00"),
        (APIA, "2011-12-31", "08:00", "2011-12-30 18:00"),
    ],
)
def test_an_hour_of_a_date_is_this_instant(
    zone: ZoneInfo, day: str, hour: str, instant: str
) -> None:
    found = delivery_instant(date.fromisoformat(day), time.fromisoformat(hour), zone)
    assert found == utc(instant)


def test_a_day_ends_with_its_date_but_gives_every_hour_a_quarter() -> None:
    assert due_day(MAY_2, EIGHT, SHANGHAI).deadline_at == utc("2026-05-02 16:00")
    assert due_day(MAY_2, time(23, 59), SHANGHAI).deadline_at == utc("2026-05-02 16:14")
    assert due_day(date(2026, 3, 28), time(23, 30), NUUK).deadline_at == utc("2026-03-29 01:15")


def planned(now: str, since: str, through: date | None = None, zone: ZoneInfo = SHANGHAI) -> Plan:
    return plan(utc(now), EIGHT, zone, utc(since), through)


def test_who_subscribes_a_minute_before_gets_todays() -> None:
    before = planned(now="2026-05-01 23:59", since="2026-05-01 23:59")
    assert before == Plan((), None, plan_at=utc("2026-05-02 00:00"))
    due = planned(now="2026-05-02 00:00", since="2026-05-01 23:59")
    assert [day.local_date for day in due.days] == [MAY_2]
    assert due.planned_through == MAY_2
    assert due.plan_at == utc("2026-05-03 00:00")


def test_who_subscribes_an_hour_after_starts_tomorrow() -> None:
    assert planned("2026-05-02 01:00", since="2026-05-02 01:00") == Plan(
        (), None, plan_at=utc("2026-05-03 00:00")
    )


def test_a_date_that_was_planned_is_not_planned_again_at_another_hour() -> None:
    later = plan(utc("2026-05-02 12:00"), time(20), SHANGHAI, utc("2026-05-02 01:00"), MAY_2)
    assert later == Plan((), MAY_2, plan_at=utc("2026-05-03 12:00"))


def test_after_three_days_of_silence_two_are_missed_and_one_is_due() -> None:
    now = utc("2026-05-05 03:00")
    found = planned("2026-05-05 03:00", since="2026-04-01 00:00", through=MAY_2)
    assert [(day.local_date.day, day.is_missed(now)) for day in found.days] == [
        (3, True),
        (4, True),
        (5, False),
    ]


def test_a_year_of_silence_is_planned_in_steps_without_a_gap() -> None:
    now, through, dates = "2027-05-02 03:00", MAY_2, []
    while (step := planned(now, "2026-05-01 00:00", through)).days:
        assert len(step.days) <= MOST_DAYS_AT_ONCE
        dates += [day.local_date for day in step.days]
        assert step.planned_through is not None
        through = step.planned_through
    assert dates == [MAY_2 + timedelta(days=n) for n in range(1, 366)]
    assert step.plan_at == utc("2027-05-03 00:00")


def test_a_date_the_zone_left_out_is_nobodys_day() -> None:
    found = planned("2011-12-31 00:00", since="2011-12-28 20:00", zone=APIA)
    assert [day.local_date.isoformat() for day in found.days] == ["2011-12-29", "2011-12-31"]


def test_the_next_delivery_is_of_a_date_not_served_yet() -> None:
    now = utc("2026-05-02 01:00")
    assert next_delivery(now, time(20), SHANGHAI, now).local_date == MAY_2
    after = next_delivery(now, time(20), SHANGHAI, now, planned_through=MAY_2)
    assert after.local_date == date(2026, 5, 3)


ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
DATES = st.dates(date(1900, 1, 1), date(2037, 12, 30))
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MINUTE = timedelta(minutes=1)


@given(ZONES, DATES, HOURS)
@example(APIA, date(2011, 12, 30), EIGHT)
@example(NUUK, date(2026, 3, 28), time(23, 30))
@example(ZoneInfo("America/St_Johns"), date(2006, 10, 28), time(23, 30))  # midnight twice
@settings(max_examples=400, deadline=None)
def test_every_hour_is_one_instant_on_its_date_or_right_after_a_gap(
    zone: ZoneInfo, day: date, hour: time
) -> None:
    wall = datetime.combine(day, hour)
    instant = delivery_instant(day, hour, zone)
    shown = wall_clock(instant, zone)
    if shown == wall:
        # Not the second coming of that hour, whatever the shift.
        assert instant == min(
            wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)
        )
    else:
        assert shown > wall
        assert wall_clock(instant - timedelta(seconds=1), zone) < wall
        assert shown.date() == day or not date_exists(day, zone) or shown.time() == time.min


@given(ZONES, st.dates(date(1970, 1, 3), date(2037, 11, 1)), HOURS)
@example(APIA, date(2011, 12, 20), EIGHT)
@settings(max_examples=150, deadline=None)
def test_a_month_has_each_local_date_once_and_in_order(
    zone: ZoneInfo, first: date, hour: time
) -> None:
    since = delivery_instant(first, hour, zone)
    found = plan(since + timedelta(days=30), hour, zone, since, first - timedelta(days=1)).days
    dates = [day.local_date for day in found]
    through = found[-1].local_date
    calendar = [first + timedelta(days=n) for n in range((through - first).days + 1)]
    assert dates == [day for day in calendar if date_exists(day, zone)]
    instants = [day.due_at for day in found]
    assert instants == sorted(set(instants))
    assert all(day.deadline_at - day.due_at >= timedelta(minutes=15) for day in found)


@given(ZONES, st.integers(0, 10 * 365 * 24 * 60), st.integers(7, 60 * 50), HOURS)
@settings(max_examples=60, deadline=None)
def test_however_often_one_looks_each_date_is_planned_once(
    zone: ZoneInfo, start: int, stride: int, hour: time
) -> None:
    """Looking every few minutes plans the same days as looking once at the end."""
    since = utc("2026-01-01 00:00") + start * MINUTE
    end = since + timedelta(days=4)
    now, through, dates = since, None, []
    while now <= end:
        step = plan(now, hour, zone, since, through)
        dates += [day.local_date for day in step.days]
        through = step.planned_through
        now += stride * MINUTE
    dates += [day.local_date for day in plan(end, hour, zone, since, through).days]
    assert dates == [day.local_date for day in plan(end, hour, zone, since, None).days]
