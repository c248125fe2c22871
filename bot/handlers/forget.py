"""/forget: asks once, deletes all that is known of a person, and says what it was.

What that is, and what stays with groups and others, `bot.storage.forgetting` says.
"""

from contextlib import suppress

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.handlers.keyboards import button, private_chat_keyboard
from bot.handlers.menus import take_away
from bot.handlers.taps import ForgetAll, ForgetNothing
from bot.handlers.visit import Visit
from bot.locales import Say
from bot.storage import Belongings

QUESTION_STANDS = 600  # seconds in which "delete" deletes


async def forget(visit: Visit) -> None:
    """Counts, and asks. In a group it only says where to ask: the counts are private."""
    if not visit.private:
        await visit.answer(
            visit.say("forget-in-private"), private_chat_keyboard(visit.bot.link, visit.say)
        )
        return
    belongings = await visit.parts.store.forgetting.belongings(visit.user_id)
    if belongings.are_none:
        await visit.answer(visit.say("forget-nothing-there"))
        return
    now = int(visit.parts.clock().timestamp())
    question = visit.say("forget-question-html", list=listed(belongings, visit.say))
    await visit.answer(question, _question_keyboard(visit, now), html=True)


async def forget_all(visit: Visit, tap: ForgetAll) -> None:
    """Deletes; nothing is said before it is committed."""
    if not await _is_asked(visit, tap.owner):
        return
    if visit.parts.clock().timestamp() - tap.asked_at > QUESTION_STANDS:
        await visit.edit(visit.say("forget-too-late"), None, html=False)
        return
    gone = await visit.parts.store.forgetting.forget(visit.user_id)
    await _forget_menu(visit)
    if gone.are_none:  # a second tap, or another /forget: the first one has said it all
        await visit.toast(visit.say("forget-nothing-there"))
        await visit.edit_keyboard(None)
        return
    told = visit.say("forgotten-html", list=listed(gone, visit.say))
    await visit.edit(told, None, html=True)


async def _forget_menu(visit: Visit) -> None:
    """Telegram keeps it for us, in the language that was chosen."""
    if visit.chat.menu is not None:
        with suppress(TelegramError):
            await take_away(visit)


async def forget_nothing(visit: Visit, tap: ForgetNothing) -> None:
    """All stays as it is."""
    if await _is_asked(visit, tap.owner):
        await visit.edit(visit.say("forget-left"), None, html=False)


async def _is_asked(visit: Visit, owner: int) -> bool:
    if visit.user_id != owner:
        await visit.toast(visit.say("forget-not-yours"))
    return visit.user_id == owner


def listed(belongings: Belongings, say: Say) -> str:
    """What there is of each kind, a line each; what there is none of is left out."""
    lines = (
        (belongings.favourites, say("forget-favourites", count=belongings.favourites)),
        (belongings.requests, say("forget-requests", count=belongings.requests)),
        (belongings.poems, say("forget-poems", count=belongings.poems)),
        (belongings.pictures, say("forget-pictures", count=belongings.pictures)),
        (belongings.subscriptions, say("forget-subscriptions", count=belongings.subscriptions)),
        (belongings.ended, say("forget-ended", count=belongings.ended)),
        (belongings.settings, say("forget-settings")),
        (belongings.handed_over, say("forget-handed-over", count=belongings.handed_over)),
    )
    return "\n".join(f"· {line}" for count, line in lines if count)


def _question_keyboard(visit: Visit, now: int) -> InlineKeyboardMarkup:
    yes = button(visit.say("button-forget"), ForgetAll(visit.user_id, now))
    no = button(visit.say("button-forget-not"), ForgetNothing(visit.user_id))
    return InlineKeyboardMarkup([[yes], [no]])
