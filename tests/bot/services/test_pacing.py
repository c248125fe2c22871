"""Telegram's limits on both databases, kept by several processes together."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.services.pacing import Pacer, PacingLimits, Refusal, means_everyone
from bot.storage import Rate, Store

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LIMITS = PacingLimits()


class Hours:
    """A clock that goes on only when somebody sleeps, for all sleepers alike."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def pacer(store: Store, hours: Hours) -> Pacer:
    return Pacer(store.rates, clock=hours, sleep=hours.sleep)


def most_within(moments: Sequence[datetime], span: timedelta) -> int:
    """How many fall into the fullest span."""
    ordered = sorted(moments)
    return max(sum(begin <= each < begin + span for each in ordered) for begin in ordered)


async def test_the_first_message_goes_at_once(pacer: Pacer, hours: Hours) -> None:
    await pacer.reply(7)
    assert hours.now == NOON


async def test_a_chat_gets_one_message_a_second(pacer: Pacer, hours: Hours) -> None:
    sent = []
    for _ in range(5):
        await pacer.reply(7)
        sent.append(hours.now)
    assert most_within(sent, SECOND) == 1
    assert sent[-1] - sent[0] < 5 * SECOND


async def test_a_group_gets_twenty_a_minute(pacer: Pacer, hours: Hours) -> None:
    sent = []
    for _ in range(60):
        await pacer.reply(-7)
        sent.append(hours.now)
    assert most_within(sent, MINUTE) <= 20
    assert most_within(sent, SECOND) == 1
    assert sent[7] - sent[0] < 10 * SECOND  # a lively moment is let through
    assert sent[-1] - sent[0] < 5 * MINUTE


async def test_the_bulk_goes_as_fast_as_the_limit(pacer: Pacer) -> None:
    slots = await drained(pacer, range(1, 301))
    assert most_within(slots, SECOND) <= 30
    assert 29 <= 299 / (slots[-1] - slots[0]).total_seconds() <= 30


async def drained(pacer: Pacer, chats: Sequence[int]) -> list[datetime]:
    """The slots of a bulk that asks for the next run while the last is on its way."""
    slots: list[datetime] = []
    for begin in range(0, len(chats), pacer.run):
        taken = await pacer.bulk(chats[begin : begin + pacer.run])
        slots += [slot for slot in taken if slot]
    return slots


async def test_a_reply_waits_no_longer_than_a_second_behind_the_bulk(
    store: Store, hours: Hours
) -> None:
    """Ten processes want to send more than the line holds; people write between."""
    processes = [Pacer(store.rates, clock=hours, sleep=hours.sleep) for _ in range(10)]
    slots: list[datetime] = []
    for turn in range(20):
        for chat, process in enumerate(processes):
            taken = await process.bulk([1000 * turn + 20 * chat + n for n in range(process.run)])
            slots += [slot for slot in taken if slot]
            asked = hours.now
            await processes[0].reply(10**6 + 1000 * turn + chat)
            slots.append(hours.now)
            assert hours.now - asked <= 1.1 * SECOND
    assert most_within(slots, SECOND) <= 30


async def test_a_chat_that_is_not_free_is_left_out_of_a_run(pacer: Pacer) -> None:
    first = await pacer.bulk([1, 2, 1])
    assert [slot is None for slot in first] == [False, False, True]
    second = await pacer.bulk([1, 3])
    assert [slot is None for slot in second] == [True, False]


async def test_a_run_of_busy_chats_alone_takes_no_slot(pacer: Pacer, hours: Hours) -> None:
    await pacer.reply(1)
    assert await pacer.bulk([1, 1]) == (None, None)
    await pacer.reply(2)
    assert hours.now - NOON <= 2 * SECOND / 29.5


async def test_more_than_a_run_is_refused(pacer: Pacer) -> None:
    with pytest.raises(ValueError, match="at most 15"):
        await pacer.bulk(range(16))


async def test_processes_at_once_never_take_the_same_slot(database_url: str, store: Store) -> None:
    """Each with connections of its own, as two processes have them."""
    other = await Store.open(database_url)
    stores = (store, other)

    async def take(turn: int) -> tuple[datetime | None, ...]:
        needs = [{f"chat:{15 * turn + n}": LIMITS.per_chat} for n in range(15)]
        taken = await stores[turn % 2].rates.take("all", LIMITS.over_all, needs, now=NOON)
        assert taken is not None
        return taken

    runs = await asyncio.gather(*(take(turn) for turn in range(20)))
    await other.close()
    assert len({slot for run in runs for slot in run}) == 300


async def test_a_process_that_was_held_up_does_not_catch_up_at_once(
    pacer: Pacer, hours: Hours
) -> None:
    slots = [slot for slot in await pacer.bulk(range(15)) if slot]
    hours.now = slots[0] + 6 * LIMITS.over_all.interval
    sent = [hours.now for chat, slot in enumerate(slots) if await pacer.turn(slot, chat)]
    assert len(sent) == 15
    assert min(later - sooner for sooner, later in pairwise(sent)) >= LIMITS.distance


async def test_a_slot_that_is_long_over_is_not_used(pacer: Pacer, hours: Hours) -> None:
    slots = [slot for slot in await pacer.bulk(range(15)) if slot]
    hours.now = slots[0] + LIMITS.grace + 1.5 * LIMITS.over_all.interval
    used = [await pacer.turn(slot, chat) for chat, slot in enumerate(slots)]
    assert used[:2] == [False, False]
    assert all(used[2:])


async def test_a_message_that_was_late_keeps_the_next_of_its_chat_away(
    pacer: Pacer, hours: Hours
) -> None:
    [slot] = await pacer.bulk([7])
    assert slot
    hours.now = late = slot + LIMITS.grace
    assert await pacer.turn(slot, 7)
    await pacer.reply(7)
    assert hours.now - late >= LIMITS.per_chat.interval


async def test_a_clock_that_is_set_back_makes_nobody_wait(
    store: Store, pacer: Pacer, hours: Hours
) -> None:
    await pacer.reply(7)
    await store.rates.forget(NOON + MINUTE)
    hours.now = begin = NOON - 60 * MINUTE
    await pacer.reply(7)
    assert hours.now - begin <= 2 * SECOND


async def test_replies_that_were_held_up_keep_their_distance(pacer: Pacer, hours: Hours) -> None:
    sent = []

    async def reply(chat_id: int) -> None:
        await pacer.reply(chat_id)
        sent.append(hours.now)

    await asyncio.gather(*(reply(chat_id) for chat_id in range(1, 40)))
    assert min(later - sooner for sooner, later in pairwise(sorted(sent))) >= LIMITS.distance


async def test_a_429_pauses_its_chat_and_no_other(pacer: Pacer, hours: Hours) -> None:
    await pacer.refused(7, 30)
    await pacer.reply(8)
    assert hours.now == NOON
    await pacer.reply(7)
    assert hours.now - NOON >= 30 * SECOND


async def test_429_in_one_chat_after_the_other_pauses_everything(
    store: Store, hours: Hours, pacer: Pacer
) -> None:
    for chat in range(1, 6):
        await pacer.refused(chat, 20)
    other = Pacer(store.rates, clock=hours, sleep=hours.sleep)
    await other.reply(99)
    assert hours.now - NOON >= 20 * SECOND


async def test_a_message_that_gets_through_between_shows_that_it_is_not_all(
    pacer: Pacer, hours: Hours
) -> None:
    for chat in range(1, 9):
        await pacer.refused(chat, 20)
        pacer.answered()
    await pacer.reply(99)
    assert hours.now == NOON


@pytest.mark.parametrize(
    ("chats", "seconds_between", "everyone"),
    [
        ([1, 2, 3, 4, 5], 0.1, True),
        ([1, 2, 3, 4], 0.1, False),
        ([1, 1, 1, 1, 1], 0.1, False),
        ([1, 2, 3, 4, 5], 5.0, False),
        ([], 1.0, False),
    ],
)
def test_whom_refusals_concern(chats: list[int], seconds_between: float, everyone: bool) -> None:
    refusals = [
        Refusal(chat, NOON + index * seconds_between * SECOND) for index, chat in enumerate(chats)
    ]
    assert means_everyone(refusals, LIMITS) is everyone


async def test_what_was_long_free_is_forgotten(store: Store, pacer: Pacer, hours: Hours) -> None:
    await pacer.reply(7)
    assert await store.rates.forget(NOON - MINUTE) == 0
    assert await store.rates.forget(NOON + MINUTE) == 2
    assert await pacer.wait_of(7) <= timedelta(0)


async def test_no_chat_that_has_to_wait_is_forgotten(
    store: Store, pacer: Pacer, hours: Hours
) -> None:
    await pacer.reply(7)
    await pacer.refused(8, 3 * 3600)
    hours.now += 120 * MINUTE
    await store.rates.forget(hours.now - 60 * MINUTE)
    assert await pacer.wait_of(8) == 3600 * SECOND
    assert await store.rates.free_at({"chat:7": LIMITS.per_chat}) < NOON


async def test_a_rate_that_lets_nothing_through_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Rate(SECOND, burst=0)
