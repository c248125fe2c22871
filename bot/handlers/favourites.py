"""/favourites: page through the poems somebody kept, read one again, let one go."""

from telegram import InlineKeyboardMarkup

from bot.handlers.poem_lists import PAGE, keyboard, list_html, number_row, turning_row
from bot.handlers.taps import FavouritesAt, OpenFavourite, RemoveFavourite
from bot.handlers.visit import Visit


async def favourites(visit: Visit) -> None:
    """The first page, as a new message."""
    text, buttons = await _page(visit, 0)
    await visit.answer(text, buttons, html=buttons is not None)


async def turn(visit: Visit, tap: FavouritesAt) -> None:
    """Another page, in the same message."""
    if await _is_owner(visit, tap.owner):
        await _turn_to(visit, tap.offset)


async def open_poem(visit: Visit, tap: OpenFavourite) -> None:
    """A kept poem again."""
    if await _is_owner(visit, tap.owner):
        await visit.show_again(tap.poem_id)


async def remove(visit: Visit, tap: RemoveFavourite) -> None:
    """One favourite less; the page closes the gap."""
    if await _is_owner(visit, tap.owner):
        await visit.parts.store.favourites.drop(visit.user_id, tap.poem_id)
        await visit.toast(visit.say("dropped"))
        await _turn_to(visit, tap.offset)


async def _is_owner(visit: Visit, owner: int) -> bool:
    if visit.user_id != owner:
        await visit.toast(visit.say("not-yours", command="/favourites"))
    return visit.user_id == owner


async def _turn_to(visit: Visit, offset: int) -> None:
    text, buttons = await _page(visit, offset)
    await visit.edit(text, buttons, html=buttons is not None)


async def _page(visit: Visit, offset: int) -> tuple[str, InlineKeyboardMarkup | None]:
    """Text and buttons of the page at `offset`, or of the last one before it that has poems."""
    kept = visit.parts.store.favourites
    page = await kept.page(visit.user_id, offset=offset, limit=PAGE)
    if not page.items and page.total:
        last = (page.total - 1) // PAGE * PAGE
        page = await kept.page(visit.user_id, offset=last, limit=PAGE)
    if not page.items:
        return visit.say("favourites-empty"), None
    owner, at = visit.user_id, page.offset
    heading = visit.say("favourites-title-html", total=page.total)
    return list_html(heading, page, visit.say), keyboard(
        number_row(page, str, lambda poem: OpenFavourite(owner, poem.id)),
        number_row(
            page,
            lambda number: visit.say("button-remove", number=number),
            lambda poem: RemoveFavourite(owner, poem.id, at),
        ),
        turning_row(page, visit.say, lambda offset: FavouritesAt(owner, offset)),
    )
