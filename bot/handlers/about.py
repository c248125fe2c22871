"""/about: who writes here."""

from bot.handlers.visit import Visit


async def about(visit: Visit) -> None:
    """Who writes here."""
    model = await visit.parts.poems.model()
    await visit.answer(visit.say("about-html", model=model), html=True)
