"""Daily poems of chats that let the bot go, told of and brought back, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.errors import MayNotWrite, TopicClosed
from bot.storage import PlannedSubscription, Store, Subscription, SubscriptionToPlan
from bot.storage.subscriptions import MOST_PER_CHAT

NOON = datetime(2026, 5, 2, 4, tzinfo=UTC)  # in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHAT, USER = 501, 901
BLOCKED = "Forbidden: bot was blocked by the user"  # Telegram's words are kept


async def begin(store: Store, hour: int, now: datetime = NOON) -> Subscription:
    await store.chats.seen(CHAT, "private", now=now)
    return await store.subscriptions.subscribe(
        CHAT, USER, time(hour), "Asia/Tokyo", "月", "五绝", "traditional", 7,
        dynasty="宋", weekdays=0b11111, now=now,
    )  # fmt: skip


async def lose(store: Store, now: datetime = NOON + HOUR, reason: str = BLOCKED) -> None:
    assert await store.subscriptions.end(CHAT, reason, now=now)


async def test_what_was_lost_is_told_once_whoever_asks(store: Store) -> None:
    mine = await begin(store, 8)
    assert not await store.subscriptions.has_lost(CHAT)
    await lose(store)
    assert await store.subscriptions.has_lost(CHAT)
    told = await asyncio.gather(*(store.subscriptions.tell_lost(CHAT) for _ in range(4)))
    (lost,) = [each for each in told if each]
    assert lost == (replace(mine, ended_at=NOON + HOUR, ended_reason=BLOCKED),)
    assert not await store.subscriptions.has_lost(CHAT)


async def test_what_could_not_be_told_is_told_another_time(store: Store) -> None:
    await begin(store, 8)
    await lose(store)
    lost = await store.subscriptions.tell_lost(CHAT)
    await store.subscriptions.untell_lost(lost)
    (again,) = await store.subscriptions.tell_lost(CHAT)
    assert again == lost[0]


async def test_what_closed_topics_ended_one_by_one_is_all_told_with_its_reason(
    store: Store,
) -> None:
    early, late = await begin(store, 6), await begin(store, 21)
    hours = ((early, 1, TopicClosed.why), (late, 2, MayNotWrite.why))
    for one, hour, reason in hours:
        await store.subscriptions.lose(CHAT, one.id, reason, now=NOON + hour * HOUR)
    for one, hour, reason in reversed(hours):
        lost = replace(one, ended_at=NOON + hour * HOUR, ended_reason=reason)
        assert await store.subscriptions.tell_lost(CHAT) == (lost,)
        await store.subscriptions.untell_lost((lost,))
        assert await store.subscriptions.tell_lost(CHAT) == (lost,)
    assert not await store.subscriptions.has_lost(CHAT)


async def test_what_is_over_already_is_not_lost_again(store: Store) -> None:
    mine = await begin(store, 8)
    await store.subscriptions.end_one(CHAT, mine.id, now=NOON)
    await store.subscriptions.lose(CHAT, mine.id, TopicClosed.why, now=NOON + HOUR)
    assert not await store.subscriptions.has_lost(CHAT)


async def test_what_somebody_ended_is_not_lost(store: Store) -> None:
    await begin(store, 8)
    await lose(store, reason="unsubscribed")
    assert not await store.subscriptions.has_lost(CHAT)
    assert await store.subscriptions.tell_lost(CHAT) == ()
    assert await store.subscriptions.bring_back(CHAT, NOON + HOUR, now=NOON + DAY) == ((), ())


async def test_of_two_losses_the_last_is_told(store: Store) -> None:
    await begin(store, 8)
    await lose(store)
    late, early = await begin(store, 21), await begin(store, 6)
    await lose(store, NOON + 2 * HOUR)
    told = await store.subscriptions.tell_lost(CHAT)
    assert [each.id for each in told] == [early.id, late.id]
    assert not await store.subscriptions.has_lost(CHAT)


async def test_it_comes_back_as_it_was_and_from_now_on(store: Store) -> None:
    mine = await begin(store, 8)
    paused = await store.subscriptions.pause(CHAT, (await begin(store, 9)).id, now=NOON)
    await lose(store)
    await store.subscriptions.tell_lost(CHAT)
    back, left = await store.subscriptions.bring_back(CHAT, NOON + HOUR, now=NOON + DAY)
    assert (back, left) == ((mine, paused), ())
    assert await store.subscriptions.of_chat(CHAT) == (mine, paused)
    plans: list[SubscriptionToPlan] = []

    def decide(asked: SubscriptionToPlan) -> PlannedSubscription:
        plans.append(asked)
        return PlannedSubscription((), asked.planned_through, NOON + 9 * DAY)

    await store.planner.plan(NOON + DAY, decide, limit=9)
    assert [(each.id, each.scheduled_at) for each in plans] == [(mine.id, NOON + DAY)]
    assert await store.subscriptions.bring_back(CHAT, NOON + HOUR, now=NOON + DAY) == ((), ())


async def test_two_at_once_bring_it_back_once(store: Store) -> None:
    mine = await begin(store, 8)
    await lose(store)
    results = await asyncio.gather(
        *(store.subscriptions.bring_back(CHAT, NOON + HOUR, now=NOON + DAY) for _ in range(3))
    )
    assert sorted(len(back) for back, _ in results) == [0, 0, 1]
    assert await store.subscriptions.of_chat(CHAT) == (mine,)


async def test_taken_hours_and_full_chats_are_left_alone(store: Store) -> None:
    first, second, third = [await begin(store, hour) for hour in (6, 7, 8)]
    await lose(store)
    at_seven = await begin(store, 7, NOON + DAY)
    others = [await begin(store, 10 + hour, NOON + DAY) for hour in range(MOST_PER_CHAT - 2)]
    back, left = await store.subscriptions.bring_back(CHAT, NOON + HOUR, now=NOON + DAY)
    assert [each.id for each in back] == [first.id]
    assert [each.id for each in left] == [second.id, third.id]
    here = await store.subscriptions.of_chat(CHAT)
    assert {each.id for each in here} == {first.id, at_seven.id, *(each.id for each in others)}


async def test_no_chat_gets_what_another_lost(store: Store) -> None:
    await begin(store, 8)
    await lose(store)
    await store.chats.seen(777, "private", now=NOON)
    assert await store.subscriptions.tell_lost(777) == ()
    assert await store.subscriptions.bring_back(777, NOON + HOUR, now=NOON + DAY) == ((), ())
