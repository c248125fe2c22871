"""The inbox, on both databases: once, in order, by one process at a time, and never lost."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from bot.storage import ClaimedUpdate, NewUpdate, Store
from bot.storage.updates import KEPT_FOR, MOST_CLAIMS, REPEATED

NOW = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)
LEASE = timedelta(seconds=15)
ONE, OTHER = "one process", "another process"


@pytest_asyncio.fixture
async def second(database_url: str) -> AsyncIterator[Store]:
    """The same database through another process' connections."""
    store = await Store.open(database_url)
    yield store
    await store.close()


def new(number: int, person: str | None = "1:1", tap: str | None = None) -> NewUpdate:
    return NewUpdate(number, person, tap, f'{{"update_id": {number}}}')


async def keep(store: Store, *updates: NewUpdate, now: datetime = NOW) -> None:
    await store.updates.keep(updates, now=now)


async def take(
    store: Store,
    token: str = ONE,
    served: tuple[int, ...] = (),
    *,
    limit: int = 10,
    now: datetime = NOW,
) -> tuple[ClaimedUpdate, ...]:
    return await store.updates.take(token, served, limit=limit, now=now, lease_until=now + LEASE)


async def taken(store: Store, *arguments: object, **options: object) -> list[int]:
    return [each.id for each in await take(store, *arguments, **options)]  # type: ignore[arg-type]


async def test_an_update_comes_out_as_it_went_in(store: Store) -> None:
    await keep(store, new(7))
    (claimed,) = await take(store)
    assert claimed == ClaimedUpdate(7, None, '{"update_id": 7}', NOW, attempts=1)


async def test_an_update_that_is_delivered_again_is_kept_once(store: Store, second: Store) -> None:
    await keep(store, new(7))
    await keep(second, new(7), new(8, "2:2"))
    assert await taken(store) == [7, 8]
    await keep(second, new(7))
    assert await taken(second, OTHER) == []
    await taken(store, served=(7, 8))
    await keep(second, new(7), new(8, "2:2"))
    assert await taken(store) == []


async def test_one_persons_updates_come_one_after_the_other_and_others_beside(
    store: Store, second: Store
) -> None:
    await keep(store, new(3, "2:2"), new(2), new(1))
    await keep(store, new(4))
    assert await taken(store) == [1, 3]
    assert await taken(second, OTHER) == []
    assert await taken(second, OTHER, (1,)) == []  # who does not hold it can't put it away
    assert await taken(store, ONE, (1,)) == [2]
    assert await taken(store, ONE, (2,), limit=0) == []
    assert await taken(second, OTHER) == [4]


async def test_a_tap_that_overtook_the_message_before_it_is_waited_for(
    store: Store, second: Store
) -> None:
    await keep(store, new(2))
    assert await taken(store) == [2]
    await keep(second, new(1))
    assert await taken(second, OTHER) == []
    await taken(store, ONE, (2,), limit=0)
    assert await taken(second, OTHER) == [1]


async def test_the_same_person_in_two_chats_is_served_in_both(store: Store) -> None:
    await keep(store, new(1, "1:1"), new(2, "-5:1"))
    assert await taken(store) == [1, 2]


async def test_what_is_nobodys_waits_for_nobody(store: Store) -> None:
    await keep(store, new(1, None), new(2, None))
    assert await taken(store) == [1, 2]


async def test_the_oldest_go_first(store: Store) -> None:
    await keep(store, *(new(number, f"{number}:1") for number in (5, 1, 4, 2, 3)))
    assert await taken(store, limit=2) == [1, 2]
    assert await taken(store, limit=2) == [3, 4]


async def test_many_processes_at_once_never_take_the_same(store: Store, second: Store) -> None:
    await keep(store, *(new(number, f"{number % 7}:1") for number in range(1, 71)))
    seen: list[int] = []

    async def work(mine: Store, token: str) -> None:
        served: tuple[int, ...] = ()
        while len(seen) < 70:
            claimed = await taken(mine, token, served, limit=3)
            seen.extend(claimed)
            served = tuple(claimed)

    await asyncio.gather(*(work(each, f"{n}") for n, each in enumerate([store, second] * 3)))
    assert sorted(seen) == list(range(1, 71))
    for person in range(7):
        mine = [number for number in seen if number % 7 == person]
        assert mine == sorted(mine)


async def test_what_a_dead_process_held_is_taken_over_when_the_lease_is_over(
    store: Store, second: Store
) -> None:
    await keep(store, new(1), new(2))
    await take(store)
    almost = NOW + LEASE - timedelta(seconds=1)
    assert await taken(second, OTHER, now=almost) == []
    (claimed,) = await take(second, OTHER, now=NOW + LEASE)
    assert (claimed.id, claimed.attempts) == (1, 2)
    await taken(store, ONE, (1,), limit=0)  # the first one wakes up late, and has no say
    assert await taken(second, OTHER, now=NOW + LEASE) == []
    assert await taken(second, OTHER, (1,)) == [2]


async def test_a_renewed_lease_lasts(store: Store, second: Store) -> None:
    await keep(store, new(1))
    await take(store)
    await store.updates.renew(ONE, lease_until=NOW + 2 * LEASE)
    assert await taken(second, OTHER, now=NOW + LEASE) == []
    assert await taken(second, OTHER, now=NOW + 2 * LEASE) == [1]


async def test_what_is_let_go_is_taken_at_once_and_counts_as_not_begun(
    store: Store, second: Store
) -> None:
    await keep(store, new(1), new(2, "2:2"))
    await take(store)
    await taken(store, ONE, (2,), limit=0)
    await store.updates.let_go(ONE)
    (claimed,) = await take(second, OTHER)
    assert (claimed.id, claimed.attempts) == (1, 1)


async def test_only_the_holder_says_what_holds_the_place_of_the_answer(
    store: Store, second: Store
) -> None:
    await keep(store, new(1), new(2))
    await take(store)
    await store.updates.hold_place(ONE, 1, 77)
    await second.updates.hold_place(OTHER, 1, 78)
    await store.updates.let_go(ONE)
    (claimed,) = await take(second, OTHER)
    assert claimed.placeholder_id == 77
    (after,) = await take(second, OTHER, (1,))
    assert (after.id, after.placeholder_id) == (2, None)
    assert [each.placeholder_id for each in await store.updates.all()] == [None, None]


async def test_what_ends_every_process_is_handed_out_no_more(store: Store) -> None:
    await keep(store, new(1), new(2))
    now = NOW
    for attempt in range(1, MOST_CLAIMS + 1):
        (claimed,) = await take(store, f"{attempt}", now=now)
        assert (claimed.id, claimed.attempts) == (1, attempt)
        now += LEASE
    assert await taken(store, now=now) == []
    await store.updates.tidy(now=now)
    assert await taken(store, now=now) == [2]


async def test_a_tap_repeated_while_the_first_waits_is_handed_out_at_once(store: Store) -> None:
    await keep(store, new(1, tap="k:1"))
    await keep(store, new(2, tap="k:1"), new(3, tap="k:2"))
    first, second = await take(store)
    assert (first.id, first.tap) == (1, "k:1")
    assert (second.id, second.tap) == (2, REPEATED)
    assert await taken(store, ONE, (1, 2)) == [3]
    await keep(store, new(4, tap="k:1"))
    (fresh,) = await take(store, ONE, (3,))
    assert (fresh.id, fresh.tap) == (4, "k:1")


async def test_a_tap_repeated_in_one_delivery_is_repeated(store: Store) -> None:
    await keep(store, new(1, tap="k:1"), new(2, tap="k:1"))
    assert [each.tap for each in await take(store)] == ["k:1", REPEATED]


async def test_a_tap_that_is_delivered_twice_does_not_repeat_itself(store: Store) -> None:
    await keep(store, new(1, tap="k:1"))
    await keep(store, new(1, tap="k:1"))
    assert [each.tap for each in await take(store)] == ["k:1"]


async def test_an_album_is_one_wish_also_when_its_first_part_is_served(store: Store) -> None:
    await keep(store, new(1, tap="album:1:9"))
    assert await taken(store) == [1]
    await taken(store, ONE, (1,))
    await keep(store, new(2, tap="album:1:9"), new(3, "1:1", "album:1:10"))
    assert [each.tap for each in await take(store)] == [REPEATED, "album:1:10"]


async def test_of_what_is_asked_while_typing_only_the_last_is_served(store: Store) -> None:
    typing = replace(new(1), person="inline:1")
    await keep(store, typing)
    assert await taken(store) == [1]
    await keep(store, replace(typing, id=2))
    await keep(store, replace(typing, id=3), replace(typing, id=4))
    assert await taken(store, ONE, (1,)) == [4]


async def test_what_is_served_keeps_no_words_and_goes_after_a_while(
    store: Store, second: Store
) -> None:
    await keep(store, new(1))
    await take(store)
    await taken(store, ONE, (1,), limit=0)
    rows = await second.updates.all()
    assert [(row.id, row.body) for row in rows] == [(1, "")]
    await store.updates.tidy(now=NOW + KEPT_FOR)
    assert len(await second.updates.all()) == 1
    await store.updates.tidy(now=NOW + KEPT_FOR + timedelta(seconds=1))
    assert await second.updates.all() == ()
