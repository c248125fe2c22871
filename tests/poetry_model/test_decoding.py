"""The sampling loop and the choice of one character."""

import pytest
import torch
from torch import Tensor

from poetry_model import NoCharacterFits
from poetry_model.alphabet import Alphabet
from poetry_model.cells import StepNetwork
from poetry_model.config import TINY
from poetry_model.decoding import (
    NOT_FORCED,
    Candidates,
    Plan,
    Sampling,
    Selection,
    chances,
    draw,
    price,
    sample,
)
from poetry_model.filters import LogitFilter, OnlyThese, Place
from poetry_model.kernels import Arithmetic
from poetry_model.network import SlotNetwork
from poetry_model.ranking import Draft
from poetry_model.vocabulary import PAD

VOCABULARY, ROWS = 12, 4
WHOLE = Alphabet.whole(VOCABULARY)
PLAIN = Arithmetic(torch.float32)


def generator(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def shares_of(*parts: float) -> Tensor:
    return torch.tensor(parts) / sum(parts)


def drawn(logits: Tensor, sampling: Sampling, chance: torch.Generator) -> Tensor:
    decisions = chances(1, len(logits), chance)[0]
    return draw(logits.clone(), logits.amax(1, keepdim=True), sampling, decisions)


class TestDraw:
    def test_a_masked_character_is_never_drawn(self) -> None:
        logits = torch.zeros(1, 6)
        logits[0, [0, 2, 5]] = -torch.inf
        chance = generator()
        found = {int(drawn(logits, Sampling(), chance)) for _ in range(300)}
        assert found == {1, 3, 4}

    def test_the_only_one_left_is_drawn_at_any_temperature(self) -> None:
        logits = torch.full((2, 6), -torch.inf)
        logits[0, 5] = -40.0
        logits[1, 0] = 3.0
        for temperature in (0.05, 1.0, 20.0):
            assert drawn(logits, Sampling(temperature), generator()).tolist() == [5, 0]

    def test_frequencies_follow_the_softmax(self) -> None:
        shares = torch.tensor([0.1, 0.2, 0.3, 0.4])
        rows = shares.log().repeat(20_000, 1)
        found = drawn(rows, Sampling(temperature=1.0, min_p=1e-6), generator())
        assert torch.allclose(found.bincount(minlength=4) / 20_000, shares, atol=0.02)

    def test_temperature_sharpens(self) -> None:
        rows = torch.tensor([0.4, 0.6]).log().repeat(5_000, 1)
        cold = drawn(rows, Sampling(temperature=0.1, min_p=1e-6), generator())
        assert cold.float().mean() > 0.97

    def test_what_is_far_less_likely_than_the_best_is_left_out(self) -> None:
        rows = torch.tensor([0.9, 0.09, 0.01]).log().repeat(5_000, 1)
        found = drawn(rows, Sampling(temperature=1.0, min_p=0.05), generator())
        assert set(found.tolist()) == {0, 1}

    def test_the_same_generator_state_draws_the_same(self) -> None:
        rows = torch.randn(50, 9, generator=generator(3))
        first, second = (drawn(rows, Sampling(), generator(7)) for _ in range(2))
        assert torch.equal(first, second)

    def test_frequencies_follow_the_softmax_over_thousands_of_columns(self) -> None:
        row = torch.full((1_003,), -torch.inf)
        row[[0, 63, 64, 500, 959, 960, 1_002]] = shares_of(1, 2, 3, 4, 3, 2, 5).log()
        found = drawn(row.repeat(20_000, 1), Sampling(1.0, 1e-6), generator())
        counts = found.bincount(minlength=1_003) / 20_000
        assert torch.allclose(counts, row.exp(), atol=0.02)
        assert set(found.tolist()) == set(torch.nonzero(row.exp()).flatten().tolist())

    @pytest.mark.parametrize("wrong", [{"temperature": 0.0}, {"min_p": 0.0}, {"min_p": 1.5}])
    def test_impossible_settings_are_refused(self, wrong: dict[str, float]) -> None:
        with pytest.raises(ValueError, match="temperature"):
            Sampling(**wrong)


class Recorder:
    """Hears every choice and where it was made."""

    def __init__(self) -> None:
        self.asked: list[Place] = []
        self.heard: list[tuple[Place, list[int]]] = []
        self.kept: list[list[int]] = []

    def apply(self, logits: Tensor, place: Place) -> None:
        self.asked.append(place)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        self.heard.append((place, chosen.tolist()))

    def keep(self, rows: Tensor) -> None:
        self.kept.append(rows.tolist())


class BarsRows:
    """Masks everything for some rows at one place."""

    def __init__(self, index: int, *rows: int) -> None:
        self.index, self.rows = index, list(rows)

    def apply(self, logits: Tensor, place: Place) -> None:
        if place.index == self.index:
            logits[self.rows] = -torch.inf

    def wrote(self, chosen: Tensor, place: Place) -> None:
        pass

    def keep(self, rows: Tensor) -> None:
        pass


@pytest.fixture(scope="module")
def cells() -> StepNetwork:
    torch.manual_seed(5)
    network = SlotNetwork(TINY.network, VOCABULARY).eval().requires_grad_(requires_grad=False)
    return StepNetwork(network, PLAIN)


def plan(forced: dict[tuple[int, int], int] | None = None, theme: tuple[int, ...] = ()) -> Plan:
    ids = torch.full((ROWS, 20), NOT_FORCED)
    for (row, index), character in (forced or {}).items():
        ids[row, index] = character
    return Plan("五绝", (5,) * 4, theme, (1, 0, 0), ids)


def run(cells: StepNetwork, plan: Plan, *rules: LogitFilter, seed: int = 1) -> Candidates:
    return sample(cells, WHOLE, plan, rules, Sampling(), generator(seed))


class TestSample:
    def test_what_was_forced_stands(self, cells: StepNetwork) -> None:
        ids = run(cells, plan({(0, 0): 5, (0, 1): 6, (2, 7): 9})).ids
        assert ids[[0, 0, 2], [0, 1, 7]].tolist() == [5, 6, 9]

    def test_every_choice_is_heard_in_order(self, cells: StepNetwork) -> None:
        recorder = Recorder()
        found = run(cells, plan({(row, 0): 7 for row in range(ROWS)}), recorder)
        assert [place for place, _ in recorder.heard] == [
            Place(index, index // 5, index % 5) for index in range(20)
        ]
        assert torch.tensor([chosen for _, chosen in recorder.heard]).T.equal(found.ids)
        assert recorder.asked[0] == Place(1, 0, 1)  # nothing to choose where all is given

    def test_the_same_seed_writes_the_same_and_another_does_not(self, cells: StepNetwork) -> None:
        first, again, other = (run(cells, plan(), seed=seed).ids for seed in (1, 1, 2))
        assert torch.equal(first, again)
        assert not torch.equal(first, other)

    @pytest.mark.parametrize("theme", [(), (5, 8)])
    def test_nats_are_the_networks_price_of_the_free_characters(
        self, cells: StepNetwork, theme: tuple[int, ...]
    ) -> None:
        given = plan({(0, 0): 5, (1, 3): 4, (2, 0): 6, (2, 1): 6}, theme)
        found = run(cells, given, OnlyThese(torch.arange(VOCABULARY) > 2))
        assert torch.allclose(found.nats, price(cells, WHOLE, given, found.ids), atol=1e-3)

    def test_a_stuck_candidate_dies_and_the_others_live(self, cells: StepNetwork) -> None:
        found = run(cells, plan(), BarsRows(8, 1, 3))
        assert found.alive.tolist() == [True, False, True, False]

    def test_a_given_character_is_never_stuck(self, cells: StepNetwork) -> None:
        found = run(cells, plan({(1, 8): 5}), BarsRows(8, 1))
        assert found.alive.all()

    def test_where_nothing_fits_any_candidate_the_place_is_named(self, cells: StepNetwork) -> None:
        with pytest.raises(NoCharacterFits) as stuck:
            run(cells, plan(), BarsRows(8, *range(ROWS)))
        assert (stuck.value.form, stuck.value.line, stuck.value.position) == ("五绝", 2, 4)
        assert "line 2, position 4" in str(stuck.value)

    def test_candidates_that_die_one_after_another_end_it_too(self, cells: StepNetwork) -> None:
        with pytest.raises(NoCharacterFits):
            run(cells, plan(), BarsRows(3, 0, 1), BarsRows(8, 2, 3))


class TestAlphabet:
    """A network whose softmax is laid out for few characters, a plan that brings in more."""

    USUAL = Alphabet.of(torch.tensor([7, 4, 9, 5]), VOCABULARY)
    GIVEN = plan({(0, 0): 11, (1, 0): 2, (2, 3): 10}, theme=(5, 8))

    @pytest.fixture(scope="class")
    @staticmethod
    def few(cells: StepNetwork) -> StepNetwork:
        return StepNetwork(cells.network, PLAIN, TestAlphabet.USUAL)

    def test_a_plan_brings_in_what_stands_and_its_theme(self) -> None:
        assert set(self.GIVEN.brought()) == {11, 2, 10, 5, 8}

    def test_poems_are_written_in_it_and_heard_of_as_columns(self, few: StepNetwork) -> None:
        alphabet, recorder = self.USUAL.bringing(self.GIVEN.brought()), Recorder()
        found = sample(few, alphabet, self.GIVEN, [recorder], Sampling(), generator())
        assert set(found.ids.flatten().tolist()) <= {7, 4, 9, 5, 11, 2, 10, 8}
        assert found.ids[[0, 1, 2], [0, 0, 3]].tolist() == [11, 2, 10]
        heard = torch.tensor([chosen for _, chosen in recorder.heard]).T
        assert torch.equal(alphabet.ids[heard], found.ids)

    def test_nats_are_counted_over_it(self, few: StepNetwork) -> None:
        alphabet = self.USUAL.bringing(self.GIVEN.brought())
        found = sample(few, alphabet, self.GIVEN, [], Sampling(), generator())
        assert torch.allclose(found.nats, price(few, alphabet, self.GIVEN, found.ids), atol=1e-3)
        whole = StepNetwork(few.network, PLAIN)
        assert (price(whole, WHOLE, self.GIVEN, found.ids) > found.nats).all()

    def test_what_stands_must_have_been_brought_in(self, few: StepNetwork) -> None:
        with pytest.raises(AssertionError, match="outside the alphabet"):
            sample(few, self.USUAL, self.GIVEN, [], Sampling(), generator())


class TestSelection:
    """After each couplet but the last the best candidates are copied over the others."""

    @staticmethod
    def run(cells: StepNetwork, given: Plan, survivors: int, *rules: LogitFilter) -> Candidates:
        selection = Selection(survivors, lambda draft: -draft.nats)
        return sample(cells, WHOLE, given, rules, Sampling(), generator(), selection)

    def test_one_survivor_fills_the_batch_and_goes_its_own_ways(self, cells: StepNetwork) -> None:
        recorder = Recorder()
        found = self.run(cells, plan(), 1, recorder)
        assert len({tuple(row) for row in found.ids[:, :10].tolist()}) == 1
        assert len({tuple(row) for row in found.ids[:, 10:].tolist()}) > 1
        assert [len(set(rows)) for rows in recorder.kept] == [1]

    def test_the_survivors_are_those_of_the_highest_merit(self, cells: StepNetwork) -> None:
        recorder, merits = Recorder(), []

        def merit(draft: Draft) -> Tensor:
            assert draft.lines == 2
            assert (draft.ids[:, 10:] == PAD).all()
            merits.append(-draft.nats)
            return -draft.nats

        sample(cells, WHOLE, plan(), [recorder], Sampling(), generator(), Selection(2, merit))
        best = merits[0].topk(2).indices.tolist()
        assert recorder.kept == [best * 2]

    def test_a_dead_candidate_does_not_survive(self, cells: StepNetwork) -> None:
        found = self.run(cells, plan(), 2, BarsRows(3, 0, 1))
        assert found.alive.all()

    def test_nats_stay_the_price_of_what_was_written(self, cells: StepNetwork) -> None:
        given = plan({(row, 12): 5 for row in range(ROWS)}, theme=(4,))
        found = self.run(cells, given, 2)
        assert torch.allclose(found.nats, price(cells, WHOLE, given, found.ids), atol=1e-3)

    def test_what_is_forced_later_goes_with_its_candidate(self, cells: StepNetwork) -> None:
        """An ambiguous head: the rows differ in which form they were given."""
        given = plan({(row, index): 3 + row for row in range(ROWS) for index in (0, 15)})
        found = self.run(cells, given, 2)
        assert torch.equal(found.ids[:, 0], found.ids[:, 15])
