"""The softmax cross-entropy of a linear layer, without ever holding all its logits.

The logits of a batch are the largest tensor of training, far beyond any cache.
Here they are made, turned into gradients and dropped a few hundred rows at a time;
a test holds it equal to `cross_entropy(linear(keys, weight, bias), targets)`.
The idea is that of Liger Kernel's fused linear cross-entropy (Hsu et al., "Liger
Kernel: Efficient Triton Kernels for LLM Training", 2024).
"""

from typing import Any

import torch
from torch import Tensor

_ROWS = 512  # rows of logits at once; those of 7,000 characters are 14 MB


class _LinearCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, keys: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, dtype: torch.dtype
    ) -> Tensor:
        cast = weight.to(dtype)
        total = keys.new_zeros((), dtype=torch.float32)
        key_gradient = torch.empty_like(keys, dtype=torch.float32)
        weight_gradient = torch.zeros_like(weight)
        bias_gradient = torch.zeros_like(bias)
        for start in range(0, len(keys), _ROWS):
            rows, wanted = keys[start : start + _ROWS].to(dtype), targets[start : start + _ROWS]
            logits = (rows @ cast.T).float().add_(bias)
            logits.sub_(logits.logsumexp(-1, keepdim=True))
            places = wanted.unsqueeze(1)
            total -= logits.gather(1, places).sum()
            # d loss / d logits = softmax - one-hot
            gradient = logits.exp_().scatter_add_(1, places, -torch.ones_like(logits[:, :1]))
            bias_gradient += gradient.sum(0)
            narrow = gradient.to(dtype)
            key_gradient[start : start + _ROWS] = narrow @ cast
            weight_gradient += narrow.T @ rows
        ctx.save_for_backward(key_gradient, weight_gradient, bias_gradient)
        ctx.key_dtype = keys.dtype
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        (scale,) = gradients
        keys, weight, bias = ctx.saved_tensors
        return (keys * scale).to(ctx.key_dtype), weight * scale, bias * scale, None, None


def linear_cross_entropy(
    keys: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, dtype: torch.dtype
) -> Tensor:
    """Sum of -log softmax(keys @ weight.T + bias)[target], in nats.

    `keys` (N, width), `weight` (vocabulary, width), `bias` (vocabulary,), `targets`
    (N,); the products run in `dtype`, sums and the softmax in fp32.
    """
    total: Tensor = _LinearCrossEntropy.apply(keys, weight, bias, targets, dtype)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return total
