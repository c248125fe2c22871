"""The buttons under a poem: keep it or let it go, look at it otherwise, write another."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message

from bot.handlers.jielong_message import players_below
from bot.handlers.keyboards import (
    forms_keyboard,
    poem_keyboard,
    tune_keyboard,
    view_of,
    with_heart,
)
from bot.handlers.occasions import occasion_html, occasion_shown
from bot.handlers.rendering import poem_html
from bot.handlers.taps import (
    FORM_CODES,
    Another,
    Drop,
    HideTunes,
    InForm,
    Keep,
    Look,
    Reread,
    SameLine,
    ShowForms,
    ShowTunes,
    ShowTunesOf,
    View,
)
from bot.handlers.visit import Visit
from bot.handlers.writing import write_and_show
from bot.services.poems import Ask, Notice
from bot.storage import StoredPoem


async def keep(visit: Visit, tap: Keep) -> None:
    """❤️ keeps for the person who tapped; it is said after the commit."""
    poem = await visit.find(tap.poem_id)
    new = await visit.parts.store.favourites.keep(
        visit.user_id, tap.poem_id, now=visit.parts.clock()
    )
    await visit.toast(visit.say("kept" if new else "kept-already"))
    if visit.private:  # in a group the buttons are everybody's and stay as they are
        await visit.edit_keyboard(_with_heart(visit, poem, kept=True))


async def drop(visit: Visit, tap: Drop) -> None:
    """💛 lets it go again."""
    poem = await visit.find(tap.poem_id)
    await visit.parts.store.favourites.drop(visit.user_id, tap.poem_id)
    await visit.toast(visit.say("dropped"))
    if visit.private:
        await visit.edit_keyboard(_with_heart(visit, poem, kept=False))


def _with_heart(visit: Visit, poem: StoredPoem, *, kept: bool) -> InlineKeyboardMarkup:
    """The buttons as the message has them, but for the heart: what is looked at stays so."""
    tapped = visit.message
    if isinstance(tapped, Message) and tapped.reply_markup is not None:
        return with_heart(tapped.reply_markup, poem.id, visit.say, kept=kept)
    return poem_keyboard(poem, visit.say, kept=kept)


async def look(visit: Visit, tap: Look) -> None:
    """The same message, looked at otherwise, with the poem's own buttons."""
    poem, view, say = await visit.find(tap.poem_id), View(tap.script, tap.face), visit.say_there
    keyboard = poem_keyboard(poem, say, kept=await _shows_kept(visit, tap.poem_id), view=view)
    above = occasion_html(await occasion_shown(visit, poem), say)
    below = players_below(visit.message) if poem.people_lines else ""
    await visit.edit(above + poem_html(poem, say, view) + below, keyboard, html=True)


async def _shows_kept(visit: Visit, poem_id: int) -> bool:
    """Whether the heart is full; in a group it is nobody's, so it stands as at first."""
    return visit.private and await visit.parts.store.favourites.is_kept(visit.user_id, poem_id)


async def another(visit: Visit, tap: Another) -> None:
    """🔄: the same wish, a new poem, a new message."""
    await _write(visit, visit.parts.poems.another, tap.poem_id, visit.ask())


async def in_form(visit: Visit, tap: InForm) -> None:
    """The same theme in the form of the button."""
    ask = replace(visit.ask(), form=FORM_CODES[tap.form])
    await _write(visit, visit.parts.poems.another, tap.poem_id, ask)


async def same_line(visit: Visit, tap: SameLine) -> None:
    """✍️: another poem from the same first line."""
    await _write(visit, visit.parts.poems.same_line, tap.poem_id, visit.ask())


async def reread(visit: Visit, tap: Reread) -> None:
    """A couplet on what was taken for a first line, or the other way round."""
    await _write(visit, visit.parts.poems.reread, tap.poem_id, visit.ask())


Writing = Callable[[int, Ask, Notice], Awaitable[StoredPoem]]


async def _write(visit: Visit, writing: Writing, poem_id: int, ask: Ask) -> None:
    await write_and_show(visit, lambda notice: writing(poem_id, ask, notice))


async def show_forms(visit: Visit, tap: ShowForms) -> None:
    """The forms in the place of the poem's buttons."""
    poem = await visit.find(tap.poem_id)
    await visit.edit_keyboard(forms_keyboard(poem, visit.say_there, View(tap.script, tap.face)))


async def show_tunes(visit: Visit, tap: ShowTunesOf) -> None:
    """Every 词牌 in the place of the forms."""
    poem = await visit.find(tap.poem_id)
    await visit.edit_keyboard(tune_keyboard(poem, visit.say_there, View(tap.script, tap.face)))


async def show_tunes_at_once(visit: Visit, tap: ShowTunes) -> None:
    """The same, from the buttons of a message that knows of no views."""
    poem = await visit.find(tap.poem_id)
    await visit.edit_keyboard(tune_keyboard(poem, visit.say_there, view_of(poem)))


async def hide_tunes(visit: Visit, tap: HideTunes) -> None:
    """The poem's buttons again, under a message that knows of no views."""
    poem, kept = await visit.find(tap.poem_id), await _shows_kept(visit, tap.poem_id)
    await visit.edit_keyboard(poem_keyboard(poem, visit.say_there, kept=kept))
