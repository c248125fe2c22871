"""A page in lines, from left to right: titles and verses centred, nothing else."""

from reportlab.pdfgen.canvas import Canvas

from bot.books.book import HEIGHT, WIDTH, Book
from bot.books.faces import INK, QUIET, RED, line, ring, width
from bot.books.pages import CONTENTS_ON_A_PAGE, Page, Placed, people_in
from bot.cards.typeface import verse_with_glyphs, with_glyphs

_TOP = HEIGHT - 72
_PITCH = 24.5
_SIZE = 15.0
_MARGIN = 54.0


def poems_page(canvas: Canvas, book: Book, page: Page, number: int) -> None:
    """The poems of a page."""
    for placed in page:
        _poem(canvas, book, placed)
    line(canvas, f"· {number} ·", WIDTH / 2, 34, 9, align=0.5, colour=QUIET)


def _poem(canvas: Canvas, book: Book, placed: Placed) -> None:
    at = placed.at
    if not placed.goes_on:
        _title(canvas, book, placed, _baseline(at))
        at += 2.6
    people = people_in(placed)
    for number, stanza in enumerate(placed.stanzas):
        at += 0.6 if number else 0
        for text in stanza:
            shown = verse_with_glyphs(text)
            size = min(_SIZE, _SIZE * (WIDTH - 2 * _MARGIN) / width(shown, _SIZE))
            # The mark hangs, so that verses of one length stand under each other.
            line(canvas, shown, WIDTH / 2 + size * 0.25, _baseline(at), size, align=0.5)
            left = WIDTH / 2 + size * 0.25 - width(shown, size) / 2
            for before in next(people):
                x = left + width(shown[: len(before)], size) + size / 2
                ring(canvas, x, _baseline(at) + 1.12 * size)
            at += 1


def _title(canvas: Canvas, book: Book, placed: Placed, y: float) -> None:
    title = with_glyphs(book.title_of(placed.poem))
    size = min(17.0, 17 * (WIDTH - 2 * _MARGIN) / max(1.0, width(title, 17)))
    line(canvas, title, WIDTH / 2, y, size, align=0.5, colour=RED)
    poem = placed.poem
    form = "" if poem.is_tune else poem.form
    about = " · ".join(filter(None, (form, poem.rhyme, poem.written, poem.by)))
    line(canvas, with_glyphs(about), WIDTH / 2, y - 19, 8.5, align=0.5, colour=QUIET)


def _baseline(at: float) -> float:
    return _TOP - (at + 0.5) * _PITCH


def contents_page(
    canvas: Canvas, book: Book, entries: list[tuple[str, int]], *, first: bool
) -> None:
    """Titles with their pages, joined by dots."""
    if first:
        line(canvas, book.words.contents, WIDTH / 2, HEIGHT - 62, 17, align=0.5, colour=RED)
    pitch = (HEIGHT - 160) / CONTENTS_ON_A_PAGE[False]
    for row, (title, page) in enumerate(entries):
        _entry(canvas, with_glyphs(title), str(page), HEIGHT - 100 - row * pitch)


def _entry(canvas: Canvas, title: str, page: str, y: float) -> None:
    size = min(12.0, 12 * (WIDTH - 2 * _MARGIN - 50) / max(1.0, width(title, 12)))
    line(canvas, title, _MARGIN, y, size)
    line(canvas, page, WIDTH - _MARGIN, y, 10, align=1, colour=QUIET)
    canvas.setStrokeColorRGB(0.72, 0.68, 0.62)
    canvas.setLineWidth(0.6)
    canvas.setDash(0.6, 3)
    end = WIDTH - _MARGIN - width(page, 10) - 7
    canvas.line(_MARGIN + width(title, size) + 7, y + 3, end, y + 3)
    canvas.setDash()


def colophon_page(canvas: Canvas, book: Book) -> None:
    """Small, in the middle of the last page."""
    y = HEIGHT * 0.56
    for text in book.words.colophon:
        size = min(10.0, (WIDTH - 60) / max(1.0, width(text, 1)))
        line(canvas, with_glyphs(text), WIDTH / 2, y, size, align=0.5, colour=QUIET)
        y -= 20
    canvas.setFillColorRGB(*INK)
