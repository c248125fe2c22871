"""Doing again what went wrong: the apology replies to the message that asked for it."""

from telegram import Message, Update

from bot.handlers.taps import Retry
from bot.handlers.visit import Visit


async def retry(visit: Visit, _: Retry) -> None:
    """Serves the message once more that the tapped apology replies to."""
    apology = visit.message
    asked = apology.reply_to_message if isinstance(apology, Message) else None
    if asked is None:
        await visit.toast(visit.say("expired"))
        return
    await visit.toast(visit.say("writing"))
    await visit.edit_keyboard(None)
    await visit.application.process_update(Update(visit.update.update_id, message=asked))
