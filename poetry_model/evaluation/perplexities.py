"""How surprised a model is by poems it has not seen, split by split."""

from collections.abc import Sequence

from poetry_model.batches import Encoded, encode
from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.training import perplexity

HELD_OUT = ("validation", "test", "test-public")
TRAIN_SAMPLE = 2_000  # training poems to measure beside the held-out ones

Figures = dict[str, float]


def split_perplexities(model: Model, records: Sequence[PoemRecord]) -> dict[str, Figures]:
    """Perplexity per Han character by split: theme hidden, and title told."""
    found = {}
    for split in ("train", *HELD_OUT):
        chosen = [record for record in records if record.split == split]
        if split == "train":
            chosen = chosen[:: max(1, len(chosen) // TRAIN_SAMPLE)]
        poems = [encode(record, model.vocabulary) for record in chosen]
        if poems:
            found[split] = _two_perplexities(model, poems)
    return found


def _two_perplexities(model: Model, poems: Sequence[Encoded]) -> Figures:
    hidden = perplexity(model.network, poems, model.vocabulary)
    told = perplexity(model.network, poems, model.vocabulary, with_title=True)
    return {"hidden": round(hidden, 2), "with_title": round(told, 2)}


def ratios(ours: dict[str, Figures], seeds: dict[str, Figures]) -> Figures:
    """Our perplexity for one of the seed's, theme hidden, by split.

    >>> ratios({"test": {"hidden": 150.0}}, {"test": {"hidden": 600.0}})
    {'test': 0.25}
    """
    return {split: round(ours[split]["hidden"] / seeds[split]["hidden"], 3) for split in ours}
