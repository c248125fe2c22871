"""A page in columns, from right to left, in a ruled frame as block-printed books have it."""

from reportlab.pdfgen.canvas import Canvas

from bot.books.book import HEIGHT, WIDTH, Book
from bot.books.faces import INK, QUIET, RED, column, ring, tallness
from bot.books.numerals import in_characters
from bot.books.pages import (
    COLUMNS,
    CONTENTS_ON_A_PAGE,
    PAUSE,
    ROWS,
    Page,
    Placed,
    column_length,
    people_in,
)
from bot.cards.typeface import verse_with_glyphs, with_glyphs

_LEFT, _RIGHT = 46.0, WIDTH - 34
_TOP, _BOTTOM = HEIGHT - 46, 46.0
_INSIDE = 12.0  # between frame and characters
_BROAD = (_RIGHT - _LEFT) / COLUMNS
_PITCH = (_TOP - _BOTTOM - 2 * _INSIDE) / ROWS
_SIZE = 18.0


def poems_page(canvas: Canvas, book: Book, page: Page, number: int) -> None:
    """The poems of a page."""
    _frame(canvas, COLUMNS)
    for placed in page:
        _poem(canvas, book, placed)
    _number(canvas, book, number)


def _poem(canvas: Canvas, book: Book, placed: Placed) -> None:
    at = placed.at
    if not placed.goes_on:
        _title(canvas, book, placed, _middle(at))
        at += 1
    people = people_in(placed)
    for number, stanza in enumerate(placed.stanzas):
        at += 0.5 if number else 0
        for each in stanza:
            text = "　".join(verse_with_glyphs(part) for part in each.split("　"))
            column(canvas, text, _middle(at), _TOP - _INSIDE, _SIZE, _PITCH, pause=PAUSE)
            for before in next(people):
                down = (column_length(before) + 0.5) * _PITCH
                ring(canvas, _middle(at) + 0.68 * _SIZE, _TOP - _INSIDE - down)
            at += 1


def _title(canvas: Canvas, book: Book, placed: Placed, x: float) -> None:
    """Lower than the verses, with the form and the day small at the foot, where there is room."""
    title = with_glyphs(book.title_of(placed.poem))
    about = _about(placed)
    start, foot = _TOP - _INSIDE - 1.2 * _PITCH, _BOTTOM + _INSIDE
    needed = 9.6 * len(about) + 10
    for room in (start - foot - needed, start - foot):
        size = min(15.0, room / max(1.0, tallness(title, 1.18)))
        if size >= 10:
            break
    end = column(canvas, title, x, start, size, 1.18 * size, colour=RED)
    if end - needed >= foot:
        column(canvas, about, x, foot + needed - 10, 8, 9.6, colour=QUIET)


def _about(placed: Placed) -> str:
    poem = placed.poem
    return "　".join(filter(None, ("" if poem.is_tune else poem.form, poem.written, poem.by)))


def _middle(at: float) -> float:
    return _RIGHT - (at + 0.5) * _BROAD


def _frame(canvas: Canvas, columns: int) -> None:
    canvas.setStrokeColorRGB(*RED)
    canvas.setLineWidth(2.2)
    canvas.rect(_LEFT - 4, _BOTTOM - 4, _RIGHT - _LEFT + 8, _TOP - _BOTTOM + 8)
    canvas.setLineWidth(0.5)
    canvas.rect(_LEFT, _BOTTOM, _RIGHT - _LEFT, _TOP - _BOTTOM)
    canvas.setStrokeColorRGB(0.86, 0.66, 0.62)
    canvas.setLineWidth(0.4)
    for number in range(1, columns):
        x = _RIGHT - number * (_RIGHT - _LEFT) / columns
        canvas.line(x, _BOTTOM, x, _TOP)


def _number(canvas: Canvas, book: Book, number: int) -> None:
    """Book and page at the outer edge."""
    column(canvas, with_glyphs(book.words.title), _LEFT - 19, _TOP - 30, 8, 9.6, colour=QUIET)
    text = in_characters(number)
    column(canvas, text, _LEFT - 19, _BOTTOM + 30 + 10 * len(text), 8.5, 10, colour=QUIET)


def contents_page(
    canvas: Canvas, book: Book, entries: list[tuple[str, int]], *, first: bool
) -> None:
    """Titles with their pages, in two rows of columns."""
    broad = CONTENTS_ON_A_PAGE[True] // 2 + 1
    _frame(canvas, broad)
    across, half = (_RIGHT - _LEFT) / broad, (_TOP - _BOTTOM) / 2
    heading = _RIGHT - across / 2
    if first:
        column(canvas, book.words.contents, heading, _TOP - 26, 15, 24, colour=RED)
    for number, (title, page) in enumerate(entries):
        row, place = divmod(number, broad - 1)
        x = _RIGHT - (place + 1.5) * across
        _entry(canvas, title, page, x, (_TOP - row * half - 9, half - 18))


def _entry(canvas: Canvas, title: str, page: int, x: float, span: tuple[float, float]) -> None:
    """A title, and its page at the foot of the half column."""
    (top, length), number = span, in_characters(page)
    foot = top - length
    text = with_glyphs(title)
    room = length - 9.5 * len(number) - 14
    while tallness(text, 1.16) * 9 > room:
        text = text[:-2] + "…"
    size = min(12.5, room / max(1.0, tallness(text, 1.16)))
    end = column(canvas, text, x, top, size, 1.16 * size, colour=INK)
    start = foot + 9.5 * len(number)
    column(canvas, number, x, start, 8, 9.5, colour=QUIET)
    if end - start > 14:
        canvas.setStrokeColorRGB(0.72, 0.68, 0.62)
        canvas.setLineWidth(0.5)
        canvas.setDash(0.5, 3)
        canvas.line(x, end - 5, x, start + 5)
        canvas.setDash()


def colophon_page(canvas: Canvas, book: Book) -> None:
    """Small, over the seal of the last page."""
    x, room = WIDTH * 0.5 + 15 * (len(book.words.colophon) - 1), HEIGHT * 0.46
    for text in map(with_glyphs, book.words.colophon):
        size = min(11.0, room / max(1.0, tallness(text, 1.32)))
        column(canvas, text, x, HEIGHT * 0.74, size, 1.32 * size, colour=QUIET)
        x -= 30
