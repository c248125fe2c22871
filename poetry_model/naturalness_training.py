"""`poetry-model naturalness`: learns the table of `naturalness` for one set of weights.

In rounds: the poet writes under the titles of human poems of the train split, half of
them Tang, with what it has learned so far; a logistic regression tells its poems from
human ones; its weights are added to the table. After each round the poet leans against
what gave it away in the last.

Owns the rounds and the regression. Looks at the train split only, and shares nothing
with the classifier of `poetry-model evaluate`, so that the one does not mark its own
homework in the other.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from poetry_model.corpus import PoemRecord
from poetry_model.errors import CorpusError, NoCharacterFits
from poetry_model.naturalness import BUCKETS, Naturalness, pairs_of
from poetry_model.poet import Poet
from poetry_model.requests import LONGEST_THEME, PoemRequest
from poetry_model.verse_forms import FORMS
from poetry_model.vocabulary import Vocabulary

_HUMAN_FOR_OWN = 10  # human poems read for one that is written
_STRENGTH = 10.0  # of the regularisation, in poems
_STEPS = 60


@dataclass(frozen=True)
class Round:
    """One round: how many poems were written, and how well they were told from human
    poems that the regression had not seen (area under the ROC curve)."""

    poems: int
    auc: float


Lines = tuple[str, ...]


def learn(
    poet: Poet,
    records: Sequence[PoemRecord],
    *,
    poems: int,
    rounds: int,
    seed: int = 1,
    written: Callable[[], None] = lambda: None,
) -> list[Round]:
    """Teaches the poet its table, `poems` poems a round, from its present one on.

    Raises CorpusError where the train split has too few titled poems.
    """
    human = _human(records, random.Random(seed))
    need = poems * rounds
    if len(human) < 2 * need:
        raise CorpusError(f"{2 * need} titled training poems are needed, and {len(human)} there")
    titles, read = human[:need], human[need : need * (1 + _HUMAN_FOR_OWN)]
    done = []
    for number in range(rounds):
        asked = titles[number * poems : (number + 1) * poems]
        own = [lines for record in asked if (lines := _own(poet, record, number))]
        for _ in asked:
            written()
        residual, auc = fit(own, [record.lines for record in read], poet.vocabulary)
        before = poet.naturalness or Naturalness.none(len(poet.vocabulary))
        poet.naturalness = before.plus(residual)
        done.append(Round(len(own), round(auc, 4)))
    return done


def _human(records: Sequence[PoemRecord], chance: random.Random) -> list[PoemRecord]:
    """Titled training poems, the four forms and both dynasties in turn as far as they go."""
    found = [r for r in records if r.split == "train" and r.form in FORMS and r.title]
    chance.shuffle(found)
    places: Counter[tuple[str, str]] = Counter()
    turns = []
    for record in found:
        kind = (record.form, record.dynasty)
        turns.append(places[kind])
        places[kind] += 1
    order = sorted(range(len(found)), key=turns.__getitem__)
    return [found[index] for index in order]


def _own(poet: Poet, record: PoemRecord, seed: int) -> Lines | None:
    """What the poet writes under this title, in the characters of the corpus."""
    theme = record.title[:LONGEST_THEME]
    request = PoemRequest(
        record.form, theme, script="traditional", seed=seed, dynasty=record.dynasty
    )
    try:
        return poet.write(request).lines
    except NoCharacterFits:
        return None


def fit(
    own: Sequence[Lines], human: Sequence[Lines], vocabulary: Vocabulary
) -> tuple[Naturalness, float]:
    """The residual that tells human poems from one's own, and how well one fitted on half
    of them tells the other half."""
    ours = [features(lines, vocabulary) for lines in own]
    theirs = [features(lines, vocabulary) for lines in human]
    size = len(vocabulary) + BUCKETS
    half = _regression(ours[::2], theirs[::2], size)
    scores = [[float(half[poem].sum()) for poem in side[1::2]] for side in (ours, theirs)]
    weights = _regression(ours, theirs, size)
    judge = Naturalness(weights[: len(vocabulary)], weights[len(vocabulary) :])
    return judge, auc(*scores)


def features(lines: Lines, vocabulary: Vocabulary) -> Tensor:
    """The weights that count for a poem: its characters' and, behind those, its pairs'."""
    ids = torch.tensor([vocabulary.encode("".join(lines))])
    pairs = pairs_of(ids, [len(line) for line in lines])
    return torch.cat([ids, pairs + len(vocabulary)], 1)[0]


def _regression(own: Sequence[Tensor], human: Sequence[Tensor], size: int) -> Tensor:
    """(size,) weights of a logistic regression for the human side; both sides weigh the
    same, and the smaller one says how much there is to learn from."""
    poems = [*own, *human]
    starts = torch.tensor([0, *map(len, poems[:-1])]).cumsum(0)
    counted = torch.cat(poems)
    side = torch.cat([torch.zeros(len(own)), torch.ones(len(human))])
    share = torch.where(side == 0, 1 / len(own), 1 / len(human))
    # The last weight is the constant, which the table has no use for.
    weights = torch.zeros(size + 1, 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        scores = functional.embedding_bag(counted, weights, starts, mode="sum")[:, 0] + weights[-1]
        misses = functional.binary_cross_entropy_with_logits(scores, side, share, reduction="sum")
        total: Tensor = misses + _STRENGTH / 2 / min(len(own), len(human)) * weights.square().sum()
        total.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return weights.detach()[:-1, 0]


def auc(own: Sequence[float], human: Sequence[float]) -> float:
    """How often a human poem scores above one's own; ties count half.

    >>> auc([0.0, 1.0], [1.0, 2.0])
    0.875
    """
    one, other = torch.tensor(own)[:, None], torch.tensor(human)[None]
    return float((other > one).float().mean() + (other == one).float().mean() / 2)
