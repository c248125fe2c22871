"""What stands on which page. Pure: blocks of some length are put one after the other, and none
is torn where a page of its own would hold it.
"""

import re
from collections.abc import Iterable, Iterator
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
    first: int = 1  # the number of its first line in the poem


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
            pages[-1].append(Placed(poem, part.stanzas, used + gap, part.goes_on, part.first))
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
    first: int = 1


def _parts(poem: CardPoem, vertical: bool, room: float) -> list[_Part]:
    """The whole poem, or its stanzas on a page each where it is too long for one."""
    stanzas = tuple(tuple(_set(stanza, vertical)) for stanza in poem.stanzas)
    lede, between = _LEDE[vertical], _STANZA[vertical]
    length = lede + sum(map(len, stanzas)) + between * (len(stanzas) - 1)
    if length <= room:
        return [_Part(stanzas, length, goes_on=False)]
    parts: list[_Part] = []
    first = 1
    for chunk in (each for stanza in stanzas for each in _chunks(stanza, int(room - lede))):
        length = (0 if parts else lede) + len(chunk)
        parts.append(_Part((chunk,), length, goes_on=bool(parts), first=first))
        first += sum(len(lines_of(each)) for each in chunk)
    return parts


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


def lines_of(text: str) -> list[str]:
    """The lines that a column, or a line of the page, holds.

    >>> lines_of("床前明月光　疑是地上霜"), lines_of("床前明月光，疑是地上霜。")
    (['床前明月光', '疑是地上霜'], ['床前明月光', '疑是地上霜'])
    """
    return re.split("[　，]", text.removesuffix("。"))


def people_in(placed: Placed) -> Iterator[list[str]]:
    """For each column, or line of the page: what stands in it before each line that people
    wrote."""
    number = placed.first
    for text in (text for stanza in placed.stanzas for text in stanza):
        before, at = [], 0
        for line in lines_of(text):
            if number in placed.poem.people:
                before.append(text[:at])
            at += len(line) + 1
            number += 1
        yield before


def column_length(column: str) -> float:
    """In characters."""
    return sum(PAUSE if each == "　" else 1 for each in column)
