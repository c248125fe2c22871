"""`/start` by a link: a poem that somebody shared, or a new one on a theme."""

from bot.handlers.visit import Visit
from bot.handlers.writing import write_and_show
from bot.services.asking import NotUnderstood, Wish, read_poem
from bot.services.deep_links import SharedPoem, read_payload


async def open_link(visit: Visit, payload: str) -> bool:
    """Does what the link asks for; False where it is none of ours."""
    asked = read_payload(payload)
    if asked is None:
        return False
    if isinstance(asked, SharedPoem):
        await _open_poem(visit, asked.token)
    else:
        await _write(visit, asked.text)
    return True


async def _open_poem(visit: Visit, token: str) -> None:
    """The poem with its buttons, which whoever opened it may use."""
    poem = await visit.parts.poems.open_shared(token, chat_id=visit.chat_id, user_id=visit.user_id)
    await visit.show_earlier(poem)


async def _write(visit: Visit, text: str) -> None:
    ask = visit.ask().wanting(_wish(text))
    await write_and_show(visit, lambda notice: visit.parts.poems.write(ask, notice))


def _wish(text: str) -> Wish:
    """A link cannot be asked what it meant: what is in doubt is a theme."""
    try:
        return read_poem(text)
    except NotUnderstood:
        return Wish(theme=text)
