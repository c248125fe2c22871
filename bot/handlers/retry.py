"""Serving a message once more: as it is, or with a near miss put right.

The apology, or the question what was meant, replies to the message that asked; what that one
answered is carried in ours.
"""

from collections.abc import Callable
from typing import Any

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.handlers.admins import may_change_chat
from bot.handlers.answered import carried
from bot.handlers.groups import said_to_us
from bot.handlers.taps import (
    FORM_CODES,
    MeantCommand,
    MeantForm,
    MeantHeads,
    MeantHere,
    MeantHour,
    MeantLess,
    MeantLine,
    MeantOnly,
    MeantTheme,
    Retry,
)
from bot.handlers.visit import Visit
from bot.services.asking import (
    at_another_hour,
    characters_of,
    in_one_form,
    reworded,
    without_places,
)
from bot.services.asking import with_less as less
from bot.services.command_names import command_apart


async def retry(visit: Visit, _: Retry) -> None:
    """The same once more."""
    await _serve(visit, _asked(visit))


async def as_form(visit: Visit, _: MeantForm) -> None:
    """With the form that was proposed."""
    await _serve(visit, _rewritten(_asked(visit), _reworded(as_theme=False)))


async def as_theme(visit: Visit, _: MeantTheme) -> None:
    """With the word as a theme."""
    await _serve(visit, _rewritten(_asked(visit), _reworded(as_theme=True)))


def _reworded(*, as_theme: bool) -> Callable[[Message], str]:
    return lambda asked: reworded(_text(asked), as_theme=as_theme)


async def in_form(visit: Visit, tap: MeantOnly) -> None:
    """With one of its forms."""
    form = FORM_CODES[tap.form]
    await _serve(visit, _rewritten(_asked(visit), lambda asked: in_one_form(_text(asked), form)))


async def with_less(visit: Visit, _: MeantLess) -> None:
    """With the beginning of its theme."""
    await _serve(
        visit,
        _rewritten(_asked(visit), lambda asked: f"{_command(asked)} {less(_words(asked))}".strip()),
    )


async def with_heads(visit: Visit, tap: MeantHeads) -> None:
    """As an acrostic with its first characters."""
    await _serve(visit, _rewritten(_asked(visit), _beginning("/acrostic", tap.count)))


async def with_line(visit: Visit, tap: MeantLine) -> None:
    """With its first characters as the first line."""
    await _serve(visit, _rewritten(_asked(visit), _beginning("/continue", tap.count)))


def _beginning(command: str, count: int) -> Callable[[Message], str]:
    return lambda asked: f"{command} {characters_of(_words(asked))[:count]}"


async def with_command(visit: Visit, tap: MeantCommand) -> None:
    """With the command that was meant."""
    await _serve(visit, _rewritten(_asked(visit), lambda asked: f"/{tap.command} {_words(asked)}"))


async def at_hour(visit: Visit, tap: MeantHour) -> None:
    """A daily poem at the hour that was probably meant."""
    hour = f"{tap.minutes // 60 % 24:02}:{tap.minutes % 60:02}"
    await _serve(visit, _daily(_asked(visit), lambda words: at_another_hour(words, hour)))


async def here(visit: Visit, _: MeantHere) -> None:
    """A daily poem by the clock that there is."""
    await _serve(visit, _daily(_asked(visit), without_places))


def _daily(asked: Message | None, change: Callable[[str], str]) -> Message | None:
    """The message as /subscribe with other words, however it was called."""
    return _rewritten(asked, lambda it: f"/subscribe {change(_words(it))}".strip())


def _asked(visit: Visit) -> Message | None:
    """The message that the tapped one replies to, with what it answered itself."""
    tapped = visit.message
    asked = tapped.reply_to_message if isinstance(tapped, Message) else None
    if asked is None or not isinstance(tapped, Message):
        return None
    answered = carried(tapped, visit.bot.bot)
    return asked if answered is None else _changed(asked, {"reply_to_message": answered})


def _changed(message: Message, values: dict[str, Any]) -> Message:
    return Message.de_json(message.to_dict() | values, message.get_bot())


def _command(asked: Message) -> str:
    """The command in front, "" where there is none."""
    return command_apart(_text(asked))[0]


def _words(asked: Message) -> str:
    return command_apart(_text(asked))[1]


def _text(asked: Message) -> str:
    """What it says, under a picture too."""
    return asked.text or asked.caption or ""


def _rewritten(asked: Message | None, rewrite: Callable[[Message], str]) -> Message | None:
    """The message as if it had been written so; a command in front is one."""
    if asked is None or not _text(asked):
        return None
    text = rewrite(_as_command(asked))
    command = text.split()[0] if text.startswith("/") else ""  # a space is behind it
    kind = MessageEntity.BOT_COMMAND
    entities = [{"type": kind, "offset": 0, "length": len(command)}] if command else []
    return _changed(asked, {"text": text, "entities": entities})


def _as_command(asked: Message) -> Message:
    """The command in front by its own name; the bot's name beside words asks for a poem."""
    said = said_to_us(asked) if asked.chat.type != ChatType.PRIVATE else None
    command, words = command_apart(_text(asked) if said is None else said)
    if said is not None:
        command = command or "/poem"
    return _changed(asked, {"text": f"{command} {words}".strip()})


async def _is_theirs(visit: Visit, asked: Message) -> bool:
    """Whether who taps is who asked; a wish in the name of a chat is its administrators'."""
    if visit.private:
        return True
    if asked.sender_chat is not None:
        return await may_change_chat(visit)
    return asked.from_user is not None and asked.from_user.id == visit.user_id


async def _serve(visit: Visit, asked: Message | None) -> None:
    if asked is None:
        await visit.toast(visit.say("expired"))
        return
    if not await _is_theirs(visit, asked):
        await visit.toast(visit.say("wish-not-yours"))
        return
    await visit.toast(visit.say("writing"))
    await visit.edit_keyboard(None)
    await visit.application.process_update(Update(visit.update.update_id, message=asked))
