"""Telegram's words for a place where the bot may not write, although its chat is there.

It does not know what was to be written, or what becomes of it.
"""

from telegram.error import BadRequest, Forbidden

from bot.errors import MayNotWrite, TopicClosed

_CLOSED = ("message thread not found", "topic_closed", "topic_deleted")
_SILENCED = (
    "not enough rights to send text messages",
    "no rights to send a message",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_guest_send_forbidden",
    "chat_restricted",
)


def refusal_of(error: BaseException | None) -> type[MayNotWrite] | None:
    """What Telegram does not allow; None for every other answer.

    >>> refusal_of(BadRequest("Topic_closed"))
    <class 'bot.errors.TopicClosed'>
    >>> refusal_of(BadRequest("Chat not found"))
    """
    if not isinstance(error, BadRequest | Forbidden):
        return None
    words = error.message.lower()
    if any(text in words for text in _CLOSED):
        return TopicClosed
    return MayNotWrite if any(text in words for text in _SILENCED) else None
