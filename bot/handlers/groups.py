"""Groups: a message that begins or ends with the bot's name asks it for a poem.

A name in the middle of a sentence talks about the bot, not to it.
"""

from telegram import Message, MessageEntity
from telegram.ext.filters import MessageFilter

from bot.handlers.poem import write_wish
from bot.handlers.visit import Visit
from poetry_model import BadRequest


class SpeaksToUs(MessageFilter):
    """Messages with the bot's name at either end."""

    def filter(self, message: Message) -> bool:
        """Whether this is one."""
        return _said_to_us(message) is not None


def _said_to_us(message: Message) -> str | None:
    """The words beside the bot's name; None where it does not stand at an end."""
    text, name = message.text or "", f"@{message.get_bot().username}"
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    if name.lower() not in {mention.lower() for mention in mentions}:
        return None
    said, lower = text.strip(), text.strip().lower()
    if lower.startswith(name.lower()):
        return said[len(name) :].lstrip(" ，,：:").strip()
    if lower.endswith(name.lower()):
        return said[: -len(name)].strip()
    return None


async def mentioned(visit: Visit) -> None:
    """The words are a wish; without any, those of the message that is answered."""
    words = _said_to_us(visit.message) if isinstance(visit.message, Message) else None
    if words is None:
        return
    if not words and visit.quoted is None:
        await visit.answer(visit.say("mentioned-without-words", bot=visit.bot.username))
        return
    try:
        await write_wish(visit, words)
    except BadRequest as error:
        if error.reason != "theme_without_han":
            raise
        await visit.answer(visit.say("mentioned-without-words", bot=visit.bot.username))
