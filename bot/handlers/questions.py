"""Questions that are answered by a reply: words for a command, or what a daily poem goes by.

The question carries what it asks for in the link of its first sign, so that an answer is
understood after any restart, and nobody has to remember who was asked what.
"""

import re
from enum import StrEnum
from html import escape

from telegram import ForceReply, Message
from telegram.ext import filters

from bot.handlers.answered import link_in
from bot.handlers.taps import Aspect
from bot.handlers.visit import Visit
from bot.services.asking import NotUnderstood

_LINK = "https://t.me/{username}#daily-{aspect}-{number}"
_WORDS_LINK = "https://t.me/{username}#words-{wanted}"
_WORDS_ASKED = re.compile(r"#words-([a-z]+)$")
_ASKED = re.compile(r"#daily-([a-z])-([1-9][0-9]{0,17})$")


class Wanted(StrEnum):
    """What words are asked for."""

    HEADS = "heads"
    LINE = "line"
    ZONE = "zone"


_MISSING = {"heads_missing": Wanted.HEADS, "first_line_missing": Wanted.LINE}
_EXAMPLES = {Wanted.HEADS: "春夏秋冬", Wanted.LINE: "床前明月光", Wanted.ZONE: "UTC+8"}


def question_for(error: Exception) -> Wanted | None:
    """What a command lacked that can be asked for."""
    return _MISSING.get(error.reason) if isinstance(error, NotUnderstood) else None


async def ask_for_words(visit: Visit, wanted: Wanted, text: str) -> None:
    """Asks whoever is there; the field for the reply opens, with an example in it."""
    link = _WORDS_LINK.format(username=visit.bot.username, wanted=wanted.value)
    example = ForceReply(selective=not visit.private, input_field_placeholder=_EXAMPLES[wanted])
    await visit.answer(f'<a href="{link}">✍️</a> {escape(text)}', example, html=True)


def wanted_by(message: Message | None) -> Wanted | None:
    """The words that the message which this one replies to asked for."""
    found = _found(message, _WORDS_ASKED)
    return Wanted(found[1]) if found and found[1] in set(Wanted) else None


async def ask(visit: Visit, aspect: Aspect, subscription_id: int, text: str) -> None:
    """Asks; in a private chat the reply is opened for the person. `text` is HTML."""
    link = _LINK.format(username=visit.bot.username, aspect=aspect.value, number=subscription_id)
    keyboard = ForceReply() if visit.private else None
    await visit.answer(f'<a href="{link}">✍️</a> {text}', keyboard, html=True)


async def ask_again(visit: Visit, text: str) -> bool:
    """Says what was wrong with the answer to a question about a daily poem or the zone, and is
    the same question once more; False where it answered none."""
    message = visit.update.message
    about = asked(message)
    if about is not None:
        name = visit.bot.username
        link = _LINK.format(username=name, aspect=about[0].value, number=about[1])
    elif wanted_by(message) is Wanted.ZONE:
        link = _WORDS_LINK.format(username=visit.bot.username, wanted=Wanted.ZONE.value)
    else:
        return False
    keyboard = ForceReply(selective=not visit.private)
    sign = f'<a href="{link}">✍️</a>'
    await visit.answer(f"{escape(text)} {sign}", keyboard, html=True)
    return True


def asked(message: Message | None) -> tuple[Aspect, int] | None:
    """What the message that this one replies to asked for, and for which daily poem."""
    found = _found(message, _ASKED)
    return (Aspect(found[1]), int(found[2])) if found and found[1] in set(Aspect) else None


def _found(message: Message | None, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """What the question that this message replies to holds in its link."""
    question = message.reply_to_message if message else None
    if question is None or question.from_user is None or not question.from_user.is_bot:
        return None
    return link_in(question, pattern)


class AnswersAQuestion(filters.MessageFilter):
    """Lets replies to our questions through. That the bot wrote the question is checked
    where the reply is served: the filter knows no bot."""

    def filter(self, message: Message) -> bool:
        return asked(message) is not None


class GivesWords(filters.MessageFilter):
    """Lets through what replies to a question for words."""

    def filter(self, message: Message) -> bool:
        """Whether this does."""
        return wanted_by(message) is not None
