"""Telling everybody something, from the database: begun once, gone on with by any process.

1. Before anything is sent there is a row for every chat that is to hear it.
2. Rows are taken a run at a time, with a lease, and sent at the pace that all processes share,
   behind the answers to people. No transaction is open while Telegram is asked.
3. Right before Telegram is asked, at its slot, the row says so. A lost answer ends the row
   as unknown: it is better that somebody misses an announcement than that they get it twice.
4. A 429 waits as long as Telegram says, and counts as not sent. Who blocked the bot is
   remembered so. What can't be sent for a day is given up.
5. The operator's message shows how far it is, every few seconds, and in the end what came of it;
   then the broadcast is finished. A process that dies before that leaves it to the next one.

It knows neither Telegram nor SQL.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    DeliveryError,
    MayNotWrite,
    OutOfReach,
    StorageError,
    TryLater,
)
from bot.services.gathering import Gathering
from bot.services.pacing import Pacer
from bot.storage import Broadcast, BroadcastProgress, MessageState, Store

log = structlog.stdlib.get_logger(__name__)


class Sends(Protocol):
    """Sends a text in Telegram's HTML. Raises the children of DeliveryError."""

    async def send_html(self, chat_id: int, html: str) -> int: ...


class Shows(Protocol):
    """Shows the operator how far it is. Raises nothing: what can't be shown is let be."""

    async def show(self, broadcast: Broadcast, progress: BroadcastProgress) -> None: ...


@dataclass(frozen=True)
class BroadcastLimits:
    """How long things may take."""

    lease: timedelta = timedelta(minutes=3)  # after which others may take a claimed row
    send_timeout: timedelta = timedelta(seconds=60)  # after which an answer counts as lost
    lead: timedelta = timedelta(seconds=0.1)  # before its slot a row says that Telegram is asked
    not_free: timedelta = timedelta(seconds=2)  # until a chat that was not free is tried again
    show_every: timedelta = timedelta(seconds=3)
    give_up_after: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        if self.lease <= self.send_timeout:
            raise ValueError("the lease must outlast the wait for an answer")


class Broadcasts:
    """Goes on with what was started, each time it is woken."""

    def __init__(
        self,
        store: Store,
        sender: Sends,
        desk: Shows,
        pacer: Pacer,
        *,
        clock: Callable[[], datetime],
        limits: BroadcastLimits | None = None,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._sender = sender
        self._desk = desk
        self._pacer = pacer
        self._clock = clock
        self._limits = limits or BroadcastLimits()
        self._stopwatch = stopwatch
        self._sent = Gathering(self._record)

    async def wake(self, *, keep_going: Callable[[], bool] = lambda: True) -> None:
        """Send what is waiting; a run that is begun comes to its end when `keep_going` turns
        false. Raises StorageError when the database is away."""
        for broadcast in await self._store.broadcasts.unfinished():
            await self._go_on(broadcast, keep_going)

    async def _go_on(self, broadcast: Broadcast, keep_going: Callable[[], bool]) -> None:
        """Run after run, until nothing is left that this process could take. The next run gets
        its slots while the last is on its way, so that the line has no holes."""
        rows, shown_at = self._store.broadcasts, self._stopwatch()
        runs: deque[asyncio.Task[None]] = deque()
        try:
            while keep_going():
                chats = await self._start_run(broadcast, runs)
                if len(runs) > 1 or (runs and not chats):
                    await runs.popleft()
                progress = await rows.progress(broadcast.id)
                if progress.is_done:
                    return await self._finish(broadcast, progress)
                idle = not chats and not runs  # others have the rest, or it waits for its time
                if idle or self._is_time_to_show(shown_at):
                    await self._desk.show(broadcast, progress)
                    shown_at = self._stopwatch()
                if idle:
                    return None
        finally:
            await asyncio.gather(*runs)

    async def _start_run(
        self, broadcast: Broadcast, runs: "deque[asyncio.Task[None]]"
    ) -> Sequence[int]:
        """Take some chats, and begin to send when there is room for them; which they are."""
        rows, now = self._store.broadcasts, self._clock()
        lease = now + self._limits.lease
        await rows.close(broadcast.id, begun_after=now - self._limits.give_up_after, now=now)
        chats = await rows.claim(broadcast.id, now=now, limit=self._pacer.run, lease_until=lease)
        if chats:
            slots = await self._pacer.bulk(chats)
            run = self._send_run(broadcast, dict(zip(chats, slots, strict=True)), lease)
            runs.append(asyncio.create_task(run))
        return chats

    def _is_time_to_show(self, shown_at: float) -> bool:
        return self._stopwatch() - shown_at >= self._limits.show_every.total_seconds()

    async def _finish(self, broadcast: Broadcast, progress: BroadcastProgress) -> None:
        """What came of it is shown before it is finished, so that it is shown at least once."""
        now_known = await self._store.broadcasts.get(broadcast.id) or broadcast
        await self._desk.show(now_known, progress)
        await self._store.broadcasts.finish(broadcast.id, now=self._clock())
        log.info("broadcast_finished", broadcast=broadcast.id, **vars(progress))

    async def _send_run(
        self, broadcast: Broadcast, slots: "dict[int, datetime | None]", lease: datetime
    ) -> None:
        """One run, each chat at its slot; a chat that is not free soon is put back."""
        sends = [self._send_at(broadcast, chat_id, slot, lease) for chat_id, slot in slots.items()]
        results = await asyncio.gather(*sends, return_exceptions=True)
        for bug in (each for each in results if isinstance(each, BaseException)):
            raise bug  # after everybody had their turn

    async def _send_at(
        self, broadcast: Broadcast, chat_id: int, slot: datetime | None, lease: datetime
    ) -> None:
        try:
            if slot is None:
                await self._put_back(broadcast, chat_id, self._limits.not_free)
                return
            await self._pacer.near(slot, self._limits.lead)
            if await self._begin(broadcast, chat_id, lease):
                await self._send_in_slot(broadcast, chat_id, slot)
        except StorageError as error:  # the row's lease will run out
            log.error("broadcast_not_recorded", broadcast=broadcast.id, error=str(error))

    async def _begin(self, broadcast: Broadcast, chat_id: int, lease: datetime) -> bool:
        lease_until = self._clock() + self._limits.lease
        return await self._store.broadcasts.begin(
            broadcast.id, chat_id, lease=lease, lease_until=lease_until
        )

    async def _send_in_slot(self, broadcast: Broadcast, chat_id: int, slot: datetime) -> None:
        if await self._pacer.turn(slot, chat_id):
            await self._send(broadcast, chat_id)
        else:  # this process was held up: the slot is gone
            await self._put_back(broadcast, chat_id, self._limits.not_free)

    async def _send(self, broadcast: Broadcast, chat_id: int) -> None:
        try:
            async with asyncio.timeout(self._limits.send_timeout.total_seconds()):
                await self._sender.send_html(chat_id, broadcast.text)
        except TimeoutError:
            await self._cope(broadcast, chat_id, AnswerLost(chat_id, "no answer in time"))
        except DeliveryError as error:
            await self._cope(broadcast, chat_id, error)
        else:
            self._pacer.answered()
            await self._sent.add((broadcast.id, chat_id))

    async def _cope(self, broadcast: Broadcast, chat_id: int, error: DeliveryError) -> None:
        match error:
            case TryLater(retry_after=seconds):
                if not isinstance(error, OutOfReach):
                    await self._pacer.refused(chat_id, seconds)
                await self._put_back(broadcast, chat_id, timedelta(seconds=max(seconds, 1)))
            case ChatMoved(new_chat_id=new_id):
                await self._store.chats.move(chat_id, new_id, now=self._clock())
                await self._store.broadcasts.redirect(broadcast.id, chat_id, new_id)
            case ChatGone():
                await self._store.chats.mark_blocked(chat_id, now=self._clock())
                await self._store.subscriptions.end(chat_id, "blocked", now=self._clock())
                await self._settle(broadcast, chat_id, MessageState.BLOCKED)
            case MayNotWrite():  # there; its daily poems may go to a topic that is open
                await self._settle(broadcast, chat_id, MessageState.BLOCKED)
            case AnswerLost():
                await self._settle(broadcast, chat_id, MessageState.UNKNOWN)
            case _:
                await self._settle(broadcast, chat_id, MessageState.FAILED)

    async def _put_back(self, broadcast: Broadcast, chat_id: int, wait: timedelta) -> None:
        until = self._clock() + wait
        await self._store.broadcasts.put_back(broadcast.id, chat_id, until=until)

    async def _settle(self, broadcast: Broadcast, chat_id: int, state: MessageState) -> None:
        row = (broadcast.id, chat_id)
        await self._store.broadcasts.settle([row], state, now=self._clock())

    async def _record(self, rows: Sequence[tuple[int, int]]) -> None:
        await self._store.broadcasts.settle(rows, MessageState.SENT, now=self._clock())
