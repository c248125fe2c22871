"""The application's queue of updates, with the database behind it.

An update is committed before Telegram is told that we have it; from then on it is served by
whichever process claims it, at most twice, and put away when it is served. The queue of the
library holds only what this process has claimed and is about to begin. It does not know how
an update is served.

                     keep                     take                     done
    polling, webhook ────▶ table `updates` ────────▶ this queue ─▶ Turns ────▶ put away
                               ▲                        │ process dies: its lease runs out
                               └────────────────────────┘ process stops: let go at once
"""

import asyncio
import json
import math
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.errors import StorageError
from bot.handlers.senders import sender_of
from bot.storage import ClaimedUpdate, NewUpdate, UpdateStore
from bot.storage.updates import ALBUM, INLINE

LEASE = timedelta(seconds=15)  # so long after a process died, others take over what it held
_RENEWED = 4.0  # seconds between two renewals of the leases of what is being served
_TIDIED = 15.0
LOOK = 1.0  # seconds after which the database is asked for what other processes left
AT_ONCE = 256  # updates in the hands of this process; the others stay where all can take them
_BATCH = 64  # claimed in one go
_LARGEST_ID = 2**63 - 1
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, TelegramError)

log = structlog.stdlib.get_logger(__name__)


def now_utc() -> datetime:
    """Leases are a matter between processes: they live by the clock on the wall."""
    return datetime.now(UTC)


class Inbox(asyncio.Queue[object]):
    """What the application takes its updates from."""

    def __init__(self, updates: UpdateStore, clock: Callable[[], datetime] = now_utc) -> None:
        super().__init__()
        self.bot: Bot | None = None  # what updates are answered with
        self._updates = updates
        self._clock = clock
        self._token = uuid4().hex
        self._held: dict[int, ClaimedUpdate] = {}
        self._served: set[int] = set()  # and not yet put away in the database
        self._wake = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        self._claims = True  # until the application stops
        self._closing = False
        self._resting = False
        self._renewed = self._tidied = -math.inf
        self._away_since: float | None = None  # the database did not answer, since then

    async def keep(self, told: Iterable[object]) -> None:
        """Commits what Telegram told us, all or none. What can't be read is logged and dropped:
        refused, it would be told again for ever. Raises StorageError."""
        new = [each for each in map(read_update, told) if each is not None]
        await self._updates.keep(new, now=self._clock())
        self._wake.set()

    async def put(self, item: object) -> None:
        """Takes the application's word to stop. The poller's updates are kept already."""
        if isinstance(item, Update):
            return
        self._claims = False
        while not self.empty():  # claimed, and not begun: `close` lets them go
            self.get_nowait()
            self.task_done()
        await super().put(item)

    async def get(self) -> object:
        """The next update to serve. Claiming begins when somebody asks."""
        if self._working is None:
            self._claims, self._closing = True, False
            self._working = asyncio.create_task(self._work(), name="inbox")
        return await super().get()

    def held(self, update_id: int) -> ClaimedUpdate | None:
        """What is known of an update that is being served."""
        return self._held.get(update_id)

    async def hold_place(self, update_id: int, message_id: int) -> None:
        """Whoever serves this update, should we die, has its answer take this message's place.
        Raises StorageError."""
        await self._updates.hold_place(self._token, update_id, message_id)

    def age(self, claimed: ClaimedUpdate) -> float:
        """Seconds since it was kept."""
        return (self._clock() - claimed.received_at).total_seconds()

    def done(self, update_id: int) -> None:
        """An update is served; the next look into the database puts it away."""
        self._served.add(update_id)
        self._wake.set()

    @property
    def is_calm(self) -> bool:
        """Whether everything that was kept so far is served and put away."""
        return self._resting and not self._wake.is_set() and not self._held

    async def close(self) -> None:
        """Puts away what is served and lets go of the rest. Raises StorageError."""
        self._claims, self._closing = False, True
        self._wake.set()
        if self._working is not None:
            await self._working
            self._working = None
        await self._updates.let_go(self._token)
        self._held.clear()

    async def _work(self) -> None:
        while True:
            last = self._closing
            self._wake.clear()
            try:
                await self._look()
                await self._keep_order()
                self._reached()
            except StorageError as error:
                self._missed(error)
            if last:
                return
            await (self._rest() if self._away_since is None else asyncio.sleep(LOOK))

    def _missed(self, error: StorageError) -> None:
        """A line when the database goes; it is asked again every second."""
        if self._away_since is None:
            self._away_since = time.monotonic()
            log.error("the inbox is out of reach", error=str(error))

    def _reached(self) -> None:
        """A line when it is back."""
        if self._away_since is not None:
            seconds = round(time.monotonic() - self._away_since)
            log.warning("the inbox is within reach again", after_seconds=seconds)
            self._away_since = None

    async def _look(self) -> None:
        """Puts away what is served and claims what comes next, in one transaction."""
        served = frozenset(self._served)
        room = AT_ONCE - len(self._held) + len(served) if self._claims else 0
        limit, now = min(room, _BATCH), self._clock()
        if not served and not limit:
            return
        claimed = await self._updates.take(
            self._token, served, limit=limit, now=now, lease_until=now + LEASE
        )
        self._served -= served
        for update_id in served:
            self._held.pop(update_id, None)
        for each in claimed:
            self._begin(each)
        if limit and len(claimed) == limit:
            self._wake.set()

    def _begin(self, claimed: ClaimedUpdate) -> None:
        self._held[claimed.id] = claimed
        try:
            self.put_nowait(Update.de_json(json.loads(claimed.body), self.bot))
        except _UNREADABLE as error:
            log.error("an update can't be read any more", error=type(error).__name__)
            self.done(claimed.id)

    async def _keep_order(self) -> None:
        """Renews what is held; now and then puts away what is over."""
        now = time.monotonic()
        if self._held and now - self._renewed >= _RENEWED:
            await self._updates.renew(self._token, lease_until=self._clock() + LEASE)
            self._renewed = now
        if now - self._tidied >= _TIDIED:
            await self._updates.tidy(now=self._clock())
            self._tidied = now

    async def _rest(self) -> None:
        self._resting = True
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK):
                await self._wake.wait()
        self._resting = False


def read_update(told: object) -> NewUpdate | None:
    """What the inbox has to know of an update; None for what is none.

    >>> read_update({"update_id": 7, "poll": None})
    NewUpdate(id=7, person=None, tap=None, body='{"update_id": 7, "poll": null}')
    """
    try:
        update = Update.de_json(cast("dict[str, Any]", told), None)
        if not 0 < update.update_id <= _LARGEST_ID:
            raise ValueError("no update has this number")
        # ASCII: what Telegram escapes (half a surrogate, say) is no text a database takes.
        return NewUpdate(update.update_id, person_of(update), tap_of(update), json.dumps(told))
    except _UNREADABLE as error:
        log.error("an update could not be read", error=type(error).__name__)
        return None


def person_of(update: Update) -> str | None:
    """Who did this, in which chat; for what is asked while typing, who asks."""
    sender = sender_of(update)
    if sender is None:
        return None
    if update.inline_query is not None:
        return f"{INLINE}{sender.id}"
    chat = update.effective_chat
    return f"{chat.id if chat else 0}:{sender.id}"


def tap_of(update: Update) -> str | None:
    """The button that was tapped, and by whom; or the album that this is part of."""
    query, message = update.callback_query, update.message
    if query is not None and query.data is not None:
        shown = query.message
        place = f"{shown.chat.id}:{shown.message_id}" if shown else query.inline_message_id
        return f"{query.from_user.id}:{place}:{query.data}"
    if message is not None and message.media_group_id is not None:
        return f"{ALBUM}{message.chat.id}:{message.media_group_id}"
    return None
