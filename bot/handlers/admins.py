"""Who may change what a whole chat shares: in a group its administrators, elsewhere whoever
is there. Telegram is asked each time; nobody's rank is remembered."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from telegram import ChatMember, Message
from telegram.error import BadRequest

from bot.handlers.visit import Visit

What = TypeVar("What")
Step = Callable[[Visit, What], Awaitable[None]]
_RANKS = {ChatMember.OWNER, ChatMember.ADMINISTRATOR}
# What Telegram says of somebody it can't find among the members.
_NO_MEMBER = (
    "participant_id_invalid",
    "user not found",
    "member not found",
    "user_not_participant",
)


async def may_change_chat(visit: Visit) -> bool:
    """Whether this person may change what the chat shares."""
    if visit.private or _speaks_for_the_group(visit):
        return True
    try:
        member = await visit.bot.get_chat_member(visit.chat_id, visit.user_id)
    except BadRequest as error:
        if not any(text in error.message.lower() for text in _NO_MEMBER):
            raise
        return False
    return member.status in _RANKS


def for_admins(step: Step[What]) -> Step[What]:
    """The step, for those who may change the chat; others are refused."""

    @wraps(step)
    async def checked(visit: Visit, what: What) -> None:
        if await may_change_chat(visit):
            await step(visit, what)
        else:
            await refuse_member(visit)

    return checked


async def refuse_member(visit: Visit) -> None:
    """Says kindly who can do this."""
    await visit.tell(visit.say("only-admins"))


def _speaks_for_the_group(visit: Visit) -> bool:
    """An administrator who stays anonymous writes in the group's own name. A tap is always
    somebody's own, whoever wrote the message it was made on."""
    message = visit.message
    if visit.query is not None or not isinstance(message, Message):
        return False
    return message.sender_chat is not None and message.sender_chat.id == visit.chat_id
