"""Telling everybody, through deaths, faults and cancels; on both databases, with time simulated."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    DeliveryRefused,
    MayNotWrite,
    TopicClosed,
    TryLater,
)
from bot.services.broadcasts import BroadcastLimits, Broadcasts
from bot.services.pacing import Pacer, PacingLimits
from bot.storage import Audience, Broadcast, BroadcastProgress, Store
from bot.storage.database import Database
from tests.fakes.daily import Death
from tests.fakes.databases import count_rows

NOW = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)
ADMIN = 1
LIMITS = BroadcastLimits()


@dataclass
class Telegram:
    """Notes what arrives where and when. `answers` holds, per chat, what happens instead, one a
    call: raised before it arrives, or (`after`) after."""

    clock: "Clock"
    arrived: list[tuple[int, datetime]] = field(default_factory=list)
    answers: dict[int, list[BaseException]] = field(default_factory=dict)
    after: dict[int, list[BaseException]] = field(default_factory=dict)
    meanwhile: Callable[[], Awaitable[Any]] | None = None

    async def send_html(self, chat_id: int, html: str) -> int:
        assert html == "<b>听着</b>"
        if self.meanwhile:
            await self.meanwhile()
        if self.answers.get(chat_id):
            raise self.answers[chat_id].pop(0)
        self.arrived.append((chat_id, self.clock.now))
        if self.after.get(chat_id):
            raise self.after[chat_id].pop(0)
        return len(self.arrived)

    def chats(self) -> Counter[int]:
        return Counter(chat_id for chat_id, _ in self.arrived)


@dataclass
class Clock:
    """Time that goes on by what is slept."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def seconds(self) -> float:
        return (self.now - NOW).total_seconds()


@dataclass
class Desk:
    """What the operator is shown."""

    shown: list[BroadcastProgress] = field(default_factory=list)

    async def show(self, broadcast: Broadcast, progress: BroadcastProgress) -> None:
        self.shown.append(progress)


@dataclass
class Bench:
    """A process with all its parts; `again` is the same after a restart."""

    store: Store
    clock: Clock
    telegram: Telegram
    desk: Desk
    broadcasts: Broadcasts

    @classmethod
    def of(cls, store: Store) -> "Bench":
        clock = Clock()
        return cls._with(store, clock, Telegram(clock), Desk())

    @classmethod
    def _with(cls, store: Store, clock: Clock, telegram: Telegram, desk: Desk) -> "Bench":
        # Here time jumps when anybody sleeps, so no slot counts as passed.
        limits = PacingLimits(run=4, grace=timedelta(minutes=1))
        pacer = Pacer(store.rates, clock=clock, sleep=clock.sleep, limits=limits)
        broadcasts = Broadcasts(store, telegram, desk, pacer, clock=clock, stopwatch=clock.seconds)
        return cls(store, clock, telegram, desk, broadcasts)

    def again(self) -> "Bench":
        return self._with(self.store, self.clock, self.telegram, self.desk)

    async def begin(self, *chats: int, audience: Audience = Audience.PEOPLE) -> Broadcast:
        """A broadcast that is started, to these chats."""
        for chat_id in chats:
            kind = "private" if chat_id > 0 else "supergroup"
            await self.store.chats.seen(chat_id, kind, now=NOW)
        draft = await self.store.broadcasts.draft(
            admin_id=ADMIN, chat_id=ADMIN, language="en", text="<b>听着</b>", now=NOW
        )
        await self.store.broadcasts.set_audience(draft.id, audience)
        assert await self.store.broadcasts.start(draft.id, now=self.clock.now)
        return draft

    async def until_done(self, broadcast: Broadcast) -> BroadcastProgress:
        """Wakes every three seconds until it is finished."""
        for _ in range(1000):
            await self.broadcasts.wake()
            if not await self.store.broadcasts.unfinished():
                return await self.store.broadcasts.progress(broadcast.id)
            await self.clock.sleep(3)
        raise AssertionError("it never ends")


async def test_everybody_hears_it_once_at_the_pace_telegram_allows(store: Store) -> None:
    bench = Bench.of(store)
    broadcast = await bench.begin(*range(1, 62))
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=61)
    assert bench.telegram.chats() == Counter(range(1, 62))
    moments = sorted(moment for _, moment in bench.telegram.arrived)
    assert moments[-1] - moments[0] >= timedelta(seconds=1.8)  # sixty at 29.5 a second, nearly
    assert bench.desk.shown[-1] == BroadcastProgress(sent=61)


async def test_groups_hear_it_only_where_that_was_chosen(store: Store) -> None:
    bench = Bench.of(store)
    await store.chats.seen(-5, "group", now=NOW)
    await bench.until_done(await bench.begin(1, 2))
    assert bench.telegram.chats() == Counter([1, 2])
    await bench.until_done(await bench.begin(1, audience=Audience.EVERYONE))
    assert bench.telegram.chats() == Counter([1, 1, 2, 2, -5])


async def test_who_blocked_the_bot_is_left_out_and_who_does_is_remembered(store: Store) -> None:
    bench = Bench.of(store)
    await store.chats.seen(1, "private", now=NOW)
    await store.chats.mark_blocked(1, now=NOW)
    bench.telegram.answers[2] = [ChatGone(2, "blocked")]
    broadcast = await bench.begin(2, 3)
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=1, blocked=1)
    assert bench.telegram.chats() == Counter([3])
    chat = await store.chats.get(2)
    assert chat is not None
    assert chat.blocked_at is not None
    assert await store.broadcasts.count_recipients(Audience.PEOPLE) == 1


async def test_a_group_where_the_bot_may_not_write_is_counted_and_left_as_it_is(
    store: Store,
) -> None:
    bench = Bench.of(store)
    bench.telegram.answers = {-5: [MayNotWrite(-5)], -6: [TopicClosed(-6)]}
    for chat_id in (-5, -6):
        await store.chats.seen(chat_id, "supergroup", now=NOW)
        await store.subscriptions.subscribe(chat_id, 1, time(8), "Asia/Shanghai", now=NOW)
    broadcast = await bench.begin(1, -5, -6, audience=Audience.EVERYONE)
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=1, blocked=2)
    assert await store.subscriptions.count_active() == 2
    assert await store.broadcasts.count_recipients(Audience.EVERYONE) == 3


async def test_a_429_waits_and_loses_nothing(store: Store) -> None:
    bench = Bench.of(store)
    bench.telegram.answers[2] = [TryLater(2, 7), TryLater(2, 2)]
    broadcast = await bench.begin(1, 2, 3)
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=3)
    arrived = dict(bench.telegram.arrived)
    assert arrived[2] - NOW >= timedelta(seconds=9)
    assert arrived[3] - NOW < timedelta(seconds=2)


async def test_a_lost_answer_is_not_sent_again(store: Store) -> None:
    bench = Bench.of(store)
    bench.telegram.after[2] = [AnswerLost(2)]
    broadcast = await bench.begin(1, 2)
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=1, unknown=1)
    assert bench.telegram.chats() == Counter([1, 2])


async def test_what_telegram_refuses_is_counted(store: Store) -> None:
    bench = Bench.of(store)
    bench.telegram.answers[2] = [DeliveryRefused(2, "can't parse")]
    broadcast = await bench.begin(1, 2)
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=1, failed=1)


async def test_a_group_that_moved_hears_it_where_it_is_now(store: Store) -> None:
    bench = Bench.of(store)
    bench.telegram.answers[-5] = [ChatMoved(-5, -1005)]
    broadcast = await bench.begin(-5, audience=Audience.EVERYONE)
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=1)
    assert bench.telegram.chats() == Counter([-1005])


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_who_dies_while_sending_leaves_the_rest_to_others(store: Store, moment: str) -> None:
    """One row is of nobody knows what; the others are sent, none twice."""
    bench = Bench.of(store)
    dying = bench.telegram.answers if moment == "before" else bench.telegram.after
    dying[3] = [Death("kill -9")]
    broadcast = await bench.begin(*range(1, 11))
    with pytest.raises(Death):
        await bench.broadcasts.wake()
    after_restart = bench.again()
    assert await after_restart.until_done(broadcast) == BroadcastProgress(sent=9, unknown=1)
    expected = Counter(range(1, 11)) - (Counter([3]) if moment == "before" else Counter())
    assert bench.telegram.chats() == expected


async def test_who_dies_before_asking_leaves_its_rows_to_be_sent(store: Store) -> None:
    bench = Bench.of(store)
    broadcast = await bench.begin(*range(1, 5))
    lease = NOW + LIMITS.lease
    taken = await store.broadcasts.claim(broadcast.id, now=NOW, limit=4, lease_until=lease)
    assert len(taken) == 4
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=4)
    assert bench.clock.now > lease
    assert not await store.broadcasts.begin(broadcast.id, 1, lease=lease, lease_until=lease)
    assert bench.telegram.chats() == Counter(range(1, 5))


async def test_two_processes_share_it(store: Store) -> None:
    bench = Bench.of(store)
    broadcast = await bench.begin(*range(1, 31))
    other = bench.again()
    bench.telegram.meanwhile = None

    async def the_other_works_too() -> None:
        bench.telegram.meanwhile = None
        await other.broadcasts.wake()

    bench.telegram.meanwhile = the_other_works_too
    assert await bench.until_done(broadcast) == BroadcastProgress(sent=30)
    assert bench.telegram.chats() == Counter(range(1, 31))


async def test_no_more_chats_are_taken_than_were_asked_for(
    store: Store, database: Database
) -> None:
    """PostgreSQL plans by what it counted last: here, one row."""
    bench = Bench.of(store)
    await bench.begin(1)
    await count_rows(database)
    broadcast = await bench.begin(*range(2, 41))
    until = NOW + LIMITS.lease
    taken = await store.broadcasts.claim(broadcast.id, now=NOW, limit=15, lease_until=until)
    assert sorted(taken) == list(range(1, 16))


async def test_a_cancel_stops_it_on_the_way(store: Store) -> None:
    bench = Bench.of(store)
    broadcast = await bench.begin(*range(1, 31))

    async def cancel() -> None:
        await store.broadcasts.cancel(broadcast.id, now=bench.clock.now)

    bench.telegram.meanwhile = cancel
    bench.telegram.answers = {chat_id: [TryLater(chat_id, 1)] for chat_id in range(1, 3)}
    progress = await bench.until_done(broadcast)
    assert progress.sent <= 4
    assert progress.sent + progress.cancelled == 30
    assert not await store.broadcasts.cancel(broadcast.id, now=NOW)


async def test_it_starts_once_and_not_after_a_cancel(store: Store) -> None:
    bench = Bench.of(store)
    broadcast = await bench.begin(1)
    assert not await store.broadcasts.start(broadcast.id, now=NOW)
    assert not await store.broadcasts.set_audience(broadcast.id, Audience.EVERYONE)
    draft = await store.broadcasts.draft(
        admin_id=ADMIN, chat_id=ADMIN, language="en", text="x", now=NOW
    )
    assert await store.broadcasts.cancel(draft.id, now=NOW)
    assert not await store.broadcasts.cancel(draft.id, now=NOW)
    assert not await store.broadcasts.start(draft.id, now=NOW)


async def test_what_can_not_be_sent_for_a_day_is_given_up(store: Store) -> None:
    bench = Bench.of(store)
    bench.telegram.answers[2] = [TryLater(2, 3600) for _ in range(100)]
    broadcast = await bench.begin(1, 2)
    while await store.broadcasts.unfinished():
        await bench.broadcasts.wake()
        await bench.clock.sleep(3600)
    assert await store.broadcasts.progress(broadcast.id) == BroadcastProgress(sent=1, failed=1)
    assert bench.clock.now - NOW < timedelta(days=2)


async def test_a_bug_is_told_after_everybody_had_their_turn(store: Store) -> None:
    bench = Bench.of(store)
    bench.telegram.answers[1] = [KeyError("a bug")]
    await bench.begin(1, 2, 3)
    with pytest.raises(KeyError):
        await bench.broadcasts.wake()
    assert bench.telegram.chats() == Counter([2, 3])


async def test_it_stops_with_the_process_and_shows_how_far_it_is(store: Store) -> None:
    bench = Bench.of(store)
    await bench.begin(*range(1, 10))
    going = [True, True, False]
    await bench.broadcasts.wake(keep_going=lambda: going.pop(0))
    assert len(bench.telegram.arrived) == 8


def test_a_lease_that_ends_before_the_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="lease"):
        BroadcastLimits(lease=timedelta(seconds=1))
