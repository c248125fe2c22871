"""Training a preset on the prepared corpus: a run folder that can be resumed.

Owns the loop, the learning rate, the validation and the curve. A run folder holds
the best weights so far (by validation perplexity), the state to resume from,
`run.json` with every figure and `curve.png`. Knows nothing of verse.

The budget is time or characters: the learning rate follows the share of it that is
used, so that a run ends with a rate of nought. A budget of minutes does so however
fast the machine is; one of characters gives the same run on any. The clock is an
argument.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from poetry_model.batches import (
    PUNCTUATION,
    Encoded,
    encode,
    grouped,
    scoring_batch,
    training_batch,
)
from poetry_model.checkpoints import (
    Model,
    load_model,
    load_training_state,
    save_model,
    save_training_state,
)
from poetry_model.config import Preset, TrainingConfig
from poetry_model.copies import LINE_FILTER, LineFilter
from poetry_model.corpus import OTHER, PoemRecord
from poetry_model.curves import draw_curve
from poetry_model.errors import BadRequest, CorpusError
from poetry_model.linear_loss import linear_cross_entropy
from poetry_model.network import Batch, Network, build_network
from poetry_model.processes import ALONE, Crew
from poetry_model.side_tasks import side_tasks
from poetry_model.vocabulary import PAD, UNKNOWN, Vocabulary

VALIDATION_CHARACTERS = 16_384  # characters scored at once
Clock = Callable[[], float]  # seconds, monotonic


@dataclass
class Point:
    """One measurement of a run; perplexities are per character."""

    minutes: float
    step: int
    characters: int
    training: float
    validation: float


@dataclass
class Progress:
    """How far a run has come; all of it is saved, so that it resumes."""

    epoch: int = 0
    batch: int = 0
    step: int = 0
    characters: int = 0
    seconds: float = 0.0
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class Tick:
    """What a listener hears after each step."""

    share: float
    step: int
    perplexity: float
    validation: float | None
    characters_per_second: float


def learning_rate(config: TrainingConfig, step: int, share: float) -> float:
    """The rate at a step when this share of the time is used.

    >>> config = TrainingConfig(1.0, batch_poems=1, warmup_steps=2, decay_from=0.5)
    >>> [learning_rate(config, s, t) for s, t in ((0, 0.0), (9, 0.5), (9, 0.75), (9, 1.0))]
    [0.5, 1.0, 0.5, 0.0]
    """
    warm = min(1.0, (step + 1) / config.warmup_steps) if config.warmup_steps else 1.0
    if config.decay_from == 1:
        return config.learning_rate * warm
    fall = (1 - share) / (1 - config.decay_from)
    return config.learning_rate * warm * min(1.0, max(0.0, fall))


def pick_device(name: str) -> torch.device:
    """auto, cpu or cuda; raises BadRequest for any other or where CUDA is missing."""
    if name not in ("auto", "cpu", "cuda"):
        raise BadRequest("device", "unknown_device", "--device takes auto, cpu or cuda")
    if name == "cuda" and not torch.cuda.is_available():
        raise BadRequest("device", "no_cuda", "--device cuda: this machine has no CUDA device")
    automatic = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(automatic if name == "auto" else name)


def to_device(batch: Batch, device: torch.device) -> Batch:
    moved = {name: value.to(device) for name, value in vars(batch).items()}
    return type(batch)(**moved)


def batch_loss(network: Network, batch: Batch) -> Tensor:
    """Mean cross-entropy in nats over all targets, punctuation included."""
    written = batch.targets != PAD
    # Inside autocast the keys come in its type, and the softmax layer follows them.
    keys = network.keys(batch)[written]
    total = linear_cross_entropy(keys, *network.softmax, batch.targets[written], keys.dtype)
    return total / written.sum()


@torch.inference_mode()
def negative_log_likelihoods(network: Network, batch: Batch, unknown_types: int) -> Tensor:
    """(B, T) nats of each Han character, nought elsewhere.

    A character outside the vocabulary pays for `UNKNOWN` and then for the choice
    among the `unknown_types` training characters behind it.
    """
    logits: Tensor = network(batch)
    losses = nn.functional.cross_entropy(
        logits.float().flatten(0, 1), batch.targets.flatten(), reduction="none"
    )
    losses = losses.view(batch.targets.shape)
    losses = losses + (batch.targets == UNKNOWN) * math.log(unknown_types)
    return losses * batch.counted


def perplexity(
    network: Network, poems: Sequence[Encoded], vocabulary: Vocabulary, *, with_title: bool = False
) -> float:
    """exp(nats per Han character) over the poems; the theme is hidden or the title."""
    training = network.training
    network.eval()
    device = next(network.parameters()).device
    nats, count = 0.0, 0
    for group in grouped(poems, most_characters=VALIDATION_CHARACTERS):
        batch = scoring_batch(network.config.feed, group, vocabulary, with_title=with_title)
        batch = to_device(batch, device)
        nats += float(negative_log_likelihoods(network, batch, vocabulary.unknown_types).sum())
        count += int(batch.counted.sum())
    network.train(training)
    return math.exp(nats / count)


def build_vocabulary(records: Sequence[PoemRecord], preset: Preset) -> Vocabulary:
    lines = (line for record in records if record.split == "train" for line in record.lines)
    extra = PUNCTUATION if preset.network.feed == "stream" else ""
    return Vocabulary.build(lines, least_count=preset.training.least_count, extra=extra)


def repeated(records: Sequence[PoemRecord], weight: float) -> list[PoemRecord]:
    """The records `weight` times over; of a fraction, evenly spread ones.

    >>> repeated("abcd", 1.5)
    ['a', 'b', 'c', 'd', 'a', 'c']
    """
    whole, part = divmod(weight, 1)
    spread = [records[int(i / part)] for i in range(int(len(records) * part))] if part else []
    return [*list(records) * int(whole), *spread]


def _weight(record: PoemRecord, config: TrainingConfig) -> float:
    if record.dynasty == "唐":
        return config.tang_weight
    return config.old_style_weight if record.form == OTHER else 1.0


class LossModule(nn.Module):
    """`batch_loss` as a module, which is what gradients are shared through."""

    def __init__(self, network: Network, dtype: torch.dtype | None) -> None:
        super().__init__()
        self.network, self.dtype = network, dtype

    def forward(self, batch: Batch) -> Tensor:
        device = batch.targets.device.type
        with torch.autocast(device, self.dtype, enabled=self.dtype is not None):
            return batch_loss(self.network, batch)


class Trainer:
    """One run of one preset in one folder."""

    def __init__(
        self,
        records: Sequence[PoemRecord],
        preset: Preset,
        folder: Path,
        *,
        minutes: float = math.inf,
        characters: float = math.inf,
        device: torch.device,
        clock: Clock,
        seed: int = 1,
        resume: bool = False,
        start: Model | None = None,
        crew: Crew = ALONE,
        validate_every: float = 5.0,
    ) -> None:
        """The run ends after `minutes` or so many `characters`, whichever comes first.

        `start` is a model to go on from instead of fresh weights, with its vocabulary;
        `crew` the processes that train it together."""
        torch.manual_seed(seed)
        self.crew = crew
        self.preset, self.folder, self.seed, self.clock = preset, folder, seed, clock
        if math.isinf(minutes) and math.isinf(characters):
            raise BadRequest(
                "minutes", "no_budget", "--minutes or --characters: give the run an end"
            )
        self.minutes, self.characters = minutes, characters
        self.validate_every, self.device = validate_every, device
        self.vocabulary = start.vocabulary if start else build_vocabulary(records, preset)
        self.training = self._drawn([r for r in records if r.split == "train"])
        validation = [record for record in records if record.split == "validation"]
        self.validation = [encode(record, self.vocabulary) for record in validation]
        for split, poems in (("train", self.training), ("validation", self.validation)):
            if not poems:
                raise CorpusError(f"the corpus holds no {split} poems")
        self.network = build_network(preset.network, len(self.vocabulary)).to(device)
        if start:
            self._begin_with(start)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), weight_decay=preset.training.weight_decay, fused=True
        )
        self.progress = Progress()
        folder.mkdir(parents=True, exist_ok=True)
        if resume:
            self._restore()
        elif crew.leads:
            # Shorter ones, as 词 have them, are common speech.
            lines = (line for r in records for line in r.lines if len(line) >= 5)
            LineFilter.build(lines).save(folder / LINE_FILTER)
        dtype = torch.bfloat16 if preset.training.bfloat16 else None
        self._loss = crew.wrap(LossModule(self.network, dtype))

    def _drawn(self, records: Sequence[PoemRecord]) -> list[Encoded]:
        """What one epoch goes through: the poems as often as the preset says, and side tasks."""
        config, random = self.preset.training, np.random.default_rng(self.seed)
        kinds: dict[float, list[PoemRecord]] = defaultdict(list)
        for record in records:
            kinds[_weight(record, config)].append(record)
        poems = [
            encode(record, self.vocabulary)
            for weight, some in kinds.items()
            for record in repeated(some, weight)
        ]
        return poems + (list(side_tasks(poems, random)) if config.side_tasks else [])

    def _begin_with(self, start: Model) -> None:
        if start.network.config.shape != self.network.config.shape:
            message = f"--from: the model in the folder has another shape than {self.preset.name}"
            raise BadRequest("from", "other_shape", message)
        self.network.load_state_dict(start.network.state_dict())

    def run(self, listen: Callable[[Tick], None] | None = None) -> Model:
        """Trains until the budget is used.

        Returns the best model by validation; in a process that does not lead, its own.
        """
        self.network.train()
        started, before = self.clock(), self.progress.seconds
        losses: list[float] = []
        due = before / 60 + self.validate_every
        batches = self._batches()
        while self.share < 1:
            batch = next(batches)
            losses.append(self._step(batch))
            self._advance(before + self.clock() - started, int(batch.counted.sum()))
            if listen:
                listen(self._tick(losses))
            if self.progress.seconds / 60 >= due or self.share >= 1:
                if self.crew.leads:
                    self._measure(math.exp(float(np.mean(losses))))
                losses.clear()
                due = self.progress.seconds / 60 + self.validate_every
        if self.crew.leads:
            return load_model(self.folder)
        return Model(self.preset.name, self.network, self.vocabulary, {})

    def _advance(self, seconds: float, characters: int) -> None:
        seconds, characters = self.crew.agree(seconds, characters, self.device)
        self.progress.seconds = seconds
        self.progress.characters += characters
        self.progress.step += 1

    @property
    def share(self) -> float:
        """The share of the budget that is used, 0 to 1."""
        time = self.progress.seconds / 60 / self.minutes
        return min(1.0, max(time, self.progress.characters / self.characters))

    def _tick(self, losses: list[float]) -> Tick:
        points = self.progress.points
        return Tick(
            self.share,
            self.progress.step,
            math.exp(float(np.mean(losses[-100:]))),
            points[-1].validation if points else None,
            self.progress.characters / max(self.progress.seconds, 1e-9),
        )

    def _groups(self, random: np.random.Generator) -> Iterator[list[Encoded]]:
        config = self.preset.training
        return grouped(
            self.training,
            most_characters=config.batch_characters,
            most_poems=config.batch_poems,
            random=random,
        )

    def _batches(self) -> Iterator[Batch]:
        """Batches without end, from where the run stands; each draw has its own seed."""
        while True:
            order = np.random.default_rng([self.seed, self.progress.epoch])
            skipped = self.progress.batch
            for index, poems in enumerate(self.crew.share(list(self._groups(order)))):
                if index < skipped:
                    continue
                own = (self.seed, self.progress.epoch, index, self.crew.rank)
                random = np.random.default_rng(own)
                self.progress.batch = index + 1
                yield training_batch(self.preset.network.feed, poems, self.vocabulary, random)
            self.progress.epoch += 1
            self.progress.batch = 0

    def _step(self, batch: Batch) -> float:
        config = self.preset.training
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(config, self.progress.step, self.share)
        loss: Tensor = self._loss(to_device(batch, self.device))
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        if config.gradient_clip:
            nn.utils.clip_grad_norm_(self.network.parameters(), config.gradient_clip)
        self.optimiser.step()
        return loss.item()

    def _measure(self, training: float) -> None:
        validation = perplexity(self.network, self.validation, self.vocabulary)
        best = min((point.validation for point in self.progress.points), default=math.inf)
        minutes = self.progress.seconds / 60
        self.progress.points.append(
            Point(minutes, self.progress.step, self.progress.characters, training, validation)
        )
        if validation < best:
            self._save_best(validation, minutes)
        state: dict[str, object] = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "progress": asdict(self.progress),
            "preset": self.preset.name,
        }
        save_training_state(state, self.folder)
        report = {"preset": asdict(self.preset), "progress": asdict(self.progress)}
        (self.folder / "run.json").write_text(json.dumps(report, indent=1), "utf-8")
        draw_curve([asdict(point) for point in self.progress.points], self.folder / "curve.png")

    def _save_best(self, validation: float, minutes: float) -> None:
        figures = {
            "validation_perplexity": round(validation, 2),
            "minutes": round(minutes, 1),
            "characters": self.progress.characters,
        }
        model = Model(self.preset.name, self.network, self.vocabulary, figures)
        save_model(model, self.folder)

    def _restore(self) -> None:
        state = load_training_state(self.folder)
        if state is None:
            raise BadRequest(
                "resume", "nothing_to_resume", f"--resume: no interrupted run in {self.folder}"
            )
        if state["preset"] != self.preset.name:
            raise BadRequest(
                "resume", "other_preset", f"--resume: the run in {self.folder} is {state['preset']}"
            )
        self._restore_network(state["network"])  # type: ignore[arg-type]  # as saved
        self.optimiser.load_state_dict(state["optimiser"])  # type: ignore[arg-type]  # as saved
        saved = dict(state["progress"])  # type: ignore[call-overload]  # as saved
        points = [Point(**point) for point in saved.pop("points")]
        self.progress = Progress(**saved, points=points)

    def _restore_network(self, weights: dict[str, Tensor]) -> None:
        try:
            self.network.load_state_dict(weights)
        except RuntimeError as error:
            message = f"--resume: the run in {self.folder} was on another corpus"
            raise BadRequest("resume", "other_corpus", message) from error
