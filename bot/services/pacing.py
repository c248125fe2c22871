"""When a message may go: Telegram's limits, kept by all processes together.

    30 a second over all · one a second in a chat · 20 a minute in a group · pauses after a 429

Every message takes a slot on one line, and its chat must be free at that slot. The line is a
row of the database (`bot.storage.rates`), so it is one line for all replicas. Two ways in:

- `reply`, for answers to people: waits until this message may go. It always gets the next slot.
- `bulk`, for daily poems and broadcasts: a slot for each of a short run of chats, which the
  caller makes ready for (`near`) and waits for (`turn`) before it sends. The line is only taken
  while it is shorter than `horizon`, and only a `run` at a time, so that a reply never waits
  longer than about a second behind the bulk, and the sum of both never exceeds the limit.

A process that was held up must not make good for it at once: its messages keep their distance
from each other, and those of a chat from each other, whenever they go; and a slot of the bulk
that is over by more than `grace` is given up. Where the database is slow to answer, slots are
taken, and messages made ready for them, so much earlier as that takes (`Punctuality`); and where
nothing helps, late is better than never. What leaves at an even pace arrives at one that is
not quite even: that is why each rate is a little below what Telegram allows.

Whoever sends tells what came of it: `answered` or `refused`. A 429 pauses the chat it concerns.
When Telegram refuses one chat after the other, it means all of us, and everything pauses:
`means_everyone` decides that, and is pure. This module knows neither Telegram nor SQL.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.services.punctuality import Punctuality
from bot.storage import Rate, RateStore

EVERYTHING = "all"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
Clock = Callable[[], datetime]
ChatId = int | str  # a channel may be called by its @name


@dataclass(frozen=True)
class PacingLimits:
    """Telegram's limits, and how they are kept."""

    over_all: Rate = Rate(timedelta(seconds=1) / 29.1)  # noqa: RUF009 - frozen, so never shared
    distance: timedelta = timedelta(seconds=1) / 29.5  # of a process's messages, when late too
    per_chat: Rate = Rate(timedelta(seconds=1.1))  # noqa: RUF009
    # At most 7 + 60/5 in any minute: nineteen.
    per_group: Rate = Rate(timedelta(seconds=5), burst=7)  # noqa: RUF009
    run: int = 15  # slots the bulk takes in one go: half a second
    horizon: timedelta = timedelta(seconds=0.5)  # a longer line is left to the replies
    lead: timedelta = timedelta(seconds=0.3)  # before the first slot of a run: time to prepare it
    refusals: int = 5  # so many 429 in a row, of as many chats, mean everyone
    within: timedelta = timedelta(seconds=10)  # where they come in this time
    shortest_pause: timedelta = timedelta(seconds=1)
    grace: timedelta = timedelta(seconds=0.25)  # a slot older than that is given up


@dataclass(frozen=True)
class Refusal:
    """A 429: which chat, when."""

    chat_id: ChatId
    at: datetime


def means_everyone(refusals: Sequence[Refusal], limits: PacingLimits) -> bool:
    """Whether 429s that came in a row, no message getting through between, concern us all.

    One chat that is too fast gets many 429; one bot that is too fast gets them in many chats.
    """
    if not refusals:
        return False
    recent = {each.chat_id for each in refusals if refusals[-1].at - each.at <= limits.within}
    return len(recent) >= limits.refusals


class Pacer:
    """The one line all messages go through."""

    def __init__(
        self,
        rates: RateStore,
        *,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        limits: PacingLimits | None = None,
    ) -> None:
        self._rates = rates
        self._clock = clock
        self._sleep = sleep
        self._limits = limits or PacingLimits()
        self._refusals: deque[Refusal] = deque(maxlen=self._limits.refusals)
        self._punctuality = Punctuality()
        self._last_at = _LONG_AGO  # when this process sent something
        self._sent_at: dict[ChatId, datetime] = {}  # in each chat, lately; oldest first

    @property
    def run(self) -> int:
        """How many chats `bulk` takes in one go."""
        return self._limits.run

    async def reply(self, chat_id: ChatId) -> None:
        """Wait until an answer to a person may go to this chat. Raises StorageError."""
        needs = self._needs(chat_id)
        while (slot := await self._next_slot(needs)) is None:
            await self.until(await self._rates.free_at(needs))
        self._note(chat_id, await self._apart(slot, chat_id))  # however late: a person waits

    async def bulk(self, chat_ids: Sequence[ChatId]) -> tuple[datetime | None, ...]:
        """A slot for each of at most `run` chats, as soon as the line is short enough.

        None for a chat that is not free soon: try that one later. Wait for the slot with
        `turn`, then send at once; one that is not used is lost, which harms nobody.
        """
        if len(chat_ids) > self._limits.run:
            raise ValueError(f"the bulk takes at most {self._limits.run} slots at once")
        needs = [self._needs(chat_id) for chat_id in chat_ids]
        while (taken := await self._take_run(needs)) is None:
            line_ends = await self._rates.free_at({EVERYTHING: self._limits.over_all})
            await self.until(line_ends - self._limits.horizon - self._punctuality.earlier)
        return taken

    async def bulk_one(self, chat_id: ChatId) -> None:
        """Wait until a single message of the bulk may go to this chat."""
        while (slot := (await self.bulk([chat_id]))[0]) is None or not await self.turn(
            slot, chat_id
        ):
            await self.until(await self._rates.free_at(self._needs(chat_id)))

    async def near(self, slot: datetime, lead: timedelta) -> None:
        """Wait until a message has to be made ready for its slot, which takes `lead`, and more
        where it has taken more of late."""
        await self.until(slot - lead - self._punctuality.earlier)

    async def turn(self, slot: datetime, chat_id: ChatId) -> bool:
        """Wait for a slot of the bulk; then send at once. False: held up, it must not be used."""
        self._punctuality.came(slot, self._clock())
        now = await self._apart(slot, chat_id)
        if now - slot > self._limits.grace and not self._punctuality.is_hopeless(now):
            return False
        self._note(chat_id, now)
        return True

    async def until(self, moment: datetime) -> None:
        """Wait for an instant; where it is over, let the others have their turn all the same."""
        await self.rest(moment - self._clock())

    async def wait_of(self, chat_id: ChatId) -> timedelta:
        """How long this chat has no room for a message; nothing or less when it has."""
        return await self._rates.free_at(self._needs(chat_id)) - self._clock()

    async def rest(self, time: timedelta) -> None:
        """Let time pass."""
        await self._sleep(max(time.total_seconds(), 0.0))

    def answered(self) -> None:
        """A message got through: what was refused before concerned its own chats."""
        self._refusals.clear()

    async def refused(self, chat_id: ChatId, retry_after: float) -> None:
        """Telegram said 429 for this chat: it pauses, or everything does."""
        now = self._clock()
        self._refusals.append(Refusal(chat_id, now))
        keys = [_chat(chat_id)]
        if means_everyone(self._refusals, self._limits):
            keys.append(EVERYTHING)
        wait = max(timedelta(seconds=retry_after), self._limits.shortest_pause)
        await self._rates.pause(keys, now + wait)

    async def _apart(self, slot: datetime, chat_id: ChatId) -> datetime:
        """Wait for the slot, and for the distance to what this process sent before; the instant
        it has become."""
        if self._clock() < self._last_at:  # the clock was set back: nobody waits for that
            self._last_at = _LONG_AGO
            self._sent_at.clear()
        while (now := self._clock()) < (at := max(slot, self._may_send_at(chat_id))):
            await self.until(at)
        return now

    def _may_send_at(self, chat_id: ChatId) -> datetime:
        at = self._last_at + self._limits.distance
        last = self._sent_at.get(chat_id)
        return at if last is None else max(at, last + self._limits.per_chat.interval)

    def _note(self, chat_id: ChatId, now: datetime) -> None:
        """Remember what is sent now, as long as it matters."""
        self._last_at = now
        self._sent_at.pop(chat_id, None)
        self._sent_at[chat_id] = now
        while now - next(iter(self._sent_at.values())) > self._limits.per_chat.interval:
            del self._sent_at[next(iter(self._sent_at))]

    async def _next_slot(self, needs: dict[str, Rate]) -> datetime | None:
        """The next slot of all; None when the chat is not free then."""
        now = self._clock()
        taken = await self._rates.take(EVERYTHING, self._limits.over_all, [needs], now=now)
        return taken[0] if taken else None

    async def _take_run(
        self, needs: Sequence[dict[str, Rate]]
    ) -> tuple[datetime | None, ...] | None:
        """A run of slots; None when the line is too long."""
        limits = self._limits
        begin = self._clock() + limits.lead + self._punctuality.earlier
        beyond = limits.horizon - limits.lead
        return await self._rates.take(EVERYTHING, limits.over_all, needs, now=begin, horizon=beyond)

    def _needs(self, chat_id: ChatId) -> dict[str, Rate]:
        """The keys beside the line that must be free. Groups have ids below zero."""
        needs = {_chat(chat_id): self._limits.per_chat}
        if isinstance(chat_id, str) or chat_id < 0:
            needs[f"group:{chat_id}"] = self._limits.per_group
        return needs


def _chat(chat_id: ChatId) -> str:
    return f"chat:{chat_id}"
