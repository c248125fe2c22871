"""The rule that a character of two tones is read as its place asks: 将 in 将军 is level.

Owns the words of `readings` as tensors, and the filter over them. What a character is
read as in most words is no matter of this filter: `CharacterTables` have it as its tone.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.filters import FREE, MUST_LEVEL, MUST_OBLIQUE, Place, refusal
from poetry_model.readings import LINE_END, OPEN, reading_table, word_places
from poetry_model.rhyme_book import LEVEL, OBLIQUE
from poetry_model.vocabulary import UNKNOWN, Vocabulary

_CODES = {LEVEL: MUST_LEVEL, OBLIQUE: MUST_OBLIQUE}


@dataclass(frozen=True)
class WordReadings:
    """The words of two, by their left character, in ids of the vocabulary.

    `row` (vocabulary,): the row of a left character; row 0 is empty. `rights` (rows, K):
    ids of right characters, PAD where there are fewer. `read` (rows, K): how the word
    reads its left and its right character, as 3 * left + right with the codes of
    `filters`. `ends` (vocabulary,): how a character is read at the end of a line.
    """

    row: Tensor
    rights: Tensor
    read: Tensor
    ends: Tensor

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> "WordReadings":
        ends = torch.full((len(vocabulary),), FREE)
        words: dict[int, dict[int, int]] = {}
        for (word, index), tone in reading_table().items():
            left, right = vocabulary.id(word[0]), vocabulary.id(word[-1])
            if tone == OPEN or len(word) < 2 or left == UNKNOWN:
                continue
            if word[1] == LINE_END:
                ends[left] = _CODES[tone]
            elif right != UNKNOWN:
                rights = words.setdefault(left, {})
                rights[right] = rights.get(right, 0) + _CODES[tone] * (1 if index else 3)
        return cls(*_rows_of(words, len(vocabulary)), ends)


def _rows_of(words: dict[int, dict[int, int]], size: int) -> tuple[Tensor, Tensor, Tensor]:
    row = torch.zeros(size, dtype=torch.int64)
    widest = max(map(len, words.values()), default=1)
    rights = torch.zeros(len(words) + 1, widest, dtype=torch.int64)
    read = torch.zeros_like(rights)
    for number, (left, found) in enumerate(words.items(), 1):
        row[left] = number
        rights[number, : len(found)] = torch.tensor(list(found))
        read[number, : len(found)] = torch.tensor(list(found.values()))
    return row, rights, read


@functools.cache
def _refusals() -> Tensor:
    """(9, 9): what to add where the tones asked of left and right meet a word's readings,
    both as 3 * left + right."""
    sides = torch.arange(9)
    fits = [
        (asked == FREE) | (read == FREE) | (asked == read)
        for asked, read in (
            (sides.unsqueeze(1) // 3, sides // 3),
            (sides.unsqueeze(1) % 3, sides % 3),
        )
    ]
    return refusal(fits[0] & fits[1])


class ReadingFilter:
    """Refuses a character that would be read in the wrong tone in the word it closes, or
    make the character before it be so.

    `tones` (N, T) as for `ToneFilter`; `lengths` of the lines tell where words are.
    """

    def __init__(
        self, tones: Tensor, lengths: Sequence[int], words: WordReadings, alphabet: Alphabet
    ) -> None:
        self._tones, self._lengths = tones, lengths
        self._row = alphabet.narrow(words.row)
        # What is no character of this poem becomes column 0, in a word that fits all tones.
        columns = alphabet.column_of[words.rights]
        self._rights, self._read = columns.clamp(min=0), words.read * (columns >= 0)
        ends = alphabet.narrow(words.ends)
        asked = torch.arange(3).unsqueeze(1)
        self._at_end = refusal((asked == FREE) | (ends == FREE) | (asked == ends))
        self._last: Tensor | None = None  # (N,) columns

    def apply(self, logits: Tensor, place: Place) -> None:
        length, asked = self._lengths[place.line], self._tones[:, place.index]
        if place.position == length - 1:
            logits += self._at_end.index_select(0, asked)
        if self._last is None or (place.position - 1, place.position) not in word_places(length):
            return
        rows = self._row.index_select(0, self._last)
        sides = 3 * self._tones[:, place.index - 1] + asked
        refused = _refusals().index_select(0, sides)  # (N, 9)
        refused = refused.gather(1, self._read.index_select(0, rows))
        logits.scatter_add_(1, self._rights.index_select(0, rows), refused)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        del place
        self._last = chosen

    def keep(self, rows: Tensor) -> None:
        self._tones = self._tones[rows]
        self._last = None if self._last is None else self._last[rows]
