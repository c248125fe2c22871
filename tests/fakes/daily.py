"""Fakes for the daily poem: a writer and a sender that record, and deaths at chosen moments."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from bot.storage import NewPoem, NewRequest, Store, StoredPoem, Subscription

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
    language: str | None


class RecordingWriter:
    """Stores a poem per wish. `failures` holds errors to raise first, one a call."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = now
        self.failures: list[Exception] = []
        self.written: list[StoredPoem] = []

    async def write_daily(self, subscription: Subscription, *, seed: int) -> StoredPoem:
        if self.failures:
            raise self.failures.pop(0)
        request = NewRequest(
            subscription.chat_id, subscription.user_id, "daily", None, "", None, None, 1.0
        )
        poem = await self._store.poems.add(replace(A_POEM, seed=seed), request, now=self._now)
        self.written.append(poem)
        return poem


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
        self, chat_id: int, thread_id: int | None, poem: StoredPoem, *, language: str | None
    ) -> int:
        self.asked[chat_id] += 1
        if self.meanwhile:
            await self.meanwhile()
        if self.answers[chat_id]:
            raise self.answers[chat_id].pop(0)
        self.arrived.append(Message(chat_id, thread_id, poem.id, language))
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
        for name in ("chats", "poems", "favourites", "subscriptions", "deliveries")
    }
    parts[part] = _Dying(parts[part], method, moment)
    return cast("Store", type("DyingStore", (), parts)())
