"""The papers a card can be on: their colours, and the sheet itself with grain, fibres and gold.

A sheet is the same every time; a poem turns it over by its number. It does not know poems.
"""

import random
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH = 1080  # pixels of every card
Colour = tuple[int, int, int]
VERMILION: Colour = (178, 48, 36)


@dataclass(frozen=True)
class Paper:
    """Colours of one kind of paper; `wash` is how strongly it takes a painted motif."""

    name: str
    sheet: Colour
    ink: Colour
    quiet: Colour  # title's companions, date
    head: Colour  # the heads of an acrostic
    seal: Colour
    seal_text: Colour
    motif: Colour
    blossom: Colour
    wash: float
    border: Colour | None = None
    ruled: bool = False  # lines between the columns
    gold: int = 0  # flecks on a sheet
    grain: float = 1.0
    wall: Colour = (206, 197, 180)  # behind the two scrolls of a couplet

    @property
    def dark(self) -> bool:
        """Whether it is written on with light ink."""
        return sum(self.sheet) < sum(self.ink)


PAPERS = {
    paper.name: paper
    for paper in (
        Paper(
            "xuan",
            sheet=(245, 240, 228),
            ink=(36, 32, 29),
            quiet=(112, 101, 88),
            head=(172, 52, 40),
            seal=VERMILION,
            seal_text=(250, 241, 228),
            motif=(74, 76, 74),
            blossom=(186, 88, 84),
            wash=0.34,
        ),
        Paper(
            "lan",
            sheet=(248, 242, 226),
            ink=(34, 30, 28),
            quiet=(124, 92, 78),
            head=(172, 48, 38),
            seal=VERMILION,
            seal_text=(251, 243, 230),
            motif=(150, 96, 74),
            blossom=(186, 88, 84),
            wash=0.16,
            border=(183, 84, 70),
            ruled=True,
        ),
        Paper(
            "sajin",
            sheet=(234, 218, 186),
            ink=(44, 34, 26),
            quiet=(122, 98, 66),
            head=(164, 44, 32),
            seal=(170, 42, 32),
            seal_text=(248, 234, 206),
            motif=(104, 80, 48),
            blossom=(168, 74, 58),
            wash=0.24,
            gold=420,
            border=(190, 158, 98),
        ),
        Paper(
            "douqing",
            sheet=(209, 221, 207),
            ink=(30, 44, 40),
            quiet=(86, 108, 98),
            head=(162, 56, 44),
            seal=(172, 50, 38),
            seal_text=(240, 243, 232),
            motif=(48, 88, 78),
            blossom=(244, 244, 234),
            wash=0.32,
        ),
        Paper(
            "ciqing",
            sheet=(31, 47, 78),
            ink=(226, 200, 144),
            quiet=(172, 152, 112),
            head=(240, 150, 106),
            seal=(176, 58, 44),
            seal_text=(246, 226, 190),
            motif=(196, 176, 128),
            blossom=(226, 200, 144),
            wash=0.22,
            border=(170, 146, 98),
            wall=(20, 29, 48),
        ),
        Paper(
            "hong",
            sheet=(166, 40, 34),
            ink=(250, 219, 150),
            quiet=(234, 182, 118),
            head=(255, 244, 206),
            seal=(246, 214, 146),
            seal_text=(158, 34, 30),
            motif=(250, 206, 132),
            blossom=(250, 219, 150),
            wash=0.20,
            gold=460,
            grain=1.1,
            wall=(92, 26, 24),
        ),
        Paper(
            "ye",
            sheet=(27, 31, 38),
            ink=(233, 229, 217),
            quiet=(150, 152, 150),
            head=(236, 148, 116),
            seal=(170, 56, 44),
            seal_text=(244, 234, 220),
            motif=(176, 190, 204),
            blossom=(226, 220, 214),
            wash=0.26,
            grain=1.3,
            wall=(14, 16, 21),
        ),
    )
}
DEFAULT_PAPER = "xuan"


def sheet(paper: Paper, height: int, turn: int) -> Image.Image:
    """A fresh sheet, turned over as `turn` says (four ways)."""
    whole = _whole_sheet(paper.name, height)
    if turn & 1:
        whole = whole.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if turn & 2:
        whole = whole.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return whole.copy()


@lru_cache(maxsize=10)
def _whole_sheet(name: str, height: int) -> Image.Image:
    paper = PAPERS[name]
    image = Image.new("RGB", (WIDTH, height), paper.sheet)
    chance = random.Random(name)
    _shade(image, paper)
    _lay_fibres(image, paper, chance)
    if paper.gold:
        _scatter_gold(image, paper.gold * height // 1440, chance)
    return image


def _shade(image: Image.Image, paper: Paper) -> None:
    """Clouds and grain in the sheet, and a breath of age at its edges."""
    strength = (0.10 if paper.dark else 0.045) * paper.grain
    tone = 1 - strength * (1 - np.asarray(grain(image.height), dtype=np.float32) / 255)
    tone *= 1 - (0.22 if paper.dark else 0.055) * _edge(image.height)
    shade = Image.fromarray((tone * 255 + 0.5).astype(np.uint8))
    image.paste(ImageChops.multiply(image, Image.merge("RGB", (shade,) * 3)))


@cache
def grain(height: int) -> Image.Image:
    """The unevenness of hand-made paper: clouds of several sizes and a little tooth."""
    chance = np.random.default_rng(7)
    total = np.zeros((height, WIDTH), dtype=np.float32)
    for cell, weight in ((360, 0.9), (120, 0.55), (36, 0.35), (9, 0.22), (3, 0.16)):
        small = chance.random((height // cell + 2, WIDTH // cell + 2), dtype=np.float32)
        noise = Image.fromarray((small * 255).astype(np.uint8))
        big = noise.resize((WIDTH, height), Image.Resampling.BICUBIC)
        total += weight * (np.asarray(big, dtype=np.float32) / 127.5 - 1)
    return Image.fromarray((127.5 + 90 * total).clip(0, 255).astype(np.uint8))


def _edge(height: int) -> np.ndarray:
    """0 in the middle, 1 in the corners."""
    x = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    return ((x * x + y * y) / 2) ** 1.6


def _lay_fibres(image: Image.Image, paper: Paper, chance: random.Random) -> None:
    """Long bark fibres, some lighter than the pulp and some darker."""
    for colour, count in (((255, 255, 255), 170), ((120, 96, 60), 120)):
        mask = Image.new("L", image.size)
        draw = ImageDraw.Draw(mask)
        for _ in range(count):
            draw.line(_fibre(image, chance), fill=chance.randint(40, 130), width=2)
        soft = mask.filter(ImageFilter.GaussianBlur(0.9))
        share = 0.16 if paper.dark else 0.34
        image.paste(colour, mask=soft.point(lambda value, share=share: int(value * share)))


def _fibre(image: Image.Image, chance: random.Random) -> list[tuple[float, float]]:
    x, y = chance.uniform(0, image.width), chance.uniform(0, image.height)
    step_x, step_y = chance.uniform(-9, 9), chance.uniform(-7, 7)
    points = []
    for _ in range(chance.randint(4, 14)):
        points.append((x, y))
        step_x, step_y = step_x + chance.uniform(-3, 3), step_y + chance.uniform(-3, 3)
        x, y = x + step_x, y + step_y
    return points


def _scatter_gold(image: Image.Image, count: int, chance: random.Random) -> None:
    """Flecks of gold leaf: many crumbs, few flakes, none with a straight edge of its own."""
    draw = ImageDraw.Draw(image, "RGBA")
    for _ in range(count):
        size = 1.6 + 9 * chance.random() ** 5
        x, y = chance.uniform(0, image.width), chance.uniform(0, image.height)
        corners = [
            (x + chance.uniform(-size, size), y + chance.uniform(-size, size))
            for _ in range(chance.randint(3, 6))
        ]
        light = chance.uniform(0.8, 1.12)
        red, green, blue = (min(255, int(part * light)) for part in (212, 172, 92))
        draw.polygon(corners, fill=(red, green, blue, chance.randint(110, 230)))


def ink_tooth(size: tuple[int, int]) -> Image.Image:
    """How much ink the paper takes, place by place: a mask that leaves strokes alive."""
    part = grain(size[1]).crop((0, 0, *size))
    return ImageChops.add(part.point(lambda value: value // 4), Image.new("L", size, 205))
