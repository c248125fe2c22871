"""The motifs, painted: each a mask of ink and, for blossoms, a second one.

Restrained on purpose: they lie under verses, mostly low on the sheet and to its left, where a
page that is read from the right ends.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops

from bot.cards.motifs import Motif
from bot.cards.papers import WIDTH
from bot.cards.strokes import Board, Point, curve, glow, hills

VARIANTS = 3  # of each motif


@dataclass(frozen=True)
class Painting:
    """How much of the motif's ink, and of the blossoms', lies where."""

    ink: Image.Image
    blossom: Image.Image | None = None


@lru_cache(maxsize=12)
def paint(motif: Motif, height: int, variant: int, dark: bool) -> Painting:
    """The motif for a sheet of a height; `dark` paper is painted on with light."""
    return _PAINTERS[motif](height, random.Random(f"{motif}{variant}"), dark)


def _moon(height: int, chance: random.Random, dark: bool) -> Painting:
    x, y = chance.uniform(250, 400), height * chance.uniform(0.2, 0.27)
    moon = glow(height, x, y, chance.uniform(128, 158), dark=dark)
    return Painting(ImageChops.lighter(moon, hills(height, chance, layers=3, high=0.15)))


def _mountains(height: int, chance: random.Random, _dark: bool) -> Painting:
    board = Board(height)
    _flock(board, chance, 300, height * 0.66, 3)
    return Painting(ImageChops.lighter(hills(height, chance, layers=4, high=0.25), board.mask()))


def _water(height: int, chance: random.Random, _dark: bool) -> Painting:
    """Ripples, a far shore, one boat."""
    board = Board(height)
    for row in range(17):
        _ripple(board, chance, height * (0.845 + 0.0092 * row), 4 + row // 2)
    _boat(board, chance.uniform(470, 700), height * 0.9)
    shore = hills(height, chance, layers=2, high=0.09)
    lifted = ImageChops.offset(shore, 0, -int(height * 0.15))
    return Painting(ImageChops.lighter(board.mask(), lifted.point(lambda value: value * 3 // 5)))


def _ripple(board: Board, chance: random.Random, y: float, strokes: int) -> None:
    for _ in range(strokes):
        x, length = chance.uniform(-80, WIDTH), chance.uniform(60, 230)
        wave = [
            (x + length * share, y + 3.2 * math.sin(share * math.pi * length / 46))
            for share in (step / 28 for step in range(29))
        ]
        board.line(wave, chance.randint(60, 150), 1.2)


def _boat(board: Board, x: float, y: float) -> None:
    hull = curve((x - 74, y - 12), (x, y + 26), (x + 78, y - 16))
    board.polygon(hull, 235)
    board.polygon(curve((x - 26, y + 1), (x + 2, y - 44), (x + 30, y + 1)), 190)
    board.dot(x + 50, y - 33, 5, 235)
    board.polygon([(x + 38, y - 36), (x + 50, y - 47), (x + 63, y - 36)], 235)
    board.polygon([(x + 43, y - 28), (x + 58, y - 28), (x + 62, y - 6), (x + 38, y - 6)], 235)
    board.line([(x + 56, y - 24), (x + 118, y - 62)], 200, 1.4)
    board.line([(x + 118, y - 62), (x + 120, y + 8)], 110, 0.8)


def _plum(height: int, chance: random.Random, _dark: bool) -> Painting:
    """A bough out of the lower left corner, with flowers and buds."""
    board, flowers = Board(height), Board(height)
    twigs: list[Point] = []
    _bough(board, chance, (-30, height * 0.985), -0.42, 21, 10, twigs)
    _bough(board, chance, (60, height * 1.012), -0.12, 13, 8, twigs)
    for x, y in twigs:
        _flower(board, flowers, chance, x, y)
    return Painting(board.mask(), flowers.mask())


def _bough(
    board: Board,
    chance: random.Random,
    start: Point,
    angle: float,
    thick: float,
    joints: int,
    twigs: list[Point],
) -> None:
    """Goes on from joint to joint, turning a little; side twigs leave at some."""
    here = start
    for joint in range(joints):
        turn = angle + chance.uniform(-0.42, 0.42)
        length = chance.uniform(48, 84)
        there = (here[0] + math.cos(turn) * length, here[1] + math.sin(turn) * length)
        bend = (here[0] + chance.uniform(0, 30), (here[1] + there[1]) / 2 + chance.uniform(-9, 9))
        thinner = thick * 0.84
        board.taper(curve(here, bend, there, 40), 225, thick / 2, thinner / 2)
        if joint and chance.random() < 0.72 and thick > 2.4:
            side = turn + chance.choice((-1, 1)) * chance.uniform(0.5, 1.0)
            _bough(board, chance, there, side, thinner * 0.5, chance.randint(2, 3), twigs)
        if thick < 11 and chance.random() < 0.66:
            twigs.append((there[0] + chance.uniform(-8, 8), there[1] + chance.uniform(-14, 2)))
        here, thick = there, thinner


def _flower(board: Board, flowers: Board, chance: random.Random, x: float, y: float) -> None:
    if chance.random() < 0.34:
        flowers.dot(x, y, chance.uniform(4.5, 7), 225)
        return
    size, turn = chance.uniform(9, 13), chance.uniform(0, math.tau)
    for petal in range(5):
        angle = turn + petal * math.tau / 5
        flowers.dot(x + math.cos(angle) * size, y + math.sin(angle) * size, size * 0.82, 215)
    for petal in range(5):
        angle = turn + 0.6 + petal * math.tau / 5
        tip = (x + math.cos(angle) * size * 0.8, y + math.sin(angle) * size * 0.8)
        board.line([(x, y), tip], 170, 0.8)
        board.dot(*tip, 1.6, 200)


def _bamboo(height: int, chance: random.Random, _dark: bool) -> Painting:
    """Three stalks at the left, the far ones pale."""
    far, near = Board(height), Board(height)
    for board, x, broad, ink in ((far, 236, 9, 90), (far, 40, 12, 105), (near, 118, 17, 215)):
        _stalk(board, chance, x + chance.uniform(-16, 16), broad, ink)
    return Painting(ImageChops.lighter(far.mask(), near.mask()))


def _stalk(board: Board, chance: random.Random, x: float, broad: float, ink: int) -> None:
    y, top = board.height + 20.0, board.height * chance.uniform(0.36, 0.52)
    lean = chance.uniform(-0.05, 0.07)
    while y > top:
        length = chance.uniform(96, 132)
        end = x + lean * length
        for side in (-1, 1):
            board.line(
                [(x + side * broad / 2, y), (end + side * broad / 2, y - length + 7)], ink, 1
            )
        body = [(x - broad / 2, y), (x + broad / 2, y)]
        body += [(end + broad / 2, y - length + 7), (end - broad / 2, y - length + 7)]
        board.polygon(body, ink * 3 // 4)
        board.line([(end - broad / 2 - 3, y - length), (end + broad / 2 + 3, y - length)], ink, 2.4)
        if y < board.height * 0.93:
            _spray(board, chance, (end, y - length), ink)
        x, y = end, y - length


def _spray(board: Board, chance: random.Random, knot: Point, ink: int) -> None:
    """A thin branch at a knot, and its leaves in bunches, as 个 and 介 are written."""
    side = chance.choice((-1, 1, 1))
    reach = chance.uniform(60, 150)
    tip = (knot[0] + side * reach, knot[1] - chance.uniform(10, 70))
    board.line(curve(knot, (knot[0] + side * reach / 2, tip[1] - 8), tip), ink, 1.6)
    for at in (0.55, 1.0):
        x, y = knot[0] + (tip[0] - knot[0]) * at, knot[1] + (tip[1] - knot[1]) * at
        for number in range(chance.randint(3, 4)):
            angle = math.pi / 2 - side * (0.75 - 0.5 * number) + chance.uniform(-0.14, 0.14)
            board.leaf(x, y, angle, chance.uniform(70, 128), chance.uniform(12, 18), ink)


def _willow(height: int, chance: random.Random, _dark: bool) -> Painting:
    """Long strands that hang in from the upper left, moved by some wind."""
    board = Board(height)
    for _ in range(17):
        x, length = chance.uniform(-90, 330), height * chance.uniform(0.22, 0.56)
        drift = chance.uniform(30, 120)
        strand = curve((x, -20), (x + drift * 0.2, length * 0.5), (x + drift, length), 60)
        ink = chance.choice((85, 120, 160))
        board.line(strand, ink, 1.1)
        for px, py in strand[6:]:
            if chance.random() < 0.62:
                angle = math.pi / 2 + chance.choice((-1, 1)) * chance.uniform(0.25, 0.7)
                board.leaf(px, py, angle, chance.uniform(17, 32), chance.uniform(4, 6.5), ink)
    _swallow(board, chance.uniform(560, 700), height * 0.88, 1.0)
    _swallow(board, chance.uniform(420, 500), height * 0.915, 0.7)
    return Painting(board.mask())


def _swallow(board: Board, x: float, y: float, scale: float) -> None:
    for side in (-1, 1):
        wing = curve(
            (x, y), (x + side * 22 * scale, y - 26 * scale), (x + side * 56 * scale, y - 12 * scale)
        )
        back = curve(
            (x + side * 56 * scale, y - 12 * scale),
            (x + side * 22 * scale, y - 12 * scale),
            (x, y + 7 * scale),
        )
        board.polygon(wing + back, 210)
        board.line([(x, y + 5 * scale), (x + side * 11 * scale, y + 34 * scale)], 210, 2 * scale)
    board.dot(x, y, 6 * scale, 210)


def _lotus(height: int, chance: random.Random, _dark: bool) -> Painting:
    """Broad leaves over the lower edge, one flower, one bud."""
    board, flowers = Board(height), Board(height)
    for middle, low, size, ink in (
        (120, 0.93, 170, 95),
        (430, 0.975, 130, 70),
        (300, 0.9, 96, 125),
    ):
        _pad(board, chance, middle + chance.uniform(-30, 30), height * low, size, ink)
    x = chance.uniform(470, 540)
    _open_flower(board, flowers, x, height * 0.856)
    bud = (x + chance.uniform(120, 160), height * 0.885)
    board.line(curve((bud[0] - 40, height + 20), (bud[0] + 14, height * 0.95), bud), 150, 2.4)
    flowers.leaf(bud[0], bud[1] + 4, -1.5, 62, 24, 190)
    return Painting(board.mask(), flowers.mask())


def _open_flower(board: Board, flowers: Board, x: float, y: float) -> None:
    foot = board.height + 20
    board.line(curve((x - 26, foot), (x + 20, (y + foot) / 2), (x, y)), 170, 3)
    for angle, length in ((-2.5, 76), (-0.64, 76), (-2.12, 88), (-1.02, 88), (-1.57, 88)):
        flowers.leaf(x, y + 4, angle, length, 34, 200)
    for angle in (-2.3, -0.84, -1.8, -1.34):
        board.line([(x, y), (x + math.cos(angle) * 62, y + math.sin(angle) * 62)], 90, 1)


def _pad(board: Board, chance: random.Random, x: float, y: float, size: float, ink: int) -> None:
    edge = [
        (
            x + math.cos(angle) * size * (1 + 0.05 * math.sin(angle * 7 + size)),
            y + math.sin(angle) * size * 0.42 * (1 + 0.06 * math.sin(angle * 5)),
        )
        for angle in (step * math.tau / 72 for step in range(72))
    ]
    board.line([(x, y), (x + chance.uniform(-20, 20), board.height + 20)], ink + 40, 4)
    board.polygon(edge, ink)
    for step in range(0, 72, 6):
        board.line([(x, y - size * 0.04), edge[step]], ink + 38, 1.2)


def _petals(height: int, chance: random.Random, _dark: bool) -> Painting:
    """A flowering twig at the upper left, and petals that the wind has taken."""
    board, flowers = Board(height), Board(height)
    twigs: list[Point] = []
    _bough(board, chance, (-20, height * 0.035), 0.12, 13, 8, twigs)
    for x, y in twigs:
        _flower(board, flowers, chance, x, y)
    for _ in range(46):
        share = chance.random()
        x = 120 + 900 * share + chance.uniform(-150, 150)
        y = height * (0.16 + 0.8 * share) + chance.uniform(-170, 170)
        flowers.leaf(
            x,
            y,
            chance.uniform(0, math.tau),
            chance.uniform(11, 21),
            chance.uniform(7, 11),
            chance.randint(90, 200),
        )
    return Painting(board.mask(), flowers.mask())


def _geese(height: int, chance: random.Random, _dark: bool) -> Painting:
    """A wedge of geese, and reeds along the lower edge."""
    board = Board(height)
    _flock(board, chance, chance.uniform(210, 320), height * 0.105, 9)
    for _ in range(34):
        _reed(board, chance, chance.gauss(210, 170))
    return Painting(board.mask())


def _flock(board: Board, chance: random.Random, x: float, y: float, count: int) -> None:
    for number in range(count):
        side, rank = (1 if number % 2 else -1), (number + 1) // 2
        at_x = x + rank * (34 if side > 0 else 46) + chance.uniform(-4, 4)
        at_y = y + side * rank * 13 + rank * 10 + chance.uniform(-3, 3)
        lift = chance.uniform(6, 11)
        for wing in (-1, 1):
            far = (at_x + wing * 15, at_y - lift)
            board.line(curve((at_x, at_y), (at_x + wing * 6, at_y - lift), far, 8), 190, 2)


def _reed(board: Board, chance: random.Random, x: float) -> None:
    length = board.height * chance.uniform(0.06, 0.19)
    tip = (x + chance.uniform(18, 80), board.height - length)
    ink = chance.choice((80, 120, 170))
    stem = curve((x, board.height + 10), (x + 4, board.height - length * 0.7), tip)
    board.line(stem, ink, 1.6)
    for px, py in stem[-9:]:
        for _ in range(4):
            board.line(
                [(px, py), (px + chance.uniform(6, 26), py + chance.uniform(-3, 15))], ink, 0.9
            )
    for at in (8, 12):
        px, py = stem[at]
        board.leaf(
            px,
            py,
            chance.choice((-1.0, -2.1)) + chance.uniform(-0.3, 0.3),
            chance.uniform(50, 110),
            6,
            ink,
        )


def _snow(height: int, chance: random.Random, dark: bool) -> Painting:
    """White hills under a falling sky; what falls is left blank, or light on dark paper."""
    board = Board(height)
    for _ in range(170):
        board.dot(
            chance.uniform(0, WIDTH),
            chance.uniform(0, height),
            chance.uniform(1.5, 5.5),
            chance.randint(90, 220),
        )
    slopes = hills(height, chance, layers=4, high=0.24)
    if dark:
        return Painting(slopes, board.mask())
    sky = Image.linear_gradient("L").resize((WIDTH, height)).point(lambda value: 34 + value // 3)
    washed = ImageChops.lighter(slopes, sky)
    return Painting(ImageChops.subtract(washed, board.mask()))


def _rain(height: int, chance: random.Random, _dark: bool) -> Painting:
    """Slanting threads before hills in mist."""
    board = Board(height)
    for _ in range(260):
        x, y = chance.uniform(-60, WIDTH), chance.uniform(-40, height)
        length = chance.uniform(34, 110)
        board.line([(x, y), (x - length * 0.2, y + length)], chance.randint(110, 210), 1.1)
    return Painting(ImageChops.lighter(board.mask(), hills(height, chance, layers=3, high=0.22)))


_PAINTERS: dict[Motif, Callable[[int, random.Random, bool], Painting]] = {
    Motif.MOON: _moon,
    Motif.MOUNTAINS: _mountains,
    Motif.WATER: _water,
    Motif.PLUM: _plum,
    Motif.BAMBOO: _bamboo,
    Motif.WILLOW: _willow,
    Motif.LOTUS: _lotus,
    Motif.PETALS: _petals,
    Motif.GEESE: _geese,
    Motif.SNOW: _snow,
    Motif.RAIN: _rain,
}
