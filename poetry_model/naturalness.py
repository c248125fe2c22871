"""Do the words of a poem look like a human's? A small linear judge, and what it leans to.

A network that writes what it finds likely uses the common words more than people do:
不 一 春 风 何处 不知. `Naturalness` is the residual: one weight for each character and
one for each pair of neighbours (hashed into 65,536 buckets; the ends of lines are
neighbours too), learned to tell human poems from those of this very set of weights.
Above nought speaks for a human. Added to the network's log P it makes of it the
energy of Deng et al., "Residual Energy-Based Models for Text Generation" (2020).

Owns the table and its file, which lies beside the weights it belongs to; weights
without one are written with as they are. `naturalness_training` learns it. Knows no
verse and no network.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.errors import WeightsError
from poetry_model.filters import Place
from poetry_model.vocabulary import PAD

NATURALNESS = "naturalness.safetensors"  # its name in a model folder
BUCKETS = 1 << 16


def pair_buckets(previous: Tensor, following: Tensor) -> Tensor:
    """The bucket of each pair of ids, of any shape; `PAD` stands for the end of a line."""
    return (previous * 40_503 + following * 2_654_435_761) % BUCKETS


def pairs_of(ids: Tensor, lengths: Sequence[int]) -> Tensor:
    """(N, T) ids of lines of these lengths → (N, T + lines) buckets of their neighbours.

    A line opens with a pair of its end mark and its first character, and closes so.
    """
    ends = torch.tensor(lengths).cumsum(0)
    previous = torch.nn.functional.pad(ids[:, :-1], (1, 0), value=PAD)
    previous[:, ends[:-1]] = PAD
    last = ids[:, ends - 1]
    closing = pair_buckets(last, torch.full_like(last, PAD))
    return torch.cat([pair_buckets(previous, ids), closing], 1)


@dataclass(frozen=True)
class Naturalness:
    """The weights: `characters` (vocabulary,) and `pairs` (BUCKETS,), both fp32."""

    characters: Tensor
    pairs: Tensor

    @classmethod
    def none(cls, vocabulary_size: int) -> "Naturalness":
        """The judge that finds everything equally natural."""
        return cls(torch.zeros(vocabulary_size), torch.zeros(BUCKETS))

    def plus(self, other: "Naturalness") -> "Naturalness":
        return Naturalness(self.characters + other.characters, self.pairs + other.pairs)

    def times(self, share: float) -> "Naturalness":
        return Naturalness(self.characters * share, self.pairs * share)

    def sparing(self, ids: Iterable[int]) -> "Naturalness":
        """The judge who holds nothing against these characters: a theme may be common."""
        characters = self.characters.clone()
        spared = torch.tensor(list(ids), dtype=torch.int64)
        characters[spared] = characters[spared].clamp(min=0)
        return replace(self, characters=characters)

    def measure(self, ids: Tensor, lengths: Sequence[int]) -> Tensor:
        """(N, at least T) ids that open with lines of these lengths → (N,) in nats."""
        lines = ids[:, : sum(lengths)]
        pairs = self.pairs[pairs_of(lines, lengths)]
        return self.characters[lines].sum(1) + pairs.sum(1)

    def save(self, folder: Path) -> None:
        """In fp16, about 150 kB."""
        tensors = {"characters": self.characters.half(), "pairs": self.pairs.half()}
        save_file(tensors, folder / NATURALNESS)

    @classmethod
    def load(cls, folder: Path, vocabulary_size: int) -> "Naturalness | None":
        """The table of a model folder, None where it has none.

        Raises WeightsError for one that is damaged or of another vocabulary.
        """
        path = folder / NATURALNESS
        if not path.exists():
            return None
        try:
            tensors = load_file(path)
            characters, pairs = tensors["characters"].float(), tensors["pairs"].float()
        except (OSError, SafetensorError, KeyError) as error:
            raise WeightsError(f"{path} cannot be read: {error}") from error
        if (characters.shape, pairs.shape) != ((vocabulary_size,), (BUCKETS,)):
            raise WeightsError(f"{path} belongs to another vocabulary")
        return cls(characters, pairs)


class Leaning:
    """A wish: each character is likelier by the nats its table gives, from (vocabulary,)."""

    def __init__(self, characters: Tensor, alphabet: Alphabet) -> None:
        self._wish = alphabet.narrow(characters)
        self._idle = not self._wish.any()

    def apply(self, logits: Tensor, place: Place) -> None:
        del place
        if not self._idle:
            logits += self._wish

    def wrote(self, chosen: Tensor, place: Place) -> None:
        """Nothing to remember."""

    def keep(self, rows: Tensor) -> None:
        """The same for all candidates."""
