"""/poem, /acrostic, /continue, /couplet.

A command without words of its own that answers a message is asked with that message's words.
"""

from dataclasses import replace

from bot.handlers.visit import Visit
from bot.handlers.writing import write_and_show
from bot.services.asking import (
    NotUnderstood,
    Wish,
    read_couplet,
    read_first_line,
    read_heads,
    read_poem,
)
from bot.services.quoting import quoted_heads, quoted_line, quoted_theme


async def poem(visit: Visit) -> None:
    """`/poem 七律 秋夜`, in any order; without a theme the season chooses."""
    await write_wish(visit, visit.words)


async def write_wish(visit: Visit, words: str) -> None:
    """What these words ask for."""
    wish = read_poem(words)
    if visit.quoted is not None and not wish.theme and wish.first_line is None:
        wish = replace(wish, theme=quoted_theme(visit.quoted))
    await _write(visit, wish)


async def acrostic(visit: Visit) -> None:
    """`/acrostic 春夏秋冬 七绝`"""
    quoted = visit.quoted is not None and not visit.words
    await _write(visit, read_heads(quoted_heads(visit.quoted or "") if quoted else visit.words))


async def continue_line(visit: Visit) -> None:
    """`/continue 床前明月光`"""
    quoted = visit.quoted is not None and not visit.words
    line = quoted_line(visit.quoted or "") if quoted else visit.words
    await _write(visit, read_first_line(line))


async def couplet(visit: Visit) -> None:
    """`/couplet 月`, `/couplet 五言 月`, or a first line to answer."""
    wish = read_couplet(visit.words)
    if visit.quoted is not None and not wish.theme and wish.first_line is None:
        wish = read_couplet(f"{visit.words} {_line_or_theme(visit.quoted)}")
    await _write(visit, wish)


def _line_or_theme(quoted: str) -> str:
    try:
        return quoted_line(quoted)
    except NotUnderstood:
        return quoted_theme(quoted)


async def _write(visit: Visit, wish: Wish) -> None:
    ask = visit.ask().wanting(wish)
    await write_and_show(visit, lambda notice: visit.parts.poems.write(ask, notice))
