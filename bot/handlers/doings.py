"""What the buttons of the guidance do: as if their words had been written after a command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from bot.handlers import (
    export,
    favourites,
    forget,
    history,
    jielong,
    poem,
    settings,
    subscribe,
)
from bot.handlers.about import about
from bot.handlers.keyboards import button
from bot.handlers.questions import Wanted, wanted_by
from bot.handlers.taps import Do, Doing, OnTheme
from bot.handlers.visit import Visit
from bot.locales import Say
from bot.services.translations import THEMES
from poetry_model import to_script

Step = Callable[[Visit], Awaitable[None]]


@dataclass(frozen=True)
class Done:
    """A step with the words it is given. `key` names the button, whose text is else an example
    in the words themselves; `writes` is for what takes a moment."""

    step: Step
    words: str = ""
    key: str = ""
    writes: bool = False


DOINGS = {
    Doing.AUTUMN: Done(poem.poem, "秋夜", "do-autumn", writes=True),
    Doing.SEASON: Done(poem.poem, "", "do-season", writes=True),
    Doing.RIVER: Done(poem.poem, "七律 江雪", writes=True),
    Doing.SONG: Done(poem.poem, "月 宋风", writes=True),
    Doing.TUNE: Done(poem.poem, "浣溪沙 秋思", writes=True),
    Doing.ANY_TUNE: Done(poem.poem, "词 春", writes=True),
    Doing.COUPLET: Done(poem.couplet, "月", "do-couplet", writes=True),
    Doing.ANSWER: Done(poem.couplet, "海内存知己", writes=True),
    Doing.ACROSTIC: Done(poem.acrostic, "春夏秋冬", writes=True),
    Doing.BIRTHDAY: Done(poem.acrostic, "生日快乐", writes=True),
    Doing.CONTINUE: Done(poem.continue_line, "床前明月光", writes=True),
    Doing.ASK_HEADS: Done(poem.acrostic, key="do-acrostic"),
    Doing.ASK_LINE: Done(poem.continue_line, key="do-continue"),
    Doing.DAILY: Done(subscribe.subscribe, key="do-daily"),
    Doing.FAVOURITES: Done(favourites.favourites, key="do-favourites"),
    Doing.HISTORY: Done(history.history, key="do-history"),
    Doing.SETTINGS: Done(settings.settings, key="do-settings"),
    Doing.GAME: Done(jielong.jielong, key="do-game"),
    Doing.EXPORT: Done(export.export, key="button-export"),
    Doing.FORGET: Done(forget.forget, key="do-forget"),
    Doing.ABOUT: Done(about, key="do-about"),
}
KEYS = {done.key for done in DOINGS.values() if done.key}


def doing_button(doing: Doing, say: Say, script: str) -> InlineKeyboardButton:
    """A button that does it."""
    done = DOINGS[doing]
    text = say(done.key) if done.key else f"✍️ {to_script(done.words, script)}"
    return button(text, Do(doing))


async def do(visit: Visit, tap: Do) -> None:
    """Does it."""
    done = DOINGS[tap.doing]
    await done.step(visit.saying(done.words))


async def on_theme(visit: Visit, tap: OnTheme) -> None:
    """A poem on what an English word means."""
    theme = THEMES.get(tap.word)
    if theme is None:
        await visit.toast(visit.say("expired"))
        return
    await poem.poem(visit.saying(theme))


_ANSWERED: dict[Wanted, Step] = {
    Wanted.HEADS: poem.acrostic,
    Wanted.LINE: poem.continue_line,
    Wanted.ZONE: settings.zone_written,
}


async def words_given(visit: Visit) -> None:
    """The reply to a question for words: the command goes on."""
    wanted = wanted_by(visit.update.message)
    if wanted is not None:
        await _ANSWERED[wanted](visit.saying(visit.words))
