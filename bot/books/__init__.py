"""Poems as a small book in PDF: a cover, contents, the poems, a colophon.

`bind(Book(...))` gives the bytes. Pure typesetting, in columns from right to left or in lines:
no Telegram, no database, no clock. In reading order: `book` (what is set), `pages` (what stands
on which page), `faces`, `columns` and `lines` (the two ways of setting), `cover`, `binding`.
"""

from bot.books.binding import bind
from bot.books.book import Book, Words

__all__ = ["Book", "Words", "bind"]
