"""Everything counted, on both databases, beside counts made by hand."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.services.statistics import LATE_AFTER, RECENT, beginnings
from bot.storage import DeliveryCounts, DeliveryState, NewRequest, Statistics, Store
from bot.storage.database import Database
from bot.storage.tables import deliveries, subscriptions
from tests.fakes.daily import A_POEM

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 5, 2, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai
TODAY = date(2026, 5, 2)
LONG_AGO = NOW - timedelta(days=20)


async def look(store: Store) -> Statistics:
    return await store.statistics.look(
        now=NOW, days=beginnings(TODAY, SHANGHAI), recent=RECENT, late_after=LATE_AFTER
    )


async def wrote(store: Store, user: int, chat: int | None, when: datetime, ms: float) -> int:
    if chat is not None:
        await store.chats.seen(chat, "private" if chat > 0 else "group", now=when)
    asked = NewRequest(chat, user, "poem", None, "月", None, None, ms)
    return (await store.poems.add(A_POEM, asked, now=when)).id


async def test_of_nothing_there_is_nothing(store: Store) -> None:
    nothing = await look(store)
    assert nothing == Statistics(
        people=0,
        active_people=0,
        new_people=0,
        groups=0,
        blocked=0,
        favourites=0,
        inline_offered=0,
        inline_sent=0,
        subscriptions=0,
        paused=0,
        poems_by_day=(0,) * 30,
        deliveries=DeliveryCounts(),
        median_ms=None,
        slow_ms=None,
        failures={},
    )


async def test_people_are_counted_once_wherever_they_are_met(store: Store) -> None:
    await wrote(store, 1, 1, LONG_AGO, 1)
    await wrote(store, 1, -9, NOW, 1)
    await wrote(store, 2, -9, NOW, 1)
    await wrote(store, 3, None, NOW, 1)
    await store.chats.seen(4, "private", now=NOW)
    await store.chats.seen(-8, "supergroup", now=NOW)
    await store.chats.mark_blocked(-8, now=NOW)
    seen = await look(store)
    assert (seen.people, seen.active_people, seen.new_people) == (4, 3, 1)
    assert (seen.groups, seen.blocked) == (1, 1)


async def test_poems_are_counted_by_the_days_of_the_zone(store: Store) -> None:
    midnight = datetime(2026, 5, 1, 16, tzinfo=UTC)  # in Shanghai
    for when in (midnight, midnight - timedelta(microseconds=1), NOW, NOW - timedelta(days=40)):
        await wrote(store, 1, 1, when, 1)
    await store.poems.record_failure(
        NewRequest(1, 1, "poem", None, "", None, None, None), "TooBusy", now=NOW
    )
    seen = await look(store)
    assert seen.poems_by_day == (*[0] * 28, 1, 2)


async def test_waiting_times_and_failures_are_those_of_late(store: Store) -> None:
    for ms in range(1, 101):
        await wrote(store, 1, 1, NOW, float(ms))
    await wrote(store, 1, 1, LONG_AGO, 10_000.0)
    failed = NewRequest(1, 1, "poem", None, "", None, None, None)
    for when, error in ((NOW, "B"), (NOW, "A"), (NOW, "A"), (LONG_AGO, "C")):
        await store.poems.record_failure(failed, error, now=when)
    seen = await look(store)
    assert (seen.median_ms, seen.slow_ms) == (50.0, 95.0)
    assert list(seen.failures.items()) == [("A", 2), ("B", 1)]


async def test_what_was_offered_in_other_chats_and_sent_there(store: Store) -> None:
    offered = NewRequest(None, 1, "inline", None, "月", None, None, 1.0)
    for when in (NOW, NOW, LONG_AGO):
        poem = await store.poems.add(A_POEM, offered, now=when)
        await store.poems.chosen_inline(poem.id, 1, now=when)
    await store.poems.add(A_POEM, offered, now=NOW)
    await store.poems.record_failure(offered, "TooBusy", now=NOW)
    seen = await look(store)
    assert (seen.inline_offered, seen.inline_sent) == (3, 2)


async def test_favourites_and_subscriptions(store: Store) -> None:
    poem = await wrote(store, 1, 1, NOW, 1)
    for user in (1, 2):
        await store.favourites.keep(user, poem, now=NOW)
    for chat in (1, 2, 3):
        await store.chats.seen(chat, "private", now=NOW)
        await store.subscriptions.subscribe(chat, chat, time(8), "Asia/Shanghai", now=NOW)
    active = await store.subscriptions.active(2)
    assert active is not None
    await store.subscriptions.pause(2, active.id, now=NOW)
    await store.subscriptions.end(3, "unsubscribed", now=NOW)
    seen = await look(store)
    assert (seen.favourites, seen.subscriptions, seen.paused) == (2, 1, 1)


async def test_daily_poems_of_today(store: Store, database: Database) -> None:
    await store.chats.seen(1, "private", now=NOW)
    due = NOW - timedelta(hours=1)
    done = {"finished_at": due + timedelta(seconds=20)}
    rows: list[dict[str, Any]] = [
        {"state": DeliveryState.SENT, **done},
        {"state": DeliveryState.SENT, "finished_at": due + timedelta(minutes=10), "attempts": 2},
        {"state": DeliveryState.UNKNOWN, **done},
        {"state": DeliveryState.UNKNOWN},
        {"state": DeliveryState.MISSED, **done},
        {"state": DeliveryState.FAILED, "reason": "chat_gone", **done},
        {"state": DeliveryState.FAILED, "reason": "gave_up", **done},
        {"state": DeliveryState.FAILED, **done},
        {"state": DeliveryState.PLANNED},
        {"state": DeliveryState.CANCELLED, "reason": "skipped", **done},
        {"state": DeliveryState.PLANNED, "due_at": NOW + timedelta(seconds=30)},
        {"state": DeliveryState.SENT, "due_at": due - timedelta(days=1), **done},
    ]
    async with database.writing() as connection:
        subscription = {"chat_id": 1, "user_id": 1, "local_time": time(8), "theme": ""}
        instants = {"created_at": NOW, "scheduled_at": NOW, "plan_at": NOW}
        await connection.execute(
            insert(subscriptions).values(timezone="Asia/Shanghai", **subscription, **instants)
        )
        for number, row in enumerate(rows):
            common = {
                "subscription_id": 1,
                "local_date": TODAY + timedelta(days=number),
                "due_at": due,
                "deadline_at": NOW,
                "next_attempt_at": NOW,
                "attempts": 1,
                "unanswered": 0,
            }
            await connection.execute(insert(deliveries).values(**(common | row)))
    expected = DeliveryCounts(
        due=9, sent=2, late=1, retried=1, unknown=1, missed=1, blocked=1, failed=2, waiting=2
    )
    assert (await look(store)).deliveries == expected
