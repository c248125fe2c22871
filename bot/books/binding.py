"""All pages of a book, one after the other, into one PDF."""

import io
import threading
from types import ModuleType

from reportlab.pdfgen.canvas import Canvas

from bot.books import columns, lines
from bot.books.book import HEIGHT, WIDTH, Book
from bot.books.cover import cover, seal
from bot.books.faces import register_faces
from bot.books.pages import CONTENTS_ON_A_PAGE, page_numbers, paginate

# ReportLab's register of typefaces is one for all threads; and books side by side are no faster.
_PRESS = threading.Lock()


def bind(book: Book) -> bytes:
    """The PDF: A5, the typeface embedded, an outline beside it; same book, same bytes."""
    with _PRESS:
        register_faces()
        return _bound(book)


def _bound(book: Book) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(WIDTH, HEIGHT), invariant=1)
    _describe(canvas, book)
    setting = columns if book.vertical else lines
    cover(canvas, book)
    canvas.showPage()
    _contents(canvas, book, setting)
    _poems(canvas, book, setting)
    setting.colophon_page(canvas, book)
    seal(canvas, WIDTH / 2, HEIGHT * 0.2, 44)
    canvas.showPage()
    canvas.save()
    return kept.getvalue()


def _describe(canvas: Canvas, book: Book) -> None:
    canvas.setTitle(book.words.title)
    canvas.setAuthor(book.words.author)
    canvas.setCreator("poetry-bot")


def _contents(canvas: Canvas, book: Book, setting: ModuleType) -> None:
    titles = map(book.title_of, book.poems)
    entries = list(zip(titles, page_numbers(paginate(book)), strict=True))
    size = CONTENTS_ON_A_PAGE[book.vertical]
    for start in range(0, len(entries), size):
        setting.contents_page(canvas, book, entries[start : start + size], first=start == 0)
        canvas.showPage()


def _poems(canvas: Canvas, book: Book, setting: ModuleType) -> None:
    for number, page in enumerate(paginate(book), 1):
        canvas.bookmarkPage(f"p{number}")
        for placed in page:
            if not placed.goes_on:
                canvas.addOutlineEntry(book.title_of(placed.poem), f"p{number}")
        setting.poems_page(canvas, book, page, number)
        canvas.showPage()
