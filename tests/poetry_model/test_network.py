"""The two networks: shapes, what they look at, and the tutorial's sizes."""

import dataclasses

import pytest
import torch
from torch import nn

from poetry_model.config import PRESETS, SEED, TINY, NetworkConfig, TrainingConfig, find_preset
from poetry_model.errors import BadRequest
from poetry_model.network import SlotBatch, SlotNetwork, StreamBatch, StreamNetwork, build_network
from poetry_model.slots import slots_of
from poetry_model.vocabulary import PAD

VOCABULARY = 30


def slot_batch(poems: int = 2) -> SlotBatch:
    """Random quatrains of five characters."""
    slots, generator = slots_of("五绝", (5,) * 4), torch.Generator().manual_seed(1)
    ids = torch.randint(3, VOCABULARY, (7, poems, 20), generator=generator)
    features = torch.from_numpy(slots.features).expand(poems, -1, -1)
    theme, style = ids[4, :, :3], torch.tensor([[1, 3, 0], [2, 0, 3]])[:poems]
    return SlotBatch(ids[0], ids[1], ids[2], ids[3], features, theme, style, ids[5])


@pytest.fixture
def network() -> SlotNetwork:
    torch.manual_seed(1)
    return SlotNetwork(TINY.network, VOCABULARY).eval()


class TestSlotNetwork:
    def test_gives_logits_of_each_target(self, network: SlotNetwork) -> None:
        assert network(slot_batch()).shape == (2, 20, VOCABULARY)

    @pytest.mark.parametrize("part", ["previous", "above", "above_next", "above_two", "features"])
    def test_looks_at_each_part_but_never_ahead(self, network: SlotNetwork, part: str) -> None:
        batch = slot_batch()
        changed = getattr(batch, part).clone()
        changed[:, 10] = 3 if part != "features" else 0
        before = network(batch)
        after = network(dataclasses.replace(batch, **{part: changed}))
        assert torch.equal(before[:, :10], after[:, :10])
        assert not torch.allclose(before[:, 10], after[:, 10])

    @pytest.mark.parametrize("part", ["theme", "style"])
    def test_theme_and_style_change_every_step(self, network: SlotNetwork, part: str) -> None:
        batch = slot_batch()
        without = dataclasses.replace(batch, **{part: torch.zeros_like(getattr(batch, part))})
        moved = (network(batch) - network(without)).abs().amax(-1)
        assert (moved > 1e-6).all()

    def test_padding_a_theme_does_not_change_it(self, network: SlotNetwork) -> None:
        batch = slot_batch()
        longer = torch.cat([batch.theme, torch.full((2, 4), PAD)], 1)
        padded = dataclasses.replace(batch, theme=longer)
        assert torch.allclose(network(batch), network(padded), atol=1e-6)

    def test_a_poem_does_not_know_its_neighbours(self, network: SlotNetwork) -> None:
        both, alone = slot_batch(), slot_batch()
        first = SlotBatch(**{name: value[:1] for name, value in vars(alone).items()})
        assert torch.allclose(network(both)[:1], network(first), atol=1e-5)

    def test_an_unknown_theme_is_no_theme_and_pad_is_not_counted(
        self, network: SlotNetwork
    ) -> None:
        nothing = torch.full((2, 3), PAD)
        assert network.theme_vector(nothing).abs().sum() == 0
        assert slot_batch().counted.all()


class TestStreamNetwork:
    def test_is_the_tutorials(self) -> None:
        """Embedding 128, two LSTMs of 128 with dropout 0.5, a softmax at every step."""
        network = build_network(SEED.network, VOCABULARY)
        assert isinstance(network, StreamNetwork)
        assert [type(layer) for layer in network.children()] == [
            nn.Embedding,
            nn.LSTM,
            nn.Dropout,
            nn.Linear,
        ]
        assert network.embedding.weight.shape == (VOCABULARY, 128)
        lstm = network.lstm
        assert (lstm.input_size, lstm.hidden_size, lstm.num_layers) == (128, 128, 2)
        assert (lstm.dropout, network.dropout.p, lstm.bidirectional) == (0.5, 0.5, False)
        assert network.output.weight.shape == (VOCABULARY, 128)

    def test_is_trained_as_in_the_tutorial(self) -> None:
        """Batches of 16, Adam at its usual rate; that the rate falls in the end helps it."""
        training = SEED.training
        assert training == TrainingConfig(
            learning_rate=1e-3, batch_poems=16, decay_from=0.5, bfloat16=True
        )
        assert (training.weight_decay, training.gradient_clip, training.tang_weight) == (0, 0, 1)

    def test_never_looks_ahead(self) -> None:
        network = StreamNetwork(SEED.network, VOCABULARY).eval()
        ids = torch.randint(3, VOCABULARY, (1, 12), generator=torch.Generator().manual_seed(1))
        other = ids.clone()
        other[:, 6] = 3 + (ids[:, 6] - 2) % 20
        counted = torch.ones_like(ids, dtype=torch.bool)
        before, after = (network(StreamBatch(i, i, counted)) for i in (ids, other))
        assert torch.equal(before[:, :6], after[:, :6])
        assert not torch.allclose(before[:, 6], after[:, 6])


def test_lstms_begin_with_orthogonal_recurrence_and_an_open_forget_gate() -> None:
    lstm = build_network(TINY.network, VOCABULARY).lstm
    size = lstm.hidden_size
    for layer in range(2):
        for gate in lstm.get_parameter(f"weight_hh_l{layer}").chunk(4):
            assert torch.allclose(gate @ gate.T, torch.eye(size), atol=1e-4)
        biases = lstm.get_parameter(f"bias_ih_l{layer}") + lstm.get_parameter(f"bias_hh_l{layer}")
        assert biases[size : 2 * size].eq(1).all()
        assert biases.sum() == size


@pytest.mark.parametrize(
    "wrong",
    [
        {"feed": "sideways", "above_size": 0},
        {"feed": "slots", "above_size": 0},
        {"feed": "stream", "above_size": 8},
        {"feed": "stream", "dropout": 1.0},
    ],
)
def test_a_contradictory_network_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"feed|above_size|dropout"):
        NetworkConfig(**{"embedding_size": 8, "hidden_size": 8, "dropout": 0.0, **wrong})


@pytest.mark.parametrize("wrong", [{}, {"batch_poems": 1, "batch_characters": 9}])
def test_a_batch_is_counted_in_poems_or_in_characters(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="batch"):
        TrainingConfig(0.1, **wrong)


def test_decay_begins_within_the_run() -> None:
    with pytest.raises(ValueError, match="share"):
        TrainingConfig(0.1, batch_poems=1, decay_from=1.5)


def test_presets_are_found_by_name_and_others_are_refused_naming_them() -> None:
    assert {"seed", "poet", "tiny"} <= set(PRESETS)
    assert find_preset("seed") is SEED
    with pytest.raises(BadRequest, match="seed, poet") as refused:
        find_preset("giant")
    assert refused.value.argument == "preset"
