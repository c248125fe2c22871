"""The sampling loop: a plan and filters in, candidate poems out.

Owns the loop, the choice of one character among logits, and the scoring of
candidates. Knows ids and tensors; what a rhyme is, the filters know.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from poetry_model.cells import StepNetwork
from poetry_model.errors import NoCharacterFits
from poetry_model.filters import LogitFilter, Place
from poetry_model.slots import slots_of
from poetry_model.vocabulary import PAD, START

NOT_FORCED = -1


@dataclass(frozen=True)
class Sampling:
    """How freely characters are drawn.

    `temperature` flattens the distribution; a character less likely than `min_p` times
    the likeliest one is never drawn (Nguyen et al., "Turning Up the Heat: Min-p
    Sampling for Creative and Coherent LLM Outputs", 2024).
    """

    temperature: float = 0.8
    min_p: float = 0.04

    def __post_init__(self) -> None:
        if self.temperature <= 0 or not 0 < self.min_p <= 1:
            raise ValueError("temperature must be above 0 and min_p in (0, 1]")


@dataclass(frozen=True)
class Plan:
    """What is known of N candidates before the first character is drawn.

    `form` and `lengths` give the slots; `theme` (K ids, may be empty) and `style`
    condition the network; `forced` (N, T) holds ids that stand already (heads, a
    given line) or `NOT_FORCED`.
    """

    form: str
    lengths: tuple[int, ...]
    theme: tuple[int, ...]
    style: tuple[int, int, int]
    forced: Tensor

    @property
    def count(self) -> int:
        return self.forced.shape[0]


@dataclass(frozen=True)
class Selection:
    """Survival after each couplet: the `survivors` best candidates go on, copied to fill
    the batch, so that the work goes where poems begin well.

    `merit` turns the nats so far, (N,), into how good each candidate is.
    """

    survivors: int
    merit: Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Candidates:
    """What the loop wrote: `ids` (N, T); `nats` (N,), -log P by the network over the
    characters that were free; `alive` (N,) bool, false where no character fitted."""

    ids: Tensor
    nats: Tensor
    alive: Tensor


def draw(logits: Tensor, sampling: Sampling, generator: torch.Generator) -> Tensor:
    """(N, vocabulary) masked logits → (N,) ids, by inversion of each row's distribution.

    Rows without any finite logit must have been replaced before.
    """
    logits = logits / sampling.temperature
    floor = logits.amax(-1, keepdim=True) + math.log(sampling.min_p)
    totals = logits.masked_fill(logits < floor, -torch.inf).softmax(-1).cumsum(-1)
    # In [0, total): the first character whose running total passes it has a share.
    points = torch.rand(len(logits), 1, generator=generator) * totals[:, -1:]
    picks = torch.searchsorted(totals, points, right=True).squeeze(1)
    return picks.clamp(max=logits.shape[1] - 1)


def _padded_theme(plan: Plan) -> Tensor:
    theme = plan.theme or (PAD,)
    return torch.tensor(theme).expand(plan.count, len(theme))


def _take(ids: Tensor, indices: Tensor) -> Tensor:
    """(N, T) ids at (L,) indices, `PAD` where the index is -1."""
    return torch.where(indices < 0, PAD, ids[:, indices.clamp(min=0)])


class _Loop:
    """The state of one run of the loop."""

    def __init__(
        self,
        network: StepNetwork,
        plan: Plan,
        filters: Sequence[LogitFilter],
        sampling: Sampling,
        selection: Selection | None,
        generator: torch.Generator,
    ) -> None:
        self.network, self.plan, self.filters = network, plan, filters
        self.sampling, self.selection, self.generator = sampling, selection, generator
        self.forced = plan.forced
        self.slots = slots_of(plan.form, plan.lengths)
        self.state = network.start(plan.count)
        self.ids = torch.full((plan.count, sum(plan.lengths)), PAD)
        self.nats = torch.zeros(plan.count)
        self.alive = torch.ones(plan.count, dtype=torch.bool)
        theme = _padded_theme(plan)
        style = torch.tensor(plan.style).expand(plan.count, len(plan.style))
        self.conditions = network.network.condition(theme, style)
        self.theme_key = network.theme_key(theme)

    def run(self) -> Candidates:
        index = 0
        for line, length in enumerate(self.plan.lengths):
            shares = self._line_shares(index, length)
            for position in range(length):
                self._write(Place(index, line, position), shares[position])
                index += 1
            if line % 2 and line + 1 < len(self.plan.lengths):
                self._select()
        return Candidates(self.ids, self.nats, self.alive)

    def _select(self) -> None:
        if self.selection is None:
            return
        merit = self.selection.merit(self.nats).masked_fill(~self.alive, -torch.inf)
        best = merit.topk(min(self.selection.survivors, self.plan.count)).indices
        self._keep(best.repeat(-(-self.plan.count // len(best)))[: self.plan.count])

    def _keep(self, rows: Tensor) -> None:
        self.ids, self.nats, self.alive = self.ids[rows], self.nats[rows], self.alive[rows]
        self.forced = self.forced[rows]
        self.state.keep(rows)
        for rule in self.filters:
            rule.keep(rows)

    def _line_shares(self, start: int, length: int) -> Tensor:
        where = slice(start, start + length)
        columns = (self.slots.above, self.slots.above_next, self.slots.above_two)
        above = tuple(_take(self.ids, torch.from_numpy(column[where])) for column in columns)
        features = torch.from_numpy(self.slots.features[where])
        return self.network.line_input(features, above, self.conditions)

    def _write(self, place: Place, share: Tensor) -> None:
        first = torch.full((self.plan.count,), START)
        previous = self.ids[:, place.index - 1] if place.index else first
        outputs = self.network.step(previous, share, self.state)
        forced = self.forced[:, place.index]
        if (forced != NOT_FORCED).all():
            chosen = forced
        else:
            chosen = self._choose(self.network.logits(outputs, self.theme_key), forced, place)
        self.ids[:, place.index] = chosen
        for rule in self.filters:
            rule.wrote(chosen, place)

    def _choose(self, logits: Tensor, forced: Tensor, place: Place) -> Tensor:
        prices = logits.logsumexp(-1)
        masked = logits.clone()
        for rule in self.filters:
            rule.apply(masked, place)
        stuck = masked.amax(-1) == -torch.inf
        masked[stuck] = logits[stuck]
        free = forced == NOT_FORCED
        chosen = torch.where(free, draw(masked, self.sampling, self.generator), forced)
        self.alive &= ~(stuck & free)
        if not self.alive.any():
            raise NoCharacterFits(self.plan.form, place.line + 1, place.position + 1)
        spent = prices - logits.gather(1, chosen.unsqueeze(1)).squeeze(1)
        self.nats += spent * free
        return chosen


@torch.inference_mode()
def sample(
    network: StepNetwork,
    plan: Plan,
    filters: Sequence[LogitFilter],
    sampling: Sampling,
    generator: torch.Generator,
    selection: Selection | None = None,
) -> Candidates:
    """Writes the plan's candidates side by side.

    A candidate for which every character is masked goes on unmasked but is marked
    not alive. Raises NoCharacterFits when none is left.
    """
    return _Loop(network, plan, filters, sampling, selection, generator).run()


@torch.inference_mode()
def price(network: StepNetwork, plan: Plan, ids: Tensor) -> Tensor:
    """-log P in nats of whole poems under the plan's theme and style: (N, T) → (N,).

    Forced characters are not counted.
    """
    theme, style = _padded_theme(plan)[:1].expand(len(ids), -1), torch.tensor([plan.style])
    slots = slots_of(plan.form, plan.lengths)
    columns = (slots.above, slots.above_next, slots.above_two)
    above = tuple(_take(ids, torch.from_numpy(column)) for column in columns)
    conditions = network.network.condition(theme, style.expand(len(ids), -1))
    shares = network.line_input(torch.from_numpy(slots.features), above, conditions)
    state, previous = network.start(len(ids)), torch.full((len(ids),), START)
    outputs = []
    for index in range(ids.shape[1]):
        outputs.append(network.step(previous, shares[index], state))
        previous = ids[:, index]
    keys = network.theme_key(theme).repeat(ids.shape[1], 1)
    logits = network.logits(torch.cat(outputs), keys)
    nats = torch.nn.functional.cross_entropy(logits, ids.T.flatten(), reduction="none")
    counted = plan.forced[: len(ids)].T.flatten() == NOT_FORCED
    return (nats * counted).view(ids.shape[1], -1).sum(0)
