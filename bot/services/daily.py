"""The daily poem: every subscriber, once per local date, whatever happens.

The contract, in the order of time:

1. Time is pure: `bot.scheduling.next_delivery` says which local dates are due. Nothing but
   `wake` acts, and what woke it does not matter: what is due lives in the database.
2. Before anything is sent there is a row for the subscription and the local date, unique by
   a constraint. Rows are made `ahead` of their hour, many in one transaction. Days that went
   by while nobody was awake get their row too, as missed.
3. Rows are claimed in one statement, with a token and a lease. Only the holder of the token
   may write to a row. When a process dies, its leases run out and others go on. A row that
   vanished (its subscription changed before its hour) is let go.
4. The poem is written and stored, and tied to the row, before it is sent, if there is time
   well ahead of the hour. What is sent again is the same poem. No chat gets the words of a
   poem it has seen.
5. A row in hand gets a slot on the one line of messages that all processes share
   (`bot.services.pacing`), so that Telegram's limits hold; a slot that passed is not used.
6. Right before Telegram is asked, the row says so: SENDING, and one more unanswered.
   No lock and no transaction is held while Telegram is asked.
7. After Telegram's yes the row is SENT. What comes at the same time is recorded together,
   and nothing waits for company. A clear no takes the unanswered one back, and with the last
   of them the poem out of its chat's history: nobody has seen it.
8. Where the answer is lost (the connection broke, time ran out, or this process died while
   the row was SENDING), nobody can know. When the lease is over, the same poem is sent at
   most once more, and only then. A second loss is the end; the row stays UNKNOWN. So it does
   where the subscription was paused or ended meanwhile.
9. Late is better than never within the local day: a poet that fails is asked again until
   the day is over, each time with another seed. After it the row is MISSED, or UNKNOWN
   where Telegram was asked. No day is silent: every row ends in one of the states below.

    PLANNED ──poem stored──▶ READY ──about to ask──▶ SENDING ──yes──▶ SENT
       │                      ▲ │                     │  │
       │                      │ │◀──429, refused──────┘  └─answer lost──▶ UNKNOWN
       │                      │ │   moved: try later          one repeat: SENDING again
       └─poet fails: later────┘ │
    at any time before SENDING: day over ▶ MISSED · refused too often ▶ FAILED ·
    subscription ended or paused ▶ CANCELLED. Chat gone ▶ FAILED, and its subscriptions end.
    Topic closed, or the bot may not write there, at each of its tries ▶ FAILED, and this
    subscription ends.

A wake does three things: it plans; it delivers what is due until nothing is; and it writes
ahead. The latter two can take an hour, so they are done once at a time in a process, and a
wake that finds one at work leaves it alone. What each answer means is decided by `verdict`,
which is pure. One subscriber's trouble never stops the others: everyone gets their turn
before an error of ours (a bug) is raised. This module knows neither Telegram nor SQL nor how
a poem is made.
"""

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeGuard
from zoneinfo import ZoneInfo

import structlog

from bot.errors import (
    AnswerLost,
    BotError,
    ChatGone,
    ChatMoved,
    DeliveryError,
    MayNotWrite,
    OutOfReach,
    StorageError,
    TooBusy,
    TryLater,
)
from bot.metrics import Metrics
from bot.scheduling.next_delivery import plan
from bot.services.gathering import Gathering
from bot.services.poems import DueWish, Failure
from bot.storage import (
    Claim,
    ClaimedDelivery,
    DeliveryState,
    NewPoem,
    PlannedDay,
    PlannedSubscription,
    Settlement,
    Store,
    StoredPoem,
    SubscriptionToPlan,
    WrittenDaily,
)
from poetry_model import PoetryModelError

log = structlog.get_logger(__name__)
_HURRY = "write what is due"


class PoemWriter(Protocol):
    """Writes poems for subscriptions' days, and does not store them.

    Raises StorageError; what goes wrong with one poem is given back in its place.
    """

    async def write_daily(self, wishes: Sequence[DueWish]) -> tuple[NewPoem | Failure, ...]: ...


class PoemSender(Protocol):
    """Sends a stored poem and returns the message's id. Raises the children of DeliveryError.

    `day` is the local date the poem is for.
    """

    async def send_poem(
        self,
        chat_id: int,
        thread_id: int | None,
        poem: StoredPoem,
        *,
        language: str | None,
        day: date | None = None,
    ) -> int: ...


class Pacing(Protocol):
    """The line of messages; `bot.services.pacing.Pacer` is the one of the real world."""

    @property
    def run(self) -> int: ...

    async def bulk(self, chat_ids: Sequence[int]) -> tuple[datetime | None, ...]: ...

    async def near(self, slot: datetime, lead: timedelta) -> None: ...

    async def turn(self, slot: datetime, chat_id: int) -> bool: ...

    async def wait_of(self, chat_id: int) -> timedelta: ...

    async def rest(self, time: timedelta) -> None: ...

    def answered(self) -> None: ...

    async def refused(self, chat_id: int, retry_after: float) -> None: ...


@dataclass(frozen=True)
class DailyLimits:
    """How much at once, how long, how often."""

    ahead: timedelta = timedelta(hours=3)  # how long before its hour a poem is planned and written
    at_once: int = 64  # messages under way at the same time
    begun_at_once: int = 5  # messages noted as SENDING together, right before they are sent
    lead: timedelta = timedelta(seconds=0.05)  # before its slot a message is noted as SENDING
    written_at_once: int = 16  # poems stored together
    planned_at_once: int = 200  # subscriptions planned together
    lease: timedelta = timedelta(minutes=5)  # after which others may take a claimed row
    send_timeout: timedelta = timedelta(seconds=60)  # after which an answer counts as lost
    most_attempts: int = 5  # refusals before giving up
    most_claims: int = 20  # claims before giving up on what kills or breaks its worker
    first_backoff: timedelta = timedelta(minutes=1)  # doubles with each of these attempts
    busy_wait: timedelta = timedelta(seconds=30)  # when the poet has too much to do
    short_wait: timedelta = timedelta(seconds=1)  # when its slot passed unused
    patience: timedelta = timedelta(seconds=5)  # a chat that is free by then is waited for
    late_after: timedelta = timedelta(minutes=10)  # from then on a sent poem counts as late

    def __post_init__(self) -> None:
        counts = (self.at_once, self.begun_at_once, self.written_at_once, self.planned_at_once)
        if min(*counts, self.most_attempts) < 1:
            raise ValueError("how many at once, and most_attempts, must be at least 1")
        if self.lease <= self.send_timeout:
            raise ValueError("the lease must outlast the wait for an answer")


class Outcome(StrEnum):
    """What came of one piece of work; the fields of DeliveryReport."""

    PLANNED = "planned"
    WRITTEN = "written"
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

    planned: int = 0  # new rows for days that are due, now or soon
    written: int = 0  # poems written ahead of their hour
    sent: int = 0
    late: int = 0  # of those sent
    postponed: int = 0  # Telegram, the poet or the line asked to wait
    retried: int = 0  # refused, or the poet failed: once more later
    moved: int = 0  # chats that have a new id
    lost: int = 0  # answers lost; the poem is sent once more
    unknown: int = 0  # ended without anybody knowing whether the poem arrived
    missed: int = 0  # days that went by
    failed: int = 0  # given up
    gone: int = 0  # chats and topics that can't be written to; their subscriptions ended
    cancelled: int = 0  # subscription ended or paused before its poem was sent
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
        pacer: Pacing,
        metrics: Metrics,
        *,
        limits: DailyLimits | None = None,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._writer = writer
        self._sender = sender
        self._pacer = pacer
        self._metrics = metrics
        self._limits = limits or DailyLimits()
        self._stopwatch = stopwatch
        self._at_work: set[str] = set()

    async def wake(
        self, now: datetime, *, keep_going: Callable[[], bool] = lambda: True
    ) -> DeliveryReport:
        """Plan what becomes due, close what is over, deliver what is due, write ahead.

        While it works the time goes on from `now` by the stopwatch. When `keep_going` turns
        false, sends under way come to their end and nothing new is begun. Waking it again
        meanwhile is safe and wanted. Raises StorageError when the database is away, and an
        ExceptionGroup of our own bugs after everyone had their turn.
        """
        begun = self._stopwatch()
        wake = _Wake(
            self._store,
            self._writer,
            self._sender,
            self._pacer,
            self._metrics,
            self._limits,
            clock=lambda: now + timedelta(seconds=self._stopwatch() - begun),
            keep_going=keep_going,
            at_work=self._at_work,
        )
        await wake.plan()
        await wake.close_overdue()
        work = (self._deliver(wake), self._once("write", wake.write))
        wake.note(await asyncio.gather(*work, return_exceptions=True))
        return await wake.end()

    async def _deliver(self, wake: "_Wake") -> None:
        await self._once("deliver", wake.deliver)
        while await wake.is_due_again():
            await self._once("deliver", wake.deliver)

    async def _once(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do this work, unless an earlier wake is still at it."""
        if name in self._at_work:
            return
        self._at_work.add(name)
        try:
            await work()
        finally:
            self._at_work.discard(name)

    async def observe(self, now: datetime) -> None:
        """Put what waits into the metrics. Raises StorageError."""
        waiting = await self._store.deliveries.waiting(now)
        self._metrics.waiting(asdict(waiting))


@dataclass(frozen=True)
class _InHand:
    """A claimed delivery that can be sent."""

    delivery: ClaimedDelivery
    poem: StoredPoem

    @property
    def chat_id(self) -> int:
        return self.delivery.subscription.chat_id


Slotted = tuple[_InHand, datetime]  # with the slot of its message


class _Wake:
    """One wake: its clock, its counts, and the errors nobody foresaw."""

    def __init__(
        self,
        store: Store,
        writer: PoemWriter,
        sender: PoemSender,
        pacer: Pacing,
        metrics: Metrics,
        limits: DailyLimits,
        *,
        clock: Callable[[], datetime],
        keep_going: Callable[[], bool],
        at_work: set[str],
    ) -> None:
        self._at_work = at_work  # what is under way, in this wake or an earlier one
        self._store = store
        self._writer = writer
        self._sender = sender
        self._pacer = pacer
        self._metrics = metrics
        self._limits = limits
        self._clock = clock
        self._keep_going = keep_going
        self._recorded = Gathering(self._record)
        self._under_way: set[asyncio.Task[None]] = set()
        self._broken: list[BaseException] = []
        self._counts: Counter[Outcome] = Counter()
        self._soon: datetime | None = None  # when something that was put off is due again

    async def end(self) -> DeliveryReport:
        """Let what is under way come to its end, and tell what came of everything."""
        await self._all_done()
        errors = [each for each in self._broken if isinstance(each, Exception)]
        if len(errors) < len(self._broken):
            raise next(each for each in self._broken if not isinstance(each, Exception))
        bugs = [each for each in errors if not isinstance(each, StorageError)]
        if bugs:
            raise ExceptionGroup("deliveries broke; their leases will run out", bugs)
        if errors:
            raise errors[0]
        return DeliveryReport(**{outcome.value: n for outcome, n in self._counts.items()})

    def note(self, results: Sequence[BaseException | None]) -> None:
        """Keep what went wrong for the end."""
        self._broken += [each for each in results if each is not None]

    async def is_due_again(self) -> bool:
        """Whether something of ours is due again, or very soon; then it waits for that."""
        await self._all_done()
        at, self._soon = self._soon, None
        if at is None or not self._goes_on():
            return False
        await self._pacer.rest(at - self._clock())
        return True

    async def _all_done(self) -> None:
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _goes_on(self) -> bool:
        dying = any(not isinstance(error, Exception) for error in self._broken)
        return not dying and self._keep_going()

    # Planning

    async def plan(self) -> None:
        """Make the rows of every day that is due by now, or soon."""
        limit = self._limits.planned_at_once
        asked = limit
        while asked == limit:
            asked, days = await self._store.planner.plan(self._clock(), self._decide, limit=limit)
            missed = sum(day.missed for day in days)
            self._count(Outcome.MISSED, missed)
            self._count(Outcome.PLANNED, len(days) - missed)

    def _decide(self, subscription: SubscriptionToPlan) -> PlannedSubscription:
        now = self._clock()
        try:
            return planned(subscription, now, self._limits.ahead)
        except (KeyError, ValueError):
            return self._left_for_later(subscription, now)

    def _left_for_later(
        self, subscription: SubscriptionToPlan, now: datetime
    ) -> PlannedSubscription:
        """A subscription whose zone this machine does not know."""
        log.error("unknown_timezone", subscription=subscription.id, zone=subscription.timezone)
        self._count(Outcome.TROUBLED)
        return PlannedSubscription((), subscription.planned_through, now + timedelta(hours=1))

    async def close_overdue(self) -> None:
        """End what is over."""
        for state, count in (await self._store.deliveries.close_overdue(self._clock())).items():
            self._count(Outcome(state), count)

    # Writing

    async def write(self) -> None:
        """Write the poems of the next hours, as long as the poet has time."""
        while self._goes_on() and not (self._counts[Outcome.TROUBLED] or _HURRY in self._at_work):
            now = self._clock()
            batch = await self._store.deliveries.claim_ahead(
                now,
                until=now + self._limits.ahead,
                limit=self._limits.written_at_once,
                lease_until=now + self._limits.lease,
            )
            written = await self._written(batch, ahead=True)
            self._count(Outcome.WRITTEN, len(written))
            if len(written) < len(batch) or not batch:
                return  # the poet is busy with people, or in trouble: rather not now

    async def _written(
        self, deliveries: Sequence[ClaimedDelivery], *, ahead: bool = False
    ) -> list[_InHand]:
        """Those of the deliveries whose poem is stored now; the others are settled."""
        if not deliveries:
            return []
        [result] = await asyncio.gather(self._write_all(deliveries, ahead), return_exceptions=True)
        if not isinstance(result, BaseException):
            return result
        foreseen = isinstance(result, StorageError) or not isinstance(result, Exception)
        if len(deliveries) > 1 and not foreseen:
            # Maybe it is one poem that does this: each gets its turn.
            each = [await self._written([delivery], ahead=ahead) for delivery in deliveries]
            return [in_hand for some in each for in_hand in some]
        self._note_trouble(deliveries, result)
        return []

    async def _write_all(self, deliveries: Sequence[ClaimedDelivery], ahead: bool) -> list[_InHand]:
        wishes = [DueWish(each.subscription, each.local_date, seed_of(each)) for each in deliveries]
        poems = await self._writer.write_daily(wishes)
        results = list(zip(deliveries, poems, strict=True))
        new = [WrittenDaily(each.claim, poem) for each, poem in results if _is_poem(poem)]
        now = self._clock()
        stored = await self._store.deliveries.attach_poems(new, let_go=ahead, now=now)
        for delivery, poem in results:
            if not isinstance(poem, NewPoem):
                self._start(self._finish(self._cope(delivery, poem)))
            elif _id(delivery) not in stored:
                self._count(Outcome.LET_GO)
        return [
            _InHand(replace(each, poem=new_poem), new_poem)
            for each in deliveries
            if (new_poem := stored.get(_id(each))) is not None
        ]

    # Delivering

    async def deliver(self) -> None:
        """Deliver until nothing is due any more."""
        while self._goes_on() and (batch := await self._claim()):
            await self._work_on(batch)

    async def _claim(self) -> tuple[ClaimedDelivery, ...]:
        now = self._clock()
        return await self._store.deliveries.claim(
            now,
            limit=min(self._pacer.run, self._limits.at_once),
            lease_until=now + self._limits.lease,
        )

    async def _work_on(self, batch: Sequence[ClaimedDelivery]) -> None:
        """Bring claimed deliveries as far as being sent, which goes on by itself."""
        wanted = []
        for delivery in batch:
            if (ended := self._without_sending(delivery)) is None:
                wanted.append(delivery)
            else:
                self._start_settling(delivery, *ended)
        ready = [_InHand(each, each.poem) for each in wanted if each.poem]
        ready += await self._written_in_hurry([each for each in wanted if each.poem is None])
        if ready:
            await self._line_up(ready)

    async def _written_in_hurry(self, deliveries: Sequence[ClaimedDelivery]) -> list[_InHand]:
        """Their hour has come: the poet writes nothing ahead meanwhile."""
        if not deliveries:
            return []
        self._at_work.add(_HURRY)
        try:
            return await self._written(deliveries)
        finally:
            self._at_work.discard(_HURRY)

    def _without_sending(self, delivery: ClaimedDelivery) -> tuple[Outcome, Settlement] | None:
        """What becomes of a delivery that is not to be sent (now)."""
        if delivery.subscription.ended_at:
            return _end(delivery, Outcome.CANCELLED, "subscription_ended")
        if delivery.subscription.paused_at:
            return _end(delivery, Outcome.CANCELLED, "paused")
        if delivery.attempts > self._limits.most_claims:
            return _end(delivery, Outcome.FAILED, "gave_up")
        return None if self._goes_on() else self._stopping(delivery)

    def _stopping(self, delivery: ClaimedDelivery) -> tuple[Outcome, Settlement]:
        return Outcome.LET_GO, _later(delivery, "stopping", self._clock(), counted=False)

    async def _line_up(self, ready: Sequence[_InHand]) -> None:
        """Get a slot for each when there is room, and start sending."""
        while len(self._under_way) >= self._limits.at_once:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        slots = await self._pacer.bulk([each.chat_id for each in ready])
        lined_up = []
        for each, slot in zip(ready, slots, strict=True):
            if slot is None:
                self._start(self._wait_for_chat(each))
            else:
                lined_up.append((each, slot))
        for some in sent_together(lined_up, self._limits.begun_at_once):
            self._start(self._send_some(some))

    async def _wait_for_chat(self, in_hand: _InHand) -> None:
        """Its chat has no room for a message: wait, or let it go until there is."""
        wait = await self._pacer.wait_of(in_hand.chat_id)
        slot = None
        if wait <= self._limits.patience:
            await self._pacer.rest(wait)
            [slot] = await self._pacer.bulk([in_hand.chat_id])
        if slot is not None:
            await self._send_some([(in_hand, slot)])
        else:
            at = self._clock() + max(wait, self._limits.short_wait)
            later = _later(in_hand.delivery, "chat_is_busy", at, counted=False)
            self._start_settling(in_hand.delivery, Outcome.POSTPONED, later)

    async def _give_up_slot(self, in_hand: _InHand) -> Outcome:
        """Its slot passed before it was used, so it was not sent: very soon again."""
        self._soon = at = self._clock() + self._limits.short_wait
        later = _later(in_hand.delivery, "slot_passed", at, said_no=True, counted=False)
        return await self._settle(in_hand.delivery, Outcome.POSTPONED, later)

    async def _send_some(self, lined_up: Sequence[Slotted]) -> None:
        """Note a few messages as being sent, when the slot of the first is near; send them."""
        await self._pacer.near(lined_up[0][1], self._limits.lead)
        now = self._clock()
        if not self._goes_on():
            for each, _ in lined_up:
                self._start_settling(each.delivery, *self._stopping(each.delivery))
            return
        try:
            begun = await self._store.deliveries.begin_sending(
                [each.delivery.claim for each, _ in lined_up],
                lease_until=now + self._limits.lease,
                now=now,
            )
        except StorageError as error:
            self._note_trouble([each.delivery for each, _ in lined_up], error)
            return
        for each, slot in lined_up:
            if _id(each.delivery) in begun:
                self._start(self._finish(self._send_in_slot(each, slot)))
        self._count(Outcome.LET_GO, len(lined_up) - len(begun))

    async def _send_in_slot(self, in_hand: _InHand, slot: datetime) -> Outcome:
        if not await self._pacer.turn(slot, in_hand.chat_id):
            return await self._give_up_slot(in_hand)
        delivery = in_hand.delivery
        try:
            message_id = await self._send(delivery, in_hand.poem)
        except StorageError:
            raise
        except (BotError, PoetryModelError) as error:
            return await self._cope(delivery, error)
        self._pacer.answered()
        return await self._record_sent(delivery, message_id)

    async def _send(self, delivery: ClaimedDelivery, poem: StoredPoem) -> int:
        subscription = delivery.subscription
        try:
            async with asyncio.timeout(self._limits.send_timeout.total_seconds()):
                return await self._sender.send_poem(
                    subscription.chat_id,
                    subscription.thread_id,
                    poem,
                    language=delivery.language,
                    day=delivery.local_date,
                )
        except TimeoutError:
            raise AnswerLost(subscription.chat_id, "no answer in time") from None

    async def _record_sent(self, delivery: ClaimedDelivery, message_id: int) -> Outcome:
        """Write Telegram's yes down; so much hangs on it that it is tried twice."""
        try:
            await self._recorded.add((delivery.claim, message_id))
        except StorageError:
            await self._recorded.add((delivery.claim, message_id))
        if self._clock() - delivery.due_at >= self._limits.late_after:
            self._count(Outcome.LATE)
        return Outcome.SENT

    async def _record(self, sent: Sequence[tuple[Claim, int]]) -> None:
        await self._store.deliveries.mark_sent(sent, now=self._clock())

    async def _cope(self, delivery: ClaimedDelivery, error: Exception) -> Outcome:
        """Do what an error asks for, then settle the delivery."""
        now = self._clock()
        chat_id = delivery.subscription.chat_id
        if isinstance(error, ChatGone):
            reason = error.reason or "chat_gone"
            await self._store.subscriptions.end(chat_id, reason, now=now)
            await self._store.chats.mark_blocked(chat_id, now=now)
        elif isinstance(error, MayNotWrite) and is_last_try(delivery, self._limits):
            await self._store.subscriptions.lose(
                chat_id, delivery.subscription.id, error.why, now=now
            )
        elif isinstance(error, ChatMoved):
            await self._store.chats.move(chat_id, error.new_chat_id, now=now)
            self._soon = now
        elif isinstance(error, TryLater) and not isinstance(error, OutOfReach):
            await self._pacer.refused(chat_id, error.retry_after)
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

    # What is under way

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._done)

    def _start_settling(
        self, delivery: ClaimedDelivery, outcome: Outcome, settlement: Settlement
    ) -> None:
        self._start(self._finish(self._settle(delivery, outcome, settlement)))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._broken.append(error)

    async def _finish(self, work: Coroutine[Any, Any, Outcome]) -> None:
        """Do the work on one delivery and count what came of it."""
        try:
            outcome = await work
        except StorageError as error:
            log.error("delivery_not_recorded", error=str(error))
            outcome = Outcome.TROUBLED
        self._count(outcome)

    def _note_trouble(self, deliveries: Sequence[ClaimedDelivery], error: BaseException) -> None:
        if not isinstance(error, StorageError):
            self._broken.append(error)
            return
        log.error("deliveries_not_recorded", deliveries=len(deliveries), error=str(error))
        self._count(Outcome.TROUBLED, len(deliveries))

    def _count(self, outcome: Outcome, count: int = 1) -> None:
        if count:
            self._counts[outcome] += count
            self._metrics.delivered(METRIC.get(outcome, outcome.value), count)
            if outcome in ENDS:
                self._metrics.delivered("due", count)


def sent_together(lined_up: Sequence[Slotted], size: int) -> list[Sequence[Slotted]]:
    """Which are noted as SENDING together: a few at a time, but what may have been sent before
    alone. To die between the note and the message costs such a one its last chance. Pure.
    """
    fresh = [each for each in lined_up if not each[0].delivery.unanswered]
    alone = [[each] for each in lined_up if each[0].delivery.unanswered]
    return [*alone, *(fresh[begin : begin + size] for begin in range(0, len(fresh), size))]


# What the operator calls it, where that is not our word.
METRIC = {Outcome.GONE: "blocked"}
# The ends of what was due. It is counted as due when it ends, since a row that is planned may be
# let go for a new wish, and planned anew.
ENDS = frozenset({Outcome.SENT, Outcome.UNKNOWN, Outcome.MISSED, Outcome.FAILED, Outcome.GONE})


def planned(
    subscription: SubscriptionToPlan, now: datetime, ahead: timedelta
) -> PlannedSubscription:
    """The days of a subscription that are due by now, or within `ahead`. Pure.

    Raises KeyError or ValueError for a zone that is not known here.
    """
    due = plan(
        now + ahead,
        subscription.local_time,
        ZoneInfo(subscription.timezone),
        subscription.scheduled_at,
        subscription.planned_through,
        subscription.weekdays,
    )
    days = tuple(
        PlannedDay(day.local_date, day.due_at, day.deadline_at, missed=day.is_missed(now))
        for day in due.days
    )
    return PlannedSubscription(days, due.planned_through, due.plan_at - ahead)


def verdict(
    delivery: ClaimedDelivery, error: Exception, now: datetime, limits: DailyLimits
) -> tuple[Outcome, Settlement]:
    """What an error makes of a delivery. Pure."""
    match error:
        case ChatGone():
            return _gone(delivery, error)
        case MayNotWrite() if is_last_try(delivery, limits):  # said of open topics too, at times
            return _gone(delivery, error)
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


def is_last_try(delivery: ClaimedDelivery, limits: DailyLimits) -> bool:
    """Whether Telegram was refusing this as often as it may. Pure."""
    return delivery.attempts >= limits.most_attempts


def _gone(delivery: ClaimedDelivery, error: ChatGone | MayNotWrite) -> tuple[Outcome, Settlement]:
    _, end = _end(delivery, Outcome.FAILED, error.why, said_no=True)
    return Outcome.GONE, end


def _once_more_or_never(
    delivery: ClaimedDelivery, error: Exception, now: datetime, limits: DailyLimits
) -> tuple[Outcome, Settlement]:
    """Another try after a while that doubles. Telegram is asked in vain so many times and no
    more; the poet, at the longest of these whiles, until the day is over."""
    said_no = isinstance(error, DeliveryError)
    reason = type(error).__name__  # not its words: they can hold a theme
    is_last = is_last_try(delivery, limits)
    if is_last and said_no:
        return _end(delivery, Outcome.FAILED, reason, said_no=True)
    at = now + limits.first_backoff * 2 ** (min(delivery.attempts, limits.most_attempts) - 1)
    # From there on it does not count: `most_claims` is for what kills its worker.
    return Outcome.RETRIED, _later(delivery, reason, at, said_no=said_no, counted=not is_last)


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
    at = max(at, delivery.due_at)  # what failed ahead of its hour is tried again in it
    return Settlement(state, reason, at, said_no=said_no, counted=counted)


def _end(
    delivery: ClaimedDelivery, outcome: Outcome, reason: str, *, said_no: bool = False
) -> tuple[Outcome, Settlement]:
    """The end. Where an earlier answer was lost, the poem may have arrived: UNKNOWN."""
    outcome = Outcome.UNKNOWN if delivery.unanswered else outcome
    return outcome, Settlement(DeliveryState(outcome), reason, None, said_no=said_no)


def seed_of(delivery: ClaimedDelivery) -> int:
    """A seed of 31 bits: another one each day, for each subscription, at each attempt, also at
    those that do not count."""
    attempt = f"{delivery.attempts}/{delivery.next_attempt_at.timestamp():.0f}"
    words = f"{delivery.subscription.id}/{delivery.local_date}/{attempt}"
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=4).digest()) >> 1


def _id(delivery: ClaimedDelivery) -> int:
    return delivery.claim.delivery_id


def _is_poem(poem: NewPoem | Failure) -> TypeGuard[NewPoem]:
    return isinstance(poem, NewPoem)
