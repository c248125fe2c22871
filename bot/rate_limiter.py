"""Telegram's limits for every call of the bot: messages wait for their slot, and a 429 is heeded.

What counts as a message takes a slot of the one line all processes share
(`bot.services.pacing`); everything else, such as the answer to a tap, goes at once. A 429
pauses the chat it is about, and the call is made again: nothing is lost. How a call is to go is
said by its `rate_limit_args`: nothing for an answer to a person, BULK for what may wait behind
the answers, ONCE for what has its slot already and is repeated by somebody else's diary.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.errors import StorageError
from bot.services.pacing import ChatId, Pacer

BULK = 1
ONCE = -1
_TRIES = 4  # of one call; Telegram says how long to wait between them
_LONGEST = 120.0  # seconds; who is told to wait longer has to hear of it
_MESSAGES = ("send", "forward", "copy")  # what the names of methods that make messages begin with
_NO_MESSAGES = ("sendChatAction",)

Answer = bool | dict[str, Any] | list[dict[str, Any]]

log = structlog.stdlib.get_logger(__name__)


class RateLimiter(BaseRateLimiter[int]):
    """Lets calls go when they may."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Makes the call, again after each 429 that asks for a bearable patience."""
        if rate_limit_args == ONCE:
            return await callback(*args, **kwargs)
        chat_id = _chat_of_message(endpoint, data)
        for tries_left in reversed(range(_TRIES)):
            await self._wait(chat_id, rate_limit_args)
            try:
                answer = await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds(error)
                if not tries_left or wait > _LONGEST:
                    raise
                log.info("telegram_says_wait", method=endpoint, seconds=wait)
                await self._heed(chat_id, wait)
            else:
                if chat_id is not None:
                    self._pacer.answered()
                return answer
        raise AssertionError("the last try returns or raises")

    async def _wait(self, chat_id: ChatId | None, manner: int | None) -> None:
        """Until the message may go. Without a database it goes: Telegram knows its limits too."""
        if chat_id is None:
            return
        try:
            await (self._pacer.bulk_one if manner == BULK else self._pacer.reply)(chat_id)
        except StorageError as error:
            log.warning("a message goes without its slot", error=str(error))

    async def _heed(self, chat_id: ChatId | None, wait: float) -> None:
        """The chat pauses for all processes; what is no message pauses by itself."""
        if chat_id is None:
            await asyncio.sleep(wait)
            return
        try:
            await self._pacer.refused(chat_id, wait)
        except StorageError:
            await asyncio.sleep(wait)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait if isinstance(wait, int) else wait.total_seconds())


def _chat_of_message(endpoint: str, data: dict[str, Any]) -> ChatId | None:
    """The chat this call brings a message to, if it does."""
    if endpoint in _NO_MESSAGES or not endpoint.startswith(_MESSAGES):
        return None
    chat_id = data.get("chat_id")
    return chat_id if isinstance(chat_id, int | str) else None
