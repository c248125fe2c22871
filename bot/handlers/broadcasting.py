"""/broadcast: an operator tells everybody something, after a look at it and a tap.

The text stands first, exactly as it will arrive; the message below it has the buttons, then
shows how far it is, then what came of it. Sending is the work of `bot.services.broadcasts`.
"""

from html import escape
from typing import Any

import structlog
from telegram import InlineKeyboardMarkup, Message, MessageEntity
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.handlers.admins import may_change_chat
from bot.handlers.keyboards import button
from bot.handlers.operators import is_operator
from bot.handlers.taps import BroadcastCancel, BroadcastSend, BroadcastTo
from bot.handlers.visit import Visit
from bot.locales import DEFAULT, Say, known_language, speak
from bot.services.command_names import command_apart
from bot.storage import Audience, Broadcast, BroadcastProgress

log = structlog.stdlib.get_logger(__name__)


async def broadcast(visit: Visit) -> None:
    """`/broadcast text`, or as a reply to a message with text or a caption."""
    text = _text_to_send(visit)
    if not text:
        await visit.answer(visit.say("broadcast-how"))
        return
    broadcasts = visit.parts.store.broadcasts
    draft = await broadcasts.draft(
        admin_id=visit.user_id,
        chat_id=visit.chat_id,
        language=visit.say.language,
        text=text,
        now=visit.parts.clock(),
    )
    await visit.answer(text, html=True)
    question, keyboard = await _question(visit, draft)
    asked = await visit.answer(question, keyboard, html=True)
    await broadcasts.set_message(draft.id, asked.message_id)


async def choose_audience(visit: Visit, tap: BroadcastTo) -> None:
    """People only, or groups too."""
    draft = await _own(visit, tap.broadcast_id)
    if draft is None:
        return
    if await visit.parts.store.broadcasts.set_audience(draft.id, tap.audience):
        draft = await visit.parts.store.broadcasts.get(draft.id) or draft
        await visit.edit(*await _question(visit, draft), html=True)
    else:
        await _say_where_it_stands(visit, draft)


async def send(visit: Visit, tap: BroadcastSend) -> None:
    """Begins; a second tap finds that it has begun."""
    draft = await _own(visit, tap.broadcast_id)
    if draft is None:
        return
    store = visit.parts.store.broadcasts
    if await store.start(draft.id, now=visit.parts.clock()):
        await visit.toast(visit.say("broadcast-begun"))
    await _say_where_it_stands(visit, draft)


async def cancel(visit: Visit, tap: BroadcastCancel) -> None:
    """Before it is sent: not at all. While it is: no more of it."""
    draft = await _own(visit, tap.broadcast_id)
    if draft is None:
        return
    if await visit.parts.store.broadcasts.cancel(draft.id, now=visit.parts.clock()):
        begun = draft.started_at is not None
        await visit.toast(visit.say("broadcast-cancelled" if begun else "broadcast-not-sent"))
    await _say_where_it_stands(visit, draft)


async def _own(visit: Visit, broadcast_id: int) -> Broadcast | None:
    """The broadcast, if this person wrote it and still is an operator; others learn nothing."""
    found = await visit.parts.store.broadcasts.get(broadcast_id)
    if found is None or not is_operator(visit) or not await _wrote(visit, found):
        await visit.toast(visit.say("expired"))
        return None
    return found


async def _wrote(visit: Visit, draft: Broadcast) -> bool:
    """What was written in the name of a group of operators is each administrator's."""
    in_its_name = draft.admin_id == visit.chat_id
    return draft.admin_id == visit.user_id or (in_its_name and await may_change_chat(visit))


async def _say_where_it_stands(visit: Visit, draft: Broadcast) -> None:
    store = visit.parts.store.broadcasts
    now = await store.get(draft.id) or draft
    text, keyboard = where_it_stands(now, await store.progress(draft.id), visit.say)
    await visit.edit(text, keyboard, html=True)


async def _question(visit: Visit, draft: Broadcast) -> tuple[str, InlineKeyboardMarkup | None]:
    """Whether to send it, and to how many."""
    say, store = visit.say, visit.parts.store.broadcasts
    audience = Audience(draft.audience)
    count = await store.count_recipients(audience)
    text = {
        Audience.PEOPLE: say("broadcast-to-people-html", count=count),
        Audience.EVERYONE: say("broadcast-to-everyone-html", count=count),
    }[audience]
    other = {
        Audience.PEOPLE: (say("button-with-groups"), Audience.EVERYONE),
        Audience.EVERYONE: (say("button-without-groups"), Audience.PEOPLE),
    }[audience]
    rows = [
        [button(say("button-broadcast-send", count=count), BroadcastSend(draft.id))],
        [button(other[0], BroadcastTo(draft.id, other[1]))],
        [button(say("button-broadcast-cancel"), BroadcastCancel(draft.id))],
    ]
    return text, InlineKeyboardMarkup(rows if count else rows[1:])


def where_it_stands(
    broadcast: Broadcast, progress: BroadcastProgress, say: Say
) -> tuple[str, InlineKeyboardMarkup | None]:
    """What the operator's message says, once the question is answered."""
    if broadcast.started_at is None:
        return escape(say("broadcast-not-sent")), None
    counts = _counts(progress, say)
    if progress.is_done or broadcast.cancelled_at:
        heading = say("broadcast-stopped") if broadcast.cancelled_at else say("broadcast-done")
        return f"<b>{escape(heading)}</b>\n\n{escape(counts)}", None
    done = progress.total - progress.waiting - progress.sending
    under_way = say("broadcast-under-way", done=done, total=progress.total)
    stop = button(say("button-broadcast-stop"), BroadcastCancel(broadcast.id))
    text = f"<b>{escape(under_way)}</b>\n\n{escape(counts)}".rstrip()
    return text, InlineKeyboardMarkup([[stop]])


def _counts(progress: BroadcastProgress, say: Say) -> str:
    """A line for each way it ended, of those there are."""
    lines = (
        (progress.sent, say("broadcast-sent", count=progress.sent)),
        (progress.blocked, say("broadcast-blocked", count=progress.blocked)),
        (progress.failed, say("broadcast-failed", count=progress.failed)),
        (progress.unknown, say("broadcast-unknown", count=progress.unknown)),
        (progress.cancelled, say("broadcast-left-out", count=progress.cancelled)),
    )
    return "\n".join(line for count, line in lines if count)


def _text_to_send(visit: Visit) -> str:
    """What stands behind the command, or in the message it replies to, be it the caption of a
    picture; its format is kept."""
    message = visit.update.message
    if message is None:
        return ""
    own = _without_command(message)
    if own:
        return own
    replied = message.reply_to_message
    return (replied.text_html or replied.caption_html or "") if replied else ""


def _without_command(message: Message) -> str:
    """The text behind the command as HTML. Places are counted in UTF-16, as Telegram does."""
    text = (message.text or "").rstrip()
    _, rest = command_apart(text)
    if not rest:
        return ""
    cut = _utf16(text) - _utf16(rest)
    entities = [moved for each in message.entities if (moved := _moved(each, cut))]
    changed: dict[str, Any] = {"text": rest, "entities": entities}
    shorter = Message.de_json(message.to_dict() | changed, message.get_bot())
    return shorter.text_html


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _moved(entity: MessageEntity, cut: int) -> dict[str, Any] | None:
    """The entity where `cut` units are gone in front; None for what went with them."""
    end = entity.offset + entity.length - cut
    start = max(entity.offset - cut, 0)
    if end <= start:
        return None
    return entity.to_dict() | {"offset": start, "length": end - start}


class BroadcastDesk:
    """Shows the operator how far a broadcast is, in the message that had the buttons."""

    def __init__(self, bot: ExtBot[Any]) -> None:
        self._bot = bot

    async def show(self, broadcast: Broadcast, progress: BroadcastProgress) -> None:
        """What can't be shown, because the message is gone or says so already, is let be."""
        if broadcast.message_id is None:
            return
        say = speak(known_language(broadcast.language) or DEFAULT)
        text, keyboard = where_it_stands(broadcast, progress, say)
        try:
            await self._bot.edit_message_text(
                text,
                broadcast.chat_id,
                broadcast.message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        except TelegramError as error:
            log.info("broadcast_not_shown", broadcast=broadcast.id, error=error.message)
