"""What comes without a command, or with one there is not: plain text, pictures, stickers,
voices. Only in private chats. What can be read as a theme is one: a text, a caption, the emoji
of a sticker."""

from difflib import get_close_matches

from telegram import InlineKeyboardMarkup, Message

from bot.handlers.doings import doing_button
from bot.handlers.jielong import plays
from bot.handlers.keyboards import button
from bot.handlers.offers import themes
from bot.handlers.poem import poem
from bot.handlers.taps import Doing, MeantCommand, Option
from bot.handlers.visit import Visit
from poetry_model import BadRequest
from poetry_model.requests import checked_theme

COMMANDS = (
    *("poem", "acrostic", "continue", "couplet", "jielong", "favourites", "history", "subscribe"),
    *("unsubscribe", "export", "settings", "forget", "start", "help", "about"),
)
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
    """Text in a private chat is a line that a game waits for, or a theme; what the poet cannot
    read as one gets a hint, and what can be tapped instead."""
    if await plays(visit):
        return
    try:
        await poem(visit)
    except BadRequest as error:
        if error.reason != "theme_without_han":
            raise
        keyboard = InlineKeyboardMarkup(themes(visit.say, visit.script, visit.words))
        await visit.answer(visit.say("only-chinese"), keyboard)


async def unknown_command(visit: Visit) -> None:
    """The command that was probably meant, as a button; else those there are."""
    text = (visit.message.text if visit.message else None) or ""
    written = text.partition("@")[0].split()[0].lstrip("/").lower() if text else ""
    (meant, *_) = [*get_close_matches(written, COMMANDS, 1, _ALIKE), ""]
    if not meant:
        names = " ".join(f"/{name}" for name in _NAMED)
        await visit.answer(visit.say("unknown-command", commands=names))
        return
    label = f"/{meant} {visit.words[:_LONGEST_LABEL]}".strip()
    keyboard = InlineKeyboardMarkup([[button(label, MeantCommand(Option(meant)))]])
    said = visit.say("meant-command", written=written[:_LONGEST_LABEL], meant=meant)
    await visit.offer(said, keyboard)


async def not_text(visit: Visit) -> None:
    """A theme where there is one, else what can be sent instead; once for an album, which comes
    as many messages."""
    if visit.parts.turns.is_repeated(visit.update) or visit.update.message is None:
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
    words = message.caption or (message.sticker.emoji if message.sticker else None) or ""
    try:
        checked_theme(words)
    except BadRequest as error:
        if error.reason == "theme_too_long":
            raise
        return ""
    return words.strip()
