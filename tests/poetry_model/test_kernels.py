"""Products and layers are PyTorch's own, however their weights lie."""

import pytest
import torch
from torch import Tensor, nn

from poetry_model.kernels import (
    Arithmetic,
    LstmLayer,
    Product,
    UnitForm,
    UnitProduct,
    for_sigmoids,
)

BEST = Arithmetic.best()
KINDS = [
    Arithmetic(torch.float32),
    Arithmetic(torch.bfloat16),
    Arithmetic(torch.float32, BEST.packed),
    Arithmetic(BEST.precision, BEST.packed),
    BEST,
]
kinds = pytest.mark.parametrize("arithmetic", KINDS, ids=str)


def near(arithmetic: Arithmetic) -> float:
    """Three standard deviations of the rounding of a product of 16 by numbers near 1."""
    exact = arithmetic.precision == torch.float32 and not arithmetic.quantised
    return 1e-4 if exact else 0.12


def rows(*size: int) -> Tensor:
    return torch.randn(*size, generator=torch.Generator().manual_seed(6))


def kept(hidden: Tensor, arithmetic: Arithmetic) -> Tensor:
    """Hidden states in the form that products take."""
    return UnitForm(arithmetic).keep(hidden, torch.tensor(0.5))


def shown(hidden: Tensor, arithmetic: Arithmetic) -> Tensor:
    form = UnitForm(arithmetic)
    return (hidden.float() - form.nought) / form.unit


@kinds
def test_a_product_is_the_plain_one(arithmetic: Arithmetic) -> None:
    weight, given, bias = rows(24, 16), rows(5, 16), rows(24)
    product, kind = Product(weight, arithmetic), arithmetic.precision
    found = product(given.to(kind)).float()
    assert torch.allclose(found, given @ weight.T, atol=near(arithmetic))
    found = product(given.to(kind), bias.to(kind)).float()
    assert torch.allclose(found, given @ weight.T + bias, atol=near(arithmetic))


@kinds
def test_a_product_of_hidden_states_adds_a_row_or_a_row_each(arithmetic: Arithmetic) -> None:
    weight, given = rows(24, 16), rows(5, 16).tanh()
    product = UnitProduct(weight, arithmetic)
    for addend in (rows(24), rows(5, 24)):
        found = product(kept(given, arithmetic), addend)
        assert found.dtype == torch.float32
        assert torch.allclose(found, given @ weight.T + addend, atol=near(arithmetic))


@kinds
def test_hidden_states_keep_their_worth(arithmetic: Arithmetic) -> None:
    given = torch.tensor([[-1.0, -0.5, 0.0, 0.25, 1.0]])
    assert torch.allclose(shown(kept(given, arithmetic), arithmetic), given, atol=0.5 / 127)
    form = UnitForm(arithmetic)
    assert (kept(torch.zeros(1, 3), arithmetic) == form.nought).all()


@kinds
@pytest.mark.parametrize("layer", [0, 1])
def test_a_layer_is_that_of_the_lstm(arithmetic: Arithmetic, layer: int) -> None:
    torch.manual_seed(3)
    lstm = nn.LSTM(16, 8, num_layers=2)
    alone = nn.LSTM(16 if layer == 0 else 8, 8)
    state = {name.replace(f"l{layer}", "l0"): v for name, v in lstm.named_parameters()}
    alone.load_state_dict({name: state[name] for name in alone.state_dict()})
    inputs, hidden, cell = rows(7, 5, alone.input_size), rows(1, 5, 8).tanh(), rows(1, 5, 8)
    bias = alone.get_parameter("bias_ih_l0") + alone.get_parameter("bias_hh_l0")
    weight = alone.get_parameter("weight_ih_l0")
    given = inputs @ for_sigmoids(weight).T + for_sigmoids(bias)
    with torch.inference_mode():
        outputs, (last, remembered) = alone(inputs, (hidden, cell))
        found = LstmLayer(lstm, layer, arithmetic)(given, kept(hidden[0], arithmetic), 2 * cell[0])
    assert torch.allclose(shown(found[0], arithmetic), outputs, atol=near(arithmetic))
    assert torch.allclose(shown(found[1], arithmetic), last[0], atol=near(arithmetic))
    assert torch.allclose(found[2] / 2, remembered[0], atol=near(arithmetic))


@kinds
def test_step_by_step_is_the_same_as_at_once(arithmetic: Arithmetic) -> None:
    layer = LstmLayer(nn.LSTM(16, 8), 0, arithmetic)
    given, hidden, cell = rows(6, 4, 32), kept(torch.zeros(4, 8), arithmetic), rows(4, 8)
    with torch.inference_mode():
        whole, *_ = layer(given, hidden, cell)
        for number in range(6):
            output, hidden, cell = layer(given[number : number + 1], hidden, cell)
            assert torch.equal(output[0], whole[number])


class TestTheBestArithmetic:
    def test_without_instructions_for_it_nothing_is_shortened(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
        assert Arithmetic.best() == Arithmetic(torch.float32, BEST.packed)

    @pytest.mark.skipif(not BEST.quantised, reason="this processor has no such instructions")
    def test_operators_that_are_gone_called_otherwise_or_wrong_are_left_alone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def wrong(rows: Tensor, *_: object) -> Tensor:
            return torch.zeros(len(rows), 32)

        monkeypatch.setattr(torch.ops.onednn, "qlinear_pointwise", wrong)
        assert Arithmetic.best() == Arithmetic(BEST.precision, packed=True)
        monkeypatch.setattr(torch.ops.mkldnn, "_linear_pointwise", lambda: None)
        assert Arithmetic.best() == Arithmetic(BEST.precision)


def test_integers_need_their_layout() -> None:
    with pytest.raises(ValueError, match="oneDNN"):
        Arithmetic(torch.float32, packed=False, quantised=True)
