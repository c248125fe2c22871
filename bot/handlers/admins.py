"""Who may change what a whole chat shares: in a group its administrators, elsewhere whoever
is there. Telegram is asked each time; nobody's rank is remembered."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from telegram import ChatMember
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
    if visit.private:
        return True
    if visit.in_chats_name:  # the group's own is an anonymous administrator's; no other has a rank
        return visit.user_id == visit.chat_id
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
