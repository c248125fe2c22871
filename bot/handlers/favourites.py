"""/favourites: the poems somebody kept, and what old buttons under such lists mean."""

from bot.handlers import anthology
from bot.handlers.selections import whole
from bot.handlers.taps import AnthologyAt, AnthologyRemove, FavouritesAt, RemoveFavourite
from bot.handlers.visit import Visit
from bot.storage import Shelf


async def favourites(visit: Visit) -> None:
    """`/favourites`, `/favourites 月`, `/favourites 七绝`"""
    await anthology.open_shelf(visit, Shelf.FAVOURITES)


async def turn(visit: Visit, tap: FavouritesAt) -> None:
    """A page of a list from before there were choices."""
    await anthology.turn(visit, AnthologyAt(tap.owner, whole(Shelf.FAVOURITES), tap.offset))


async def remove(visit: Visit, tap: RemoveFavourite) -> None:
    """A favourite of such a list, to let go."""
    everything = whole(Shelf.FAVOURITES)
    await anthology.remove(visit, AnthologyRemove(tap.owner, everything, tap.offset, tap.poem_id))
