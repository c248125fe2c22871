"""How a character of two tones is read here: 将 in 将军 is level, in 将相 oblique.

Owns the tables of words that settle it and the look-up. Knows no verse form and no
network. One character in seven of running verse has both tones in 平水韵; where the
word does not settle it, both stay open, as poets themselves read 看 either way.

`data/readings.tsv` was learned from the regular poems of the corpus by
`reading_evidence`; `data/readings_by_hand.tsv` adds what is known and too rare there.
A word is two characters that a reader hears together: a line is read two by two from
its head, and an odd last character with the one before it as well (2-2-1 or 2-1-2). At
the end of a line 。 stands for what follows. A word of one character is how that
character is read unless a longer word says otherwise; the tone 中 leaves it open.

>>> sorted(tones_in_context("不见将军战", 2)), sorted(tones_in_context("出将入相", 3))
(['平'], ['仄'])
"""

import functools
from collections.abc import Iterable, Iterator

from poetry_model.rhyme_book import tones_of, typed_tones
from poetry_model.script import data_lines, traditional_forms

LINE_END = "。"
OPEN = "中"  # the tone of a word that is heard both ways
LEARNED, BY_HAND = "readings.tsv", "readings_by_hand.tsv"  # by hand wins
_LONGEST_CUT = 7  # how longer lines fall into words is not known

Word = tuple[str, int]  # the word in traditional script, the index of the character in it


@functools.cache
def word_places(length: int) -> tuple[tuple[int, int], ...]:
    """Where a line of this length may have its words, as pairs of positions.

    >>> word_places(5)
    ((0, 1), (2, 3), (3, 4))
    """
    if length > _LONGEST_CUT:
        return ()
    pairs = [(start, start + 1) for start in range(0, length - 1, 2)]
    if length % 2 and length > 1:
        pairs.append((length - 2, length - 1))
    return tuple(pairs)


def words_at(line: str, position: int) -> Iterator[Word]:
    """The words of two that the character at this position, from 0, may stand in."""
    for left, right in word_places(len(line)):
        if position in (left, right):
            yield line[left] + line[right], int(position == right)
    if position == len(line) - 1:
        yield line[position] + LINE_END, 0


def told_by(words: Iterable[tuple[str | None, ...]], alone: str | None) -> str | None:
    """The tone that the words agree on, else the one of the character alone, else None.

    `words` holds for each word the tones it is known to give, among its spellings.
    """
    told = {tone for tones in words for tone in tones} - {None}
    if not told:
        return None if alone == OPEN else alone
    (tone, *others) = told
    return None if others or tone == OPEN else tone


def read_table(name: str) -> dict[Word, str]:
    """One of the two data files."""
    return {(word, int(index)): tone for word, index, tone in data_lines(name)}


@functools.cache
def reading_table() -> dict[Word, str]:
    """Every word that settles a reading: (word, index of the character) → 平, 仄 or 中."""
    return read_table(LEARNED) | read_table(BY_HAND)


@functools.lru_cache(maxsize=8192)
def line_tones(line: str) -> tuple[frozenset[str], ...]:
    """The tones that each character of a line in either script may be read in."""
    return tuple(_tones_at(line, position) for position in range(len(line)))


def tones_in_context(line: str, position: int) -> frozenset[str]:
    """The tones that the character at this position, from 0, may be read in.

    Never more than `typed_tones` gives; empty when the rhyme book lacks the character.
    """
    return line_tones(line)[position]


def usual_tones(character: str) -> frozenset[str]:
    """The tones of a traditional character where no word of two tells more."""
    own, alone = tones_of(character), reading_table().get((character, 0))
    return frozenset(alone) if alone and len(own) > 1 else own


def _tones_at(line: str, position: int) -> frozenset[str]:
    character = line[position]
    open_tones = typed_tones(character)
    if len(open_tones) < 2:
        return open_tones
    words = tuple(words_at(line, position))
    return frozenset(t for form in traditional_forms(character) for t in _read(form, words))


def _read(form: str, words: tuple[Word, ...]) -> frozenset[str]:
    """The tones of one traditional character in typed words."""
    own = tones_of(form)
    if len(own) < 2:
        return own
    table = reading_table()
    known = (tuple(table.get(word) for word in _spellings(form, *typed)) for typed in words)
    tone = told_by(known, table.get((form, 0)))
    return frozenset(tone) if tone else own


def _spellings(form: str, word: str, index: int) -> Iterator[Word]:
    """The traditional words that a typed one can be, the character in question given."""
    other = word[1 - index]
    for beside in (other,) if other == LINE_END else traditional_forms(other):
        yield (beside + form if index else form + beside), index
