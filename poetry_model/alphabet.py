"""The characters that a poem is written with, as columns of the logits.

Owns the numbering. A network knows thousands of rare characters that hardly any poem
needs, and each of them costs time at every step. So a poem is decoded over an
`Alphabet`: the usual characters, the same for every poem, and behind them those that
this poem's theme, heads or first line bring in. Inside the loop a character is a
column of the alphabet, outside it is an id of the vocabulary. Knows neither
characters nor rules.

>>> alphabet = Alphabet.of(torch.tensor([3, 5, 9]), 12).bringing([5, 7])
>>> alphabet.ids.tolist(), alphabet.columns(torch.tensor([9, 7])).tolist()
([3, 5, 9, 7], [2, 3])
>>> alphabet.narrow(torch.arange(12) * 10).tolist()
[30, 50, 90, 70]
"""

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Alphabet:
    """A columns: `ids` (A,) holds the vocabulary id of each, every id once; `column_of`
    (vocabulary,) the column of each id, -1 where it has none."""

    ids: Tensor
    column_of: Tensor

    @classmethod
    def of(cls, ids: Tensor, vocabulary_size: int) -> "Alphabet":
        """The alphabet of these (A,) ids, in this order."""
        column_of = torch.full((vocabulary_size,), -1)
        column_of[ids] = torch.arange(len(ids))
        return cls(ids, column_of)

    @classmethod
    def whole(cls, vocabulary_size: int) -> "Alphabet":
        """Every id of the vocabulary; columns and ids are the same."""
        return cls.of(torch.arange(vocabulary_size), vocabulary_size)

    def __len__(self) -> int:
        return len(self.ids)

    def bringing(self, ids: Iterable[int]) -> "Alphabet":
        """This alphabet, and a further column for each of these ids that it lacks."""
        known = self.column_of
        further = [index for index in dict.fromkeys(ids) if known[index] < 0]
        if not further:
            return self
        return Alphabet.of(torch.cat([self.ids, torch.tensor(further)]), len(known))

    def columns(self, ids: Tensor) -> Tensor:
        """Vocabulary ids of any shape → their columns; each must be in the alphabet."""
        columns = self.column_of[ids]
        assert (columns >= 0).all(), "an id outside the alphabet"
        return columns

    def narrow(self, table: Tensor) -> Tensor:
        """(vocabulary, …) what is known of each id → (A, …) of each column."""
        return table.index_select(0, self.ids)
