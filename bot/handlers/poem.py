"""/poem, /acrostic, /continue, /couplet, and plain Chinese text in a private chat."""

from bot.handlers.visit import Visit
from bot.services.asking import (
    Wish,
    read_couplet,
    read_first_line,
    read_heads,
    read_poem,
)
from poetry_model import BadRequest


async def poem(visit: Visit) -> None:
    """`/poem 七律 秋夜`, in any order; without a theme the season chooses."""
    await _write(visit, read_poem(visit.words))


async def acrostic(visit: Visit) -> None:
    """`/acrostic 春夏秋冬 七绝`"""
    await _write(visit, read_heads(visit.words))


async def continue_line(visit: Visit) -> None:
    """`/continue 床前明月光`"""
    await _write(visit, read_first_line(visit.words))


async def couplet(visit: Visit) -> None:
    """`/couplet 月`, `/couplet 五言 月`, or a first line to answer."""
    await _write(visit, read_couplet(visit.words))


async def plain_text(visit: Visit) -> None:
    """Text in a private chat is a theme; what the poet cannot read as one gets a hint."""
    try:
        await poem(visit)
    except BadRequest as error:
        if error.reason != "theme_without_han":
            raise
        await visit.answer(visit.say("only-chinese"))


async def _write(visit: Visit, wish: Wish) -> None:
    async with visit.typing():
        written = await visit.parts.poems.write(visit.ask().wanting(wish))
    await visit.show(written)
