"""/history: page through the poems somebody asked for, and read one again."""

from telegram import InlineKeyboardMarkup

from bot.handlers.poem_lists import PAGE, keyboard, list_html, number_row, turning_row
from bot.handlers.taps import HistoryAt, OpenFromHistory
from bot.handlers.visit import Visit


async def history(visit: Visit) -> None:
    """The newest poems, as a new message."""
    text, buttons = await _page(visit, 0)
    await visit.answer(text, buttons, html=buttons is not None)


async def turn(visit: Visit, tap: HistoryAt) -> None:
    """Another page, in the same message."""
    if await _is_owner(visit, tap.owner):
        text, buttons = await _page(visit, tap.offset)
        await visit.edit(text, buttons, html=buttons is not None)


async def open_poem(visit: Visit, tap: OpenFromHistory) -> None:
    """A poem again."""
    if await _is_owner(visit, tap.owner):
        await visit.show_again(tap.poem_id)


async def _is_owner(visit: Visit, owner: int) -> bool:
    if visit.user_id != owner:
        await visit.toast(visit.say("not-yours", command="/history"))
    return visit.user_id == owner


async def _page(visit: Visit, offset: int) -> tuple[str, InlineKeyboardMarkup | None]:
    page = await visit.parts.store.poems.history(visit.user_id, offset=offset, limit=PAGE)
    if not page.items:
        return visit.say("history-empty"), None
    owner = visit.user_id
    heading = visit.say("history-title-html", total=page.total)
    return list_html(heading, page, visit.say), keyboard(
        number_row(page, str, lambda poem: OpenFromHistory(owner, poem.id)),
        turning_row(page, visit.say, lambda offset: HistoryAt(owner, offset)),
    )
