"""Who is served when: updates of one person in one chat one after the other, others beside.

It does not know what an update asks for.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor


class Turns(BaseUpdateProcessor):
    """The library's queue of updates, with a lock for each (chat, person).

    One person's waiting updates count among the `at_once`, so that number is high: it bounds
    memory; the locks and the poet's queue bound the work.
    It also notices a button tapped again while its first tap is still being served.
    """

    def __init__(self, at_once: int = 1024) -> None:
        super().__init__(at_once)
        self._locks: dict[tuple[int, int], tuple[asyncio.Lock, int]] = {}
        self._taps: set[tuple[int, int, int, str]] = set()
        self._repeated: set[int] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Serves the update when the person's earlier ones are done."""
        tap = _tap_of(update)
        first = tap is None or tap not in self._taps
        if tap and first:
            self._taps.add(tap)
        if not first and isinstance(update, Update):
            self._repeated.add(update.update_id)
        try:
            await self._in_turn(_person(update), coroutine)
        finally:
            if tap and first:
                self._taps.discard(tap)
            if isinstance(update, Update):
                self._repeated.discard(update.update_id)

    def is_repeated(self, update: Update) -> bool:
        """Whether this tap came while the same one was being served."""
        return update.update_id in self._repeated

    async def _in_turn(self, person: tuple[int, int] | None, coroutine: Awaitable[Any]) -> None:
        if person is None:
            await coroutine
            return
        lock, waiting = self._locks.get(person, (asyncio.Lock(), 0))
        self._locks[person] = lock, waiting + 1
        try:
            async with lock:
                await coroutine
        finally:
            lock, waiting = self._locks[person]
            if waiting == 1:
                del self._locks[person]
            else:
                self._locks[person] = lock, waiting - 1

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _person(update: object) -> tuple[int, int] | None:
    if not isinstance(update, Update) or update.effective_user is None:
        return None
    chat = update.effective_chat
    return (chat.id if chat else 0, update.effective_user.id)


def _tap_of(update: object) -> tuple[int, int, int, str] | None:
    query = update.callback_query if isinstance(update, Update) else None
    if query is None or query.message is None or query.data is None:
        return None
    return (query.from_user.id, query.message.chat.id, query.message.message_id, query.data)
