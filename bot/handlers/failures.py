"""The top-level error handler: what nobody else caught. The only place for any exception.

What users wrote is not logged, only where it went wrong.
"""

from contextlib import suppress
from html import escape

import structlog
from telegram import LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import StorageError
from bot.handlers.answered import carried_html
from bot.handlers.keyboards import retry_keyboard
from bot.handlers.memberships import follow, leave
from bot.handlers.refusals import refusal_of
from bot.handlers.visit import Context, Parts
from bot.locales import Say, known_language, language_of, speak

log = structlog.stdlib.get_logger(__name__)


class Failures:
    """Knows what to do about an error that reached the top."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, update: object, context: Context) -> None:
        """Settles what can be settled, and apologises for the rest."""
        error = context.error
        if not isinstance(update, Update):
            await self._without_update(error, context)
            return
        chat_id = update.effective_chat.id if update.effective_chat else None
        if (refusal := refusal_of(error)) is not None:
            log.info("an answer is not allowed", update_id=update.update_id, why=refusal.why)
        elif isinstance(error, Forbidden) and chat_id is not None:
            await leave(chat_id, self._parts)
        elif isinstance(error, ChatMigrated) and chat_id is not None:
            await follow(chat_id, error.new_chat_id, self._parts)
        elif isinstance(error, InvalidToken):
            log.error("Telegram does not accept the token", update_id=update.update_id)
            self._parts.turns.leave(update)  # the process ends of it: see bot.running
        elif isinstance(error, RetryAfter):  # an apology would have to wait as well
            self._parts.metrics.failed(type(error).__name__)
            log.error("Telegram asks for more patience than anybody has", error=str(error))
        elif isinstance(error, BadRequest) and "query is too old" in error.message.lower():
            log.info("an answer came too late", update_id=update.update_id)
        else:
            self._parts.metrics.failed(type(error).__name__)
            log.error("an update failed", update_id=update.update_id, exc_info=error)
            await self._take_back(update, context)
            await _apologise(update, context, await self._say(update))
            if error is not None:
                kind = next((name for name in update.to_dict() if name != "update_id"), "update")
                await self._parts.reports.tell(error, during=kind, update_id=update.update_id)

    async def _take_back(self, update: Update, context: Context) -> None:
        """What held the place of an answer that does not come."""
        left, where = self._parts.turns.placeholder(update), update.effective_chat
        if left is not None and where is not None:
            with suppress(TelegramError):
                await context.bot.delete_message(where.id, left)

    async def _without_update(self, error: Exception | None, context: Context) -> None:
        """What a job or a task of ours raised, or the poller."""
        _log_without_update(error)
        if error is not None and not isinstance(error, Conflict):
            job = context.job.name if context.job else None
            await self._parts.reports.tell(error, during=job or "background")

    async def _say(self, update: Update) -> Say:
        """In the chat's language, if the database can be asked for it."""
        where, who = update.effective_chat, update.effective_user
        chosen = None
        if where is not None:
            with suppress(StorageError):
                chat = await self._parts.store.chats.get(where.id)
                chosen = known_language(chat.language) if chat else None
        return speak(chosen or language_of(who.language_code if who else None))


def _log_without_update(error: Exception | None) -> None:
    """The connection to Telegram comes and goes: a line is enough for that."""
    if isinstance(error, Conflict):
        log.error("another process polls with the same token", error=str(error))
    elif isinstance(error, NetworkError):
        log.warning("Telegram is out of reach", error=str(error))
    else:
        log.error("something failed", exc_info=error)


async def _apologise(update: Update, context: Context, say: Say) -> None:
    """One sentence and a button that does the same again."""
    asked = update.message or (update.callback_query.message if update.callback_query else None)
    if asked is None or update.effective_user is None:
        return
    query = update.callback_query
    topic = (
        asked.message_thread_id if isinstance(asked, Message) and asked.is_topic_message else None
    )
    if query is not None:
        with suppress(TelegramError):  # it is answered already, most of the time
            await query.answer()
    try:
        await context.bot.send_message(
            asked.chat.id,
            carried_html(update.message, context.bot.bot) + escape(say("went-wrong")),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            message_thread_id=topic,
            reply_markup=retry_keyboard(say, query.data if query else None),
            reply_parameters=ReplyParameters(asked.message_id, allow_sending_without_reply=True),
        )
    except TelegramError as error:
        log.warning("the apology was not sent", error=str(error))
