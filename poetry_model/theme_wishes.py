"""The theme as wishes on logits: its words should stand, what belongs to it is likelier.

Owns both filters and the step from words to columns of the poem's alphabet. Knows
neither how a theme is read nor the loop.
"""

import itertools
from collections.abc import Sequence

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.filters import Place

_COMPLETING = 3.0  # times the bonus: who has written 江 shall go on to 南
_LOOSE = 0.25  # of a word that a character of it is worth by itself
_AURA_SIZE = 24  # neighbours that are wished for
_AURA_HALVES = 8.0  # after so many neighbours the wish is half as strong


class ThemeOwed:
    """A wish: words of the theme that do not stand yet are likelier by `bonus` nats.

    `words` are ids, no id twice; their first characters are wished for from `starts` (N,)
    on, an index through the poem, so that not every poem opens with its theme; the others
    right behind them, three times as much. No word is begun on the last place of a line
    (`lengths`) that it would not fit in. A candidate without one whole word by two thirds
    of the poem is pressed, up to three times as hard at its end.
    """

    def __init__(
        self,
        words: Sequence[Sequence[int]],
        alphabet: Alphabet,
        starts: Tensor,
        bonus: float,
        lengths: Sequence[int],
    ) -> None:
        ids = torch.tensor([index for word in words for index in word], dtype=torch.int64)
        opens = [place == 0 for word in words for place in range(len(word))]
        closes = [place == len(word) for word in words for place in range(1, len(word) + 1)]
        self._theme, self._starts, self._bonus = alphabet.columns(ids), starts.unsqueeze(1), bonus
        self._opens, self._closes = torch.tensor([opens, closes], dtype=torch.bool)
        self._ends = frozenset(end - 1 for end in itertools.accumulate(lengths))
        self._late, self._size = sum(lengths) * 2 / 3, sum(lengths)
        self._owed = torch.ones(len(starts), len(ids), dtype=torch.bool)
        self._follows = torch.zeros_like(self._owed)
        self._underway = False  # whether any word of any candidate is begun
        self.held = torch.zeros(len(starts))  # (N,) words that stand whole

    def apply(self, logits: Tensor, place: Place) -> None:
        opens = self._opens & self._closes if place.index in self._ends else self._opens
        wish = self._bonus * (opens & self._owed & (place.index >= self._starts))
        if self._underway:
            wish += self._bonus * _COMPLETING * (self._follows & self._owed)
        if place.index > self._late:
            late = (place.index - self._late) / (self._size - self._late)
            wish *= 1.0 + 2.0 * late * (self.held == 0).unsqueeze(1)
        logits.index_add_(1, self._theme, wish)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        written = chosen.unsqueeze(1) == self._theme
        if not (self._underway or written.any()):
            return
        due = self._follows | self._opens
        self.held += (written & due & self._owed & self._closes).sum(1)
        self._owed &= ~written
        ended = place.index in self._ends
        self._follows = (written & due & (not ended)).roll(1, dims=1) & ~self._opens
        self._underway = bool(self._follows.any())

    def keep(self, rows: Tensor) -> None:
        self._starts, self._owed = self._starts[rows], self._owed[rows]
        self._follows, self.held = self._follows[rows], self.held[rows]

    @property
    def paid(self) -> Tensor:
        """(N,): words that stand whole, and a little for each character of the theme."""
        return self.held + _LOOSE * (~self._owed).sum(1)


class ThemeAura:
    """A wish: what belongs to the theme is likelier throughout.

    `near` are ids, nearest first: `bonus` nats for the first, half for the ninth. Those
    outside the alphabet are left alone.
    """

    def __init__(self, near: Sequence[int], alphabet: Alphabet, bonus: float) -> None:
        ids = torch.tensor([i for i in near if alphabet.column_of[i] >= 0], dtype=torch.int64)
        columns = alphabet.columns(ids[:_AURA_SIZE])
        self._wish, self._idle = torch.zeros(len(alphabet)), not bonus
        self._wish[columns] = bonus / (1.0 + torch.arange(len(columns)) / _AURA_HALVES)

    def apply(self, logits: Tensor, place: Place) -> None:
        del place
        if not self._idle:
            logits += self._wish

    def wrote(self, chosen: Tensor, place: Place) -> None:
        """What is written once, another rule forbids to repeat."""

    def keep(self, rows: Tensor) -> None:
        """The same for all candidates."""
