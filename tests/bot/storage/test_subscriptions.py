"""What people do to their daily poems, and what that does to the diary, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bot.errors import HourTaken, SubscriptionGone, TooManySubscriptions
from bot.scheduling.next_delivery import due_day
from bot.services.zones import zone_at
from bot.storage import (
    Delivery,
    DeliveryState,
    PlannedDay,
    PlannedSubscription,
    Store,
    Subscription,
    SubscriptionToPlan,
    WrittenDaily,
)
from tests.fakes.daily import A_POEM

SEVEN = datetime(2026, 5, 1, 23, 0, tzinfo=UTC)  # 07:00 on 2 May in Shanghai
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EIGHT = SEVEN + HOUR
MAY_2, MAY_3 = date(2026, 5, 2), date(2026, 5, 3)
CHAT, USER = 501, 901


async def begin(
    store: Store,
    at: time = time(8),
    thread_id: int | None = None,
    *,
    zone: str = "Asia/Shanghai",
    now: datetime = SEVEN,
    chat_id: int = CHAT,
) -> Subscription:
    await store.chats.seen(chat_id, "private", now=now)
    return await store.subscriptions.subscribe(
        chat_id, USER, at, zone, "月", thread_id=thread_id, now=now
    )


def day_of(subscription: Subscription, local_date: date) -> PlannedDay:
    zone = zone_at(subscription.timezone)
    assert zone is not None
    day = due_day(local_date, subscription.local_time, zone)
    return PlannedDay(day.local_date, day.due_at, day.deadline_at)


async def prepare(store: Store, subscription: Subscription, *dates: date) -> None:
    """Makes the rows of days as the planner does, before they are due."""
    days = tuple(day_of(subscription, each) for each in dates)

    def decide(asked: SubscriptionToPlan) -> PlannedSubscription:
        if asked.id != subscription.id:
            return unplanned(asked)
        return PlannedSubscription(days, max(dates), SEVEN + DAY)

    asked, _ = await store.planner.plan(SEVEN + 9 * DAY, decide, limit=99)
    assert asked


def unplanned(asked: SubscriptionToPlan) -> PlannedSubscription:
    """Leaves it as it is."""
    return PlannedSubscription((), asked.planned_through, asked.plan_at)


async def diary(store: Store, subscription: Subscription) -> dict[date, Delivery]:
    rows = await store.deliveries.of_subscription(subscription.id)
    return {row.local_date: row for row in rows}


async def to_plan(store: Store, subscription: Subscription) -> SubscriptionToPlan | None:
    asked: dict[int, SubscriptionToPlan] = {}

    def note(each: SubscriptionToPlan) -> PlannedSubscription:
        asked[each.id] = each
        return unplanned(each)

    await store.planner.plan(SEVEN + 9 * DAY, note, limit=99)
    return asked.get(subscription.id)


async def send(store: Store, now: datetime = EIGHT) -> None:
    """Claims what is due, and sends it."""
    for delivery in await store.deliveries.claim(now, limit=9, lease_until=now + MINUTE):
        claim, until = delivery.claim, now + MINUTE
        await store.deliveries.attach_poems([WrittenDaily(claim, A_POEM)], let_go=False, now=now)
        await store.deliveries.begin_sending([claim], lease_until=until, now=now)
        await store.deliveries.mark_sent([(claim, 1)], now=now)


async def test_a_chat_has_several_at_hours_of_their_own(store: Store) -> None:
    evening = await begin(store, time(21))
    morning = await begin(store)
    assert await store.subscriptions.of_chat(CHAT) == (morning, evening)
    assert await store.subscriptions.find(CHAT, evening.id) == evening


async def test_the_same_hour_in_another_topic_is_another_one(store: Store) -> None:
    first, second = await begin(store), await begin(store, thread_id=7)
    assert first.id != second.id
    again = await begin(store, thread_id=7)
    assert again.id == second.id


async def test_five_are_enough(store: Store) -> None:
    for hour in range(5):
        await begin(store, time(hour))
    with pytest.raises(TooManySubscriptions):
        await begin(store, time(12))
    await begin(store, time(4))  # changes one


async def test_of_ten_at_once_five_come_into_being(store: Store) -> None:
    await store.chats.seen(CHAT, "private", now=SEVEN)
    made = await asyncio.gather(
        *(begin(store, time(hour)) for hour in range(10)), return_exceptions=True
    )
    assert sum(isinstance(each, Subscription) for each in made) == 5
    assert len(await store.subscriptions.of_chat(CHAT)) == 5


async def test_nobody_finds_or_changes_what_is_another_chats(store: Store) -> None:
    mine = await begin(store)
    await begin(store, chat_id=CHAT + 1)
    for doing in (
        store.subscriptions.find(CHAT + 1, mine.id),
        store.subscriptions.change(CHAT + 1, mine.id, theme="秋", now=SEVEN),
        store.subscriptions.pause(CHAT + 1, mine.id, now=SEVEN),
        store.subscriptions.end_one(CHAT + 1, mine.id, now=SEVEN),
        store.subscriptions.skip(CHAT + 1, mine.id, day_of(mine, MAY_3), now=SEVEN),
        store.subscriptions.revive(CHAT + 1, mine.id, now=SEVEN),
    ):
        with pytest.raises(SubscriptionGone):
            await doing
    assert await store.subscriptions.of_chat(CHAT) == (mine,)


async def test_another_theme_lets_go_what_was_prepared(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2, MAY_3)
    changed = await store.subscriptions.change(CHAT, mine.id, theme="秋", now=SEVEN)
    assert changed.theme == "秋"
    assert await diary(store, mine) == {}
    asked = await to_plan(store, mine)
    assert asked is not None
    assert (asked.planned_through, asked.plan_at) == (MAY_2 - DAY, SEVEN)
    assert asked.scheduled_at == SEVEN  # its time did not start anew


async def test_the_same_again_changes_nothing(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2)
    assert await store.subscriptions.change(CHAT, mine.id, theme="月", now=SEVEN) == mine
    assert await begin(store) == mine
    assert set(await diary(store, mine)) == {MAY_2}


async def test_who_holds_a_row_that_is_let_go_can_write_no_more(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2)
    rows = await diary(store, mine)
    assert rows[MAY_2].state == DeliveryState.PLANNED
    await store.subscriptions.change(CHAT, mine.id, local_time=time(9), now=SEVEN)
    assert await store.deliveries.claim(EIGHT, limit=9, lease_until=EIGHT + MINUTE) == ()


async def test_what_is_due_already_is_owed_whatever_changes(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2, MAY_3)
    later = EIGHT + MINUTE
    await store.subscriptions.change(CHAT, mine.id, local_time=time(21), now=later)
    assert set(await diary(store, mine)) == {MAY_2}
    asked = await to_plan(store, mine)
    assert asked is not None
    assert (asked.planned_through, asked.scheduled_at) == (MAY_2, later)


async def test_an_hour_that_another_one_has_is_not_taken(store: Store) -> None:
    morning, evening = await begin(store), await begin(store, time(21))
    with pytest.raises(HourTaken):
        await store.subscriptions.change(CHAT, morning.id, local_time=time(21), now=SEVEN)
    await store.subscriptions.change(CHAT, evening.id, local_time=time(21), theme="秋", now=SEVEN)


async def test_while_paused_nothing_is_planned_or_sent(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2, MAY_3)
    paused = await store.subscriptions.pause(CHAT, mine.id, now=EIGHT + MINUTE)
    assert paused.paused_at == EIGHT + MINUTE
    rows = await diary(store, mine)
    assert {day: (row.state, row.reason) for day, row in rows.items()} == {
        MAY_2: (DeliveryState.CANCELLED, "paused")
    }
    assert await to_plan(store, mine) is None
    again = await store.subscriptions.pause(CHAT, mine.id, now=EIGHT + HOUR)
    assert again.paused_at == paused.paused_at
    await store.subscriptions.resume(CHAT, mine.id, now=EIGHT + 2 * HOUR)
    asked = await to_plan(store, mine)
    assert asked is not None
    assert (asked.planned_through, asked.scheduled_at) == (MAY_2, EIGHT + 2 * HOUR)


async def test_pausing_while_it_is_planned_leaves_nothing_to_come(store: Store) -> None:
    mine = await begin(store)
    plan = PlannedSubscription((day_of(mine, MAY_2),), MAY_2, EIGHT + DAY)
    await asyncio.gather(
        store.planner.plan(SEVEN, lambda _: plan, limit=9),
        store.subscriptions.pause(CHAT, mine.id, now=SEVEN),
    )
    assert await diary(store, mine) == {}


async def test_subscribing_to_the_hour_of_a_paused_one_resumes_it(store: Store) -> None:
    mine = await begin(store)
    await store.subscriptions.pause(CHAT, mine.id, now=SEVEN)
    assert (await begin(store)).paused_at is None


async def test_a_skipped_day_is_skipped_whether_it_was_prepared_or_not(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2)
    for day in (MAY_2, MAY_3, MAY_3):
        assert await store.subscriptions.skip(CHAT, mine.id, day_of(mine, day), now=SEVEN)
    rows = await diary(store, mine)
    assert {(row.state, row.reason) for row in rows.values()} == {
        (DeliveryState.CANCELLED, "skipped")
    }
    await prepare(store, mine, MAY_2, MAY_3)
    assert await store.deliveries.claim(EIGHT + DAY, limit=9, lease_until=EIGHT + 2 * DAY) == ()


async def test_a_skip_is_taken_back_and_the_day_planned_again(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2, MAY_3)
    await store.subscriptions.skip(CHAT, mine.id, day_of(mine, MAY_3), now=SEVEN)
    assert await store.subscriptions.unskip(CHAT, mine.id, MAY_3, now=EIGHT)
    assert not await store.subscriptions.unskip(CHAT, mine.id, MAY_3, now=EIGHT)
    assert not await store.subscriptions.unskip(CHAT, mine.id, MAY_2, now=SEVEN)
    asked = await to_plan(store, mine)
    assert asked is not None
    assert (asked.planned_through, asked.plan_at) == (MAY_2, EIGHT)


async def test_a_change_keeps_the_days_that_were_skipped(store: Store) -> None:
    mine = await begin(store)
    await store.subscriptions.skip(CHAT, mine.id, day_of(mine, MAY_3), now=SEVEN)
    await store.subscriptions.change(CHAT, mine.id, local_time=time(21), now=SEVEN)
    assert (await diary(store, mine))[MAY_3].reason == "skipped"


async def test_a_day_that_was_sent_or_is_over_can_be_skipped_no_more(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2)
    await send(store)
    assert not await store.subscriptions.skip(CHAT, mine.id, day_of(mine, MAY_2), now=EIGHT)
    assert (await diary(store, mine))[MAY_2].state == DeliveryState.SENT
    assert await store.subscriptions.skip(CHAT, mine.id, day_of(mine, MAY_3), now=EIGHT)
    assert not await store.subscriptions.unskip(CHAT, mine.id, MAY_3, now=EIGHT + 2 * DAY)


async def test_one_ends_and_the_others_go_on(store: Store) -> None:
    morning, evening = await begin(store), await begin(store, time(21))
    await prepare(store, morning, MAY_2)
    await prepare(store, evening, MAY_2)
    await store.subscriptions.end_one(CHAT, morning.id, now=SEVEN)
    assert await store.subscriptions.of_chat(CHAT) == (evening,)
    assert await diary(store, morning) == {}
    assert set(await diary(store, evening)) == {MAY_2}


async def test_one_stays_and_the_others_of_its_topic_end(store: Store) -> None:
    morning = await begin(store)
    await begin(store, time(21))
    elsewhere = await begin(store, time(21), thread_id=7)
    assert await store.subscriptions.end_others(CHAT, morning.id, now=SEVEN)
    assert await store.subscriptions.of_chat(CHAT) == (morning, elsewhere)
    assert not await store.subscriptions.end_others(CHAT, morning.id, now=SEVEN)


async def test_all_end_at_once(store: Store) -> None:
    await begin(store)
    await begin(store, time(21))
    assert await store.subscriptions.end(CHAT, "unsubscribed", now=SEVEN)
    assert not await store.subscriptions.end(CHAT, "unsubscribed", now=SEVEN)
    assert await store.subscriptions.of_chat(CHAT) == ()


async def test_an_ended_one_comes_back_as_it_was(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2)
    await store.subscriptions.end_one(CHAT, mine.id, now=SEVEN)
    revived = await store.subscriptions.revive(CHAT, mine.id, now=SEVEN + MINUTE)
    assert (revived.id, revived.ended_at, revived.theme) == (mine.id, None, "月")
    asked = await to_plan(store, mine)
    assert asked is not None
    assert (asked.planned_through, asked.scheduled_at) == (MAY_2 - DAY, SEVEN + MINUTE)
    with pytest.raises(SubscriptionGone):  # it goes on already
        await store.subscriptions.revive(CHAT, mine.id, now=SEVEN + MINUTE)


async def test_what_ended_by_itself_is_not_brought_back(store: Store) -> None:
    mine = await begin(store)
    await store.subscriptions.end(CHAT, "blocked", now=SEVEN)
    with pytest.raises(SubscriptionGone):
        await store.subscriptions.revive(CHAT, mine.id, now=SEVEN)


async def test_none_comes_back_to_an_hour_that_was_given_away(store: Store) -> None:
    mine = await begin(store)
    await store.subscriptions.end_one(CHAT, mine.id, now=SEVEN)
    await begin(store)
    with pytest.raises(HourTaken):
        await store.subscriptions.revive(CHAT, mine.id, now=SEVEN)


async def test_ending_and_beginning_again_brings_no_second_poem_that_day(store: Store) -> None:
    mine = await begin(store)
    await prepare(store, mine, MAY_2)
    await send(store)
    await store.subscriptions.end_one(CHAT, mine.id, now=EIGHT)
    again = await begin(store, now=EIGHT)
    assert again.id != mine.id
    asked = await to_plan(store, again)
    assert asked is not None
    assert asked.planned_through == MAY_2
    elsewhere = await to_plan(store, await begin(store, thread_id=7, now=EIGHT))
    assert elsewhere is not None
    assert elsewhere.planned_through is None


async def test_a_group_that_moves_takes_its_hours_along(store: Store) -> None:
    old = [await begin(store, time(hour)) for hour in (8, 21)]
    await begin(store, time(8), chat_id=-100_7)
    await store.chats.move(CHAT, -100_7, now=EIGHT)
    there = await store.subscriptions.of_chat(-100_7)
    assert [each.local_time.hour for each in there] == [8, 21]
    assert there[1].id == old[1].id


async def test_the_planner_and_a_change_at_once_leave_nothing_of_the_old_wish(
    store: Store,
) -> None:
    mine = await begin(store)
    for minute, hour in enumerate(range(9, 19), start=1):
        now = SEVEN + minute * MINUTE

        _, changed = await asyncio.gather(
            store.planner.plan(now, partial(two_days, mine), limit=9),
            store.subscriptions.change(CHAT, mine.id, local_time=time(hour), now=now),
        )
        rows = await diary(store, mine)
        assert all(row.due_at == day_of(changed, day).due_at for day, row in rows.items())
        mine = changed


def two_days(mine: Subscription, asked: SubscriptionToPlan) -> PlannedSubscription:
    """The plan for the hour that is wished for when it is made."""
    mine = replace(mine, local_time=asked.local_time)
    return PlannedSubscription((day_of(mine, MAY_2), day_of(mine, MAY_3)), MAY_3, EIGHT + DAY)
