"""The cells that decoding runs are the network that was trained."""

import pytest
import torch

from poetry_model.alphabet import Alphabet
from poetry_model.cells import StepNetwork
from poetry_model.config import TINY
from poetry_model.decoding import NOT_FORCED, Plan, price
from poetry_model.kernels import Arithmetic
from poetry_model.network import SlotBatch, SlotNetwork
from poetry_model.slots import Slots, slots_of
from poetry_model.vocabulary import PAD, START

STYLES = torch.tensor([[1, 0, 3], [2, 3, 0], [0, 1, 1]])

VOCABULARY, POEMS = 40, 3


@pytest.fixture(scope="module")
def network() -> SlotNetwork:
    torch.manual_seed(4)
    return SlotNetwork(TINY.network, VOCABULARY).eval().requires_grad_(requires_grad=False)


def random_ids(length: int, rows: int = POEMS) -> torch.Tensor:
    return torch.randint(3, VOCABULARY, (rows, length), generator=torch.Generator().manual_seed(2))


def take(ids: torch.Tensor, column: object) -> torch.Tensor:
    padded = torch.cat([ids, torch.full((len(ids), 1), PAD)], 1)
    return padded[:, torch.as_tensor(column)]


def as_batch(
    ids: torch.Tensor, slots: Slots, theme: torch.Tensor, style: torch.Tensor
) -> SlotBatch:
    return SlotBatch(
        previous=torch.cat([torch.full((len(ids), 1), START), ids[:, :-1]], 1),
        above=take(ids, slots.above),
        above_next=take(ids, slots.above_next),
        above_two=take(ids, slots.above_two),
        features=torch.from_numpy(slots.features).expand(len(ids), -1, -1),
        theme=theme,
        style=style,
        targets=ids,
    )


WHOLE = Alphabet.whole(VOCABULARY)
PLAIN = Arithmetic(torch.float32)


def step_logits(
    cells: StepNetwork,
    batch: SlotBatch,
    slots: Slots,
    lengths: tuple[int, ...],
    alphabet: Alphabet = WHOLE,
) -> torch.Tensor:
    """Logits line by line, step by step, as decoding gets them."""
    told = cells.told(torch.from_numpy(slots.features), batch.theme, batch.style)
    above = torch.stack([batch.above.T, batch.above_next.T, batch.above_two.T])
    head, state = cells.head(alphabet, batch.theme[0]), cells.start(len(batch.targets))
    found, start = [], 0
    for length in lengths:
        where = slice(start, start + length)
        inputs = cells.inputs(told[where], above[:, where])
        for index in range(start, start + length):
            previous, step = batch.previous[:, index], slice(index - start, index - start + 1)
            found.append(head(cells.run(previous.unsqueeze(0), inputs[step], state)[0]))
        start += length
    return torch.stack(found, 1)


@pytest.mark.parametrize(
    ("form", "lengths"), [("七绝", (7,) * 4), ("五律", (5,) * 8), ("词", (4, 6, 3))]
)
@pytest.mark.parametrize("themed", [True, False])
@pytest.mark.parametrize("packed", [Arithmetic.best().packed, False])
def test_steps_equal_the_forward_pass(
    network: SlotNetwork, form: str, lengths: tuple[int, ...], themed: bool, packed: bool
) -> None:
    slots = slots_of(form, lengths)
    theme = (random_ids(4, 1) if themed else torch.tensor([[PAD]])).expand(POEMS, -1)
    batch = as_batch(random_ids(sum(lengths)), slots, theme, STYLES)
    cells = StepNetwork(network, Arithmetic(torch.float32, packed))
    stepped = step_logits(cells, batch, slots, lengths)
    assert torch.allclose(stepped, network(batch), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("arithmetic", [Arithmetic(torch.bfloat16), Arithmetic.best()])
def test_less_precise_arithmetic_stays_close(network: SlotNetwork, arithmetic: Arithmetic) -> None:
    slots = slots_of("七绝", (7,) * 4)
    batch = as_batch(
        random_ids(28), slots, random_ids(2, 1).expand(POEMS, -1), torch.zeros_like(STYLES)
    )
    exact = network(batch).log_softmax(-1)
    rough = step_logits(StepNetwork(network, arithmetic), batch, slots, (7,) * 4)
    assert (exact - rough.log_softmax(-1)).abs().max() < 0.15


def test_logits_over_an_alphabet_are_those_columns_of_the_full_ones(network: SlotNetwork) -> None:
    slots, lengths = slots_of("五绝", (5,) * 4), (5,) * 4
    batch = as_batch(
        random_ids(20), slots, random_ids(2, 1).expand(POEMS, -1), torch.tensor([[1, 0, 0]] * POEMS)
    )
    usual = Alphabet.of(torch.tensor([7, 3, 30, 12]), VOCABULARY)
    cells = StepNetwork(network, PLAIN, usual)
    for alphabet in (usual, usual.bringing([12, 39, 2])):
        found = step_logits(cells, batch, slots, lengths, alphabet)
        assert torch.allclose(found, network(batch)[..., alphabet.ids], atol=1e-5, rtol=1e-4)


def test_an_alphabet_that_opens_otherwise_is_refused(network: SlotNetwork) -> None:
    cells = StepNetwork(network, PLAIN, Alphabet.of(torch.tensor([3, 4]), VOCABULARY))
    with pytest.raises(AssertionError):
        cells.head(Alphabet.of(torch.tensor([4, 3]), VOCABULARY), torch.tensor([PAD]))


@pytest.mark.parametrize("theme", [(), (5, 9)])
def test_price_equals_the_forward_pass_over_the_characters_that_were_free(
    network: SlotNetwork, theme: tuple[int, ...]
) -> None:
    slots, ids = slots_of("五绝", (5,) * 4), random_ids(20)
    forced = torch.full((POEMS, 20), NOT_FORCED)
    forced[:, 0] = ids[:, 0]
    forced[1, :5] = ids[1, :5]
    plan = Plan("五绝", (5,) * 4, theme, (1, 0, 0), forced)
    themes = torch.tensor([theme or (PAD,)] * POEMS)
    batch = as_batch(ids, slots, themes, torch.tensor([[1, 0, 0]] * POEMS))
    nats = -network(batch).log_softmax(-1).gather(2, ids.unsqueeze(2)).squeeze(2)
    expected = (nats * (forced == NOT_FORCED)).sum(1)
    found = price(StepNetwork(network, PLAIN), WHOLE, plan, ids)
    assert torch.allclose(found, expected, atol=1e-3)
