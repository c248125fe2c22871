"""/history: the poems somebody asked for, and what old buttons under such lists mean."""

from bot.handlers import anthology
from bot.handlers.selections import whole
from bot.handlers.taps import AnthologyAt, HistoryAt
from bot.handlers.visit import Visit
from bot.storage import Shelf


async def history(visit: Visit) -> None:
    """`/history`, `/history 月`, `/history 七绝`"""
    await anthology.open_shelf(visit, Shelf.HISTORY)


async def turn(visit: Visit, tap: HistoryAt) -> None:
    """A page of a list from before there were choices."""
    await anthology.turn(visit, AnthologyAt(tap.owner, whole(Shelf.HISTORY), tap.offset))
