"""`poetry-model benchmark`: how long a poem takes, beside the seed's way, in one run.

The seed's way is the tutorial's: the whole text so far goes through the network
again for each character, which is drawn from the hundred likeliest. On a shared
machine only the ratio of the two means anything.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median

import torch
from rich.table import Table

from poetry_model.config import SEED
from poetry_model.network import StreamBatch, StreamNetwork
from poetry_model.poet import Poet
from poetry_model.requests import PoemRequest
from poetry_model.verse_forms import FORMS, verse_form
from poetry_model.vocabulary import START

_TOP = 100


@torch.inference_mode()
def write_the_seeds_way(network: StreamNetwork, length: int, generator: torch.Generator) -> int:
    """Draws `length` ids one by one, recomputing the prefix; returns the last id."""
    ids = [START]
    for _ in range(length):
        previous = torch.tensor([ids])
        counted = torch.ones_like(previous, dtype=torch.bool)
        logits = network(StreamBatch(previous, previous, counted))[0, -1]
        best = logits.topk(_TOP)
        pick = torch.multinomial(best.values.softmax(-1), 1, generator=generator)
        ids.append(int(best.indices[pick]))
    return ids[-1]


def run_benchmark(
    folder: Path | None, *, poems: int, clock: Callable[[], float]
) -> dict[str, dict[str, float]]:
    """Median milliseconds a poem by form: ours with all candidates, and the seed's one.

    The seed's weights do not matter for its speed; they are drawn at random.
    """
    poet = Poet.load(folder)
    seed = StreamNetwork(SEED.network, len(poet.vocabulary)).eval()
    generator = torch.Generator().manual_seed(1)
    poet.write(PoemRequest(theme="月"))  # the first call pays for warming up
    found = {}
    for form in FORMS:
        ours, theirs = [], []
        length = verse_form(form).size + verse_form(form).line_count
        for number in range(poems):
            started = clock()
            poet.write(PoemRequest(form=form, theme="月", seed=number))
            between = clock()
            write_the_seeds_way(seed, length, generator)
            ours.append((between - started) * 1000)
            theirs.append((clock() - between) * 1000)
        found[form] = _figures(median(ours), median(theirs))
    return found


def _figures(ours: float, theirs: float) -> dict[str, float]:
    return {
        "poet_ms": round(ours, 1),
        "seed_ms": round(theirs, 1),
        "ratio": round(theirs / ours, 2),
    }


def benchmark_table(figures: dict[str, dict[str, float]]) -> Table:
    """The figures for reading."""
    title = "median time of a poem, one thread"
    table = Table("form", "poet, ms", "the seed's way, ms", "seed : poet", title=title)
    for form, row in figures.items():
        table.add_row(form, *(str(row[key]) for key in ("poet_ms", "seed_ms", "ratio")))
    return table
