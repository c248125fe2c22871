"""Questions that are answered by a reply: an hour, a zone, a theme for a daily poem.

The question carries what it asks for in the link of its first sign, so that an answer is
understood after any restart, and nobody has to remember who was asked what.
"""

import re

from telegram import ForceReply, Message, MessageEntity
from telegram.ext import filters

from bot.handlers.taps import Aspect
from bot.handlers.visit import Visit

_LINK = "https://t.me/{username}#daily-{aspect}-{number}"
_ASKED = re.compile(r"#daily-([a-z])-([1-9][0-9]{0,17})$")


async def ask(visit: Visit, aspect: Aspect, subscription_id: int, text: str) -> None:
    """Asks; in a private chat the reply is opened for the person. `text` is HTML."""
    link = _LINK.format(username=visit.bot.username, aspect=aspect.value, number=subscription_id)
    keyboard = ForceReply() if visit.private else None
    await visit.answer(f'<a href="{link}">✍️</a> {text}', keyboard, html=True)


def asked(message: Message | None) -> tuple[Aspect, int] | None:
    """What the message that this one replies to asked for, and for which daily poem."""
    question = message.reply_to_message if message else None
    if question is None or question.from_user is None or not question.from_user.is_bot:
        return None
    for entity in question.entities:
        found = _ASKED.search(entity.url or "") if entity.type == MessageEntity.TEXT_LINK else None
        if found and found[1] in set(Aspect):
            return Aspect(found[1]), int(found[2])
    return None


class AnswersAQuestion(filters.MessageFilter):
    """Lets replies to our questions through. That the bot wrote the question is checked
    where the reply is served: the filter knows no bot."""

    def filter(self, message: Message) -> bool:
        return asked(message) is not None
