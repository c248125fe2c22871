"""A poem is written and shown: one way for words, buttons and links.

Whoever waits behind others is told how many there are; that message then becomes the poem, also
where the process that sent it died or stopped and another one serves the wish.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.handlers.keyboards import poem_keyboard
from bot.handlers.rendering import poem_html
from bot.handlers.visit import Visit
from bot.services.poems import Notice
from bot.storage import StoredPoem

SHOWN_FROM = 3  # poems ahead: fewer are written before anyone has read how many there are


async def write_and_show(visit: Visit, writing: Callable[[Notice], Awaitable[StoredPoem]]) -> None:
    """Shows what `writing` writes; it is given whom to tell, once it is let in, how many poems
    are ahead of it."""
    place = [visit.placeholder] if visit.placeholder else []

    async def notice(ahead: int) -> None:
        said = visit.say("queue-place", ahead=ahead) if ahead >= SHOWN_FROM else ""
        await visit.toast(said or visit.say("writing"))
        if said and not place:
            place.append(await visit.hold_place(said))

    try:
        async with visit.typing():
            poem = await writing(notice)
        if place:
            html, keyboard = poem_html(poem, visit.say), poem_keyboard(poem, visit.say, kept=False)
            if await visit.replace(place.pop(), html, keyboard):
                return
        await visit.show(poem)
    except asyncio.CancelledError:  # the process stops; whoever serves this next has the place
        place.clear()
        raise
    finally:
        for told in place:  # nothing came of it
            await visit.delete(told)
