"""The line above a daily poem that says what day it is: that it is 中秋, or 立春.

Only the message knows that its poem was that day's; whoever redraws it reads the line there.
"""

from functools import cache

from telegram import Message

from bot.locales import LANGUAGES, Say, speak
from bot.services.seasons import OCCASIONS


def occasion_html(code: str | None, say: Say) -> str:
    """The line, to be put before the poem; "" for no occasion."""
    return f"<i>{say('occasion', code=code)}</i>\n\n" if code else ""


def occasion_above(message: object) -> str | None:
    """The code of the occasion that a message of ours begins with, in whichever language."""
    text = message.text if isinstance(message, Message) else None
    return _codes().get((text or "").partition("\n")[0])


@cache
def _codes() -> dict[str, str]:
    sayers = [speak(language) for language in LANGUAGES]
    return {say("occasion", code=each.code): each.code for say in sayers for each in OCCASIONS}
