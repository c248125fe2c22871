"""How often one may ask: on real SQLite and real PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import TooSoon
from bot.services.fairness import Fairness, Limits
from bot.storage import Store

NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)
SHE, HE, OPERATOR, GROUP = 7, 8, 9, -100


class Desk:
    """Two replicas on one store, with one clock that tests move."""

    def __init__(self, store: Store) -> None:
        self.now = NOW
        self.replicas = [
            Fairness(store.rates, Limits.of(6, 3), clock=lambda: self.now, exempt=(OPERATOR,))
            for _ in range(2)
        ]

    async def asks(self, user: int, chat: int = 0, times: int = 1) -> list[int | None]:
        """What becomes of so many wishes: None for let in, else the seconds to wait."""
        return [await self.ask(number, user, chat or user) for number in range(times)]

    async def ask(self, replica: int, user: int, chat: int) -> int | None:
        """What becomes of a wish at one of the replicas."""
        try:
            await self.replicas[replica % 2].admit(user, chat)
        except TooSoon as error:
            return error.seconds
        return None


async def test_a_handful_at_once_and_then_one_each_interval(store: Store) -> None:
    desk = Desk(store)
    assert await desk.asks(SHE, times=5) == [None, None, None, 6, 6]
    desk.now += timedelta(seconds=4)
    assert await desk.asks(SHE) == [2]
    desk.now += timedelta(seconds=2)
    assert await desk.asks(SHE, times=2) == [None, 6]
    desk.now += timedelta(minutes=1)
    assert await desk.asks(SHE, times=4) == [None, None, None, 6]


async def test_one_person_waits_and_another_does_not(store: Store) -> None:
    desk = Desk(store)
    await desk.asks(SHE, times=4)
    assert await desk.asks(HE, times=3) == [None] * 3


async def test_a_group_has_somewhat_more_and_its_refusals_cost_its_members_nothing(
    store: Store,
) -> None:
    desk = Desk(store)
    for user in (1, 2):
        assert await desk.asks(user, GROUP, 3) == [None] * 3
    (wait,) = await desk.asks(SHE, GROUP)
    assert wait is not None
    assert await desk.asks(SHE, times=3) == [None] * 3
    desk.now += timedelta(minutes=1)
    assert await desk.asks(HE, GROUP) == [None]


async def test_one_who_had_a_handful_leaves_the_others_theirs(store: Store) -> None:
    desk = Desk(store)
    assert await desk.asks(SHE, GROUP, 3) == [None] * 3
    assert [await desk.ask(user, user, GROUP) for user in (11, 12, 13)] == [None] * 3


async def test_who_writes_in_the_groups_name_may_as_often_as_a_person(store: Store) -> None:
    desk = Desk(store)
    assert await desk.asks(GROUP, GROUP, 5) == [None, None, None, 6, 6]
    assert await desk.asks(SHE, GROUP) == [None]


@pytest.mark.parametrize("chat", [OPERATOR, GROUP])
async def test_operators_need_not_wait(store: Store, chat: int) -> None:
    assert await Desk(store).asks(OPERATOR, chat, 20) == [None] * 20


async def test_replicas_asked_at_once_let_in_no_more_than_one_would(store: Store) -> None:
    desk = Desk(store)
    answers = await asyncio.gather(*(desk.ask(number, SHE, SHE) for number in range(12)))
    assert answers.count(None) == 3


async def test_without_limits_everyone_may(store: Store) -> None:
    free = Fairness(store.rates, Limits.of(0, 1), clock=lambda: NOW)
    for _ in range(30):
        await free.admit(SHE, GROUP)


async def test_who_asked_long_ago_is_forgotten_and_may_ask_as_before(store: Store) -> None:
    desk = Desk(store)
    await desk.asks(SHE, times=4)
    await desk.replicas[0].tidy()
    assert await desk.asks(SHE) == [6]
    desk.now += timedelta(hours=2)
    await desk.replicas[0].tidy()
    assert await store.rates.forget(desk.now + timedelta(days=1)) == 0
    assert await desk.asks(SHE, times=4) == [None, None, None, 6]
