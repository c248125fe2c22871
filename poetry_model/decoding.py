"""The sampling loop: a plan and filters in, candidate poems out.

Owns the loop, the choice of one character among logits, and the scoring of
candidates. Knows ids and tensors; what a rhyme is, the filters know. Plans and
candidates hold vocabulary ids; the filters see columns of the poem's alphabet.

All nats are -log P over the alphabet: what the network gives to characters outside it
(about one in a hundred) is shared out among those inside. They compare poems written
over one alphabet, and are not those of `poetry-model score`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from poetry_model.alphabet import Alphabet
from poetry_model.cells import Head, StepNetwork
from poetry_model.errors import NoCharacterFits
from poetry_model.filters import LogitFilter, Place
from poetry_model.ranking import Draft
from poetry_model.slots import slots_of
from poetry_model.vocabulary import PAD, START

NOT_FORCED = -1
_ROWS = 64


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

    def brought(self) -> tuple[int, ...]:
        """The ids that the poem's alphabet must hold: those that stand and the theme's."""
        standing = set(self.forced.flatten().tolist()) - {NOT_FORCED}
        return (*sorted(standing), *self.theme)


@dataclass(frozen=True)
class Selection:
    """Survival after each couplet: the `survivors` best candidates go on, copied to fill
    the batch, so that the work goes where poems begin well.

    `merit` tells of the candidates as far as they are written, (N,), how good each is.
    """

    survivors: int
    merit: Callable[[Draft], Tensor]


@dataclass(frozen=True)
class Candidates:
    """What the loop wrote: `ids` (N, T); `nats` (N,), -log P by the network over the
    characters that were free; `alive` (N,) bool, false where no character fitted."""

    ids: Tensor
    nats: Tensor
    alive: Tensor


def chances(draws: int, count: int, generator: torch.Generator) -> Tensor:
    """(draws, count, 1), even from 0 to a little below 1, so that no part of a total
    that rounds up reaches the total."""
    return torch.rand(draws, count, 1, generator=generator) * (1 - 1e-6)


def draw(logits: Tensor, peaks: Tensor, sampling: Sampling, chances: Tensor) -> Tensor:
    """(N, A) masked logits → (N,) columns, by inversion of each row's distribution.

    `peaks` (N, 1) is the greatest of each row, and finite.
    `chances` (N, 1), of the function of that name, decide. Changes the logits: at this
    size a copy costs as much as the work on it.
    """
    logits -= peaks
    floor = math.log(sampling.min_p) * sampling.temperature - 1e-6
    functional.threshold(logits, floor, -torch.inf, inplace=True)
    totals = logits.div_(sampling.temperature).softmax(-1).cumsum(-1)
    # In [0, total): the first character whose running total passes it has a share.
    return torch.searchsorted(totals, totals[:, -1:] * chances, right=True).squeeze(1)


def _told(plan: Plan) -> tuple[Tensor, Tensor]:
    """Theme (1, K) and style (1, 3), the same for all candidates."""
    return torch.tensor([plan.theme or (PAD,)]), torch.tensor([plan.style])


def _geometry(plan: Plan) -> tuple[Tensor, Tensor]:
    """(T, 5) slot features and (3, T) indices of the characters above, -1 for none."""
    slots = slots_of(plan.form, plan.lengths)
    above = np.stack([slots.above, slots.above_next, slots.above_two])
    return torch.from_numpy(slots.features), torch.from_numpy(above)


class _Loop:
    """The state of one run of the loop."""

    def __init__(
        self,
        network: StepNetwork,
        alphabet: Alphabet,
        plan: Plan,
        filters: Sequence[LogitFilter],
        sampling: Sampling,
        selection: Selection | None,
        generator: torch.Generator,
    ) -> None:
        self.network, self.alphabet, self.plan, self.filters = network, alphabet, plan, filters
        self.sampling, self.selection = sampling, selection
        count, size = plan.forced.shape
        self.chances = chances(size, count, generator)
        self.free = plan.forced == NOT_FORCED
        self.given = alphabet.columns(plan.forced.where(~self.free, int(alphabet.ids[0])))
        self.some_free, self.all_free = self.free.any(0).tolist(), self.free.all(0).tolist()
        self.state = network.start(count)
        # By place; behind the last one a row of none, which index -1 finds.
        self.ids = torch.full((size + 1, count), PAD)
        self.previous = torch.full((1, count), START)
        self.nats, self.alive = torch.zeros(count), torch.ones(count, dtype=torch.bool)
        theme, style = _told(plan)
        features, self.above = _geometry(plan)
        self.told = network.told(features, theme, style)
        self.head = network.head(alphabet, theme[0])

    def run(self) -> Candidates:
        index = 0
        for line, length in enumerate(self.plan.lengths):
            where = slice(index, index + length)
            inputs = self.network.inputs(self.told[where], self.ids[self.above[:, where]])
            for position in range(length):
                self._write(Place(index, line, position), inputs[position : position + 1])
                index += 1
            if line % 2 and line + 1 < len(self.plan.lengths):
                self._select(line + 1)
        return Candidates(self.ids[:-1].T.contiguous(), self.nats, self.alive)

    def _select(self, lines: int) -> None:
        if self.selection is None:
            return
        draft = Draft(self.ids[:-1].T, self.nats, lines)
        merit = self.selection.merit(draft).masked_fill(~self.alive, -torch.inf)
        best = merit.topk(min(self.selection.survivors, self.plan.count)).indices
        self._keep(best.repeat(-(-self.plan.count // len(best)))[: self.plan.count])

    def _keep(self, rows: Tensor) -> None:
        self.ids, self.previous = self.ids[:, rows], self.previous[:, rows]
        self.nats, self.alive = self.nats[rows], self.alive[rows]
        self.free, self.given = self.free[rows], self.given[rows]
        self.state.keep(rows)
        for rule in self.filters:
            rule.keep(rows)

    def _write(self, place: Place, inputs: Tensor) -> None:
        outputs = self.network.run(self.previous, inputs, self.state)[0]
        chosen = self.given[:, place.index]
        if self.some_free[place.index]:
            chosen = self._choose(outputs, chosen, place)
        self.previous = self.alphabet.ids.index_select(0, chosen).unsqueeze(0)
        self.ids[place.index : place.index + 1] = self.previous
        for rule in self.filters:
            rule.wrote(chosen, place)

    def _choose(self, outputs: Tensor, given: Tensor, place: Place) -> Tensor:
        logits = self.head(outputs)
        masked = logits.log_softmax(-1)
        prices = logits[:, 0] - masked[:, 0]
        for rule in self.filters:
            rule.apply(masked, place)
        peaks = masked.amax(-1, keepdim=True)
        if peaks.amin() == -torch.inf:
            stuck = peaks.squeeze(1) == -torch.inf
            self._mourn(stuck & self.free[:, place.index], place)
            masked[stuck] = logits[stuck]
            peaks = masked.amax(-1, keepdim=True)
        chosen = draw(masked, peaks, self.sampling, self.chances[place.index])
        if self.all_free[place.index]:
            self.nats += prices - logits.gather(1, chosen.unsqueeze(1)).squeeze(1)
            return chosen
        free = self.free[:, place.index]
        chosen = torch.where(free, chosen, given)
        self.nats += (prices - logits.gather(1, chosen.unsqueeze(1)).squeeze(1)) * free
        return chosen

    def _mourn(self, dead: Tensor, place: Place) -> None:
        self.alive &= ~dead
        if not self.alive.any():
            raise NoCharacterFits(self.plan.form, place.line + 1, place.position + 1)


@torch.inference_mode()
def sample(
    network: StepNetwork,
    alphabet: Alphabet,
    plan: Plan,
    filters: Sequence[LogitFilter],
    sampling: Sampling,
    generator: torch.Generator,
    selection: Selection | None = None,
) -> Candidates:
    """Writes the plan's candidates side by side, in the characters of an alphabet that
    opens with the network's usual one and holds all that the plan has brought.

    A candidate for which every character is masked goes on unmasked but is marked
    not alive. Raises NoCharacterFits when none is left.
    """
    return _Loop(network, alphabet, plan, filters, sampling, selection, generator).run()


@torch.inference_mode()
def price(network: StepNetwork, alphabet: Alphabet, plan: Plan, ids: Tensor) -> Tensor:
    """-log P in nats of whole poems under the plan's theme and style: (N, T) → (N,).

    Over the alphabet, as `sample` counts; characters that the plan gives are not counted.
    """
    theme, style = _told(plan)
    features, above = _geometry(plan)
    places = torch.cat([ids.T, torch.full((1, len(ids)), PAD)])  # the last for index -1
    inputs = network.inputs(network.told(features, theme, style), places[above])
    previous = torch.cat([torch.full((1, len(ids)), START), ids.T[:-1]])
    outputs = network.run(previous, inputs, network.start(len(ids)))
    likely = _likely(outputs, network.head(alphabet, theme[0]), alphabet.columns(ids).T)
    counted = plan.forced[: len(ids)].T == NOT_FORCED
    return -(likely * counted).sum(0)


def _likely(outputs: Tensor, head: Head, columns: Tensor) -> Tensor:
    """(T, N, hidden) and (T, N) columns → (T, N) log P of these."""
    # All at once would be megabytes of fresh memory, which takes longer than the sums.
    places = max(1, _ROWS // columns.shape[1])
    parts = zip(torch.split(outputs, places), torch.split(columns, places), strict=True)
    found = [
        head(rows.flatten(0, 1)).log_softmax(-1).gather(1, chosen.reshape(-1, 1))
        for rows, chosen in parts
    ]
    return torch.cat(found).view(columns.shape)
