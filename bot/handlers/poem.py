"""/poem, /acrostic, /continue, and plain Chinese text in a private chat: write a poem."""

from dataclasses import replace

from bot.handlers.visit import Visit
from bot.services.asking import has_han, read_first_line, read_heads, read_theme
from bot.services.poems import Ask


async def poem(visit: Visit) -> None:
    """`/poem 七律 秋夜`, in any order; without a theme the season chooses."""
    wish = read_theme(visit.words)
    await _write(visit, replace(visit.ask("poem"), form=wish.form, theme=wish.rest))


async def acrostic(visit: Visit) -> None:
    """`/acrostic 春夏秋冬 七绝`"""
    wish = read_heads(visit.words)
    await _write(visit, replace(visit.ask("acrostic"), form=wish.form, heads=wish.rest))


async def continue_line(visit: Visit) -> None:
    """`/continue 床前明月光`"""
    wish = read_first_line(visit.words)
    await _write(visit, replace(visit.ask("continue"), form=wish.form, first_line=wish.rest))


async def plain_text(visit: Visit) -> None:
    """Chinese text in a private chat is a theme, anything else gets a hint."""
    if has_han(visit.words):
        await poem(visit)
    else:
        await visit.answer(visit.say("only-chinese"))


async def _write(visit: Visit, ask: Ask) -> None:
    async with visit.typing():
        written = await visit.parts.poems.write(ask)
    await visit.show(written)
