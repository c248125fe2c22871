"""The daily poem: every subscriber, once per local date, whatever happens.

The contract, in the order of time:

1. Time is pure: `bot.scheduling.next_delivery` says which local dates are due. Nothing but
   `wake` acts, and what woke it does not matter: what is due lives in the database.
2. Before anything is sent there is a row for the subscription and the local date, unique by
   a constraint. Days that went by while nobody was awake get their row too, as missed.
3. A row is claimed in one statement, with a token and a lease. Only the holder of the token
   may write to the row. When a process dies, its leases run out and others go on.
4. The poem is written and stored, and tied to the row, before it is sent. What is sent
   again is the same poem.
5. Right before Telegram is asked, the row says so: SENDING, and one more unanswered.
   No lock and no transaction is held while Telegram is asked.
6. After Telegram's yes the row is SENT. A clear no takes the unanswered one back.
7. Where the answer is lost (the connection broke, time ran out, or this process died while
   the row was SENDING), nobody can know. When the lease is over, the same poem is sent at
   most once more, and only then. A second loss is the end; the row stays UNKNOWN.
8. Late is better than never within the local day. After it the row is MISSED, or UNKNOWN
   where Telegram was asked. No day is silent: every row ends in one of the states below.

    PLANNED ──poem stored──▶ READY ──about to ask──▶ SENDING ──yes──▶ SENT
       │                      ▲ │                     │  │
       │                      │ │◀──429, refused──────┘  └─answer lost──▶ UNKNOWN
       │                      │ │   moved: try later          one repeat: SENDING again
       └─poet fails: later────┘ │
    at any time before SENDING: day over ▶ MISSED · tries used up ▶ FAILED ·
    subscription ended ▶ CANCELLED.       Chat gone ▶ FAILED, and the subscription ends.

What each answer means is decided by `verdict`, which is pure. One subscriber's trouble
never stops the others: of a batch, everyone gets their turn before an error of ours
(a bug) is raised. This module knows neither Telegram nor SQL nor how a poem is made.
"""

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.errors import (
    AnswerLost,
    BotError,
    ChatGone,
    ChatMoved,
    DeliveryError,
    StorageError,
    TooBusy,
    TryLater,
)
from bot.scheduling.next_delivery import plan
from bot.storage import (
    ClaimedDelivery,
    DeliveryState,
    PlannedDay,
    Settlement,
    Store,
    StoredPoem,
    Subscription,
    SubscriptionToPlan,
)
from poetry_model import PoetryModelError

log = structlog.get_logger(__name__)


class PoemWriter(Protocol):
    """Writes a subscription's poem and stores it. Raises BotError or PoetryModelError."""

    async def write_daily(self, subscription: Subscription, *, seed: int) -> StoredPoem: ...


class PoemSender(Protocol):
    """Sends a stored poem and returns the message's id. Raises the children of DeliveryError."""

    async def send_poem(
        self, chat_id: int, thread_id: int | None, poem: StoredPoem, *, language: str | None
    ) -> int: ...


@dataclass(frozen=True)
class DailyLimits:
    """How much at once, how long, how often."""

    at_once: int = 8  # deliveries in work at the same time
    batch: int = 32  # rows claimed, and subscriptions planned, in one go
    lease: timedelta = timedelta(minutes=5)  # after which others may take a claimed row
    send_timeout: timedelta = timedelta(seconds=60)  # after which an answer counts as lost
    wake_budget: timedelta = timedelta(seconds=50)  # of delivering; then no more is claimed
    most_attempts: int = 5  # refusals or failed poems before giving up
    most_claims: int = 20  # claims before giving up on what kills or breaks its worker
    first_backoff: timedelta = timedelta(minutes=1)  # doubles with each attempt
    busy_wait: timedelta = timedelta(seconds=30)  # when the poet has too much to do
    late_after: timedelta = timedelta(minutes=10)  # from then on a sent poem counts as late

    def __post_init__(self) -> None:
        if min(self.at_once, self.batch, self.most_attempts) < 1:
            raise ValueError("at_once, batch and most_attempts must be at least 1")
        if self.lease <= self.send_timeout:
            raise ValueError("the lease must outlast the wait for an answer")


class Outcome(StrEnum):
    """What came of one piece of work; the fields of DeliveryReport."""

    PLANNED = "planned"
    SENT = "sent"
    LATE = "late"
    POSTPONED = "postponed"
    RETRIED = "retried"
    MOVED = "moved"
    LOST = "lost"
    UNKNOWN = "unknown"
    MISSED = "missed"
    FAILED = "failed"
    GONE = "gone"
    CANCELLED = "cancelled"
    LET_GO = "let_go"
    TROUBLED = "troubled"


@dataclass(frozen=True)
class DeliveryReport:
    """What one wake did, in numbers."""

    planned: int = 0  # new rows for days that are due
    sent: int = 0
    late: int = 0  # of those sent
    postponed: int = 0  # Telegram or the poet asked to wait
    retried: int = 0  # refused, or the poet failed: once more later
    moved: int = 0  # chats that have a new id
    lost: int = 0  # answers lost; the poem is sent once more
    unknown: int = 0  # ended without anybody knowing whether the poem arrived
    missed: int = 0  # days that went by
    failed: int = 0  # given up
    gone: int = 0  # chats that can't be reached; their subscriptions ended
    cancelled: int = 0  # subscription ended before its poem was sent
    let_go: int = 0  # the lease was lost, or the bot is stopping
    troubled: int = 0  # the database failed; the lease will run out

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened."""
        return not self.counts()

    def counts(self) -> dict[str, int]:
        """What is not zero."""
        return {name: count for name, count in asdict(self).items() if count}


class DailyPoems:
    """Delivers what is due, each time it is woken."""

    def __init__(
        self,
        store: Store,
        writer: PoemWriter,
        sender: PoemSender,
        *,
        limits: DailyLimits | None = None,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._writer = writer
        self._sender = sender
        self._limits = limits or DailyLimits()
        self._stopwatch = stopwatch

    async def wake(
        self, now: datetime, *, keep_going: Callable[[], bool] = lambda: True
    ) -> DeliveryReport:
        """Plan what became due by `now`, close what is over, deliver the rest.

        While it works the time goes on from `now` by the stopwatch. When `keep_going` turns
        false, sends under way come to their end and nothing new is begun.
        Raises StorageError when the database is away, and an ExceptionGroup of our own bugs
        after everyone had their turn.
        """
        begun = self._stopwatch()
        wake = _Wake(
            self._store,
            self._writer,
            self._sender,
            self._limits,
            clock=lambda: now + timedelta(seconds=self._stopwatch() - begun),
            keep_going=keep_going,
        )
        return await wake.run()


class _Wake:
    """One wake: its clock, its counts, and the errors nobody foresaw."""

    def __init__(
        self,
        store: Store,
        writer: PoemWriter,
        sender: PoemSender,
        limits: DailyLimits,
        *,
        clock: Callable[[], datetime],
        keep_going: Callable[[], bool],
    ) -> None:
        self._store = store
        self._writer = writer
        self._sender = sender
        self._limits = limits
        self._clock = clock
        self._keep_going = keep_going
        self._room = asyncio.Semaphore(limits.at_once)
        self._counts: Counter[Outcome] = Counter()

    async def run(self) -> DeliveryReport:
        """Plan, close, deliver."""
        await self._plan()
        for state, count in (await self._store.deliveries.close_overdue(self._clock())).items():
            self._counts[Outcome(state)] += count
        until = self._clock() + self._limits.wake_budget
        bugs: list[Exception] = []
        while self._keep_going() and self._clock() < until:
            batch = await self._claim()
            if not batch:
                break
            bugs += await self._all_of([self._deliver(delivery) for delivery in batch])
        if bugs:
            raise ExceptionGroup("deliveries broke; their leases will run out", bugs)
        return DeliveryReport(**{outcome.value: n for outcome, n in self._counts.items()})

    async def _claim(self) -> tuple[ClaimedDelivery, ...]:
        now = self._clock()
        return await self._store.deliveries.claim(
            now, limit=self._limits.batch, lease_until=now + self._limits.lease
        )

    async def _all_of(self, work: list[Coroutine[Any, Any, Outcome]]) -> list[Exception]:
        """Do all of it, count what came of it, and return what broke instead of raising it."""
        bugs = []
        for result in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(result, Outcome):
                self._counts[result] += 1
            elif isinstance(result, Exception):
                bugs.append(result)
            else:
                raise result  # the process is being stopped
        return bugs

    # Planning

    async def _plan(self) -> None:
        """Make the rows of every day that is due by now."""
        limit, progress = self._limits.batch, True
        while progress:
            asked = await self._store.subscriptions.to_plan(self._clock(), limit)
            planned = [await self._plan_one(subscription) for subscription in asked]
            progress = len(asked) == limit and any(planned)

    async def _plan_one(self, subscription: SubscriptionToPlan) -> bool:
        """Whether it is planned now; not when it changed or another process was faster."""
        now = self._clock()
        try:
            zone = ZoneInfo(subscription.timezone)
        except (KeyError, ValueError):
            return await self._plan_later(subscription, now + timedelta(hours=1))
        due = plan(
            now,
            subscription.local_time,
            zone,
            subscription.scheduled_at,
            subscription.planned_through,
            subscription.weekdays,
        )
        days = [
            PlannedDay(day.local_date, day.due_at, day.deadline_at, missed=day.is_missed(now))
            for day in due.days
        ]
        made = await self._store.subscriptions.plan(
            subscription, days, due.planned_through, due.plan_at
        )
        for day in made or ():
            self._counts[Outcome.MISSED if day.missed else Outcome.PLANNED] += 1
        return made is not None

    async def _plan_later(self, subscription: SubscriptionToPlan, plan_at: datetime) -> bool:
        """Leave a subscription whose zone this machine does not know for later."""
        log.error("unknown_timezone", subscription=subscription.id, zone=subscription.timezone)
        self._counts[Outcome.TROUBLED] += 1
        through = subscription.planned_through
        return await self._store.subscriptions.plan(subscription, (), through, plan_at) is not None

    # Delivering

    async def _deliver(self, delivery: ClaimedDelivery) -> Outcome:
        """Bring one claimed delivery as far as it gets."""
        async with self._room:
            try:
                outcome = await self._work_on(delivery)
            except StorageError as error:
                log.error("delivery_not_recorded", delivery=_id(delivery), error=str(error))
                return Outcome.TROUBLED
        log.debug("delivery", delivery=_id(delivery), outcome=outcome.value)
        return outcome

    async def _work_on(self, delivery: ClaimedDelivery) -> Outcome:
        if (at_once := self._without_sending(delivery)) is not None:
            outcome, settlement = at_once
            return await self._settle(delivery, outcome, settlement)
        try:
            poem = delivery.poem or await self._write(delivery)
            lease_until = self._clock() + self._limits.lease
            if poem is None or not await self._store.deliveries.begin_sending(
                delivery.claim, lease_until=lease_until
            ):
                return Outcome.LET_GO
            message_id = await self._send(delivery, poem)
        except StorageError:
            raise
        except (BotError, PoetryModelError) as error:
            return await self._cope(delivery, error)
        return await self._record_sent(delivery, message_id)

    def _without_sending(self, delivery: ClaimedDelivery) -> tuple[Outcome, Settlement] | None:
        """What becomes of a delivery that is not to be sent (now)."""
        if delivery.subscription.ended_at:
            return _end(delivery, Outcome.CANCELLED, "subscription_ended")
        if delivery.attempts > self._limits.most_claims:
            return _end(delivery, Outcome.FAILED, "gave_up")
        if not self._keep_going():
            wait = _later(delivery, "stopping", self._clock(), counted=False)
            return Outcome.LET_GO, wait
        return None

    async def _write(self, delivery: ClaimedDelivery) -> StoredPoem | None:
        """The poem, stored and tied to its delivery; None when the lease was lost meanwhile."""
        poem = await self._writer.write_daily(delivery.subscription, seed=seed_of(delivery))
        attached = await self._store.deliveries.attach_poem(delivery.claim, poem.id)
        return poem if attached else None

    async def _send(self, delivery: ClaimedDelivery, poem: StoredPoem) -> int:
        subscription = delivery.subscription
        try:
            async with asyncio.timeout(self._limits.send_timeout.total_seconds()):
                return await self._sender.send_poem(
                    subscription.chat_id, subscription.thread_id, poem, language=delivery.language
                )
        except TimeoutError:
            raise AnswerLost(subscription.chat_id, "no answer in time") from None

    async def _record_sent(self, delivery: ClaimedDelivery, message_id: int) -> Outcome:
        """Write Telegram's yes down; so much hangs on it that it is tried twice."""
        now = self._clock()
        try:
            await self._store.deliveries.mark_sent(delivery.claim, message_id, now=now)
        except StorageError:
            await self._store.deliveries.mark_sent(delivery.claim, message_id, now=now)
        if now - delivery.due_at >= self._limits.late_after:
            self._counts[Outcome.LATE] += 1
        return Outcome.SENT

    async def _cope(self, delivery: ClaimedDelivery, error: Exception) -> Outcome:
        """Do what an error asks for, then settle the delivery."""
        now = self._clock()
        chat_id = delivery.subscription.chat_id
        if isinstance(error, ChatGone):
            reason = error.reason or "chat_gone"
            await self._store.subscriptions.end(chat_id, reason, now=now)
            await self._store.chats.mark_blocked(chat_id, now=now)
        elif isinstance(error, ChatMoved):
            await self._store.chats.move(chat_id, error.new_chat_id, now=now)
        outcome, settlement = verdict(delivery, error, now, self._limits)
        return await self._settle(delivery, outcome, settlement)

    async def _settle(
        self, delivery: ClaimedDelivery, outcome: Outcome, settlement: Settlement
    ) -> Outcome:
        settled = await self._store.deliveries.settle(delivery.claim, settlement, now=self._clock())
        if not settled:
            return Outcome.LET_GO
        log.info(
            "delivery_not_sent",
            delivery=_id(delivery),
            outcome=outcome.value,
            reason=settlement.reason,
        )
        return outcome


def verdict(
    delivery: ClaimedDelivery, error: Exception, now: datetime, limits: DailyLimits
) -> tuple[Outcome, Settlement]:
    """What an error makes of a delivery. Pure."""
    match error:
        case ChatGone():
            _, end = _end(delivery, Outcome.FAILED, "chat_gone", said_no=True)
            return Outcome.GONE, end
        case ChatMoved():
            return Outcome.MOVED, _later(delivery, "chat_moved", now, said_no=True)
        case TryLater(retry_after=seconds):
            at = now + timedelta(seconds=max(seconds, 1))
            wait = _later(delivery, "told_to_wait", at, said_no=True, counted=False)
            return Outcome.POSTPONED, wait
        case TooBusy():
            at = now + limits.busy_wait
            return Outcome.POSTPONED, _later(delivery, "poet_busy", at, counted=False)
        case AnswerLost():
            again_at = None if delivery.unanswered else now + limits.lease
            lost = Settlement(DeliveryState.UNKNOWN, "answer_lost", again_at)
            return (Outcome.LOST if again_at else Outcome.UNKNOWN), lost
        case _:
            return _once_more_or_never(delivery, error, now, limits)


def _once_more_or_never(
    delivery: ClaimedDelivery, error: Exception, now: datetime, limits: DailyLimits
) -> tuple[Outcome, Settlement]:
    """Another try after a while that doubles, as long as there are tries left."""
    said_no = isinstance(error, DeliveryError)
    reason = type(error).__name__  # not its words: they can hold a theme
    if delivery.attempts >= limits.most_attempts:
        return _end(delivery, Outcome.FAILED, reason, said_no=said_no)
    at = now + limits.first_backoff * 2 ** (delivery.attempts - 1)
    return Outcome.RETRIED, _later(delivery, reason, at, said_no=said_no)


def _later(
    delivery: ClaimedDelivery,
    reason: str,
    at: datetime,
    *,
    said_no: bool = False,
    counted: bool = True,
) -> Settlement:
    """Wait until `at`. A delivery that was asked for before without answer stays UNKNOWN."""
    poem_stored = delivery.poem is not None or said_no
    state = DeliveryState.READY if poem_stored else DeliveryState.PLANNED
    state = DeliveryState.UNKNOWN if delivery.unanswered else state
    return Settlement(state, reason, at, said_no=said_no, counted=counted)


def _end(
    delivery: ClaimedDelivery, outcome: Outcome, reason: str, *, said_no: bool = False
) -> tuple[Outcome, Settlement]:
    """The end. Where an earlier answer was lost, the poem may have arrived: UNKNOWN."""
    outcome = Outcome.UNKNOWN if delivery.unanswered else outcome
    return outcome, Settlement(DeliveryState(outcome), reason, None, said_no=said_no)


def seed_of(delivery: ClaimedDelivery) -> int:
    """A seed of 31 bits: another one each day, for each subscription, at each attempt."""
    words = f"{delivery.subscription.id}/{delivery.local_date}/{delivery.attempts}"
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=4).digest()) >> 1


def _id(delivery: ClaimedDelivery) -> int:
    return delivery.claim.delivery_id
