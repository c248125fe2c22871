"""The rules that only 词 have, as filters on logits.

Owns what a tune says again, and how a long tune may use a character again. Filters as
in `filters`: they see columns of the poem's alphabet.
"""

from collections.abc import Callable, Collection, Sequence

import torch
from torch import Tensor

from poetry_model.filters import LogitFilter, Place, refusal


class Echo:
    """Places where the tune says again what stands there already (如梦，如梦).

    `back` (T,): how many places before each place its character stands, 0 where it is
    free. Comes last of all filters: what is said again stands whatever the others say.
    """

    def __init__(self, count: int, back: Sequence[int]) -> None:
        self._back = tuple(back)
        self._written = torch.zeros(count, len(back), dtype=torch.int64)

    def apply(self, logits: Tensor, place: Place) -> None:
        back = self._back[place.index]
        if back:
            again = self._written[:, place.index - back].unsqueeze(1)
            logits.fill_(-torch.inf).scatter_(1, again, 0.0)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        self._written[:, place.index] = chosen

    def keep(self, rows: Tensor) -> None:
        self._written = self._written[rows]


class AfreshAt:
    """A rule that forgets what was written whenever one of these places comes.

    In a long 词 a character may come again in the other stanza.
    """

    def __init__(self, rule: Callable[[], LogitFilter], places: Collection[int]) -> None:
        self._make, self._places, self._rule = rule, frozenset(places), rule()

    def apply(self, logits: Tensor, place: Place) -> None:
        self._rule.apply(logits, place)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        self._rule.wrote(chosen, place)
        if place.index + 1 in self._places:
            self._rule = self._make()

    def keep(self, rows: Tensor) -> None:
        self._rule.keep(rows)


class NoWordTwice:
    """No two characters side by side in a line that stood so before, and no rhyme word
    that rhymed before.

    `keys` (A,) as for `NoRepetition`; `rhymes` (T,) tells where the poem rhymes.
    """

    def __init__(self, count: int, keys: Tensor, rhymes: Sequence[bool]) -> None:
        self._keys, self._rhymes = keys, tuple(rhymes)
        self._written = torch.full((count, len(rhymes)), -1)  # keys
        self._inside = torch.zeros(len(rhymes), dtype=torch.bool)  # not at a line's head

    def apply(self, logits: Tensor, place: Place) -> None:
        index, written = place.index, self._written
        if index == 0:
            return
        barred = torch.zeros(len(written), int(self._keys.max()) + 1, dtype=torch.bool)
        if place.position:
            before = written[:, : index - 1] == written[:, index - 1 : index]
            barred |= _flagged(barred, written[:, 1:index], before & self._inside[1:index])
        if self._rhymes[index]:
            rhymed = torch.tensor(self._rhymes[:index]).expand(len(written), -1)
            barred |= _flagged(barred, written[:, :index], rhymed)
        if barred.any():
            logits += refusal(~barred)[:, self._keys]

    def wrote(self, chosen: Tensor, place: Place) -> None:
        self._written[:, place.index] = self._keys[chosen]
        self._inside[place.index] = place.position > 0

    def keep(self, rows: Tensor) -> None:
        self._written = self._written[rows]


def _flagged(like: Tensor, keys: Tensor, flags: Tensor) -> Tensor:
    """(N, looks) bool: the keys (N, L) that are flagged."""
    counts = torch.zeros(like.shape)
    return counts.scatter_add_(1, keys.clamp(min=0), flags.float()) > 0
