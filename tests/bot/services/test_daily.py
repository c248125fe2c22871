"""The daily poem's contract on both databases: once per local date, whatever happens."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    DeliveryError,
    DeliveryRefused,
    MayNotWrite,
    OutOfReach,
    StorageError,
    TooBusy,
    TopicClosed,
    TryLater,
)
from bot.metrics import Metrics
from bot.services.daily import DailyLimits, DailyPoems, DeliveryReport, planned
from bot.services.poems import DueWish, Failure
from bot.storage import Delivery, DeliveryState, NewPoem, Store, Subscription, WrittenDaily
from bot.storage.database import Database
from poetry_model import NoCharacterFits
from tests.fakes.daily import (
    A_POEM,
    Death,
    FreeLine,
    Message,
    RecordingSender,
    RecordingWriter,
    store_that_dies,
)
from tests.fakes.databases import count_rows

EIGHT = datetime(2026, 5, 2, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MAY_2 = date(2026, 5, 2)
CHAT, USER = 501, 901
LIMITS = DailyLimits()


class Rig:
    """A daily service on a store, with its fakes and a clock that stands still in a wake."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.writer = RecordingWriter()
        self.sender = RecordingSender()
        self.line = FreeLine()
        self.metrics = Metrics()
        self.daily = self.service(store)

    def service(
        self,
        store: Store,
        limits: DailyLimits = LIMITS,
        stopwatch: Callable[[], float] = lambda: 0.0,
    ) -> DailyPoems:
        return DailyPoems(
            store,
            self.writer,
            self.sender,
            self.line,
            self.metrics,
            limits=limits,
            stopwatch=stopwatch,
        )

    async def subscribe(
        self, chat_id: int = CHAT, at: time = time(8), now: datetime = EIGHT - HOUR
    ) -> Subscription:
        await self.store.chats.seen(chat_id, "group" if chat_id < 0 else "private", now=now)
        return await self.store.subscriptions.subscribe(
            chat_id, USER, at, "Asia/Shanghai", "月", None, None, None, now=now
        )

    async def delivery(self, subscription: Subscription, day: date = MAY_2) -> Delivery:
        found = await self.store.deliveries.get(subscription.id, day)
        assert found is not None
        return found

    async def wake_each_minute(self, begin: datetime, end: datetime) -> DeliveryReport:
        """Wake through a span, and the sum of the reports."""
        total: dict[str, int] = {}
        while begin < end:
            for name, count in (await self.daily.wake(begin)).counts().items():
                total[name] = total.get(name, 0) + count
            begin += MINUTE
        return DeliveryReport(**total)


@pytest.fixture
def rig(store: Store) -> Rig:
    return Rig(store)


async def test_a_poem_arrives_at_its_hour_once(rig: Rig) -> None:
    subscription = await rig.subscribe()
    await rig.store.chats.choose(CHAT, language="zh-Hans")
    assert await rig.daily.wake(EIGHT - MINUTE) == DeliveryReport(planned=1, written=1)
    assert rig.sender.arrived == []
    assert await rig.daily.wake(EIGHT) == DeliveryReport(sent=1)
    assert (await rig.daily.wake(EIGHT + MINUTE)).is_quiet
    [poem] = rig.writer.written
    delivery = await rig.delivery(subscription)
    assert rig.sender.arrived == [Message(CHAT, None, delivery.poem_id or 0, poem.seed, "zh-Hans")]
    assert (delivery.state, delivery.poem_id, delivery.message_id, delivery.finished_at) == (
        DeliveryState.SENT,
        delivery.poem_id,
        1,
        EIGHT,
    )


async def test_the_next_day_brings_another_poem(rig: Rig) -> None:
    await rig.subscribe()
    await rig.daily.wake(EIGHT)
    await rig.daily.wake(EIGHT + DAY)
    first, second = rig.writer.written
    assert first.seed != second.seed
    assert [message.seed for message in rig.sender.arrived] == [first.seed, second.seed]


async def test_who_subscribed_after_the_hour_starts_tomorrow(rig: Rig) -> None:
    await rig.subscribe(now=EIGHT + HOUR)
    assert (await rig.daily.wake(EIGHT + HOUR)).is_quiet
    assert (await rig.daily.wake(EIGHT + DAY)).sent == 1


async def test_another_hour_after_todays_poem_is_for_tomorrow(rig: Rig) -> None:
    first = await rig.subscribe()
    await rig.daily.wake(EIGHT)
    await rig.store.subscriptions.change(CHAT, first.id, local_time=time(20), now=EIGHT + HOUR)
    assert (await rig.daily.wake(EIGHT + 12 * HOUR)).is_quiet
    assert (await rig.daily.wake(EIGHT + DAY)).is_quiet
    assert (await rig.daily.wake(EIGHT + DAY + 12 * HOUR)).sent == 1


async def test_another_hour_before_todays_poem_is_for_today(rig: Rig) -> None:
    first = await rig.subscribe()
    await rig.daily.wake(EIGHT - 2 * MINUTE)
    await rig.store.subscriptions.change(CHAT, first.id, local_time=time(9), now=EIGHT - MINUTE)
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=1, written=1)
    assert (await rig.daily.wake(EIGHT + HOUR)).sent == 1


async def test_another_theme_does_not_lose_an_hour_that_is_being_caught_up(rig: Rig) -> None:
    first = await rig.subscribe()
    again = await rig.store.subscriptions.subscribe(
        CHAT, USER, time(8), "Asia/Shanghai", "秋", None, None, None, now=EIGHT + MINUTE
    )
    assert (again.id, again.theme) == (first.id, "秋")
    assert (await rig.daily.wake(EIGHT + 2 * MINUTE)).sent == 1


async def test_two_subscribing_to_an_hour_at_once_make_one_subscription(rig: Rig) -> None:
    await rig.store.chats.seen(CHAT, "private", now=EIGHT)
    made = await asyncio.gather(*(rig.subscribe() for _ in range(8)))
    assert len({subscription.id for subscription in made}) == 1
    assert len(await rig.store.subscriptions.all_active()) == 1
    assert await rig.store.subscriptions.count_active() == 1


async def test_a_missed_hour_is_caught_up_within_the_day(rig: Rig) -> None:
    await rig.subscribe()
    assert await rig.daily.wake(EIGHT + 15 * HOUR) == DeliveryReport(planned=1, sent=1, late=1)


async def test_days_that_went_by_are_marked_missed(rig: Rig) -> None:
    subscription = await rig.subscribe()
    report = await rig.daily.wake(EIGHT + 2 * DAY)
    assert report == DeliveryReport(planned=1, sent=1, missed=2)
    states = [d.state for d in await rig.store.deliveries.of_subscription(subscription.id)]
    assert states == [DeliveryState.MISSED, DeliveryState.MISSED, DeliveryState.SENT]
    assert (await rig.delivery(subscription)).reason == "not_running"


async def test_who_unsubscribed_gets_nothing_more(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 30)]
    await rig.daily.wake(EIGHT)
    assert await rig.store.subscriptions.end(CHAT, "unsubscribed", now=EIGHT)
    assert not await rig.store.subscriptions.end(CHAT, "unsubscribed", now=EIGHT)
    assert (await rig.daily.wake(EIGHT + MINUTE)).is_quiet
    assert rig.sender.arrived == []
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.CANCELLED, "unsubscribed")


async def test_a_blocked_bot_ends_the_subscription_quietly(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [ChatGone(CHAT, "Forbidden: bot was blocked by the user")]
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=1, gone=1)
    assert await rig.store.subscriptions.active(CHAT) is None
    chat = await rig.store.chats.get(CHAT)
    assert chat is not None
    assert chat.blocked_at == EIGHT
    assert (await rig.delivery(subscription)).state == DeliveryState.FAILED
    assert (await rig.daily.wake(EIGHT + DAY)).is_quiet
    assert rig.sender.asked[CHAT] == 1


@pytest.mark.parametrize("refusal", [TopicClosed, MayNotWrite])
async def test_where_the_bot_may_not_write_one_subscription_ends(
    rig: Rig, refusal: type[MayNotWrite]
) -> None:
    subscription = await rig.subscribe(-7)
    other = await rig.store.subscriptions.subscribe(
        -7, USER, time(12), "Asia/Shanghai", thread_id=3, now=EIGHT - HOUR
    )
    rig.sender.answers[-7] = [refusal(-7, "Bad Request: no")] * LIMITS.most_attempts
    report = await rig.wake_each_minute(EIGHT, EIGHT + HOUR)
    assert (report.retried, report.gone) == (LIMITS.most_attempts - 1, 1)
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, refusal.why)
    assert await rig.store.subscriptions.of_chat(-7) == (other,)
    chat = await rig.store.chats.get(-7)
    assert chat is not None
    assert chat.blocked_at is None
    assert (await rig.daily.wake(EIGHT + 4 * HOUR)).sent == 1  # in the other topic
    assert (await rig.daily.wake(EIGHT + DAY)).sent == 0
    [lost] = await rig.store.subscriptions.tell_lost(-7)
    assert (lost.id, lost.ended_reason) == (subscription.id, refusal.why)


async def test_a_topic_that_is_open_after_all_gets_its_poem(rig: Rig) -> None:
    await rig.subscribe(-7)
    rig.sender.answers[-7] = [TopicClosed(-7, "Bad Request: message thread not found")]
    assert (await rig.wake_each_minute(EIGHT, EIGHT + HOUR)).sent == 1
    assert len(await rig.store.subscriptions.of_chat(-7)) == 1


async def test_a_group_that_became_a_supergroup_gets_the_same_delivery_there(rig: Rig) -> None:
    subscription = await rig.subscribe(-7)
    rig.sender.answers[-7] = [ChatMoved(-7, -100_7)]
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=1, moved=1, sent=1)
    [poem] = rig.writer.written
    [message] = rig.sender.arrived
    assert (message.chat_id, message.seed) == (-100_7, poem.seed)
    followed = await rig.store.subscriptions.active(-100_7)
    assert followed is not None
    assert followed.id == subscription.id
    assert (await rig.daily.wake(EIGHT + DAY)).sent == 1


async def test_a_moved_group_that_subscribed_anew_gets_one_poem(rig: Rig) -> None:
    """The old chat's wish ends: the younger one of the new chat stays."""
    old, _ = await rig.subscribe(-7), await rig.subscribe(-100_7)
    rig.sender.answers[-7] = [ChatMoved(-7, -100_7)]
    report = await rig.daily.wake(EIGHT)
    assert (report.sent, report.moved, report.cancelled) == (1, 1, 1)
    assert [message.chat_id for message in rig.sender.arrived] == [-100_7]
    assert (await rig.delivery(old)).state == DeliveryState.CANCELLED


async def test_told_to_wait_a_delivery_waits_that_long_and_loses_nothing(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 90) for _ in range(25)]
    report = await rig.wake_each_minute(EIGHT, EIGHT + HOUR)
    assert (report.postponed, report.sent, report.failed) == (25, 1, 0)
    assert len(rig.writer.written) == 1
    assert (await rig.delivery(subscription)).attempts == 1


async def test_told_to_wait_beyond_the_day_the_day_is_missed(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 20 * 3600)]
    await rig.daily.wake(EIGHT)
    assert (await rig.daily.wake(EIGHT + 16 * HOUR)).missed == 1
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.MISSED, "told_to_wait")


async def test_a_lost_answer_repeats_the_same_poem_once_after_the_lease(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.after[CHAT] = [AnswerLost(CHAT)]
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=1, lost=1)
    assert (await rig.daily.wake(EIGHT + LIMITS.lease - MINUTE)).is_quiet
    assert (await rig.daily.wake(EIGHT + LIMITS.lease)).sent == 1
    [poem] = rig.writer.written
    assert [message.seed for message in rig.sender.arrived] == [poem.seed, poem.seed]
    assert len({message.poem_id for message in rig.sender.arrived}) == 1
    assert (await rig.delivery(subscription)).state == DeliveryState.SENT


async def test_after_a_second_lost_answer_it_is_left_alone(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [AnswerLost(CHAT), AnswerLost(CHAT)]
    report = await rig.wake_each_minute(EIGHT, EIGHT + HOUR)
    assert report == DeliveryReport(planned=1, lost=1, unknown=1)
    assert rig.sender.asked[CHAT] == 2
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.UNKNOWN, "answer_lost")
    assert delivery.finished_at is not None


async def test_who_paused_after_a_lost_answer_gets_no_repeat(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.after[CHAT] = [AnswerLost(CHAT)]
    await rig.daily.wake(EIGHT)
    await rig.store.subscriptions.pause(CHAT, subscription.id, now=EIGHT + MINUTE)
    assert (await rig.wake_each_minute(EIGHT + MINUTE, EIGHT + HOUR)).unknown == 1
    assert len(rig.sender.arrived) == 1
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.UNKNOWN, "paused")


async def test_who_pauses_while_telegram_refuses_gets_nothing(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 30)]

    async def pause() -> None:
        await rig.store.subscriptions.pause(CHAT, subscription.id, now=EIGHT)

    rig.sender.meanwhile = pause
    assert (await rig.daily.wake(EIGHT)).postponed == 1
    assert (await rig.daily.wake(EIGHT + MINUTE)).cancelled == 1
    assert rig.sender.arrived == []
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.CANCELLED, "paused")


async def test_a_clear_no_between_does_not_add_a_repeat(rig: Rig) -> None:
    """Lost, told to wait, refused, lost: two sends are without answer, and that is the end."""
    await rig.subscribe()
    rig.sender.answers[CHAT] = [
        AnswerLost(CHAT),
        TryLater(CHAT, 5),
        DeliveryRefused(CHAT),
        AnswerLost(CHAT),
    ]
    report = await rig.wake_each_minute(EIGHT, EIGHT + HOUR)
    assert rig.sender.asked[CHAT] == 4
    assert (report.lost, report.postponed, report.retried, report.unknown) == (1, 1, 1, 1)


async def test_an_answer_lost_near_the_days_end_stays_unknown(rig: Rig) -> None:
    subscription = await rig.subscribe(at=time(23, 58))
    rig.sender.answers[CHAT] = [AnswerLost(CHAT)]
    late = EIGHT + 16 * HOUR + 11 * MINUTE  # 00:11, two minutes before it is over
    await rig.daily.wake(late)
    assert (await rig.daily.wake(late + 2 * MINUTE)).unknown == 1
    assert (await rig.delivery(subscription)).state == DeliveryState.UNKNOWN
    assert rig.sender.asked[CHAT] == 1


async def test_a_sender_that_hangs_is_a_lost_answer(store: Store) -> None:
    rig = Rig(store)
    await rig.subscribe()
    rig.sender.meanwhile = asyncio.Event().wait
    hasty = DailyLimits(send_timeout=timedelta(milliseconds=20))
    assert (await rig.service(store, hasty).wake(EIGHT)).lost == 1


async def test_a_refusal_is_tried_again_later_and_later_then_given_up(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [DeliveryRefused(CHAT, "Bad Request") for _ in range(9)]
    asked = []
    for minute in range(60):
        await rig.daily.wake(EIGHT + minute * MINUTE)
        asked.append(rig.sender.asked[CHAT])
    tries = [minute for minute in range(60) if asked[minute] > ([0, *asked])[minute]]
    assert tries == [0, 1, 3, 7, 15]
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "DeliveryRefused")
    assert (await rig.daily.wake(EIGHT + DAY)).retried == 1  # tomorrow is another day


async def given(rig: Rig) -> int:
    """How many poems the history of the subscriber holds."""
    return len((await rig.store.poems.history(USER, offset=0, limit=9)).items)


@pytest.mark.parametrize("refusal", [DeliveryRefused(CHAT), ChatGone(CHAT), TopicClosed(CHAT)])
async def test_a_poem_that_never_arrived_is_in_no_history(rig: Rig, refusal: DeliveryError) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [refusal for _ in range(9)]
    await rig.wake_each_minute(EIGHT, EIGHT + HOUR)
    assert (await rig.delivery(subscription)).state == DeliveryState.FAILED
    assert await given(rig) == 0


async def test_a_poem_of_a_missed_day_is_in_no_history(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 20 * 3600)]
    await rig.daily.wake(EIGHT)
    assert (await rig.daily.wake(EIGHT + 16 * HOUR)).missed == 1
    assert (await rig.delivery(subscription)).poem_id is not None
    assert await given(rig) == 0


async def test_a_poem_that_arrived_or_may_have_is_in_the_history_once(rig: Rig) -> None:
    await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 30), AnswerLost(CHAT), DeliveryRefused(CHAT)]
    await rig.wake_each_minute(EIGHT, EIGHT + 7 * MINUTE)
    assert rig.sender.asked[CHAT] == 3
    assert await given(rig) == 1
    await rig.wake_each_minute(EIGHT + 7 * MINUTE, EIGHT + HOUR)
    assert len(rig.sender.arrived) == 1
    assert await given(rig) == 1


async def test_a_poet_that_fails_is_asked_again_with_another_seed(rig: Rig) -> None:
    await rig.subscribe()
    rig.writer.failures = [NoCharacterFits("七绝", 2, 7)]
    assert (await rig.daily.wake(EIGHT)).retried == 1
    assert (await rig.daily.wake(EIGHT + MINUTE)).sent == 1


async def test_a_poet_that_fails_for_hours_is_asked_until_it_writes(rig: Rig) -> None:
    await rig.subscribe()
    rig.writer.failures = [NoCharacterFits("七绝", 2, 7) for _ in range(9)]
    report = await rig.wake_each_minute(EIGHT, EIGHT + 2 * HOUR)
    assert (report.retried, report.sent, report.late, report.failed) == (9, 1, 1, 0)
    assert len(set(rig.writer.seeds)) == 10  # what fails with one seed fails with it again


async def test_a_poet_that_fails_all_day_misses_the_day(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.writer.failures = [NoCharacterFits("七绝", 2, 7) for _ in range(999)]
    for quarter in range(4 * 17):
        await rig.daily.wake(EIGHT + quarter * 15 * MINUTE)
    delivery = await rig.delivery(subscription)
    assert (delivery.state, delivery.reason) == (DeliveryState.MISSED, "NoCharacterFits")
    assert len(rig.writer.seeds) > LIMITS.most_claims  # which is for what kills its worker
    assert rig.sender.asked[CHAT] == 0


async def test_a_busy_poet_is_waited_for_without_counting(rig: Rig) -> None:
    await rig.subscribe()
    rig.writer.failures = [TooBusy(64) for _ in range(20)]
    report = await rig.wake_each_minute(EIGHT, EIGHT + HOUR)
    assert (report.postponed, report.sent) == (20, 1)


async def test_one_subscribers_trouble_does_not_stop_the_others(rig: Rig) -> None:
    for chat in range(1, 8):
        await rig.subscribe(chat)
    rig.sender.answers[1] = [ChatGone(1)]
    rig.sender.answers[2] = [TryLater(2, 60)]
    rig.sender.answers[3] = [AnswerLost(3)]
    rig.sender.answers[4] = [DeliveryRefused(4)]
    rig.sender.answers[5] = [StorageError("away")]
    report = await rig.daily.wake(EIGHT)
    assert report == DeliveryReport(
        planned=7, sent=2, gone=1, postponed=1, lost=1, retried=1, troubled=1
    )


async def test_a_bug_is_raised_after_everyone_had_their_turn(rig: Rig) -> None:
    bad = await rig.subscribe(1)
    for chat in range(2, 41):
        await rig.subscribe(chat)
    rig.sender.answers[1] = [KeyError("a bug")]
    with pytest.raises(ExceptionGroup) as caught:
        await rig.daily.wake(EIGHT)
    assert caught.group_contains(KeyError)
    assert len(rig.sender.arrived) == 39
    assert (await rig.delivery(bad)).state == DeliveryState.SENDING
    assert (await rig.daily.wake(EIGHT + LIMITS.lease)).sent == 1


async def test_what_breaks_its_worker_every_time_is_given_up(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.writer.failures = [KeyError("a bug") for _ in range(99)]
    for lease in range(LIMITS.most_claims):
        with pytest.raises(ExceptionGroup):
            await rig.daily.wake(EIGHT + lease * LIMITS.lease)
    assert (await rig.daily.wake(EIGHT + LIMITS.most_claims * LIMITS.lease)).failed == 1
    assert (await rig.delivery(subscription)).reason == "gave_up"


async def test_a_zone_that_is_unknown_here_does_not_stop_the_others(rig: Rig) -> None:
    await rig.store.chats.seen(1, "private", now=EIGHT - HOUR)
    await rig.store.subscriptions.subscribe(1, USER, time(8), "Mars/Olympus", now=EIGHT - HOUR)
    await rig.subscribe(2)
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=1, sent=1, troubled=1)
    assert (await rig.daily.wake(EIGHT + MINUTE)).is_quiet


async def test_many_subscribers_are_served_a_few_at_once(rig: Rig) -> None:
    at_work, most = 0, 0

    async def count() -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.01)
        at_work -= 1

    rig.sender.meanwhile = count
    for chat in range(1, 41):
        await rig.subscribe(chat)
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=40, sent=40)
    assert 1 < most <= LIMITS.at_once


async def test_a_stop_lets_sends_end_and_begins_no_new_ones(rig: Rig) -> None:
    for chat in range(1, 31):
        await rig.subscribe(chat)
    report = await rig.daily.wake(EIGHT, keep_going=lambda: len(rig.sender.arrived) < 3)
    assert 3 <= report.sent < 30
    assert report.sent + report.let_go == 30
    assert (await rig.daily.wake(EIGHT + MINUTE)).sent == 30 - report.sent


async def test_a_long_wake_does_not_keep_the_next_from_planning(rig: Rig) -> None:
    """While one wake sends, the next plans and writes, and what it planned is sent as well."""
    at_work, go_on = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        at_work.set()
        await go_on.wait()

    await rig.subscribe(1)
    rig.sender.meanwhile = hang
    first = asyncio.ensure_future(rig.daily.wake(EIGHT))
    await at_work.wait()
    await rig.subscribe(2, at=time(8, 30), now=EIGHT)
    between = await rig.daily.wake(EIGHT + MINUTE)
    assert (between.planned, between.sent) == (1, 0)
    go_on.set()
    ended = await first
    assert (ended.sent, ended.written + between.written) == (1, 1)
    assert (await rig.daily.wake(EIGHT + 30 * MINUTE)).sent == 1


async def test_a_chat_that_is_busy_for_a_moment_is_waited_for(rig: Rig) -> None:
    for chat in range(1, 4):
        await rig.subscribe(chat)
    rig.line.busy[2] = 1
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=3, sent=3)
    assert sorted(message.chat_id for message in rig.sender.arrived) == [1, 2, 3]
    assert rig.line.busy[2] < 0  # it was asked for twice


async def test_a_chat_that_is_paused_gets_its_poem_when_it_is_free(rig: Rig) -> None:
    await rig.subscribe()
    rig.line.busy[CHAT] = 100
    assert await rig.daily.wake(EIGHT) == DeliveryReport(planned=1, postponed=1)
    assert (await rig.daily.wake(EIGHT + MINUTE)).is_quiet
    rig.line.busy[CHAT] = 0
    assert await rig.daily.wake(EIGHT + 2 * MINUTE) == DeliveryReport(sent=1)


async def test_nothing_is_written_ahead_while_what_is_due_has_no_poem(rig: Rig) -> None:
    await rig.subscribe(1)
    await rig.subscribe(2, at=time(9))
    begun, go_on = asyncio.Event(), asyncio.Event()
    real = rig.writer.write_daily

    async def write_daily(wishes: Sequence[DueWish]) -> tuple[NewPoem | Failure, ...]:
        if wishes[0].subscription.chat_id == 1:
            begun.set()
            await go_on.wait()
        return await real(wishes)

    rig.writer.write_daily = write_daily  # type: ignore[method-assign]  # the first is slow
    first = asyncio.ensure_future(rig.daily.wake(EIGHT))
    await begun.wait()
    await rig.subscribe(3, at=time(9), now=EIGHT)
    assert (await rig.daily.wake(EIGHT + MINUTE)).written == 0
    go_on.set()
    assert (await first).sent == 1
    assert (await rig.daily.wake(EIGHT + HOUR)).sent == 2


async def test_a_slot_that_passed_is_not_used(rig: Rig) -> None:
    """It was written down as being sent, but never was: that is no lost answer."""
    subscription = await rig.subscribe()
    rig.line.passed = 3
    report = await rig.wake_each_minute(EIGHT, EIGHT + 5 * MINUTE)
    assert report == DeliveryReport(planned=1, sent=1, postponed=3)
    delivery = await rig.delivery(subscription)
    assert (delivery.attempts, delivery.unanswered) == (1, 1)


async def test_a_429_is_told_to_the_line_and_an_outage_is_not(rig: Rig) -> None:
    await rig.subscribe(1)
    await rig.subscribe(2)
    rig.sender.answers[1] = [TryLater(1, 40)]
    rig.sender.answers[2] = [OutOfReach(2, 30)]
    assert (await rig.daily.wake(EIGHT)).postponed == 2
    assert rig.line.refusals == [(1, 40)]


async def test_what_failed_ahead_is_written_in_its_hour_and_never_sent_before(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.writer.failures = [NoCharacterFits("七绝", 2, 7)]
    report = await rig.wake_each_minute(EIGHT - HOUR, EIGHT)
    assert report == DeliveryReport(planned=1, retried=1)
    assert (await rig.delivery(subscription)).next_attempt_at == EIGHT
    assert (await rig.daily.wake(EIGHT)).sent == 1


async def test_a_poet_busy_with_people_is_left_alone_until_later(rig: Rig) -> None:
    for chat in range(1, 41):
        await rig.subscribe(chat)
    rig.writer.failures = [TooBusy(32)]
    first = await rig.daily.wake(EIGHT - HOUR)
    assert (first.planned, first.written, first.postponed) == (40, LIMITS.written_at_once - 1, 1)
    rest = await rig.daily.wake(EIGHT - HOUR + MINUTE)
    assert rest.written == 40 - first.written
    assert (await rig.daily.wake(EIGHT)).sent == 40


async def test_a_poem_prepared_for_an_old_wish_is_not_sent(rig: Rig) -> None:
    subscription = await rig.subscribe()
    await rig.daily.wake(EIGHT - HOUR)
    [old] = rig.writer.written
    await rig.store.subscriptions.subscribe(
        CHAT, USER, time(8), "Asia/Shanghai", "秋", None, None, None, now=EIGHT - 2 * MINUTE
    )
    assert (await rig.daily.wake(EIGHT)).sent == 1
    assert len(rig.writer.written) == 2
    [message] = rig.sender.arrived
    assert message.seed == old.seed  # of the same day; the wish is another one
    assert (await rig.delivery(subscription)).state == DeliveryState.SENT


async def test_a_row_that_vanishes_while_its_poem_is_written_is_let_go(rig: Rig) -> None:
    await rig.subscribe()
    real = rig.writer.write_daily

    async def write_daily(wishes: Sequence[DueWish]) -> tuple[NewPoem | Failure, ...]:
        await rig.store.subscriptions.end(CHAT, "unsubscribed", now=EIGHT - HOUR)
        return await real(wishes)

    rig.writer.write_daily = write_daily  # type: ignore[method-assign]  # something happens first
    assert await rig.daily.wake(EIGHT - HOUR) == DeliveryReport(planned=1, let_go=1)
    assert (await rig.daily.wake(EIGHT)).is_quiet
    assert rig.sender.arrived == []


async def test_the_operator_sees_what_happens_and_what_waits(rig: Rig) -> None:
    for chat, hour in ((1, 8), (2, 8), (3, 9), (4, 8)):
        await rig.subscribe(chat, at=time(hour))
    rig.writer.failures = [TooBusy(32) for _ in range(4)]
    await rig.daily.wake(EIGHT - HOUR)
    rig.sender.answers[2] = [ChatGone(2)]
    rig.sender.answers[4] = [TryLater(4, 90)]
    await rig.daily.wake(EIGHT)
    await rig.daily.observe(EIGHT + 2 * MINUTE)
    text = rig.metrics.text().decode()
    for outcome, count in (("planned", 4), ("due", 2), ("sent", 1), ("blocked", 1)):
        assert f'poetry_bot_deliveries_total{{outcome="{outcome}"}} {count}.0' in text
    for state, count in (("due", 1), ("ready", 1), ("planned", 0)):
        assert f'poetry_bot_deliveries_waiting{{state="{state}"}} {count}.0' in text


async def test_a_poem_that_is_planned_anew_is_due_once(rig: Rig) -> None:
    subscription = await rig.subscribe()
    for theme in ("秋", "雪", "花"):
        await rig.daily.wake(EIGHT - HOUR)
        await rig.store.subscriptions.change(CHAT, subscription.id, theme=theme, now=EIGHT - HOUR)
    await rig.daily.wake(EIGHT)
    text = rig.metrics.text().decode()
    for outcome in ("due", "sent"):
        assert f'poetry_bot_deliveries_total{{outcome="{outcome}"}} 1.0' in text


DEATHS_BEFORE_SENDING = [
    ("planner", "plan", "before"),
    ("planner", "plan", "after"),
    ("deliveries", "claim", "before"),
    ("deliveries", "claim", "after"),
    ("deliveries", "attach_poems", "before"),
    ("deliveries", "attach_poems", "after"),
    ("deliveries", "begin_sending", "before"),
]


@pytest.mark.parametrize(("part", "method", "moment"), DEATHS_BEFORE_SENDING)
async def test_a_death_before_sending_never_repeats_and_never_forgets(
    rig: Rig, part: str, method: str, moment: str
) -> None:
    await rig.subscribe()
    with pytest.raises(Death):
        await rig.service(store_that_dies(rig.store, part, method, moment)).wake(EIGHT)
    assert rig.sender.arrived == []
    report = await rig.wake_each_minute(EIGHT + MINUTE, EIGHT + 2 * LIMITS.lease)
    assert report.sent == 1
    assert rig.sender.asked[CHAT] == 1


async def test_a_death_after_sending_was_written_down_still_delivers(rig: Rig) -> None:
    subscription = await rig.subscribe()
    with pytest.raises(Death):
        await rig.service(store_that_dies(rig.store, "deliveries", "begin_sending", "after")).wake(
            EIGHT
        )
    assert (await rig.delivery(subscription)).state == DeliveryState.SENDING
    await rig.wake_each_minute(EIGHT + MINUTE, EIGHT + 2 * LIMITS.lease)
    assert len(rig.sender.arrived) == 1


@pytest.mark.parametrize("where", ["in the sender", "before mark_sent"])
async def test_a_death_between_telegrams_yes_and_our_record_repeats_once(
    rig: Rig, where: str
) -> None:
    """The one gap nobody can close: it is a lost answer, and the same poem comes again."""
    await rig.subscribe()
    store = rig.store
    if where == "in the sender":
        rig.sender.after[CHAT] = [Death()]
    else:
        store = store_that_dies(store, "deliveries", "mark_sent", "before")
    with pytest.raises(Death):
        await rig.service(store).wake(EIGHT)
    await rig.wake_each_minute(EIGHT + MINUTE, EIGHT + HOUR)
    [poem] = rig.writer.written
    assert [message.seed for message in rig.sender.arrived] == [poem.seed, poem.seed]
    assert len({message.poem_id for message in rig.sender.arrived}) == 1


async def test_a_death_after_the_record_repeats_nothing(rig: Rig) -> None:
    await rig.subscribe()
    with pytest.raises(Death):
        await rig.service(store_that_dies(rig.store, "deliveries", "mark_sent", "after")).wake(
            EIGHT
        )
    assert (await rig.wake_each_minute(EIGHT + MINUTE, EIGHT + HOUR)).is_quiet
    assert len(rig.sender.arrived) == 1


async def test_two_deaths_while_sending_are_the_end(rig: Rig) -> None:
    subscription = await rig.subscribe()
    rig.sender.after[CHAT] = [Death(), Death()]
    for wake in (EIGHT, EIGHT + LIMITS.lease):
        with pytest.raises(Death):
            await rig.daily.wake(wake)
    report = await rig.wake_each_minute(EIGHT + LIMITS.lease + MINUTE, EIGHT + HOUR)
    assert report == DeliveryReport(unknown=1)
    assert len(rig.sender.arrived) == 2
    assert (await rig.delivery(subscription)).state == DeliveryState.UNKNOWN


@pytest.mark.parametrize("end", ["ended", "blocked", "settled"])
async def test_a_death_while_a_chat_is_gone_ends_the_delivery_all_the_same(
    rig: Rig, end: str
) -> None:
    subscription = await rig.subscribe()
    part, method = {
        "ended": ("subscriptions", "end"),
        "blocked": ("chats", "mark_blocked"),
        "settled": ("deliveries", "settle"),
    }[end]
    rig.sender.answers[CHAT] = [ChatGone(CHAT), ChatGone(CHAT)]
    with pytest.raises(Death):
        await rig.service(store_that_dies(rig.store, part, method, "after")).wake(EIGHT)
    await rig.wake_each_minute(EIGHT + MINUTE, EIGHT + HOUR)
    assert rig.sender.arrived == []
    assert (await rig.delivery(subscription)).finished_at is not None
    assert await rig.store.subscriptions.active(CHAT) is None


async def test_a_record_that_fails_once_after_the_yes_is_written_again(rig: Rig) -> None:
    await rig.subscribe()
    real, failures = rig.store.deliveries.mark_sent, [StorageError("locked")]

    async def mark_sent(*args: object, **options: object) -> None:
        if failures:
            raise failures.pop()
        await real(*args, **options)  # type: ignore[arg-type]  # handed through

    rig.store.deliveries.mark_sent = mark_sent  # type: ignore[method-assign]  # fails once
    assert (await rig.daily.wake(EIGHT)).sent == 1


async def test_an_answer_that_comes_after_the_lease_still_counts(rig: Rig) -> None:
    """A slow process says SENT when another one took the row over but has not sent yet."""
    subscription = await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 1)]
    await rig.daily.wake(EIGHT)
    later = EIGHT + MINUTE
    [slow] = await rig.store.deliveries.claim(later, limit=5, lease_until=later + MINUTE)
    assert await rig.store.deliveries.begin_sending(
        [slow.claim], now=later, lease_until=later + MINUTE
    )
    [fast] = await rig.store.deliveries.claim(
        later + MINUTE, limit=5, lease_until=later + 9 * MINUTE
    )
    await rig.store.deliveries.mark_sent([(slow.claim, 77)], now=later + MINUTE)
    assert not await rig.store.deliveries.begin_sending(
        [fast.claim], now=later, lease_until=later + 9 * MINUTE
    )
    assert (await rig.delivery(subscription)).message_id == 77


async def test_who_lost_the_lease_can_not_begin_to_send(rig: Rig) -> None:
    await rig.subscribe()
    rig.sender.answers[CHAT] = [TryLater(CHAT, 1)]
    await rig.daily.wake(EIGHT)
    later = EIGHT + MINUTE
    [slow] = await rig.store.deliveries.claim(later, limit=5, lease_until=later + MINUTE)
    assert await rig.store.deliveries.claim(later, limit=5, lease_until=later + MINUTE) == ()
    [fast] = await rig.store.deliveries.claim(
        later + MINUTE, limit=5, lease_until=later + 2 * MINUTE
    )
    assert not await rig.store.deliveries.begin_sending(
        [slow.claim], now=later, lease_until=later + DAY
    )
    written = [WrittenDaily(slow.claim, A_POEM)]
    assert not await rig.store.deliveries.attach_poems(written, let_go=False, now=later)
    assert await rig.store.deliveries.begin_sending(
        [fast.claim], now=later, lease_until=later + DAY
    )


async def test_no_more_is_claimed_than_was_asked_for(rig: Rig, database: Database) -> None:
    """PostgreSQL plans by what it counted last: here, one row."""
    await rig.subscribe(1)
    await rig.daily.wake(EIGHT - HOUR)
    await count_rows(database)
    for chat in range(2, 41):
        await rig.subscribe(chat)
    await rig.store.planner.plan(EIGHT, lambda each: planned(each, EIGHT, HOUR), limit=99)
    claimed = await rig.store.deliveries.claim(EIGHT, limit=15, lease_until=EIGHT + LIMITS.lease)
    assert len(claimed) == 15


async def test_two_services_awake_at_once_send_each_delivery_once(
    database_url: str, store: Store
) -> None:
    """Each with connections of its own, as two processes have them."""
    other = await Store.open(database_url)
    one, two = Rig(store), Rig(other)
    for chat in range(1, 41):
        await one.subscribe(chat)
    one.sender.meanwhile = two.sender.meanwhile = lambda: asyncio.sleep(0.001)
    reports = await asyncio.gather(one.daily.wake(EIGHT), two.daily.wake(EIGHT))
    await other.close()
    arrived = [message.chat_id for message in one.sender.arrived + two.sender.arrived]
    assert sorted(arrived) == list(range(1, 41))
    assert sum(report.planned for report in reports) == 40
    assert sum(report.sent for report in reports) == 40


def test_limits_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="lease"):
        replace(LIMITS, lease=timedelta(seconds=10))
    with pytest.raises(ValueError, match="at once"):
        replace(LIMITS, at_once=0)
