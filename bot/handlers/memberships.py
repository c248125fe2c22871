"""The bot's own standing in a chat: blocked, removed, let in again, or the chat moved to another
id."""

import structlog
from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import TelegramError

from bot.handlers.returning import tell_of_lost
from bot.handlers.visit import Context, HandlerCallback, Parts, Visit
from bot.locales import language_of, speak

log = structlog.stdlib.get_logger(__name__)
_GONE = {ChatMember.LEFT, ChatMember.BANNED}


def membership_changed(parts: Parts) -> HandlerCallback:
    """my_chat_member: who blocks the bot or removes it gets no daily poem any more; who lets it
    in again is told so."""

    async def callback(update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in _GONE:
            await leave(change.chat.id, parts)
            return
        known = await parts.store.chats.get(change.chat.id)
        visit = await Visit.begin(update, context.application, parts)
        if _is_new_here(change) and (known is None or known.blocked_at is not None):
            await _greet(change)
        await tell_of_lost(visit)

    return callback


def _is_new_here(change: ChatMemberUpdated) -> bool:
    """Whether somebody has just let the bot into a group."""
    in_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    return in_group and change.old_chat_member.status in _GONE


async def _greet(change: ChatMemberUpdated) -> None:
    """What can be done here, once, in the language of who let the bot in."""
    say = speak(language_of(change.from_user.language_code))
    bot = change.get_bot()
    try:
        await bot.send_message(
            change.chat.id, say("welcome-html", bot=bot.username), parse_mode=ParseMode.HTML
        )
    except TelegramError as error:  # a group where the bot may not write is left in peace
        log.info("a group was not greeted", chat_id=change.chat.id, error=str(error))


def group_migrated(parts: Parts) -> HandlerCallback:
    """The service message of a group that became a supergroup: everything follows."""

    async def callback(update: Update, _: Context) -> None:
        message = update.message
        if message is not None and message.migrate_to_chat_id is not None:
            await follow(message.chat.id, message.migrate_to_chat_id, parts)

    return callback


async def leave(chat_id: int, parts: Parts) -> None:
    """Nothing more is sent to a chat that does not want the bot."""
    now = parts.clock()
    await parts.store.chats.mark_blocked(chat_id, now=now)
    await parts.store.subscriptions.end(chat_id, "blocked", now=now)
    log.info("chat left", chat_id=chat_id)


async def follow(old_id: int, new_id: int, parts: Parts) -> None:
    """What belonged to the group belongs to the supergroup now."""
    await parts.store.chats.move(old_id, new_id, now=parts.clock())
    log.info("chat moved", chat_id=old_id, new_chat_id=new_id)
