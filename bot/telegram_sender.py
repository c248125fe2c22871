"""Sends what comes unasked, daily poems and broadcasts, and says in our own words what
Telegram answered.

The difference that matters to the caller: was it surely not sent, or does nobody know?
It does not repeat anything; whoever keeps the diary decides that.
"""

from datetime import date
from typing import Any

import httpx
import structlog
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    DeliveryError,
    DeliveryRefused,
    OutOfReach,
    TryLater,
)
from bot.handlers.keyboards import poem_keyboard
from bot.handlers.occasions import occasion_html, occasion_of
from bot.handlers.refusals import refusal_of
from bot.handlers.rendering import poem_html
from bot.locales import known_language, language_of, speak
from bot.rate_limiter import ONCE, seconds
from bot.storage import StoredPoem

log = structlog.stdlib.get_logger(__name__)

_SOON = 30.0  # seconds until Telegram is asked again after an outage
_GONE = ("chat not found", "user is deactivated", "group chat was deactivated", "peer_id_invalid")
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class TelegramSender:
    """PoemSender of the daily service and Sends of the broadcasts, on a real bot."""

    def __init__(self, bot: ExtBot[Any]) -> None:
        self._bot = bot

    async def send_poem(
        self,
        chat_id: int,
        thread_id: int | None,
        poem: StoredPoem,
        *,
        language: str | None,
        day: date | None = None,
    ) -> int:
        """The id of the message; raises a DeliveryError that says what is known."""
        say = speak(known_language(language) or language_of(language))
        try:
            message = await self._bot.send_message(
                chat_id,
                occasion_html(occasion_of(poem, day), say) + poem_html(poem, say),
                parse_mode=ParseMode.HTML,
                message_thread_id=thread_id,
                reply_markup=poem_keyboard(poem, say, kept=False),
                rate_limit_args=ONCE,
            )
        except TelegramError as error:
            raise delivery_error(chat_id, error) from error
        return message.message_id

    async def send_html(self, chat_id: int, html: str) -> int:
        """As `send_poem`, of a text in Telegram's HTML."""
        try:
            message = await self._bot.send_message(
                chat_id, html, parse_mode=ParseMode.HTML, rate_limit_args=ONCE
            )
        except TelegramError as error:
            raise delivery_error(chat_id, error) from error
        return message.message_id


class PictureChat:
    """KeepsPictures of inline mode: a chat where pictures are put to get their file_ids."""

    def __init__(self, bot: ExtBot[Any], chat_id: int) -> None:
        self._bot = bot
        self._chat_id = chat_id

    async def keep(self, jpeg: bytes) -> str | None:
        """The file_id; None, with a line in the log, where Telegram does not take it."""
        try:
            message = await self._bot.send_photo(
                self._chat_id, jpeg, disable_notification=True, rate_limit_args=ONCE
            )
        except TelegramError as error:
            log.warning("PICTURE_CHAT_ID takes no picture", error=str(error))
            return None
        return message.photo[-1].file_id if message.photo else None


def delivery_error(chat_id: int, error: TelegramError) -> DeliveryError:
    """What Telegram's answer means for a delivery."""
    if isinstance(error, ChatMigrated):
        return ChatMoved(chat_id, error.new_chat_id)
    if isinstance(error, RetryAfter):
        return TryLater(chat_id, seconds(error))
    if (refusal := refusal_of(error)) is not None:
        return refusal(chat_id, error.message)
    if isinstance(error, Forbidden):
        return ChatGone(chat_id, error.message)
    if isinstance(error, BadRequest):
        gone = any(text in error.message.lower() for text in _GONE)
        return (ChatGone if gone else DeliveryRefused)(chat_id, error.message)
    if isinstance(error, NetworkError):
        return _network_error(chat_id, error)
    if isinstance(error, InvalidToken):  # no word about the chat; the process ends of it
        return OutOfReach(chat_id, _SOON)
    return DeliveryRefused(chat_id, error.message)


def _network_error(chat_id: int, error: NetworkError) -> DeliveryError:
    """No connection: not sent. No answer on a connection: nobody knows. A 5xx is an answer."""
    if isinstance(error.__cause__, _NOT_SENT):
        return OutOfReach(chat_id, _SOON)
    if isinstance(error, TimedOut) or isinstance(error.__cause__, httpx.HTTPError):
        return AnswerLost(chat_id, error.message)
    if "gateway" in error.message.lower():  # between us and Telegram: it may have arrived
        return AnswerLost(chat_id, error.message)
    return OutOfReach(chat_id, _SOON)
