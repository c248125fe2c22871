"""What the operator sees of the next day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.due_list import line_of
from bot.metrics import Metrics
from bot.services.daily import DailyPoems
from bot.services.due import by_hour, due_within
from bot.storage import DeliveryState, PlannedDay, Store, Subscription
from tests.fakes.daily import FreeLine, RecordingSender, RecordingWriter

NOW = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)  # 06:30 on 2 May in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def subscribe(store: Store, chat: int, at: time, zone: str = "Asia/Shanghai") -> Subscription:
    await store.chats.seen(chat, "private", now=NOW)
    return await store.subscriptions.subscribe(chat, chat, at, zone, "月", "七绝", now=NOW)


async def test_what_is_due_is_listed_whether_it_has_a_row_yet_or_not(store: Store) -> None:
    await subscribe(store, 1, time(8))
    await subscribe(store, 2, time(22))
    await subscribe(store, 3, time(7), "America/New_York")
    daily = DailyPoems(store, RecordingWriter(), RecordingSender(), FreeLine(), Metrics())
    await daily.wake(NOW)
    due = await due_within(store, NOW, DAY)
    assert [(poem.subscription.id, poem.state) for poem in due] == [
        (1, DeliveryState.READY),
        (3, None),
        (2, None),
    ]
    assert line_of(due[0]) == "2026-05-02 08:00 Asia/Shanghai  1  月 七绝  ready"
    assert line_of(due[1]) == "2026-05-02 07:00 America/New_York  3  月 七绝  to be planned"


async def test_what_was_sent_or_skipped_or_is_paused_is_not_due(store: Store) -> None:
    sent = await subscribe(store, 1, time(7))
    skipped = await subscribe(store, 2, time(8))
    paused = await subscribe(store, 3, time(8))
    daily = DailyPoems(store, RecordingWriter(), RecordingSender(), FreeLine(), Metrics())
    assert (await daily.wake(NOW + HOUR)).sent == 1
    day = PlannedDay(datetime(2026, 5, 2).date(), NOW + 1.5 * HOUR, NOW + DAY)  # noqa: DTZ001
    assert await store.subscriptions.skip(2, skipped.id, day, now=NOW + HOUR)
    await store.subscriptions.pause(3, paused.id, now=NOW + HOUR)
    due = await due_within(store, NOW + HOUR, 23 * HOUR)
    assert due == ()
    tomorrow = await due_within(store, NOW + HOUR, 47 * HOUR)
    assert [poem.subscription.id for poem in tomorrow] == [sent.id, skipped.id]


async def test_a_skipped_day_stays_skipped_at_another_hour(store: Store) -> None:
    wish = await subscribe(store, 1, time(23))
    night = NOW + 16.5 * HOUR + DAY  # of 3 May
    day = PlannedDay((NOW + DAY).astimezone(ZoneInfo("Asia/Shanghai")).date(), night, night + HOUR)
    assert await store.subscriptions.skip(1, wish.id, day, now=NOW)
    await store.subscriptions.change(1, wish.id, local_time=time(7), now=NOW)
    due = await due_within(store, NOW, 30 * HOUR)
    assert [poem.due for poem in due] == [NOW + 0.5 * HOUR]


async def test_an_unknown_zone_does_not_stop_the_list(store: Store) -> None:
    await subscribe(store, 1, time(8), "Mars/Olympus")
    await subscribe(store, 2, time(8))
    assert [poem.subscription.id for poem in await due_within(store, NOW, DAY)] == [2]


async def test_the_hours_are_counted_on_one_clock(store: Store) -> None:
    for chat, minute in enumerate((0, 15, 45), start=1):
        await subscribe(store, chat, time(8, minute))
    await subscribe(store, 4, time(9))
    hours = by_hour(await due_within(store, NOW, DAY), ZoneInfo("Asia/Shanghai"))
    assert [(hour.hour, count) for hour, count in hours] == [(8, 3), (9, 1)]
