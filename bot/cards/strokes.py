"""Brush work: masks that say how much ink lies where, 0 to 255. Colours come later.

What has an outline is drawn at twice the size and halved, for smooth edges.
"""

import math
import random

import numpy as np
from PIL import Image, ImageDraw

from bot.cards.papers import WIDTH, grain

FINE = 2
Point = tuple[float, float]


class Board:
    """A mask to draw outlines on, in the pixels of the card."""

    def __init__(self, height: int) -> None:
        self.height = height
        self._image = Image.new("L", (WIDTH * FINE, height * FINE))
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: list[Point], ink: int) -> None:
        """A filled outline."""
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=ink)

    def dot(self, x: float, y: float, radius: float, ink: int) -> None:
        """A filled circle."""
        x, y, radius = x * FINE, y * FINE, radius * FINE
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def ring(self, x: float, y: float, radius: float, ink: int, width: float) -> None:
        """A circle."""
        box = [part * FINE for part in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, outline=ink, width=int(width * FINE))

    def line(self, points: list[Point], ink: int, width: float) -> None:
        """A stroke of one breadth."""
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self._draw.line(scaled, fill=ink, width=max(1, int(width * FINE)), joint="curve")

    def taper(self, points: list[Point], ink: int, first: float, last: float) -> None:
        """A stroke that grows thinner."""
        for number, (x, y) in enumerate(points):
            share = number / max(1, len(points) - 1)
            self.dot(x, y, first + (last - first) * share, ink)

    def leaf(self, x: float, y: float, angle: float, length: float, width: float, ink: int) -> None:
        """A leaf from its stem: broad before the middle, ending in a point."""
        left, right = [], []
        for step in range(9):
            share = step / 8
            half = width / 2 * math.sin(math.pi * share**0.72) if step < 8 else 0.0
            along_x, along_y = math.cos(angle) * length * share, math.sin(angle) * length * share
            left.append(
                (x + along_x - math.sin(angle) * half, y + along_y + math.cos(angle) * half)
            )
            right.append(
                (x + along_x + math.sin(angle) * half, y + along_y - math.cos(angle) * half)
            )
        self.polygon(left + right[::-1], ink)

    def mask(self) -> Image.Image:
        """What was drawn."""
        return self._image.reduce(FINE)


def curve(start: Point, bend: Point, end: Point, steps: int = 24) -> list[Point]:
    """A curve from `start` to `end`, drawn towards `bend`."""
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bend[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * bend[1] + t * t * end[1],
        )
        for t in (step / steps for step in range(steps + 1))
    ]


def hills(height: int, chance: random.Random, *, layers: int, high: float) -> Image.Image:
    """Ridges one behind the other, dark at their edge and lost in mist below."""
    begin = int(height * (1 - 1.6 * high))
    total = np.zeros((height - begin, WIDTH), dtype=np.float32)
    rows = np.arange(begin, height, dtype=np.float32)[:, None]
    for layer in range(layers):
        near = (layer + 1) / layers
        level = height * (1 - high * (1.12 - 0.82 * near))
        ridge = level - height * high * 0.62 * _ridge(chance, rough=0.42 + 0.2 * near)
        depth = rows - ridge[None, :]
        ink = (0.28 + 0.55 * near) * np.exp(-depth / (height * (0.05 + 0.10 * near)))
        total = np.where(depth > 0, np.maximum(total * 0.72, ink * depth.clip(0, 1)), total)
    return _inked(total, height)


def _inked(total: np.ndarray, height: int) -> Image.Image:
    """Shares of ink, from some row on downwards, with the paper's tooth in them, as a mask."""
    begin = height - total.shape[0]
    tooth = np.asarray(grain(height), dtype=np.float32)[begin:] / 255 * 0.5 + 0.66
    mask = Image.new("L", (WIDTH, height))
    inked = (total * tooth * 255).clip(0, 255).astype(np.uint8)
    mask.paste(Image.fromarray(inked), (0, begin))
    return mask


def _ridge(chance: random.Random, *, rough: float) -> np.ndarray:
    """Heights from 0 to 1 over the width of the card."""
    across = np.linspace(0, 1, WIDTH, dtype=np.float32)
    heights = np.zeros(WIDTH, dtype=np.float32)
    weight, points = 1.0, 4
    while points < 140:
        knots = np.array([chance.random() for _ in range(points + 1)], dtype=np.float32)
        heights += weight * np.interp(across, np.linspace(0, 1, points + 1), knots)
        weight, points = weight * rough, points * 2
    span: np.ndarray = (heights - heights.min()) / (heights.max() - heights.min())
    return span


def glow(height: int, x: float, y: float, radius: float, *, dark: bool) -> Image.Image:
    """A moon: on light paper left blank within a wash, on dark paper shining."""
    across = np.arange(WIDTH, dtype=np.float32)[None, :] - x
    down = np.arange(height, dtype=np.float32)[:, None] - y
    out = np.hypot(across, down) - radius
    inside = (0.5 - out).clip(0, 1)
    halo = np.exp(-out.clip(0, None) / (radius * 1.15)) * (0.34 if dark else 0.5)
    total = np.maximum(inside * 0.78, halo) if dark else halo * (1 - inside)
    return _inked(total, height)
