"""What comes without a command, or with one there is not: plain text, pictures, stickers,
voices. Only in private chats, but for a slip in a command that names the bot. What can be read
as a theme is one: a text, a caption, the emoji of a sticker, the name of a place."""

from difflib import get_close_matches

from telegram import InlineKeyboardMarkup, Message

from bot.handlers.doings import doing_button
from bot.handlers.jielong import plays
from bot.handlers.keyboards import button
from bot.handlers.offers import themes
from bot.handlers.poem import poem
from bot.handlers.spoken import does_as_called
from bot.handlers.taps import Doing, MeantCommand, Option
from bot.handlers.visit import Visit
from bot.services.command_names import COMMANDS, command_apart
from poetry_model import BadRequest
from poetry_model.requests import checked_theme

_NAMED = ("poem", "acrostic", "continue", "couplet", "subscribe", "settings", "help")
_LONGEST_LABEL = 20  # characters of somebody's own words
_ALIKE = 0.6  # of two words, as difflib measures it
_INSTEAD = (Doing.AUTUMN, Doing.SEASON)
# What is sent, and what is said of it.
KINDS = {
    "photo": "got-photo",
    "sticker": "got-sticker",
    "voice": "got-voice",
    "audio": "got-voice",
    "video": "got-video",
    "video_note": "got-video",
    "animation": "got-video",
    "contact": "got-contact",
    "venue": "got-place",
    "dice": "got-dice",
    "poll": "got-poll",
    "document": "got-document",
}


async def plain_text(visit: Visit) -> None:
    """Text in a private chat is a command by its name, a line that a game waits for, or a theme;
    what the poet cannot read as one gets a hint, and what can be tapped instead."""
    text = (visit.message.text if visit.message else None) or ""
    if await does_as_called(visit, text) or await plays(visit):
        return
    if text.startswith(("/", "／")):  # a theme behind a slash, or nothing at all
        visit = visit.saying(text.lstrip("/／ "))
    if not visit.words:
        await _name_commands(visit)
        return
    try:
        await poem(visit)
    except BadRequest as error:
        if error.reason != "theme_without_han":
            raise
        keyboard = InlineKeyboardMarkup(themes(visit.say, visit.script, visit.words))
        await visit.answer(visit.say("only-chinese"), keyboard)


async def unknown_command(visit: Visit) -> None:
    """The command that was probably meant, as a button; else those there are, in a group
    nothing."""
    text = (visit.message.text if visit.message else None) or ""
    if visit.private and await does_as_called(visit, text):  # though it names another bot
        return
    written = command_apart(text)[0].partition("@")[0].lstrip("/").lower()
    meant = nearest_command(written)
    if not meant:
        if visit.private:
            await _name_commands(visit)
        return
    label = f"/{meant} {visit.words[:_LONGEST_LABEL]}".strip()
    keyboard = InlineKeyboardMarkup([[button(label, MeantCommand(Option(meant)))]])
    said = visit.say("meant-command", written=written[:_LONGEST_LABEL], meant=meant)
    await visit.offer(said, keyboard)


async def _name_commands(visit: Visit) -> None:
    names = " ".join(f"/{name}" for name in _NAMED)
    await visit.answer(visit.say("unknown-command", commands=names))


def nearest_command(written: str) -> str:
    """The command that looks like it, or that it is the beginning of; "" for none.

    >>> nearest_command("fav"), nearest_command("setings"), nearest_command("s")
    ('favourites', 'settings', '')
    """
    begun = [name for name in COMMANDS if len(written) > 1 and name.startswith(written)]
    return next(iter(get_close_matches(written, COMMANDS, 1, _ALIKE) or begun), "")


async def not_text(visit: Visit) -> None:
    """What a caption calls by its name, a theme where there is one, else what can be sent
    instead; once for an album, which comes as many messages."""
    if visit.parts.turns.is_repeated(visit.update) or visit.update.message is None:
        return
    if await does_as_called(visit, visit.update.message.caption or ""):
        return
    theme = _theme_of(visit.update.message)
    if theme:
        await poem(visit.saying(theme))
        return
    buttons = [doing_button(each, visit.say, visit.script) for each in _INSTEAD]
    kind = next((kind for kind in KINDS if getattr(visit.update.message, kind)), None)
    text = visit.say(KINDS[kind]) if kind else visit.say("got-something")
    await visit.answer(text, InlineKeyboardMarkup([buttons]))


def _theme_of(message: Message) -> str:
    """What of it the poet can read, "" for nothing."""
    emoji = message.sticker.emoji if message.sticker else None
    place = message.venue.title if message.venue else None
    words = message.caption or emoji or place or ""
    try:
        checked_theme(words)
    except BadRequest as error:
        if error.reason == "theme_too_long":
            raise
        return ""
    return words.strip()
