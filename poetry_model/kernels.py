"""Matrix products and LSTM layers as this processor does them best.

Owns the layout and the precision of weights. PyTorch prepares weights anew at every
call of `nn.LSTM`; here they are laid out once for oneDNN. Hidden states lie between -1
and 1, so that they and the weights they meet can be 8-bit integers: half the arithmetic
and half the memory to read of bf16, for 0.0002 nats a character. Where the processor or
the build of PyTorch lacks any of it, plain products do the same. Knows no network.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

_BATCH = 32  # rows that a layout is chosen for; any number works
_STEPS = 127  # 8-bit integers from 0 to 1


@dataclass(frozen=True)
class Arithmetic:
    """How to multiply: `precision` of weights, `packed`: laid out for oneDNN, `quantised`:
    what lies between -1 and 1, and the weights it meets, as 8-bit integers."""

    precision: torch.dtype
    packed: bool = False
    quantised: bool = False

    def __post_init__(self) -> None:
        if self.quantised and not self.packed:
            raise ValueError("8-bit products need oneDNN")

    @classmethod
    def best(cls) -> "Arithmetic":
        """What this processor does natively, with what this build of PyTorch offers."""
        able = torch.cpu.get_capabilities()
        short = able.get("avx512_bf16") or able.get("amx_bf16")
        precision = torch.bfloat16 if short else torch.float32
        kinds = [cls(precision, packed=True)]
        # Without these instructions oneDNN's 8-bit sums may overflow.
        if able.get("avx512_vnni") or able.get("avx_vnni"):
            kinds.insert(0, cls(precision, packed=True, quantised=True))
        return next(filter(_works, kinds), cls(precision))


def _works(arithmetic: Arithmetic) -> bool:
    """A trial: oneDNN's operators are PyTorch's own affair, and another version may have
    none or call them otherwise."""
    weight, numbers = torch.eye(_BATCH), torch.linspace(-1, 1, _BATCH).repeat(2, 1)
    try:
        rows = UnitForm(arithmetic).keep(numbers, torch.tensor(0.5))
        product, plain = UnitProduct(weight, arithmetic), Product(weight, arithmetic)
        bias = torch.ones(_BATCH, dtype=arithmetic.precision)
        found = [product(rows, torch.ones(_BATCH)), product(rows, torch.ones_like(numbers))]
        found.append(plain(numbers.to(arithmetic.precision), bias).float())
    except (AttributeError, RuntimeError, TypeError):
        return False
    return all(torch.allclose(one, numbers + 1, atol=0.02) for one in found)


class Product:
    """`x @ weight.T + bias` with a fixed weight (out, in).

    Packed at 32 rows: 1.3 times as fast in bf16, thrice in fp32.
    """

    def __init__(self, weight: Tensor, arithmetic: Arithmetic) -> None:
        self._packed = arithmetic.packed
        self._weight = weight.detach().to(arithmetic.precision).contiguous()
        if self._packed:
            self._weight = torch.ops.mkldnn._reorder_linear_weight(self._weight, _BATCH)

    def __call__(self, rows: Tensor, bias: Tensor | None = None) -> Tensor:
        """(N, in) → (N, out), plus a bias (out,), all of one precision."""
        if not self._packed:
            return functional.linear(rows, self._weight, bias)
        operator = torch.ops.mkldnn._linear_pointwise
        product: Tensor = operator(rows, self._weight, bias, "none", [], "")
        return product


class UnitForm:
    """How numbers from -1 to 1 are kept: as they are, or as the integers from 1 to 255."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        quantised = arithmetic.quantised
        self.dtype = torch.uint8 if quantised else arithmetic.precision
        self.nought, self.unit = (_STEPS + 1, _STEPS) if quantised else (0, 1)
        # Conversion cuts off; half a step more rounds.
        self._base = torch.tensor(self.nought + 0.5 if quantised else 0.0)

    def keep(self, numbers: Tensor, half: Tensor) -> Tensor:
        """2 * numbers * half, both in fp32, as it is kept."""
        return torch.addcmul(self._base, numbers, half, value=2 * self.unit).to(self.dtype)


class UnitProduct:
    """`x @ weight.T + addend` for rows from -1 to 1 as `UnitForm` keeps them, in fp32."""

    def __init__(self, weight: Tensor, arithmetic: Arithmetic) -> None:
        self._quantised = arithmetic.quantised
        if not self._quantised:
            self._product = Product(weight, arithmetic)
            return
        weight = weight.detach()
        self._scales = weight.abs().amax(1).clamp(min=1e-8) / _STEPS
        integers = (weight / self._scales.unsqueeze(1)).round().to(torch.int8)
        self._weight = torch.ops.onednn.qlinear_prepack(integers, [_BATCH, weight.shape[1]])
        self._noughts = torch.zeros(len(weight), dtype=torch.int64)

    def __call__(self, rows: Tensor, addend: Tensor) -> Tensor:
        """(N, in), and (out,) or (N, out) in fp32 → (N, out)."""
        if not self._quantised:
            return self._product(rows).float() + addend
        given = (rows, 1 / _STEPS, _STEPS + 1, self._weight, self._scales, self._noughts)
        no_attributes: list[float] = []
        result, after = (1.0, 0, torch.float32), ("none", no_attributes, "")
        if addend.dim() == 1:
            plain = torch.ops.onednn.qlinear_pointwise
            product: Tensor = plain(*given, addend, *result, *after)
            return product
        adding = torch.ops.onednn.qlinear_pointwise.binary
        total: Tensor = adding(*given, addend, None, *result, 1.0, 0, "add", 1.0, *after)
        return total


def for_sigmoids(gates: Tensor) -> Tensor:
    """Weights or biases (4 * hidden, …) of PyTorch's gates, the candidate's doubled.

    tanh(x) = 2σ(2x) - 1, and PyTorch's σ is nine times as fast as its tanh. A doubling
    loses nothing in any binary precision.
    """
    enter, forget, candidate, leave = gates.detach().chunk(4)
    return torch.cat([enter, forget, 2 * candidate, leave])


class LstmLayer:
    """One layer of an `nn.LSTM` from what its input adds to the gates.

    Cells are kept doubled, in fp32, so that a step is nine operations beside the product.
    """

    def __init__(self, lstm: nn.LSTM, layer: int, arithmetic: Arithmetic) -> None:
        weight = for_sigmoids(lstm.get_parameter(f"weight_hh_l{layer}"))
        self._recurrent, self._form = UnitProduct(weight, arithmetic), UnitForm(arithmetic)

    def __call__(self, given: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, ...]:
        """(T, N, 4 * hidden) `for_sigmoids` in fp32 and the state (N, hidden) twice → outputs
        (T, N, hidden) as kept, and the state after them."""
        outputs = []
        for share in given:
            gates = self._recurrent(hidden, share).sigmoid_()
            enter, forget, candidate, leave = gates.chunk(4, -1)
            kept = forget.mul_(cell).sub_(enter, alpha=2)
            cell = torch.addcmul(kept, enter, candidate, value=4)
            hidden = self._form.keep(leave, cell.sigmoid().sub_(0.5))
            outputs.append(hidden)
        return torch.stack(outputs), hidden, cell
