"""From a theme's reading to wishes on logits.

Owns the step from words to columns of the poem's alphabet, and how the wish for what
belongs to a theme fades with distance. Knows neither how a theme is read nor the loop.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.filters import ThemeAura, ThemeOwed

_AURA_SIZE = 24  # neighbours that are wished for
_AURA_HALVES = 8.0  # after so many neighbours the wish is half as strong


def theme_owed(
    words: Sequence[Sequence[int]], alphabet: Alphabet, starts: Tensor, bonus: float, length: int
) -> ThemeOwed:
    """The wish that these words, given as ids that the alphabet holds, stand in a poem of
    `length` characters; `starts` (N,) and `bonus` as `ThemeOwed` has them."""
    ids = torch.tensor([index for word in words for index in word], dtype=torch.int64)
    opens = [place == 0 for word in words for place in range(len(word))]
    columns = alphabet.columns(ids)
    return ThemeOwed(columns, starts, bonus, torch.tensor(opens, dtype=torch.bool), length)


def theme_aura(near: Sequence[int], alphabet: Alphabet, bonus: float) -> ThemeAura:
    """The wish for the neighbours of a theme, nearest first: `bonus` nats for the first,
    half for the ninth. Those outside the alphabet are left alone."""
    ids = torch.tensor([i for i in near if alphabet.column_of[i] >= 0], dtype=torch.int64)
    columns = alphabet.columns(ids[:_AURA_SIZE])
    wish = torch.zeros(len(alphabet))
    wish[columns] = bonus / (1.0 + torch.arange(len(columns)) / _AURA_HALVES)
    return ThemeAura(wish)
