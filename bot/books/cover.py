"""The cover: indigo paper, a title slip, a sewn back; and the seal of the colophon."""

from reportlab.pdfgen.canvas import Canvas

from bot.books.book import HEIGHT, WIDTH, Book
from bot.books.faces import INK, RED, column, tallness
from bot.cards.typeface import with_glyphs

_INDIGO = (0.125, 0.192, 0.318)
_SLIP = (0.955, 0.935, 0.88)
_THREAD = (0.86, 0.84, 0.78)
_LEGEND = ("吟風", "弄月")


def cover(canvas: Canvas, book: Book) -> None:
    """Bound at the right for columns, at the left for lines; the slip at the other side."""
    canvas.setFillColorRGB(*_INDIGO)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    _sewing(canvas, WIDTH - 30 if book.vertical else 30, outside=1 if book.vertical else -1)
    _slip(canvas, with_glyphs(book.words.title), 40 if book.vertical else WIDTH - 40 - 68)


def _sewing(canvas: Canvas, x: float, *, outside: int) -> None:
    """Four holes, one thread along them and around the back."""
    canvas.setStrokeColorRGB(*_THREAD)
    canvas.setLineWidth(1.1)
    canvas.line(x, 0, x, HEIGHT)
    edge = WIDTH if outside > 0 else 0
    for share in (0.09, 0.36, 0.64, 0.91):
        canvas.line(x, HEIGHT * share, edge, HEIGHT * share)


def _slip(canvas: Canvas, title: str, left: float) -> None:
    broad, top, length = 68, HEIGHT - 40, 330
    canvas.setFillColorRGB(*_SLIP)
    canvas.rect(left, top - length, broad, length, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*INK)
    for inset, weight in ((5, 1.4), (8.5, 0.5)):
        canvas.setLineWidth(weight)
        canvas.rect(left + inset, top - length + inset, broad - 2 * inset, length - 2 * inset)
    tall = tallness(title, 1.22)
    size = min(34.0, (length - 50) / tall)
    start = top - 25 - max(0.0, (length - 50 - tall * size) / 2 - 24)
    column(canvas, title, left + broad / 2, start, size, 1.22 * size, colour=INK)


def seal(canvas: Canvas, x: float, y: float, side: float) -> None:
    """The bot's seal with its middle at (x, y)."""
    canvas.setFillColorRGB(*RED)
    canvas.roundRect(x - side / 2, y - side / 2, side, side, side * 0.1, stroke=0, fill=1)
    size = side * 0.42
    for text, middle in zip(_LEGEND, (x + side * 0.21, x - side * 0.21), strict=True):
        column(canvas, text, middle, y + size, size, size, colour=_SLIP)
