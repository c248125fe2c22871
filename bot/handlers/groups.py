"""Groups: a message that begins or ends with the bot's name asks it for a poem, and one that
answers a game of its is a line.

A name in the middle of a sentence talks about the bot, not to it.
"""

from telegram import Message, MessageEntity
from telegram.ext.filters import MessageFilter

from bot.handlers.jielong import plays
from bot.handlers.poem import write_wish
from bot.handlers.spoken import does_as_called
from bot.handlers.visit import Visit
from poetry_model import BadRequest


class SpeaksToUs(MessageFilter):
    """Messages with the bot's name at either end."""

    def filter(self, message: Message) -> bool:
        """Whether this is one."""
        return said_to_us(message) is not None


def said_to_us(message: Message) -> str | None:
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


class SlipsToUs(MessageFilter):
    """Commands that name the bot."""

    def filter(self, message: Message) -> bool:
        """Whether this is one."""
        name = f"@{message.get_bot().username}".lower()
        return any(each.lower().endswith(name) for each in (message.text or "").split()[:1])


class AnswersUs(MessageFilter):
    """Messages that answer one of the bot's own."""

    def filter(self, message: Message) -> bool:
        """Whether this is one."""
        answered = message.reply_to_message
        author = answered.from_user if answered is not None else None
        return author is not None and author.id == message.get_bot().id


async def spoken_to(visit: Visit) -> None:
    """A line of a game, or the bot's name with a wish; any other answer is talk among people."""
    if await plays(visit):
        return
    words = said_to_us(visit.message) if isinstance(visit.message, Message) else None
    if words is not None:
        await _mentioned(visit, words)


async def _mentioned(visit: Visit, words: str) -> None:
    """The words are a wish; without any, those of the message that is answered."""
    if not words and visit.quoted is None:
        await visit.answer(visit.say("mentioned-without-words", bot=visit.bot.username))
        return
    if await does_as_called(visit, words):
        return
    try:
        await write_wish(visit, words)
    except BadRequest as error:
        if error.reason != "theme_without_han":
            raise
        await visit.answer(visit.say("mentioned-without-words", bot=visit.bot.username))
