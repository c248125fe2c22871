"""Which of the candidates is the best: a sum of terms, each measuring one quality.

Owns the adding up, while poems are under way and when they are done. Fluency, the
network's own -log P, is always one; what else counts, and how much, comes as terms.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Draft:
    """N candidates with their first `lines` lines written.

    `ids` (N, T) vocabulary ids, `PAD` where nothing stands yet; `nats` (N,).
    """

    ids: Tensor
    nats: Tensor
    lines: int


@dataclass(frozen=True)
class Term:
    """A quality: `measure` gives (N,) of a draft, higher is better.

    `under_way` is what one unit is worth in nats after a couplet; `at_end` is its worth
    in nats a character when the poem is done. Nought leaves the term out.
    """

    measure: Callable[[Draft], Tensor]
    under_way: float = 0.0
    at_end: float = 0.0


def merit_under_way(draft: Draft, terms: Sequence[Term]) -> Tensor:
    """(N,) in nats: which beginnings deserve to go on."""
    merit = -draft.nats
    for term in terms:
        if term.under_way:
            merit = merit + term.under_way * term.measure(draft)
    return merit


def merit_at_end(draft: Draft, terms: Sequence[Term], free: Tensor) -> Tensor:
    """(N,) in nats a character; `free` (N,) is how many characters were not given."""
    merit = -draft.nats / free.clamp(min=1)
    for term in terms:
        if term.at_end:
            merit = merit + term.at_end * term.measure(draft)
    return merit


def best_first(merit: Tensor, alive: Tensor) -> list[int]:
    """The rows of living candidates, best first.

    >>> import torch
    >>> best_first(torch.tensor([1.0, 3.0, 2.0]), torch.tensor([True, True, False]))
    [1, 0]
    """
    order = merit.argsort(descending=True, stable=True)
    return list(order[alive[order]].tolist())
