"""What stands on which page. Pure: blocks of some length are put one after the other, and none
is torn where a page of its own would hold it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.books.book import Book
from bot.cards.poem import CardPoem

COLUMNS = 9  # on a page set in columns
ROWS = 19.0  # characters in a column
LINES = 19.0  # on a page set in lines
PAUSE = 0.8  # of a character, between two lines of one column
_BETWEEN = 1.0  # columns or lines between two poems
_LEDE = {True: 1.0, False: 2.6}  # columns for a title; lines for title, form and air
_STANZA = {True: 0.5, False: 0.6}

CONTENTS_ON_A_PAGE = {True: 26, False: 24}


@dataclass(frozen=True)
class Placed:
    """A poem, or what stands of it on this page, and where it begins; `goes_on`: from the page
    before."""

    poem: CardPoem
    stanzas: tuple[tuple[str, ...], ...]  # columns or lines, as they are set
    at: float
    goes_on: bool = False


Page = tuple[Placed, ...]


def paginate(book: Book) -> list[Page]:
    """The pages of the poems."""
    pages: list[list[Placed]] = [[]]
    room = float(COLUMNS if book.vertical else LINES)
    used = 0.0
    for poem in book.poems:
        for part in _parts(poem, book.vertical, room):
            gap = _BETWEEN if used else 0.0
            if used + gap + part.length > room:
                pages.append([])
                used, gap = 0.0, 0.0
            pages[-1].append(Placed(poem, part.stanzas, used + gap, part.goes_on))
            used += gap + part.length
    return [tuple(page) for page in pages]


def page_numbers(pages: Iterable[Page]) -> list[int]:
    """The page on which each poem begins, from 1."""
    return [number for number, page in enumerate(pages, 1) for placed in page if not placed.goes_on]


@dataclass(frozen=True)
class _Part:
    """As much of a poem as a page holds."""

    stanzas: tuple[tuple[str, ...], ...]
    length: float
    goes_on: bool


def _parts(poem: CardPoem, vertical: bool, room: float) -> list[_Part]:
    """The whole poem, or its stanzas on a page each where it is too long for one."""
    stanzas = tuple(tuple(_set(stanza, vertical)) for stanza in poem.stanzas)
    lede, between = _LEDE[vertical], _STANZA[vertical]
    length = lede + sum(map(len, stanzas)) + between * (len(stanzas) - 1)
    if length <= room:
        return [_Part(stanzas, length, goes_on=False)]
    chunks = [chunk for stanza in stanzas for chunk in _chunks(stanza, int(room - lede))]
    return [
        _Part((chunk,), (0 if number else lede) + len(chunk), goes_on=number > 0)
        for number, chunk in enumerate(chunks)
    ]


def _chunks(stanza: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    return [stanza[start : start + size] for start in range(0, len(stanza), size)]


def _set(stanza: tuple[tuple[str, ...], ...], vertical: bool) -> Iterable[str]:
    """A sentence a column, its lines parted by a space, or by lines where it is too long for
    one; or a sentence a line, with its marks."""
    for sentence in stanza:
        if not vertical:
            yield "，".join(sentence) + "。"
        elif column_length("　".join(sentence)) <= ROWS:
            yield "　".join(sentence)
        else:
            yield from sentence


def column_length(column: str) -> float:
    """In characters."""
    return sum(PAUSE if each == "　" else 1 for each in column)
