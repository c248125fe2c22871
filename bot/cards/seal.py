"""The seal: 吟風弄月, white on cinnabar, cut by hand and pressed a little unevenly."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bot.cards.papers import Colour
from bot.cards.typeface import sized

_LEGEND = ("吟風", "弄月")  # columns from right to left
_FINE = 4  # drawn so many times larger


@lru_cache(maxsize=16)
def seal(size: int, paint: Colour, text: Colour) -> Image.Image:
    """A square seal, with transparency around and in it."""
    stone, legend = _cut(size * _FINE)
    worn = _worn(stone)
    image = Image.new("RGBA", stone.size, (*paint, 0))
    image.paste((*paint, 255), mask=worn)
    image.paste((*text, 255), mask=_together(worn, legend))
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _cut(size: int) -> tuple[Image.Image, Image.Image]:
    """The stone's face and the legend in it."""
    stone, legend = Image.new("L", (size, size)), Image.new("L", (size, size))
    edge = size * 0.03
    ImageDraw.Draw(stone).rounded_rectangle(
        (edge, edge, size - edge, size - edge), radius=size * 0.09, fill=255
    )
    draw, half = ImageDraw.Draw(legend), int(size * 0.425)
    for column, x in zip(_LEGEND, (0.705, 0.295), strict=True):
        for character, y in zip(column, (0.295, 0.705), strict=True):
            draw.text(
                (x * size, y * size + 0.38 * half),
                character,
                font=sized(half),
                fill=255,
                anchor="ms",
                stroke_width=size // 110,
            )
    return stone, legend


def _worn(stone: Image.Image) -> Image.Image:
    """Edges that were chipped, and places where the paste did not take."""
    chance, size = np.random.default_rng(3), stone.width
    rough = _noise(chance, size, 14) * 0.5 + _noise(chance, size, 46) * 0.5
    soft = np.asarray(stone.filter(ImageFilter.GaussianBlur(size / 60)), dtype=np.float32) / 255
    kept = (soft + (rough - 0.5) * 0.75 > 0.5) & (_noise(chance, size, 70) < 0.93)
    return Image.fromarray((kept * 255).astype(np.uint8))


def _noise(chance: np.random.Generator, size: int, cells: int) -> np.ndarray:
    small = Image.fromarray((chance.random((cells, cells)) * 255).astype(np.uint8))
    big = small.resize((size, size), Image.Resampling.BICUBIC)
    return np.asarray(big, dtype=np.float32) / 255


def _together(one: Image.Image, other: Image.Image) -> Image.Image:
    return Image.fromarray(np.minimum(np.asarray(one), np.asarray(other)))
