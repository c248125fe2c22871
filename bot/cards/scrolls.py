"""A couplet as two scrolls on a wall: 上联 to the right, 下联 to the left.

It knows where things hang; what they are written with is the drawing's.
"""

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from bot.cards.columns import Glyph
from bot.cards.papers import WIDTH, Colour, Paper, grain, sheet
from bot.cards.poem import CardPoem
from bot.cards.typeface import shortened, upright, verse_with_glyphs, with_glyphs

HEIGHT = 1440
_MIDDLES = (WIDTH * 0.715, WIDTH * 0.285)  # of the upper and the lower line
_TOP, _BOTTOM = 92, 1340
_BROAD, _MOUNT = 284, 24  # the paper, and the silk on either side of it
_ABOVE, _BELOW = 74, 92  # silk over and under the paper
_LONGEST_NOTE = 16  # characters
_WOOD: Colour = (74, 50, 36)


@dataclass(frozen=True)
class Scrolls:
    """What is written on the two, and the middle of the seal."""

    glyphs: tuple[Glyph, ...]
    seal: tuple[float, float]


def hang(paper: Paper, turn: int) -> Image.Image:
    """A wall with two empty scrolls."""
    wall = Image.new("RGB", (WIDTH, HEIGHT), paper.wall)
    wall.paste((0, 0, 0), mask=grain(HEIGHT).point(lambda value: value // 16))
    whole = sheet(paper, HEIGHT, turn)
    for number, middle in enumerate(_MIDDLES):
        _hang_one(wall, paper, whole, middle, number)
    return wall


def _hang_one(
    wall: Image.Image, paper: Paper, whole: Image.Image, middle: float, number: int
) -> None:
    left, right = int(middle - _BROAD / 2), int(middle + _BROAD / 2)
    outer = (left - _MOUNT, _TOP, right + _MOUNT, _BOTTOM)
    _shadow(wall, outer)
    draw = ImageDraw.Draw(wall)
    draw.rectangle(outer, fill=_silk(paper))
    draw.line((middle - 60, _TOP, middle, _TOP - 46, middle + 60, _TOP), fill=_WOOD, width=3)
    draw.rectangle((outer[0] - 3, _TOP - 6, outer[2] + 3, _TOP + 6), fill=_WOOD)
    _roller(draw, outer)
    box = (left, _TOP + _ABOVE, right, _BOTTOM - _BELOW)
    piece = whole.crop((number * 500 + 60, box[1], number * 500 + 60 + right - left, box[3]))
    wall.paste(piece, box[:2])
    draw.rectangle(box, outline=_mixed(_silk(paper), _WOOD, 0.45), width=1)


def _roller(draw: ImageDraw.ImageDraw, outer: tuple[int, int, int, int]) -> None:
    left, _, right, bottom = outer
    draw.rectangle((left - 6, bottom - 8, right + 6, bottom + 16), fill=_WOOD)
    draw.rectangle(
        (left - 6, bottom - 4, right + 6, bottom - 1), fill=_mixed(_WOOD, (255,) * 3, 0.2)
    )
    for x in (left - 26, right + 6):
        draw.rounded_rectangle((x, bottom - 12, x + 20, bottom + 20), radius=5, fill=(44, 28, 20))


def _shadow(wall: Image.Image, outer: tuple[int, int, int, int]) -> None:
    mask = Image.new("L", (wall.width // 4, wall.height // 4))
    box = [(part + 12) / 4 for part in outer]
    ImageDraw.Draw(mask).rectangle(box, fill=110)
    soft = mask.filter(ImageFilter.GaussianBlur(4)).resize(wall.size, Image.Resampling.BILINEAR)
    wall.paste((30, 20, 12), mask=soft)


def _silk(paper: Paper) -> Colour:
    """The mount goes with the paper: deeper than light paper, lighter than dark."""
    return _mixed(paper.sheet, (214, 186, 140) if paper.dark else (112, 98, 72), 0.34)


def _mixed(one: Colour, other: tuple[int, ...], share: float) -> Colour:
    red, green, blue = (int(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def place(poem: CardPoem) -> Scrolls:
    """Every character: the two lines, what it is about at the right, the day at the left."""
    lines = [verse_with_glyphs(line) for sentence in poem.sentences for line in sentence]
    top, bottom = _TOP + _ABOVE + 66, _BOTTOM - _BELOW - 66
    pitch = min((bottom - top) / max(map(len, lines)), 172)
    size = int(min(pitch * 0.86, 132))
    start = (top + bottom - pitch * max(map(len, lines))) / 2
    verses = [
        Glyph(character, middle, start + pitch * (row + 0.5), size)
        for line, middle in zip(lines, _MIDDLES, strict=False)
        for row, character in enumerate(line)
    ]
    notes = _small(poem.title, _MIDDLES[0] + 112, top - 30)
    day = _small(poem.written, _MIDDLES[1] - 112, top + 340)
    return Scrolls((*verses, *notes, *day), (_MIDDLES[1] - 104, bottom - 10))


def _small(text: str, x: float, top: float) -> list[Glyph]:
    text = shortened(upright(with_glyphs(text)), _LONGEST_NOTE)
    return [
        Glyph(character, x, top + 34 * (row + 0.5), 28, "quiet")
        for row, character in enumerate(text)
        if character.strip()
    ]
