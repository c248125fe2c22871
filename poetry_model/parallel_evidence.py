"""Learning `data/parallels.safetensors`: which characters poets set across from each other.

Owns the choice of couplets, the fit and its figures. Reads the prepared corpus.

The couplets are those of regular poems that have to be parallel: all but the first and
the last, in poems of eight lines and more. Each is set against chance couplets, whose
lower line is another poem's that turns and closes on the same tones; a logistic
regression on the product of two vectors tells real from chance at every place
(Gutmann and Hyvärinen, "Noise-contrastive estimation", 2010: with as much weight on
chance as on the real the fitted score is the log-odds).

`poetry-model parallels` writes the table from the training poems and prints how it
fares on the validation poems.
"""

import itertools
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from poetry_model.corpus import PoemRecord, read_records
from poetry_model.errors import CorpusError
from poetry_model.parallelism import TABLE, ParallelTable, parallel_couplets, parallel_score
from poetry_model.reading_evidence import is_verse, required_tones

Couplet = tuple[str, str]
_CHANCES = 2  # chance couplets a real one


@dataclass(frozen=True)
class Fit:
    """How the vectors are learned; `opposed` of the `dimensions` count against a pair. A
    character seen `half_count` times is believed by half."""

    least_count: int = 5
    half_count: float = 5.0
    dimensions: int = 32
    opposed: int = 8
    epochs: int = 6
    batch: int = 512
    learning_rate: float = 0.01
    decay: float = 3e-3
    seed: int = 1


@dataclass(frozen=True)
class Separation:
    """How well the table tells couplets it was not learned from, from chance.

    `real`, `chance`: mean score a place; `told`: how often the real one of two scores
    higher.
    """

    couplets: int
    real: float
    chance: float
    told: float


def middle_couplets(records: Iterable[PoemRecord]) -> Iterator[tuple[Couplet, str]]:
    """The couplets that have to be parallel, each with the tones that its lower line needs."""
    for record in records:
        lengths = tuple(map(len, record.lines))
        places = parallel_couplets(record.form, lengths) if is_verse(record) else ()
        asked = required_tones(record.lines) if places else None
        if asked:
            for upper in places:
                yield (record.lines[upper], record.lines[upper + 1]), asked[upper + 1]


def alike(couplets: Iterable[tuple[Couplet, str]]) -> list[list[Couplet]]:
    """The couplets by length and by how the lower line turns and closes."""
    groups: defaultdict[tuple[int, str, str], list[Couplet]] = defaultdict(list)
    for (upper, lower), asked in couplets:
        groups[len(asked), asked[1], asked[-1]].append((upper, lower))
    return [group for _, group in sorted(groups.items())]


def by_chance(groups: Sequence[Sequence[Couplet]], seed: int) -> list[list[Couplet]]:
    """As many couplets, each lower line another's."""
    chance, found = random.Random(seed), []
    for group in groups:
        lowers = [lower for _, lower in group]
        chance.shuffle(lowers)
        found.append([(upper, lower) for (upper, _), lower in zip(group, lowers, strict=True)])
    return found


def _repeats(groups: Sequence[Sequence[Couplet]]) -> tuple[float, dict[tuple[bool, ...], float]]:
    """Places with one character in both lines, and doublings by line, smoothed by one half."""
    same, doubled = 0.5, dict.fromkeys(itertools.product((False, True), repeat=2), 0.5)
    for upper, lower in (couplet for group in groups for couplet in group):
        same += sum(map(str.__eq__, upper, lower))
        for place in range(1, len(upper)):
            doubled[upper[place] == upper[place - 1], lower[place] == lower[place - 1]] += 1
    return same, doubled


def repeat_odds(groups: Sequence[Sequence[Couplet]], seed: int) -> tuple[float, Tensor]:
    """Log-odds of real against chance: of the same character, (2, 2) of doublings."""
    real, chance = _repeats(groups), _repeats(by_chance(groups, seed))
    doubled = [math.log(real[1][which] / chance[1][which]) for which in real[1]]
    return math.log(real[0] / chance[0]), torch.tensor(doubled).view(2, 2)


class _Vectors(torch.nn.Module):
    """The product of two vectors and two biases; character 0 is any rare one."""

    def __init__(self, characters: int, fit: Fit) -> None:
        super().__init__()
        self.vectors = torch.nn.Embedding(characters, fit.dimensions)
        self.biases = torch.nn.Embedding(characters, 1)
        torch.nn.init.normal_(self.vectors.weight, std=0.1)
        torch.nn.init.zeros_(self.biases.weight)
        self.signs: Tensor
        signs = torch.ones(fit.dimensions)
        signs[fit.dimensions - fit.opposed :] = -1
        self.register_buffer("signs", signs)

    def forward(self, upper: Tensor, lower: Tensor) -> Tensor:
        products = (self.vectors(upper) * self.signs * self.vectors(lower)).sum(-1)
        found: Tensor = products + (self.biases(upper) + self.biases(lower)).squeeze(-1)
        return found

    def loss(self, couplets: Tensor, lowers: Tensor, decay: float) -> Tensor:
        """`couplets` (B, 2, L) ids, `lowers` (chances, B, L) ids of chance lower lines."""
        upper, lower = couplets.unbind(1)
        real = functional.softplus(-self(upper, lower)).mean()
        chance = functional.softplus(self(upper.expand_as(lowers), lowers)).mean()
        size = self.vectors(couplets).square().sum() / len(couplets)
        total: Tensor = real + chance + decay * size
        return total


def learn(couplets: Iterable[tuple[Couplet, str]], fit: Fit = Fit()) -> ParallelTable:
    """The table of these couplets; one thread takes a quarter of a minute for 190,000."""
    groups = alike(couplets)
    counts = Counter(c for group in groups for pair in group for line in pair for c in line)
    kept = "".join(sorted(c for c, count in counts.items() if count >= fit.least_count))
    ids = {character: row for row, character in enumerate(kept, 1)}
    tensors = [
        torch.tensor([[[ids.get(c, 0) for c in line] for line in pair] for pair in group])
        for group in groups
    ]
    model = _fitted(tensors, len(kept) + 1, fit)
    seen = torch.tensor([float(counts[character]) for character in kept])
    belief = seen / (seen + fit.half_count)
    same, doubled = repeat_odds(groups, fit.seed)
    return ParallelTable(
        kept,
        (model.vectors.weight.detach()[1:] * belief.sqrt().unsqueeze(1)).numpy(),
        (model.biases.weight.detach()[1:, 0] * belief).numpy(),
        model.signs.numpy(),
        same,
        doubled.numpy(),
    )


def _fitted(groups: Sequence[Tensor], characters: int, fit: Fit) -> _Vectors:
    torch.manual_seed(fit.seed)
    model = _Vectors(characters, fit)
    batches = list(_batches(groups, fit))
    optimizer = torch.optim.Adam(model.parameters(), fit.learning_rate)
    falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, len(batches))
    for group, rows in batches:
        others = torch.randint(len(group), (_CHANCES, len(rows)))
        loss = model.loss(group[rows], group[others, 1], fit.decay)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        falling.step()
    return model


def _batches(groups: Sequence[Tensor], fit: Fit) -> Iterator[tuple[Tensor, Tensor]]:
    """Every couplet once an epoch, in batches of one group, in any order."""
    chance = random.Random(fit.seed)
    for _ in range(fit.epochs):
        epoch = [
            (g, rows) for g in groups for rows in torch.split(torch.randperm(len(g)), fit.batch)
        ]
        chance.shuffle(epoch)
        yield from epoch


def separate(couplets: Iterable[tuple[Couplet, str]], table: ParallelTable) -> Separation:
    """How the table fares on these couplets."""
    groups = alike(couplets)
    real, chance = (
        torch.tensor([parallel_score(*pair, table) for group in found for pair in group])
        for found in (groups, by_chance(groups, 1))
    )
    told = (real.unsqueeze(1) > chance).float().mean()
    return Separation(len(real), float(real.mean()), float(chance.mean()), float(told))


def rebuild(corpus: Path, out: Path) -> dict[str, object]:
    """Learns from the training poems, writes the table into a folder, and returns how it
    fares on the validation poems.

    Raises CorpusError when either has none that have to be parallel.
    """
    records = read_records(corpus)
    seen, held_out = (
        list(middle_couplets(record for record in records if record.split == split))
        for split in ("train", "validation")
    )
    if not seen or not held_out:
        raise CorpusError(f"{corpus} holds no regular poems of eight lines to learn from")
    learn(seen).save(out / TABLE)
    table = ParallelTable.load(out / TABLE)
    return {"characters": len(table.characters), **asdict(separate(held_out, table))}
