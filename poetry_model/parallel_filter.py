"""The wish for parallel lines: what answers the character above it is likelier.

Owns the table of `parallelism` over the vocabulary, the filter, and the measure by
which candidates are compared. Which couplets are meant, the form says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.filters import Place
from poetry_model.parallelism import FloatArray, ParallelTable
from poetry_model.vocabulary import UNKNOWN, Vocabulary

_BOLDEST = 4.0  # nats: a rare pair is not believed more than that


@dataclass(frozen=True)
class ParallelVectors:
    """The table by id: `upper`, `lower` (vocabulary, D), nought where nothing is known;
    `same` and `doubled` (2, 2) as in `ParallelTable`."""

    upper: Tensor
    lower: Tensor
    same: float
    doubled: Tensor

    @classmethod
    def build(cls, vocabulary: Vocabulary, table: ParallelTable) -> "ParallelVectors":
        ids = torch.tensor(vocabulary.encode(table.characters))
        known = ids != UNKNOWN

        def by_id(side: FloatArray) -> Tensor:
            rows = torch.zeros(len(vocabulary), side.shape[1])
            rows[ids[known]] = torch.from_numpy(side)[known]
            return rows

        upper, lower = map(by_id, table.sides)
        return cls(upper, lower, table.same, torch.from_numpy(table.doubled))

    def score(self, upper: Tensor, lower: Tensor) -> Tensor:
        """(N, L) ids of both lines → (N,) log-odds in nats, added up over the places."""
        pairs = (self.upper[upper] * self.lower[lower]).sum(-1).clamp(-_BOLDEST, _BOLDEST)
        pairs = pairs.where(upper != lower, self.same)
        doubles = [(line[:, 1:] == line[:, :-1]).long() for line in (upper, lower)]
        return pairs.sum(1) + self.doubled[doubles[0], doubles[1]].sum(1)

    def merit(
        self, ids: Tensor, lengths: Sequence[int], couplets: Sequence[int], lines: int
    ) -> Tensor:
        """(N,) summed scores of those couplets, given by their first lines, that stand
        among the first `lines` lines of (N, T) ids."""
        starts = [0, *accumulate(lengths)]
        total = torch.zeros(len(ids))
        for line in couplets:
            if line + 2 <= lines:
                above, below, end = starts[line : line + 3]
                total += self.score(ids[:, above:below], ids[:, below:end])
        return total


class ParallelWish:
    """In the second line of these couplets every character is likelier by `weight` times
    its log-odds below the one above it, and a doubling above is answered by one: of that
    poets are so sure (99 in 100) that its log-odds count in full.

    `doubling` (A,) bool: what verse doubles; `lengths` of the form's lines.
    """

    def __init__(
        self,
        vectors: ParallelVectors,
        alphabet: Alphabet,
        doubling: Tensor,
        couplets: Sequence[int],
        lengths: Sequence[int],
        weight: float,
    ) -> None:
        self._vectors, self._alphabet, self._weight = vectors, alphabet, weight
        self._couplets, self._lengths = frozenset(couplets), lengths
        self._lower = alphabet.narrow(vectors.lower).T.contiguous()  # (D, A)
        self._doubling = doubling.float()
        self._above: list[Tensor] = []  # columns (N,) by position of the line before
        self._line: list[Tensor] = []

    def apply(self, logits: Tensor, place: Place) -> None:
        if place.line - 1 not in self._couplets:
            return
        above, position = self._above, place.position
        upper = self._vectors.upper[self._alphabet.ids[above[position]]]
        wish = (upper @ self._lower).clamp_(-_BOLDEST, _BOLDEST).mul_(self._weight)
        doubled = self._vectors.doubled
        if position:
            repeats = (above[position] == above[position - 1]).long()
            again = self._line[position - 1].unsqueeze(1)
            wish.scatter_add_(1, again, doubled[repeats, 1].unsqueeze(1))
        if position + 1 < len(above):
            ahead = (above[position + 1] == above[position]).float()
            wish += (ahead * doubled[1, 1]).unsqueeze(1) * self._doubling
        logits += wish

    def wrote(self, chosen: Tensor, place: Place) -> None:
        self._line.append(chosen)
        if len(self._line) == self._lengths[place.line]:
            self._above, self._line = self._line, []

    def keep(self, rows: Tensor) -> None:
        self._above = [columns[rows] for columns in self._above]
        self._line = [columns[rows] for columns in self._line]
