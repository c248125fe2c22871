"""The fused loss against PyTorch's own, value and gradients."""

import pytest
import torch
from torch import Tensor, nn

from poetry_model.linear_loss import linear_cross_entropy

ROWS, WIDTH, VOCABULARY = 1300, 16, 40  # more rows than one piece holds


@pytest.fixture
def case() -> tuple[list[Tensor], Tensor]:
    generator = torch.Generator().manual_seed(1)
    shapes = ((ROWS, WIDTH), (VOCABULARY, WIDTH), (VOCABULARY,))
    tensors = [torch.randn(s, generator=generator).requires_grad_() for s in shapes]
    return tensors, torch.randint(VOCABULARY, (ROWS,), generator=generator)


def gradients(loss: Tensor, tensors: list[Tensor]) -> list[Tensor]:
    return list(torch.autograd.grad(loss, tensors))


def test_equals_cross_entropy_of_the_whole_logits(case: tuple[list[Tensor], Tensor]) -> None:
    (keys, weight, bias), targets = case
    plain = nn.functional.cross_entropy(keys @ weight.T + bias, targets, reduction="sum")
    fused = linear_cross_entropy(keys, weight, bias, targets, torch.float32)
    assert torch.allclose(fused, plain, rtol=1e-5)
    expected = gradients(plain / 7, case[0])
    for found, wanted in zip(gradients(fused / 7, case[0]), expected, strict=True):
        assert torch.allclose(found, wanted, atol=1e-5, rtol=1e-4)


def test_products_in_bfloat16_stay_close(case: tuple[list[Tensor], Tensor]) -> None:
    (keys, weight, bias), targets = case
    exact = linear_cross_entropy(keys, weight, bias, targets, torch.float32)
    rough = linear_cross_entropy(keys, weight, bias, targets, torch.bfloat16)
    assert torch.allclose(rough, exact, rtol=1e-2)
    assert rough.dtype == torch.float32
