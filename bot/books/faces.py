"""The typefaces of the book, and how a run of text is drawn in them.

Text stays text: it can be selected, copied and searched.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.cards.fonts import KAI, RARE
from bot.cards.typeface import face_of, middle_of, upright

Colour = tuple[float, float, float]
INK: Colour = (0.13, 0.12, 0.11)
QUIET: Colour = (0.45, 0.41, 0.36)
RED: Colour = (0.68, 0.21, 0.16)
_NAMES = {KAI: "Kai", RARE: "KaiRare"}
_AROUND = 0.2  # of a square, before and after a lying word together
_LATIN = r"[!-¶¸-ʯ‘’“”–]"  # all but the dot between a tune and its title
_WORDS = re.compile(rf"(?P<lying>{_LATIN}+(?: +{_LATIN}+)*)|(?:(?!{_LATIN}).)+", re.DOTALL)
_LYING = 0.32  # how far the middle of a lying line is above its baseline


def register_faces() -> None:
    """Reads the faces, once; nobody draws before."""
    for path, name in _NAMES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, path))


def width(text: str, size: float) -> float:
    """Of a line."""
    widths = (pdfmetrics.stringWidth(part, _NAMES[face], size) for face, part in _by_face(text))
    return float(sum(widths))


def _by_face(text: str) -> Iterator[tuple[Path, str]]:
    for face, characters in groupby(text, face_of):
        yield face, "".join(characters)


def line(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    align: float = 0,
    colour: Colour = INK,
) -> None:
    """A line on the baseline `y`; `align` 0 begins, 0.5 centres, 1 ends at `x`."""
    canvas.setFillColorRGB(*colour)
    x -= align * width(text, size)
    for face, part in _by_face(text):
        canvas.setFont(_NAMES[face], size)
        canvas.drawString(x, y, part)
        x += width(part, size)


def column(
    canvas: Canvas,
    text: str,
    x: float,
    top: float,
    size: float,
    pitch: float,
    *,
    pause: float = 1,
    colour: Colour = INK,
) -> float:
    """A column with its middle at `x`; Latin words lie on their side. Where it ends is given."""
    canvas.setFillColorRGB(*colour)
    with _read_as(canvas, text):
        return _stack(canvas, upright(text), x, top, size, pitch, pause)


@contextmanager
def _read_as(canvas: Canvas, text: str) -> Iterator[None]:
    """What is drawn within is copied and read aloud as `text`, whole."""
    code = canvas._code
    code.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
    yield
    code.append("EMC")


def ring(canvas: Canvas, x: float, y: float) -> None:
    """圈, by its middle: beside or over the line that it marks."""
    canvas.setStrokeColorRGB(*RED)
    canvas.setLineWidth(0.6)
    canvas.circle(x, y, 1.7)


def tallness(text: str, pitch: float) -> float:
    """How tall a column is at a size of 1 and a `pitch` in sizes."""
    return sum(
        width(piece, 1) + _AROUND if lying else pitch * len(piece)
        for lying, piece in _pieces(upright(text))
    )


def _stack(
    canvas: Canvas, text: str, x: float, top: float, size: float, pitch: float, pause: float
) -> float:
    for lying, piece in _pieces(text):
        if lying:
            top = _lie(canvas, piece, x, top, size)
            continue
        for character in piece:
            if character.isspace():
                top -= pause * pitch
            else:
                _stand(canvas, character, x, top - pitch / 2, size)
                top -= pitch
    return top


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Latin words, with the spaces between them, and what stands."""
    for match in _WORDS.finditer(text):
        yield match["lying"] is not None, match.group()


def _stand(canvas: Canvas, character: str, x: float, middle: float, size: float) -> None:
    face = face_of(character)
    canvas.setFont(_NAMES[face], size)
    canvas.drawCentredString(x, middle - middle_of(character) * size, character)


def _lie(canvas: Canvas, word: str, x: float, top: float, size: float) -> float:
    canvas.saveState()
    canvas.translate(x - _LYING * size, top)
    canvas.rotate(-90)
    canvas.setFont(_NAMES[KAI], size)
    canvas.drawString(_AROUND / 2 * size, 0, word)
    canvas.restoreState()
    return top - width(word, size) - _AROUND * size
