"""From a step of ours to a handler of the library: errors that we can say are said, each with
the nearest thing that works.
"""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.errors import HourTaken
from bot.handlers.menus import suit
from bot.handlers.offers import near_miss, offer, one_of
from bot.handlers.questions import ask_again, ask_for_words, question_for
from bot.handlers.returning import tell_of_lost
from bot.handlers.sentences import Sayable, sentence
from bot.handlers.visit import Context, HandlerCallback, Parts, Visit
from bot.services.asking import NearMiss, NotUnderstood, SeveralForms
from poetry_model import BadRequest


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


# What another answer to the same question can put right.
_MENDABLE = (NotUnderstood, BadRequest, HourTaken)


async def _explain(visit: Visit, error: Exception) -> None:
    """What is wrong, and a button or a question that goes on from there."""
    text = sentence(error, visit.say, visit.script)
    wanted = question_for(error)
    if isinstance(error, NearMiss):
        await visit.offer(text, near_miss(error, visit.say, visit.script))
    elif isinstance(error, SeveralForms):
        await visit.offer(text, one_of(error, visit.script))
    elif wanted is not None:
        await ask_for_words(visit, wanted, text)
    elif not (isinstance(error, _MENDABLE) and await ask_again(visit, text)):
        data = visit.query.data if visit.query else None
        await visit.tell(text, offer(error, visit.say, visit.script, visit.words, data))
