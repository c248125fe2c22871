"""The network, one step at a time: what decoding runs instead of `nn.LSTM`.

Owns the step. Calling `nn.LSTM` for a single step prepares its weights anew at
every call; here the same cells are plain matrix products whose weights are laid
out once, what characters, slots, theme and style add to the first layer is looked up
or made once a line, and the softmax covers the characters of an `Alphabet` only.
Tests hold it equal to `SlotNetwork.forward`.

On processors with bf16 instructions the products run in bf16.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from poetry_model.alphabet import Alphabet
from poetry_model.network import SlotNetwork
from poetry_model.vocabulary import PAD

_BATCH = 32  # rows that the products' layout is chosen for; any number works


def best_precision() -> torch.dtype:
    """bf16 where this processor multiplies it natively, else fp32."""
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def _packs() -> bool:
    """Whether oneDNN is there to lay weights out for its own kernels."""
    packs = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return bool(packs) and hasattr(torch.ops.mkldnn, "_linear_pointwise")


class Product:
    """`x @ weight.T` with a fixed weight (out, in), laid out once for this processor.

    oneDNN's own layout is 1.3 times as fast in bf16 and thrice in fp32 at 32 rows;
    where it is missing, plain products do the same.
    """

    def __init__(self, weight: Tensor, *, packed: bool | None = None) -> None:
        self._packed = _packs() if packed is None else packed
        weight = weight.detach().contiguous()
        if self._packed:
            weight = torch.ops.mkldnn._reorder_linear_weight(weight, _BATCH)
        self._weight = weight

    def __call__(self, rows: Tensor, bias: Tensor | None = None) -> Tensor:
        """(N, in) → (N, out), plus a bias (out,)."""
        if not self._packed:
            return functional.linear(rows, self._weight, bias)
        operator = torch.ops.mkldnn._linear_pointwise
        product: Tensor = operator(rows, self._weight, bias, "none", [], "")
        return product

    def plus(self, rows: Tensor, addend: Tensor) -> Tensor:
        """(N, in), (N, out) → the product and the addend."""
        if not self._packed:
            return functional.linear(rows, self._weight).add_(addend)
        operator = torch.ops.mkldnn._linear_pointwise.binary
        total: Tensor = operator(rows, addend, self._weight, None, "add")
        return total


@dataclass
class State:
    """Hidden and cell state of both layers, each (N, hidden); cells stay in fp32."""

    hidden: list[Tensor]
    cell: list[Tensor]

    def keep(self, rows: Tensor) -> None:
        """The candidates are now those of these (N,) rows."""
        self.hidden = [hidden[rows] for hidden in self.hidden]
        self.cell = [cell[rows] for cell in self.cell]


def _for_sigmoids(gates: Tensor) -> Tensor:
    """Weights or biases (4 * hidden, …) with the candidate's rows doubled.

    tanh(x) = 2σ(2x) - 1, and PyTorch's σ is nine times as fast as its tanh. A doubling
    loses nothing in any binary precision.
    """
    enter, forget, candidate, leave = gates.detach().chunk(4)
    return torch.cat([enter, forget, 2 * candidate, leave])


class Head:
    """The softmax layer over one alphabet."""

    def __init__(
        self, project: Product, usual: Product, weight: Tensor, bias: Tensor, theme_key: Tensor
    ) -> None:
        self._project, self._usual, self._bias = project, usual, bias
        self._brought, self._theme_key = weight, theme_key

    def __call__(self, outputs: Tensor) -> Tensor:
        """(N, hidden) → (N, A) logits in fp32."""
        keys = self._project(outputs) + self._theme_key
        logits = torch.empty(len(outputs), len(self._bias))
        usual = len(self._bias) - len(self._brought)
        logits[:, :usual] = self._usual(keys)
        if len(self._brought):
            logits[:, usual:] = functional.linear(keys, self._brought)
        return logits.add_(self._bias)


class StepNetwork:
    """`SlotNetwork` for decoding N poems side by side.

    `usual` is the alphabet whose softmax weights are laid out beforehand (default: the
    whole vocabulary); a poem's own alphabet may bring in more.
    """

    def __init__(
        self, network: SlotNetwork, precision: torch.dtype, usual: Alphabet | None = None
    ) -> None:
        self.network, self.precision = network, precision
        self.usual = usual or Alphabet.whole(network.embedding.num_embeddings)
        self.hidden_size = network.config.hidden_size
        self._read_first_layer()
        self._read_second_layer()
        embedding = network.embedding.weight.detach().to(precision)
        self._embedding = embedding
        self._usual_logits = Product(self.usual.narrow(embedding))
        self._keys = Product(network.project.weight.to(precision))

    def _read_first_layer(self) -> None:
        network, lstm, width = self.network, self.network.lstm, self.network.config.embedding_size
        weight = _for_sigmoids(lstm.get_parameter("weight_ih_l0"))
        self._from_input = weight
        self._first_bias = _for_sigmoids(
            lstm.get_parameter("bias_ih_l0") + lstm.get_parameter("bias_hh_l0")
        )
        scaled = network.embedding.weight.detach() * width**0.5
        self._from_previous = (scaled @ weight[:, :width].T).to(self.precision)
        self._slots = [table.get_parameter("weight").detach() @ weight.T for table in network.slot]
        # What each character is when it stands above, as the network projects it.
        above = [projection.get_parameter("weight").detach() for projection in network.above]
        self._above = [(scaled @ projection.T).to(self.precision) for projection in above]
        self._from_above = Product(weight[:, width:].to(self.precision))
        self._nothing_above = self._above_gates([torch.tensor([PAD])] * 3)
        recurrent = _for_sigmoids(lstm.get_parameter("weight_hh_l0"))
        self._first = Product(recurrent.to(self.precision))

    def _read_second_layer(self) -> None:
        lstm = self.network.lstm
        names = ("weight_ih_l1", "weight_hh_l1")
        weights = [_for_sigmoids(lstm.get_parameter(name)) for name in names]
        # One product over the first layer's output and the second's own last one.
        self._second = Product(torch.cat(weights, 1).to(self.precision))
        bias = lstm.get_parameter("bias_ih_l1") + lstm.get_parameter("bias_hh_l1")
        self._second_bias = _for_sigmoids(bias).to(self.precision)

    def start(self, count: int) -> State:
        """The state before the first character of `count` poems."""
        nought = [torch.zeros(count, self.hidden_size, dtype=self.precision) for _ in range(2)]
        return State(nought, [torch.zeros(count, self.hidden_size) for _ in range(2)])

    def conditions(self, theme: Tensor, style: Tensor) -> Tensor:
        """(B, K) theme ids, (B, 3) styles → (B, 4 * hidden): their share of every step."""
        return self.network.condition(theme, style) @ self._from_input.T + self._first_bias

    def line_input(self, features: Tensor, above: Sequence[Tensor], conditions: Tensor) -> Tensor:
        """The first layer's share of slot, characters above and conditions.

        `features` (L, 5), `above` three (N, L), `conditions` (N or 1, 4 * hidden) →
        (L, N or 1, 4 * hidden); 1 where all candidates are the same.
        """
        columns = zip(self._slots, features.unbind(-1), strict=True)
        placed = torch.stack([table[column] for table, column in columns]).sum(0)
        told = (placed.unsqueeze(1) + conditions).to(self.precision)
        if all((ids == PAD).all() for ids in above):
            return told + self._nothing_above
        gates = self._above_gates([ids.T.flatten() for ids in above])
        return gates.view(len(features), -1, gates.shape[1]) + told

    def _above_gates(self, above: Sequence[Tensor]) -> Tensor:
        """Three (M,) ids → (M, 4 * hidden)."""
        found = [table[ids] for table, ids in zip(self._above, above, strict=True)]
        return self._from_above(torch.cat(found, -1))

    def step(self, previous: Tensor, share: Tensor, state: State) -> Tensor:
        """One character on: (N,) ids and (N or 1, 4 * hidden) of `line_input` → (N, hidden).

        Moves the state along.
        """
        gates = self._from_previous[previous] + share
        first = self._cell(self._first.plus(state.hidden[0], gates), state, 0)
        both = torch.cat([first, state.hidden[1]], 1)
        return self._cell(self._second(both, self._second_bias), state, 1)

    def _cell(self, gates: Tensor, state: State, layer: int) -> Tensor:
        # PyTorch orders the gates input, forget, cell, output.
        enter, forget, candidate, leave = gates.float().sigmoid_().chunk(4, -1)
        kept = forget.mul_(state.cell[layer]).sub_(enter)
        cell = torch.addcmul(kept, enter, candidate, value=2)
        state.cell[layer] = cell
        shown = (2 * cell).sigmoid_().mul_(2).sub_(1).mul_(leave)
        state.hidden[layer] = shown.to(self.precision)
        return state.hidden[layer]

    def head(self, alphabet: Alphabet, theme: Tensor) -> Head:
        """The softmax layer over an alphabet that opens with the usual one.

        `theme` (N or 1, K) ids: what it adds before the softmax.
        """
        brought = alphabet.ids[len(self.usual) :]
        assert torch.equal(alphabet.ids[: len(self.usual)], self.usual.ids), "another alphabet"
        network = self.network
        key = network.theme_output(network.theme_vector(theme)) + network.project.bias
        bias = alphabet.narrow(network.output_bias)
        weight = self._embedding[brought]
        return Head(self._keys, self._usual_logits, weight, bias, key.to(self.precision))
