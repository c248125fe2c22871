"""`poetry-model benchmark`: how long a poem takes, beside the seed's way, in one run.

The seed's way is the tutorial's: the whole text so far goes through the network
again for each character, which is drawn from the hundred likeliest. On a shared
machine only CPU time and the ratio of the two mean anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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
_THEME = "月"  # one character: the title has to be written as well


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


@dataclass(frozen=True)
class Clocks:
    """Two clocks, in seconds: `wall` is what a reader waits by, `cpu` counts the work of
    this process alone, so that it holds on a busy machine too."""

    wall: Callable[[], float]
    cpu: Callable[[], float]

    def time(self, work: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds that the work takes by either clock."""
        wall, cpu = self.wall(), self.cpu()
        work()
        return 1000 * (self.wall() - wall), 1000 * (self.cpu() - cpu)


def run_benchmark(
    folder: Path | None, *, poems: int, clocks: Clocks
) -> dict[str, dict[str, float]]:
    """Median milliseconds a poem by form: ours with all candidates, rules, ranking, checks
    and title on one thread, and the seed's one.

    The seed's weights do not matter for its speed; they are drawn at random.
    """
    poet = Poet.load(folder, threads=1)
    seed = StreamNetwork(SEED.network, len(poet.vocabulary)).eval()
    generator = torch.Generator().manual_seed(1)
    poet.write(PoemRequest(theme=_THEME))  # the first call pays for warming up
    found = {}
    for form in FORMS:
        length = verse_form(form).size + verse_form(form).line_count
        ours, theirs = [], []
        for number in range(poems):
            request = PoemRequest(form=form, theme=_THEME, seed=number)
            ours.append(clocks.time(partial(poet.write, request)))
            theirs.append(clocks.time(partial(write_the_seeds_way, seed, length, generator)))
        found[form] = {"candidates": poet.options.candidates, **_figures(ours, theirs)}
    return found


def _figures(
    ours: Sequence[tuple[float, float]], theirs: Sequence[tuple[float, float]]
) -> dict[str, float]:
    wall, cpu = (median(column) for column in zip(*ours, strict=True))
    seed_wall, seed_cpu = (median(column) for column in zip(*theirs, strict=True))
    return {
        "poet_ms": round(wall, 1),
        "poet_cpu_ms": round(cpu, 1),
        "seed_ms": round(seed_wall, 1),
        "seed_cpu_ms": round(seed_cpu, 1),
        "ratio": round(seed_cpu / cpu, 2),
    }


def benchmark_table(figures: dict[str, dict[str, float]]) -> Table:
    """The figures for reading."""
    table = Table(
        "form",
        "candidates",
        "poet, ms",
        "its CPU ms",
        "the seed's way, ms",
        "its CPU ms",
        "seed : poet",
        title="median time of a poem, one thread; the ratio is that of CPU time",
    )
    for form, row in figures.items():
        table.add_row(form, *(f"{value:g}" for value in row.values()))
    return table
