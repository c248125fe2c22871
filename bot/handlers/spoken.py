"""Commands by their Chinese names, with or without a slash, and those that run into their words:
帮助, 藏头 春夏秋冬, /poem月. Telegram sees no command in any of them."""

from collections.abc import Awaitable, Callable

from bot.handlers.about import about
from bot.handlers.export import export
from bot.handlers.favourites import favourites
from bot.handlers.forget import forget
from bot.handlers.guidance import show_help, start
from bot.handlers.history import history
from bot.handlers.jielong import jielong
from bot.handlers.poem import acrostic, continue_line, couplet, poem
from bot.handlers.settings import settings
from bot.handlers.subscribe import subscribe, unsubscribe
from bot.handlers.visit import Visit
from bot.services.command_names import command_called

STEPS: dict[str, Callable[[Visit], Awaitable[None]]] = {
    "poem": poem,
    "acrostic": acrostic,
    "continue": continue_line,
    "couplet": couplet,
    "jielong": jielong,
    "favourites": favourites,
    "history": history,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "export": export,
    "settings": settings,
    "forget": forget,
    "start": start,
    "help": show_help,
    "about": about,
}


async def does_as_called(visit: Visit, text: str) -> bool:
    """Does what the text calls by its name; False where it calls nothing."""
    called = command_called(text)
    if called is None:
        return False
    command, words = called
    await STEPS[command](visit.saying(words))
    return True
