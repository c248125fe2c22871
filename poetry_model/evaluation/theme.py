"""Does the poem give its theme back? Literally, and by the model's own judgement.

By Bayes P(theme | poem) ∝ P(poem | theme) P(theme), with all themes of a set equally
likely beforehand. The network prices every poem under every theme of its set; the rest is
counting.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from poetry_model.batches import encode, scoring_batch
from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.requests import Poem
from poetry_model.script import traditional_forms
from poetry_model.training import negative_log_likelihoods

_TOGETHER = 64  # poems priced side by side


@dataclass(frozen=True)
class Recognition:
    """How well poems tell their theme among `themes` of them.

    `top1`: share of poems whose own theme is the likeliest; `reciprocal_rank`: mean of
    1 / its rank; `log_odds`: mean of log P(poem | own) - log P(poem | another theme), in
    nats a poem, over all other themes.
    """

    poems: int
    themes: int
    top1: float
    reciprocal_rank: float
    log_odds: float


def holds_theme(poem: Poem) -> bool:
    """True when a character of the theme stands in the poem."""
    wanted = {form for character in poem.theme for form in traditional_forms(character)}
    return bool(wanted & {f for c in "".join(poem.lines) for f in traditional_forms(c)})


def prices(
    model: Model,
    poems: Sequence[PoemRecord],
    themes: Sequence[str],
    priced: Callable[[], None] = lambda: None,
) -> npt.NDArray[np.float64]:
    """(poems, themes) of -log P(poem | theme) in nats; poems of one shape, all traditional.

    Calls `priced` after each theme.
    """
    columns = []
    for theme in themes:
        titled = [replace(poem, title=theme) for poem in poems]
        columns.append(_priced(model, titled))
        priced()
    return np.stack(columns, axis=1)


def _priced(model: Model, records: Sequence[PoemRecord]) -> npt.NDArray[np.float64]:
    found = []
    for start in range(0, len(records), _TOGETHER):
        poems = [encode(record, model.vocabulary) for record in records[start : start + _TOGETHER]]
        feed = model.network.config.feed
        batch = scoring_batch(feed, poems, model.vocabulary, with_title=True)
        nats = negative_log_likelihoods(model.network, batch, model.vocabulary.unknown_types)
        found.append(nats.sum(1).double().numpy())
    return np.concatenate(found)


def recognition(nats: npt.NDArray[np.float64], own: Sequence[int]) -> Recognition:
    """From (N, K) prices and the place of each poem's own theme; K is at least 2.

    >>> recognition(np.array([[1.0, 2.0], [3.0, 1.0]]), [0, 0])
    Recognition(poems=2, themes=2, top1=0.5, reciprocal_rank=0.75, log_odds=-0.5)
    """
    count, themes = nats.shape
    mine = nats[np.arange(count), list(own)]
    ranks = 1 + (nats < mine[:, None]).sum(1)
    others = (nats.sum(1) - mine) / (themes - 1)
    return Recognition(
        count,
        themes,
        round(float((ranks == 1).mean()), 4),
        round(float((1 / ranks).mean()), 4),
        round(float((others - mine).mean()), 2),
    )
