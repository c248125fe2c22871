"""Where every character of a card stands: columns from right to left, top to bottom.

Pure arithmetic in pixels. The poem's shape decides: a column holds a line or a whole sentence,
whichever lets the characters be larger. It knows nothing of ink and paper.
"""

from dataclasses import dataclass

from bot.cards.papers import WIDTH
from bot.cards.poem import CardPoem
from bot.cards.typeface import shortened, upright, verse_with_glyphs, with_glyphs

HEIGHTS = (1440, 1640, 1880, 2200)  # the first in which the verses are not small
TOP, SIDE = 168, 88  # margins
SEAL = 96
_SMALL_SIZE, _SMALL_PITCH = 29, 35.0  # of what stands above the seal
_LARGEST, _SMALL = 116, 54
_MOST_HEADS = 8  # side by side
_PAUSE = 0.55  # of a character, between two lines of one column
_STANZA = 0.62  # of a column, between two stanzas
_RING, _BESIDE = 0.075, 0.57  # of a character: how large a ring is, and how far from its middle

Column = tuple[str, ...]  # "" is a pause


@dataclass(frozen=True)
class Glyph:
    """One character, by the middle of its square."""

    character: str
    x: float
    y: float
    size: int
    role: str = "ink"  # "ink" | "quiet" | "head": colours of the paper


@dataclass(frozen=True)
class Ring:
    """圈: a small ring beside the first character of a line, by its middle."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Layout:
    """A whole card; `rules` are the edges of its columns, `seal` the middle of the seal."""

    height: int
    glyphs: tuple[Glyph, ...]
    seal: tuple[float, float]
    rules: tuple[float, ...]
    top: float
    bottom: float
    rings: tuple[Ring, ...] = ()  # beside the lines that people wrote


@dataclass(frozen=True)
class _Block:
    """The verses as columns, with the size that fits."""

    stanzas: tuple[tuple[Column, ...], ...]
    size: float

    @property
    def count(self) -> int:
        return sum(map(len, self.stanzas))

    @property
    def breadth(self) -> float:
        """In columns."""
        return self.count + _STANZA * (len(self.stanzas) - 1)

    @property
    def rows(self) -> float:
        """In characters."""
        return max(_rows(column) for stanza in self.stanzas for column in stanza)


def lay_out(poem: CardPoem) -> Layout:
    """The card of a poem, as low as leaves its verses large."""
    blocks = {height: _best_block(poem, height) for height in HEIGHTS}
    large = [height for height in HEIGHTS if blocks[height].size >= _SMALL]
    height = large[0] if large else max(HEIGHTS, key=lambda each: blocks[each].size)
    return _placed(poem, blocks[height], height)


def _best_block(poem: CardPoem, height: int) -> _Block:
    """The heads of an acrostic stand side by side, unless there are too many."""
    by_line = tuple(
        tuple((*verse_with_glyphs(line),) for sentence in stanza for line in sentence)
        for stanza in poem.stanzas
    )
    blocks = [_fitted(by_line, height)]
    if not poem.acrostic or blocks[0].count > _MOST_HEADS:
        by_sentence = tuple(tuple(map(_joined, stanza)) for stanza in poem.stanzas)
        blocks.append(_fitted(by_sentence, height))
    return max(blocks, key=lambda block: block.size)


def _joined(sentence: tuple[str, ...]) -> Column:
    column: list[str] = []
    for line in sentence:
        column += ["", *verse_with_glyphs(line)] if column else verse_with_glyphs(line)
    return tuple(column)


def _rows(column: Column) -> float:
    return sum(1 if character else _PAUSE for character in column)


def _margin(height: int) -> float:
    return TOP * height / 1440


def _fitted(stanzas: tuple[tuple[Column, ...], ...], height: int) -> _Block:
    block = _Block(stanzas, 1)
    across = (WIDTH - 2 * SIDE - 2 * 104) / (block.breadth * 1.42)
    down = (height - 2 * _margin(height)) / (block.rows * 1.16)
    return _Block(stanzas, min(across, down, _LARGEST))


def _placed(poem: CardPoem, block: _Block, height: int) -> Layout:
    size = int(block.size)
    title = _title(poem, size, height)
    beside = max(104.0, title.breadth)
    across = min(1.86 * size, (WIDTH - 2 * SIDE - beside - 104) / block.breadth)
    down = min(1.34 * size, (height - 2 * _margin(height)) / block.rows)
    tall = max(block.rows * down, min(title.length, height - 2 * _margin(height)), 560)
    top = _margin(height) + 0.36 * (height - 2 * _margin(height) - tall)
    right = (WIDTH + beside + 104 + across * block.breadth) / 2
    lines, rules = _verses(poem, block, (right - beside, top), (across, down))
    left = rules[-1] - 104
    named = title.glyphs(right - beside / 2 - 8, top + (down - size) / 2)
    signed = _signature(poem, left + 52, top + tall - (down - size) / 2)
    return Layout(
        height,
        (*named, *(glyph for line in lines for glyph in line), *signed),
        (left + 52, top + tall - (down - size) / 2 - SEAL / 2),
        (right, *rules, left),
        top,
        top + tall,
        tuple(_ring(line[0]) for number, line in enumerate(lines, 1) if number in poem.people),
    )


def _ring(first: Glyph) -> Ring:
    return Ring(first.x + _BESIDE * first.size, first.y, _RING * first.size)


def _verses(
    poem: CardPoem, block: _Block, corner: tuple[float, float], pitch: tuple[float, float]
) -> tuple[list[list[Glyph]], list[float]]:
    """The characters of each line, and the edges of the columns from right to left."""
    (edge, top), (across, down) = corner, pitch
    lines: list[list[Glyph]] = []
    edges = [edge]
    for number, stanza in enumerate(block.stanzas):
        if number:
            edge -= _STANZA * across
            edges.append(edge)
        for column in stanza:
            lines += _column(column, edge - across / 2, top, down, int(block.size), poem.acrostic)
            edge -= across
            edges.append(edge)
    return lines, edges


def _column(
    column: Column, x: float, top: float, down: float, size: int, acrostic: bool
) -> list[list[Glyph]]:
    """The lines of a column."""
    lines: list[list[Glyph]] = [[]]
    row = 0.5
    for character in column:
        if character:
            role = "ink" if lines[-1] or not acrostic else "head"
            lines[-1].append(Glyph(character, x, top + row * down, size, role))
        else:
            lines.append([])
        row += 1 if character else _PAUSE
    return lines


@dataclass(frozen=True)
class _Title:
    """What the poem is called, in one column or two, and under it in small what goes with it."""

    columns: tuple[str, ...]
    under: str
    size: int

    @property
    def breadth(self) -> float:
        return 104 + 1.35 * self.size * (len(self.columns) - 1)

    @property
    def length(self) -> float:
        longest = max(map(len, self.columns))
        return longest * 1.14 * self.size + (0.8 + 0.74 * len(self.under)) * self.size

    def glyphs(self, x: float, top: float) -> list[Glyph]:
        """From `top` downwards, the middle of the columns at `x`."""
        pitch, small = 1.14 * self.size, int(0.62 * self.size)
        first = x + 0.675 * self.size * (len(self.columns) - 1)
        placed = [
            Glyph(
                character, first - 1.35 * self.size * number, top + pitch * (row + 0.5), self.size
            )
            for number, column in enumerate(self.columns)
            for row, character in enumerate(column)
        ]
        last = first - 1.35 * self.size * (len(self.columns) - 1)
        below = top + pitch * len(self.columns[-1]) + 0.62 * self.size
        under = enumerate(self.under)
        return placed + [
            Glyph(each, last, below + 1.18 * small * (row + 0.5), small, "quiet")
            for row, each in under
        ]


def _title(poem: CardPoem, verse: int, height: int) -> _Title:
    """A tune stands before its title, as in old books; a verse's form stands after it."""
    title, form = (upright(with_glyphs(each)) for each in (poem.title, poem.form))
    main, under = (form, title) if poem.is_tune or not title else (title, form)
    under = "" if under == main else under
    largest = max(38, min(62, int(0.6 * verse)))
    room = height - 2 * _margin(height)
    for size in (*range(largest, 33, -2), 34):
        whole = _Title((main,), under, size)
        if whole.length <= room:
            return whole
    half = -(-len(main) // 2)
    return _Title((main[:half], main[half:]), shortened(under, 12), 34)


def _signature(poem: CardPoem, x: float, bottom: float) -> list[Glyph]:
    """When it was written and on which rhyme, ending above the seal; to the left of it, where
    people had a part in it, that they had."""
    text = "　".join(filter(None, (with_glyphs(poem.rhyme), with_glyphs(poem.written))))
    if not poem.by:
        return _small(text, x, bottom - SEAL - 34)
    aside = _SMALL_PITCH * 0.6
    by = "　".join(map(with_glyphs, poem.by.split("　")))
    return [
        *_small(text, x + aside, bottom - SEAL - 34),
        *_small(by, x - aside, bottom - SEAL - 34),
    ]


def _small(text: str, x: float, bottom: float) -> list[Glyph]:
    """Small characters that end at `bottom`."""
    top = bottom - _SMALL_PITCH * len(text)
    return [
        Glyph(character, x, top + _SMALL_PITCH * (row + 0.5), _SMALL_SIZE, "quiet")
        for row, character in enumerate(text)
        if character.strip()
    ]
