"""/start and /help: what to do here, with buttons that do it."""

from telegram import InlineKeyboardMarkup

from bot.handlers.deep_links import open_link
from bot.handlers.doings import doing_button
from bot.handlers.keyboards import button, in_rows
from bot.handlers.taps import Doing, Section, ShowHelp, ShowSection
from bot.handlers.visit import Visit
from poetry_model import TUNES, to_script

SECTIONS = {
    Section.POEM: "section-poem",
    Section.TUNE: "section-tune",
    Section.COUPLET: "section-couplet",
    Section.HEADS: "section-heads",
    Section.KEEP: "section-keep",
    Section.DAILY: "section-daily",
    Section.GROUP: "section-group",
    Section.SETTINGS: "section-settings",
}
TEXTS = {section: f"{key.replace('section', 'help')}-html" for section, key in SECTIONS.items()}
_DOINGS = {
    Section.POEM: (Doing.RIVER, Doing.SONG, Doing.SEASON),
    Section.TUNE: (Doing.TUNE, Doing.ANY_TUNE),
    Section.COUPLET: (Doing.COUPLET, Doing.ANSWER),
    Section.HEADS: (Doing.BIRTHDAY, Doing.CONTINUE, Doing.ASK_HEADS, Doing.ASK_LINE),
    Section.KEEP: (Doing.FAVOURITES, Doing.HISTORY, Doing.EXPORT, Doing.FORGET),
    Section.DAILY: (Doing.DAILY,),
    Section.GROUP: (Doing.GAME,),
    Section.SETTINGS: (Doing.SETTINGS, Doing.ABOUT),
}


async def start(visit: Visit) -> None:
    """What to do here, on one screen; by a link of ours, what that asks for."""
    if visit.words and await open_link(visit, visit.words):
        return
    buttons = [
        doing_button(doing, visit.say, visit.script)
        for doing in (Doing.AUTUMN, Doing.ASK_HEADS, Doing.DAILY)
    ]
    keyboard = InlineKeyboardMarkup([buttons[:1], buttons[1:]])
    await visit.answer(visit.say("start-html"), keyboard, html=True)


async def show_help(visit: Visit) -> None:
    """The sections there are."""
    await visit.answer(visit.say("help-html"), _sections(visit), html=True)


async def show_help_again(visit: Visit, _: ShowHelp) -> None:
    """The sections, in the message that was tapped."""
    await visit.edit(visit.say("help-html"), _sections(visit), html=True)


def _sections(visit: Visit) -> InlineKeyboardMarkup:
    buttons = [button(visit.say(key), ShowSection(section)) for section, key in SECTIONS.items()]
    return InlineKeyboardMarkup(in_rows(buttons, 2))


async def show_section(visit: Visit, tap: ShowSection) -> None:
    """One section, with buttons that do what it tells."""
    buttons = [doing_button(doing, visit.say, visit.script) for doing in _DOINGS[tap.section]]
    back = button(visit.say("button-back"), ShowHelp())
    keyboard = InlineKeyboardMarkup([*in_rows(buttons, 2), [back]])
    await visit.edit(_text(visit, tap.section), keyboard, html=True)


def _text(visit: Visit, section: Section) -> str:
    if section is Section.TUNE:
        return visit.say(TEXTS[section], tunes=to_script("、".join(TUNES), visit.script))
    if section is Section.GROUP:
        return visit.say(TEXTS[section], bot=visit.bot.username)
    return visit.say(TEXTS[section])
