"""The buttons under a poem: keep it or let it go, write another, in a form, read otherwise."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.handlers.keyboards import poem_keyboard, tune_keyboard
from bot.handlers.taps import (
    FORM_CODES,
    Another,
    Drop,
    HideTunes,
    InForm,
    Keep,
    Reread,
    ShowTunes,
)
from bot.handlers.visit import Visit
from bot.services.poems import Ask
from bot.storage import StoredPoem


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
    await _write(visit, visit.parts.poems.another, tap.poem_id, visit.ask())


async def in_form(visit: Visit, tap: InForm) -> None:
    """The same theme in the form of the button."""
    ask = replace(visit.ask(), form=FORM_CODES[tap.form])
    await _write(visit, visit.parts.poems.another, tap.poem_id, ask)


async def reread(visit: Visit, tap: Reread) -> None:
    """A couplet on what was taken for a first line, or the other way round."""
    await _write(visit, visit.parts.poems.reread, tap.poem_id, visit.ask())


Writing = Callable[[int, Ask], Awaitable[StoredPoem]]


async def _write(visit: Visit, writing: Writing, poem_id: int, ask: Ask) -> None:
    await visit.toast(visit.say("writing"))
    async with visit.typing():
        written = await writing(poem_id, ask)
    await visit.show(written)


async def show_tunes(visit: Visit, tap: ShowTunes) -> None:
    """Every 词牌 in the place of the poem's buttons."""
    poem = await visit.find(tap.poem_id)
    await visit.edit_keyboard(tune_keyboard(poem, visit.say))


async def hide_tunes(visit: Visit, tap: HideTunes) -> None:
    """The poem's buttons again; in a group a heart is nobody's, so it stands as at first."""
    poem = await visit.find(tap.poem_id)
    favourites = visit.parts.store.favourites
    kept = visit.private and await favourites.is_kept(visit.user_id, tap.poem_id)
    await visit.edit_keyboard(poem_keyboard(poem, visit.say, kept=kept))
