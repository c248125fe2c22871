"""From a step of ours to a handler of the library: errors that we can say are said, each with
the nearest thing that works.
"""

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardMarkup, Message, Update

from bot.handlers.menus import suit
from bot.handlers.offers import near_miss, offer
from bot.handlers.questions import Wanted, ask_for_words, asked, question_for, wanted_by
from bot.handlers.returning import tell_of_lost
from bot.handlers.sentences import Sayable, sentence
from bot.handlers.visit import Context, HandlerCallback, Parts, Visit
from bot.services.asking import NearMiss


def visiting(step: Callable[[Visit], Awaitable[None]], parts: Parts) -> HandlerCallback:
    """The step as a handler."""

    async def callback(update: Update, context: Context) -> None:
        if update.effective_user is None or update.effective_chat is None:
            return
        visit = await Visit.begin(update, context.application, parts)
        try:
            await step(visit)
        except Sayable as error:
            await _explain(visit, error)
        finally:
            await visit.toast()
        await tell_of_lost(visit)
        await suit(visit)

    return callback


async def _explain(visit: Visit, error: Exception) -> None:
    """What is wrong, and a button or a question that goes on from there."""
    text = sentence(error, visit.say, visit.script)
    wanted = question_for(error)
    if isinstance(error, NearMiss):
        await visit.offer(text, near_miss(error, visit.say, visit.script))
    elif wanted is not None:
        await ask_for_words(visit, wanted, text)
    else:
        await visit.tell(text, _offer(visit, error))


def _offer(visit: Visit, error: Exception) -> InlineKeyboardMarkup | None:
    """What can be done instead; nothing about a daily poem that was asked about: its question
    stands there still."""
    message = visit.message if isinstance(visit.message, Message) else None
    if asked(message) is not None or wanted_by(message) is Wanted.ZONE:
        return None
    data = visit.query.data if visit.query else None
    return offer(error, visit.say, visit.script, visit.words, data)
