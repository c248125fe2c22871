"""Leafing through one's poems, in one message that changes in place: for /favourites and
/history alike, which differ only in that a favourite can be let go.

It does not know where the poems are kept. What poems can be chosen by is in sortings.py.
"""

import secrets
from datetime import UTC, datetime
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.errors import PoemNotFound
from bot.handlers.keyboards import button, private_chat_keyboard
from bot.handlers.poem_lists import (
    PAGE,
    heading_html,
    keyboard,
    list_html,
    number_row,
    short_title,
    turning_row,
)
from bot.handlers.selections import is_whole, read_words, selection_of, shelf_of, turned, unchosen
from bot.handlers.taps import (
    AnthologyAny,
    AnthologyAt,
    AnthologyRemove,
    AnthologyRestore,
    AnthologySort,
    Choice,
    Do,
    Doing,
    OpenFavourite,
    OpenFromHistory,
    Sorting,
)
from bot.handlers.visit import Visit
from bot.services.anthology import Selection
from bot.services.scripts import in_script
from bot.storage import Page, Shelf, StoredPoem

COMMANDS = {Shelf.FAVOURITES: "/favourites", Shelf.HISTORY: "/history"}


async def open_shelf(visit: Visit, shelf: Shelf) -> None:
    """The first page, as a new message; words after the command choose. What is written in the
    name of a chat is nobody's wish to see a list of theirs."""
    if visit.in_chats_name:
        text = visit.say("list-in-private", command=COMMANDS[shelf])
        await visit.answer(text, private_chat_keyboard(visit.bot.link, visit.say))
        return
    choice, words = read_words(shelf, visit.words)
    selection = await selection_of(choice, visit, words)
    text, buttons = await _page(visit, choice, selection, 0)
    await visit.answer(text, buttons, html=True)


async def turn(visit: Visit, tap: AnthologyAt) -> None:
    """Another page, another order or other poems, in the same message."""
    if await is_owner(visit, tap.owner, shelf_of(tap.choice)):
        await _turn_to(visit, tap.choice, tap.offset)


async def open_poem(visit: Visit, tap: OpenFavourite | OpenFromHistory) -> None:
    """A poem again, with all its buttons."""
    shelf = Shelf.FAVOURITES if isinstance(tap, OpenFavourite) else Shelf.HISTORY
    if await is_owner(visit, tap.owner, shelf):
        await visit.show_again(tap.poem_id)


async def any_poem(visit: Visit, tap: AnthologyAny) -> None:
    """🎲: one of the chosen poems, by chance; each tap is another throw."""
    if not await is_owner(visit, tap.owner, shelf_of(tap.choice)):
        return
    poem = await visit.parts.anthology.any_poem(
        await selection_of(tap.choice, visit),
        visit.user_id,
        zone=visit.chat.timezone,
        choose=secrets.randbelow,
    )
    if poem is None:
        await visit.toast(visit.say("nothing-left-here"))
    else:
        await visit.show_again(poem.id)


async def remove(visit: Visit, tap: AnthologyRemove) -> None:
    """One favourite less; the page closes the gap, and offers to take it back."""
    if not await is_owner(visit, tap.owner, Shelf.FAVOURITES):
        return
    kept_at = await visit.parts.store.favourites.take_out(visit.user_id, tap.poem_id)
    await visit.toast(visit.say("dropped"))
    undo = await _undo_row(visit, tap, kept_at) if kept_at else []
    await _turn_to(visit, tap.choice, tap.offset, undo)


async def restore(visit: Visit, tap: AnthologyRestore) -> None:
    """Taken back, to where it stood."""
    if not await is_owner(visit, tap.owner, Shelf.FAVOURITES):
        return
    kept_at = datetime.fromtimestamp(tap.kept_at, UTC)
    try:
        await visit.parts.store.favourites.keep(visit.user_id, tap.poem_id, now=kept_at)
    except PoemNotFound:  # it was this person's alone, and is deleted
        await visit.toast(visit.say("poem-gone"))
    else:
        await visit.toast(visit.say("restored"))
    await _turn_to(visit, tap.choice, tap.offset)


async def is_owner(visit: Visit, owner: int, shelf: Shelf) -> bool:
    """Whether the list is the person's own; others are told how to get theirs."""
    if visit.user_id != owner:
        await visit.toast(visit.say("not-yours", command=COMMANDS[shelf]))
    return visit.user_id == owner


async def _turn_to(
    visit: Visit, choice: Choice, offset: int, undo: list[InlineKeyboardButton] | None = None
) -> None:
    try:
        selection = await selection_of(choice, visit)
    except PoemNotFound:  # the poem that names a theme is deleted
        await visit.toast(visit.say("theme-gone"))
        choice, offset = unchosen(choice), 0
        selection = await selection_of(choice, visit)
    text, buttons = await _page(visit, choice, selection, offset, undo)
    await visit.edit(text, buttons, html=True)


async def _page(
    visit: Visit,
    choice: Choice,
    selection: Selection,
    offset: int,
    undo: list[InlineKeyboardButton] | None = None,
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Text and buttons of the page at `offset`, or of the last one before it that has poems."""
    page = await visit.parts.anthology.page(
        selection, visit.user_id, zone=visit.chat.timezone, offset=offset, limit=PAGE
    )
    back = [] if is_whole(choice) else [_all_button(visit, choice)]
    if not page.items and is_whole(choice):
        first = [button(visit.say("do-autumn"), Do(Doing.AUTUMN))]
        return _empty(visit, selection.shelf), keyboard(undo or [], first)
    heading = heading_html(selection, page.total, visit.say, visit.script)
    if not page.items:
        nothing = escape(visit.say("nothing-found"))
        return f"{heading}\n\n{nothing}", keyboard(undo or [], back)
    return list_html(heading, page, visit.say, visit.script), keyboard(
        *_poem_rows(visit, choice, page),
        undo or [],
        _tools_row(visit, choice, page),
        back,
        turning_row(page, visit.say, lambda at: AnthologyAt(visit.user_id, choice, at)),
    )


def _empty(visit: Visit, shelf: Shelf) -> str:
    is_kept = shelf is Shelf.FAVOURITES
    return escape(visit.say("favourites-empty") if is_kept else visit.say("history-empty"))


def _poem_rows(
    visit: Visit, choice: Choice, page: Page[StoredPoem]
) -> list[list[InlineKeyboardButton]]:
    """A number for each poem that opens it, and in the favourites one that lets it go."""
    owner, say = visit.user_id, visit.say
    if shelf_of(choice) is Shelf.HISTORY:
        return [number_row(page, str, lambda poem: OpenFromHistory(owner, poem.id))]
    return [
        number_row(page, str, lambda poem: OpenFavourite(owner, poem.id)),
        number_row(
            page,
            lambda number: say("button-remove", number=number),
            lambda poem: AnthologyRemove(owner, choice, page.offset, poem.id),
        ),
    ]


def _tools_row(visit: Visit, choice: Choice, page: Page[StoredPoem]) -> list[InlineKeyboardButton]:
    """Choose, turn the order, any; a single poem needs none of it."""
    if page.total == 1 and is_whole(choice):
        return []
    owner, say = visit.user_id, visit.say
    order = say("button-oldest-first") if choice[1] == "n" else say("button-newest-first")
    return [
        button(say("button-sort"), AnthologySort(owner, choice, Sorting.ALL)),
        button(order, AnthologyAt(owner, turned(choice), 0)),
        button(say("button-any"), AnthologyAny(owner, choice)),
    ]


def _all_button(visit: Visit, choice: Choice) -> InlineKeyboardButton:
    return button(visit.say("button-all"), AnthologyAt(visit.user_id, unchosen(choice), 0))


async def _undo_row(
    visit: Visit, tap: AnthologyRemove, kept_at: datetime
) -> list[InlineKeyboardButton]:
    poem = await visit.parts.store.poems.get(tap.poem_id)
    if poem is None:
        return []
    second = int(kept_at.timestamp())
    back = AnthologyRestore(visit.user_id, tap.choice, tap.offset, tap.poem_id, second)
    title = short_title(in_script(poem, visit.script), visit.say)
    return [button(visit.say("button-restore", title=title), back)]
