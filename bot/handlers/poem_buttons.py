"""The buttons under a poem: keep it or let it go, write another, write it in a form."""

from dataclasses import replace

from bot.handlers.keyboards import poem_keyboard
from bot.handlers.taps import FORM_CODES, Another, Drop, InForm, Keep
from bot.handlers.visit import Visit
from bot.services.poems import Ask


async def keep(visit: Visit, tap: Keep) -> None:
    """❤️ keeps for the person who tapped; it is said after the commit."""
    poem = await visit.find(tap.poem_id)
    new = await visit.parts.store.favourites.keep(
        visit.user_id, tap.poem_id, now=visit.parts.clock()
    )
    await visit.toast(visit.say("kept" if new else "kept-already"))
    if visit.private:  # in a group the buttons are everybody's and stay as they are
        await visit.edit_keyboard(poem_keyboard(poem, visit.say, kept=True))


async def drop(visit: Visit, tap: Drop) -> None:
    """💛 lets it go again."""
    poem = await visit.find(tap.poem_id)
    await visit.parts.store.favourites.drop(visit.user_id, tap.poem_id)
    await visit.toast(visit.say("dropped"))
    if visit.private:
        await visit.edit_keyboard(poem_keyboard(poem, visit.say, kept=False))


async def another(visit: Visit, tap: Another) -> None:
    """🔄: the same wish, a new poem, a new message."""
    await _write_like(visit, tap.poem_id, visit.ask())


async def in_form(visit: Visit, tap: InForm) -> None:
    """The same theme in the form of the button."""
    await _write_like(visit, tap.poem_id, replace(visit.ask(), form=FORM_CODES[tap.form]))


async def _write_like(visit: Visit, poem_id: int, ask: Ask) -> None:
    await visit.toast(visit.say("writing"))
    async with visit.typing():
        written = await visit.parts.poems.another(poem_id, ask)
    await visit.show(written)
