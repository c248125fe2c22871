"""Who operates the bot, and the gate before what only operators may do.

An operator is a user whose id is listed in ADMIN_CHAT_IDS, or anybody in a chat that is
listed there, such as a group of operators. To all others the commands behind the gate do not
exist. It does not know what the commands do.
"""

from collections.abc import Awaitable, Callable

from bot.handlers.other_messages import unknown_command
from bot.handlers.visit import Visit

Step = Callable[[Visit], Awaitable[None]]


def is_operator(visit: Visit) -> bool:
    """Whether this person, or the chat they are in, is one of the operators'."""
    # Who writes elsewhere in the name of a listed chat is not in it.
    who = {visit.chat_id} if visit.in_chats_name else {visit.user_id, visit.chat_id}
    return not who.isdisjoint(visit.parts.admin_chat_ids)


def for_operators(step: Step) -> Step:
    """The step, for operators. Others learn what they would of any word that is no command."""

    async def guarded(visit: Visit) -> None:
        if is_operator(visit):
            await step(visit)
        elif visit.private:
            await unknown_command(visit)

    return guarded
