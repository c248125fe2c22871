"""The line above a daily poem that says what day it is: that it is 中秋, or 立春.

A poem seen elsewhere has none. So whoever redraws a message keeps the line that it has; where
Telegram no longer shows the bot what an old message says, the diary tells its day.
"""

from datetime import date
from functools import cache

from bot.handlers.visit import Visit
from bot.locales import LANGUAGES, Say, speak
from bot.services.seasons import OCCASIONS, occasion
from bot.storage import StoredPoem
from poetry_model import to_script


def occasion_html(code: str | None, say: Say) -> str:
    """The line, to be put before the poem; "" for no occasion."""
    return f"<i>{say('occasion', code=code)}</i>\n\n" if code else ""


def occasion_of(poem: StoredPoem, day: date | None) -> str | None:
    """The code of the day's occasion, where the poem was written for it."""
    found = occasion(day) if day else None
    led = found is not None and to_script(poem.theme, "simplified") in found.themes
    return found.code if found and led else None


async def occasion_shown(visit: Visit, poem: StoredPoem) -> str | None:
    """The code of the occasion that the tapped message tells."""
    if visit.message is not None:
        return _codes().get((visit.message.text or "").partition("\n")[0])
    diary = visit.parts.store.deliveries
    return occasion_of(poem, await diary.day_of(poem.id, visit.tapped_id or 0))


@cache
def _codes() -> dict[str, str]:
    sayers = [speak(language) for language in LANGUAGES]
    return {say("occasion", code=each.code): each.code for say in sayers for each in OCCASIONS}
