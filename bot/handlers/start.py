"""/start, /help, /about."""

from bot.handlers.deep_links import open_link
from bot.handlers.visit import Visit
from poetry_model import TUNES, to_script


async def start(visit: Visit) -> None:
    """What to do here, on one screen; by a link of ours, what that asks for."""
    if visit.words and await open_link(visit, visit.words):
        return
    await visit.answer(visit.say("start-html"), html=True)


async def show_help(visit: Visit) -> None:
    """All commands with an example each."""
    tunes = to_script("、".join(TUNES), visit.script)
    await visit.answer(visit.say("help-html", tunes=tunes), html=True)


async def about(visit: Visit) -> None:
    """Who writes here."""
    model = await visit.parts.poems.model()
    await visit.answer(visit.say("about-html", model=model), html=True)
