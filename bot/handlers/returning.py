"""Who let the bot go and is back, or did not let it write for a while: their daily poem had
stopped, and goes on only if they say so.

The chat is told once, and has one button for it. It does not know how the bot came to be gone.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.errors import MayNotWrite, StorageError, TopicClosed
from bot.handlers.admins import for_admins
from bot.handlers.daily import show_all
from bot.handlers.daily_text import wish_text
from bot.handlers.keyboards import button
from bot.handlers.taps import BringBackDaily, ShowAllDaily
from bot.handlers.visit import Visit
from bot.storage import Subscription

log = structlog.stdlib.get_logger(__name__)
# By the reason, where the bot was in the chat all the time.
SHUT = {TopicClosed.why: "lost-daily-topic", MayNotWrite.why: "lost-daily-silenced"}


async def tell_of_lost(visit: Visit) -> None:
    """Says what stopped, where anything did. What can't be said now is said another time."""
    try:
        lost = await visit.parts.subscriptions.tell_lost(visit.chat_id)
        if lost:
            await _tell(visit, lost)
    except StorageError as error:  # it is nothing that anybody asked for
        log.warning("a lost daily poem was not told", chat_id=visit.chat_id, error=str(error))


async def _tell(visit: Visit, lost: tuple[Subscription, ...]) -> None:
    try:
        await visit.answer(_text(visit, lost), _keyboard(visit, lost))
    except TelegramError as error:
        log.info("a lost daily poem was not told", chat_id=visit.chat_id, error=str(error))
        await visit.parts.subscriptions.untell_lost(lost)


def _text(visit: Visit, lost: Sequence[Subscription]) -> str:
    wishes = "\n".join(_wish(each, visit) for each in lost)
    why = lost[0].ended_reason or ""
    return visit.say(
        SHUT.get(why, "lost-daily" if visit.private else "lost-daily-group"), wishes=wishes
    )


def _wish(lost: Subscription, visit: Visit) -> str:
    wish = visit.say("lost-wish", **wish_text(lost, visit.say, visit.script))
    return visit.say("lost-wish-paused", wish=wish) if lost.paused_at else wish


def _keyboard(visit: Visit, lost: Sequence[Subscription]) -> InlineKeyboardMarkup | None:
    ended_at = lost[0].ended_at
    if ended_at is None:
        return None
    tap = BringBackDaily(int(ended_at.timestamp()))
    return InlineKeyboardMarkup([[button(visit.say("lost-bring-back"), tap)]])


@for_admins
async def bring_back(visit: Visit, tap: BringBackDaily) -> None:
    """It goes on as it was; the message shows what there is now."""
    lost_at = datetime.fromtimestamp(tap.lost_at, UTC)
    back, left = await visit.parts.subscriptions.bring_back(visit.chat_id, lost_at)
    await visit.toast(await _outcome(visit, back, left))
    await show_all(visit, ShowAllDaily())


async def _outcome(visit: Visit, back: int, left: int) -> str:
    if back:
        return visit.say("lost-some-back" if left else "lost-back")
    if left:
        return visit.say("lost-place-taken")
    here = await visit.parts.subscriptions.of_chat(visit.chat_id)
    return visit.say("lost-back-already" if here else "subscription-gone")
