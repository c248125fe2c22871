"""Tells operators of errors nobody foresaw. What is told, and how often, is decided in
`bot.services.error_reports`; that it can't be told never becomes an error of its own."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.errors import StorageError
from bot.locales import DEFAULT, Say, known_language, speak
from bot.services.error_reports import ErrorReport, Throttle
from bot.storage import Store

log = structlog.stdlib.get_logger(__name__)


class ErrorReports:
    """Reports, to every chat of the operators."""

    def __init__(
        self,
        bot: ExtBot[Any],
        store: Store,
        admin_chat_ids: Iterable[int],
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._store = store
        self._chat_ids = tuple(admin_chat_ids)
        self._clock = clock
        self._throttle = Throttle()

    async def tell(
        self, error: BaseException, *, during: str, update_id: int | None = None
    ) -> None:
        """Tells of an error, unless it is told often enough, or is Telegram's absence: who
        could be told of that?"""
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            return
        report = self._throttle.admit(error, during=during, update_id=update_id, now=self._clock())
        if report is not None:
            for chat_id in self._chat_ids:
                await self._send(chat_id, report)

    async def _send(self, chat_id: int, report: ErrorReport) -> None:
        text = report_html(report, await self._say(chat_id))
        try:
            await self._bot.send_message(chat_id, text, parse_mode=ParseMode.HTML)
        except TelegramError as error:
            log.warning("an operator could not be told of an error", error=error.message)

    async def _say(self, chat_id: int) -> Say:
        """The language of the chat; the database may be what is broken."""
        try:
            chat = await self._store.chats.get(chat_id)
        except StorageError:
            chat = None
        spoken = (chat.language or chat.heard_language) if chat else None
        return speak(known_language(spoken) or DEFAULT)


def report_html(report: ErrorReport, say: Say) -> str:
    """Class, place and kind; no word of anybody's."""
    during = report.during
    if report.update_id is not None:
        during += f" · update {report.update_id}"
    text = say("report-html", error=report.error, place=report.place or "?", during=during)
    if report.held_back:
        text += "\n" + say("report-held-back-html", count=report.held_back)
    return text
