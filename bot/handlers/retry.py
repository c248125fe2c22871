"""Serving a message once more: as it is, or with a near miss put right.

The apology, or the question what was meant, replies to the message that asked.
"""

from telegram import Message, MessageEntity, Update

from bot.handlers.taps import MeantForm, MeantTheme, Retry
from bot.handlers.visit import Visit
from bot.services.asking import reworded


async def retry(visit: Visit, _: Retry) -> None:
    """The same once more."""
    await _serve(visit, _asked(visit))


async def as_form(visit: Visit, _: MeantForm) -> None:
    """With the form that was proposed."""
    await _serve(visit, _with_words(_asked(visit), as_theme=False))


async def as_theme(visit: Visit, _: MeantTheme) -> None:
    """With the word as a theme."""
    await _serve(visit, _with_words(_asked(visit), as_theme=True))


def _asked(visit: Visit) -> Message | None:
    """The message that the tapped one replies to."""
    tapped = visit.message
    return tapped.reply_to_message if isinstance(tapped, Message) else None


def _with_words(asked: Message | None, *, as_theme: bool) -> Message | None:
    """The message as if it had been written so; the command in front is still one."""
    if asked is None or asked.text is None:
        return None
    command = [each for each in asked.entities if each.type == MessageEntity.BOT_COMMAND]
    changed = {
        "text": reworded(asked.text, as_theme=as_theme),
        "entities": [entity.to_dict() for entity in command],
    }
    return Message.de_json(asked.to_dict() | changed, asked.get_bot())


async def _serve(visit: Visit, asked: Message | None) -> None:
    if asked is None:
        await visit.toast(visit.say("expired"))
        return
    await visit.toast(visit.say("writing"))
    await visit.edit_keyboard(None)
    await visit.application.process_update(Update(visit.update.update_id, message=asked))
