"""Which characters can be drawn, in which face, and what stands in for the others.

A character without a glyph is never drawn: the other script's form of it stands in, or its
plain form; else a title goes without it, and a verse gets an open circle, as old prints have
it where the block was worn.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from bot.cards.fonts import KAI, RARE
from poetry_model import is_han
from poetry_model.script import to_simplified, to_traditional

WORN = "○"
_SINGLE_QUOTES = re.compile("‘([^‘’]*)’")  # in pairs: one alone is an apostrophe
# How far the middle of a character is above the baseline, in squares.
_MIDDLES = {KAI: 0.38, RARE: 0.31}


@cache
def glyphs(face: Path = KAI) -> frozenset[str]:
    """Every character a face has."""
    with TTFont(face, lazy=True) as read:
        return frozenset(map(chr, read.getBestCmap()))


def face_of(character: str) -> Path:
    """The face a character is drawn in."""
    return RARE if character in glyphs(RARE) and character not in glyphs() else KAI


def middle_of(character: str) -> float:
    """How far its middle is above the baseline, in squares."""
    return _MIDDLES[face_of(character)]


@lru_cache(maxsize=32)
def sized(size: int, face: Path = KAI) -> ImageFont.FreeTypeFont:
    """A face at so many pixels."""
    return ImageFont.truetype(str(face), size)


def can_be_drawn(character: str) -> bool:
    """Whether there is a glyph."""
    return character in glyphs() or character in glyphs(RARE)


def upright(text: str) -> str:
    """The text with the marks that stand in columns, as long as before.

    >>> upright("（月）“夜”")
    '︵月︶﹁夜﹂'
    """
    return _SINGLE_QUOTES.sub(r"﹃\1﹄", text).translate(_upright_marks())


def shortened(text: str, most: int) -> str:
    """The beginning of an upright text, with a sign where it is cut.

    >>> shortened("床前明月光", 4)
    '床前明︙'
    """
    return text if len(text) <= most else f"{text[: most - 1]}︙"


@cache
def _upright_marks() -> dict[int, str]:
    lying, standing = (
        "（）《》〈〉「」『』“”【】〖〗〔〕［］｛｝—…：，。、；！？",
        "︵︶︽︾︿﹀﹁﹂﹃﹄﹁﹂︻︼︗︘︹︺﹇﹈︷︸︱︙︓︐︒︑︔︕︖",
    )
    pairs = zip(lying, standing, strict=True)
    return {ord(mark): turned for mark, turned in pairs if can_be_drawn(turned)}


def with_glyphs(text: str) -> str:
    """The text with nothing in it that cannot be drawn; emoji and the like are left out.

    >>> with_glyphs("月夜🌙")
    '月夜'
    """
    return " ".join("".join(map(_drawable, text)).split())


def verse_with_glyphs(line: str) -> str:
    """A line, as long as before: what cannot be drawn is a circle."""
    return "".join(_drawable(each) or WORN for each in line if not each.isspace())


@cache
def _drawable(character: str) -> str:
    if can_be_drawn(character):
        return character
    for other in _other_forms(character):
        if can_be_drawn(other):
            return other
    return " " if character.isspace() else ""


def _other_forms(character: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", character)
    if not is_han(plain):
        return [plain]
    return [plain, to_simplified(plain), to_traditional(plain)]
