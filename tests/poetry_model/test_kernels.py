"""Products and layers are PyTorch's own, however their weights lie."""

import pytest
import torch
from torch import nn

from poetry_model.kernels import LstmLayer, Product, best_precision, can_pack

KINDS = [(False, torch.float32), (False, torch.bfloat16), (can_pack(), torch.float32)]
KINDS += [(can_pack(), best_precision())]
kinds = pytest.mark.parametrize(("packed", "precision"), KINDS)


def near(precision: torch.dtype) -> float:
    return 1e-4 if precision == torch.float32 else 0.15


def rows(*size: int) -> torch.Tensor:
    return torch.randn(*size, generator=torch.Generator().manual_seed(6))


@kinds
def test_a_product_is_the_plain_one(packed: bool, precision: torch.dtype) -> None:
    weight, given, bias = rows(24, 16), rows(5, 16), rows(24)
    product = Product(weight.to(precision), packed=packed)
    found = product(given.to(precision)).float()
    assert torch.allclose(found, given @ weight.T, atol=near(precision))
    found = product(given.to(precision), bias.to(precision)).float()
    assert torch.allclose(found, given @ weight.T + bias, atol=near(precision))


@kinds
@pytest.mark.parametrize("layer", [0, 1])
def test_a_layer_is_that_of_the_lstm(packed: bool, precision: torch.dtype, layer: int) -> None:
    torch.manual_seed(3)
    lstm = nn.LSTM(16, 8, num_layers=2)
    alone = nn.LSTM(16 if layer == 0 else 8, 8)
    state = {name.replace(f"l{layer}", "l0"): v for name, v in lstm.named_parameters()}
    alone.load_state_dict({name: state[name] for name in alone.state_dict()})
    inputs, hidden, cell = rows(7, 5, alone.input_size), rows(1, 5, 8).tanh(), rows(1, 5, 8)
    with torch.inference_mode():
        wanted, (last, kept) = alone(inputs, (hidden, cell))
        found = LstmLayer(lstm, layer, precision, packed=packed)(
            inputs.to(precision), hidden[0].to(precision), cell[0]
        )
    for one, other in zip(found, (wanted, last[0], kept[0]), strict=True):
        assert torch.allclose(one.float(), other, atol=near(precision))
    assert found[2].dtype == torch.float32


@kinds
def test_step_by_step_is_the_same_as_at_once(packed: bool, precision: torch.dtype) -> None:
    torch.manual_seed(3)
    layer = LstmLayer(nn.LSTM(16, 8), 0, precision, packed=packed)
    inputs, hidden, cell = rows(6, 4, 16).to(precision), rows(4, 8).to(precision), rows(4, 8)
    with torch.inference_mode():
        whole, *_ = layer(inputs, hidden, cell)
        steps = []
        for number in range(6):
            output, hidden, cell = layer(inputs[number : number + 1], hidden, cell)
            steps.append(output)
    assert torch.allclose(torch.cat(steps).float(), whole.float(), atol=near(precision) / 10)


def test_precision_is_one_that_this_processor_has() -> None:
    assert best_precision() in (torch.bfloat16, torch.float32)
