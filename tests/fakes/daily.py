"""Fakes for the daily poem: a writer and a sender that record, and deaths at chosen moments."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from bot.errors import BotError
from bot.services.poems import DueWish, Failure
from bot.storage import NewPoem, Store, StoredPoem
from poetry_model import PoetryModelError

NOW = datetime(2026, 5, 2, tzinfo=UTC)

A_POEM = NewPoem(
    form="五绝",
    theme="夜",
    heads=None,
    first_line=None,
    lines=("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"),
    text="床前明月光，疑是地上霜。举头望明月，低头思故乡。",
    script="simplified",
    rhyme="七阳",
    seed=1,
    model="fake",
)


class Death(BaseException):
    """The process dies here: nothing of ours runs after it."""


@dataclass(frozen=True)
class Message:
    """A poem as it arrived in a chat."""

    chat_id: int
    thread_id: int | None
    poem_id: int
    seed: int
    language: str | None


class RecordingWriter:
    """Writes a poem per wish. `failures` holds errors, one a poem, that come first."""

    def __init__(self) -> None:
        self.failures: list[Exception] = []
        self.seeds: list[int] = []  # of what was asked for, failures too
        self.written: list[NewPoem] = []

    async def write_daily(self, wishes: Sequence[DueWish]) -> tuple[NewPoem | Failure, ...]:
        return tuple([self._write(wish) for wish in wishes])

    def _write(self, wish: DueWish) -> NewPoem | Failure:
        self.seeds.append(wish.seed)
        if self.failures:
            failure = self.failures.pop(0)
            if isinstance(failure, BotError | PoetryModelError):
                return failure
            raise failure
        poem = replace(A_POEM, seed=wish.seed)
        self.written.append(poem)
        return poem


class FreeLine:
    """A line of messages without limits, that notes what it is told."""

    run = 15

    def __init__(self) -> None:
        self.busy: Counter[int] = Counter()  # chats that are not free, so many times
        self.rested = timedelta(0)
        self.passed = 0  # so many slots are over before they are used
        self.refusals: list[tuple[int, float]] = []

    async def bulk(self, chat_ids: Sequence[int]) -> tuple[datetime | None, ...]:
        return tuple([None if self._is_busy(chat_id) else NOW for chat_id in chat_ids])

    def _is_busy(self, chat_id: int) -> bool:
        self.busy[chat_id] -= 1
        return self.busy[chat_id] >= 0

    async def near(self, slot: datetime, lead: timedelta) -> None:
        await asyncio.sleep(0)

    async def turn(self, slot: datetime, chat_id: int) -> bool:
        await asyncio.sleep(0)
        self.passed -= 1
        return self.passed < 0

    async def wait_of(self, chat_id: int) -> timedelta:
        return timedelta(seconds=self.busy[chat_id])

    async def rest(self, time: timedelta) -> None:
        self.rested += time
        await asyncio.sleep(0)

    def answered(self) -> None:
        pass

    async def refused(self, chat_id: int, retry_after: float) -> None:
        self.refusals.append((chat_id, retry_after))


class RecordingSender:
    """Notes what arrives. `answers` holds, per chat, what happens instead, one a call.

    An answer is an error to raise before anything arrives, or (`after`) after it arrived.
    """

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.asked: Counter[int] = Counter()
        self.answers: defaultdict[int, list[BaseException]] = defaultdict(list)
        self.after: defaultdict[int, list[BaseException]] = defaultdict(list)
        self.meanwhile: Callable[[], Any] | None = None

    async def send_poem(
        self,
        chat_id: int,
        thread_id: int | None,
        poem: StoredPoem,
        *,
        language: str | None,
        day: date | None = None,
    ) -> int:
        self.asked[chat_id] += 1
        if self.meanwhile:
            await self.meanwhile()
        if self.answers[chat_id]:
            raise self.answers[chat_id].pop(0)
        self.arrived.append(Message(chat_id, thread_id, poem.id, poem.seed, language))
        if self.after[chat_id]:
            raise self.after[chat_id].pop(0)
        return len(self.arrived)


class _Dying:
    """Something that dies once, before or after the first call of one of its methods."""

    def __init__(self, real: object, method: str, moment: str) -> None:
        self._real = real
        self._method = method
        self._moment = moment

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        return self._dies(real) if name == self._method else real

    def _dies(self, real: Any) -> Any:
        async def call(*args: Any, **options: Any) -> Any:
            if self._moment == "after":
                await real(*args, **options)
            raise Death(f"{self._moment} {self._method}")

        return call


def store_that_dies(store: Store, part: str, method: str, moment: str) -> Store:
    """The store, but `store.<part>.<method>` ends the process "before" or "after" its work."""
    parts = {
        name: getattr(store, name)
        for name in ("chats", "poems", "subscriptions", "planner", "deliveries")
    }
    parts[part] = _Dying(parts[part], method, moment)
    return cast("Store", type("DyingStore", (), parts)())
