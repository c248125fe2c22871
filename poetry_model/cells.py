"""The network, one step at a time: what decoding runs instead of `SlotNetwork.forward`.

Owns the step and the state between steps. What the previous character adds to the first
layer's gates is looked up in a table, what characters above, slots, theme and style add
is put together once a line, the layers are those of `kernels`, and the softmax covers the
characters of an `Alphabet` only. Tests hold it equal to the network.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from poetry_model.alphabet import Alphabet
from poetry_model.kernels import (
    Arithmetic,
    LstmLayer,
    Product,
    UnitForm,
    UnitProduct,
    for_sigmoids,
)
from poetry_model.network import SlotNetwork


@dataclass
class State:
    """Hidden and cell state of both layers, each (N, hidden), as `kernels` keeps them."""

    hidden: list[Tensor]
    cell: list[Tensor]

    def keep(self, rows: Tensor) -> None:
        """The candidates are now those of these (N,) rows."""
        self.hidden = [hidden.index_select(0, rows) for hidden in self.hidden]
        self.cell = [cell.index_select(0, rows) for cell in self.cell]


class Head:
    """The softmax layer over one alphabet."""

    def __init__(
        self, project: UnitProduct, usual: Product, weight: Tensor, bias: Tensor, key: Tensor
    ) -> None:
        self._project, self._usual, self._brought, self._key = project, usual, weight, key
        usual_size = len(bias) - len(weight)
        self._usual_bias, self._brought_bias = bias[:usual_size], bias[usual_size:]

    def __call__(self, outputs: Tensor) -> Tensor:
        """(N, hidden) of `StepNetwork.run` → (N, A) logits in fp32."""
        keys = self._project(outputs, self._key).to(self._brought.dtype)
        usual, brought = len(self._usual_bias), len(self._brought)
        logits = torch.empty(len(outputs), usual + brought)
        logits[:, :usual] = self._usual(keys, self._usual_bias)
        if brought:
            logits[:, usual:] = functional.linear(keys, self._brought, self._brought_bias)
        return logits


class StepNetwork:
    """`SlotNetwork` for decoding N poems side by side.

    `usual` is the alphabet whose softmax weights are laid out beforehand (default: the
    whole vocabulary); a poem's own alphabet may bring in more.
    """

    def __init__(
        self, network: SlotNetwork, arithmetic: Arithmetic, usual: Alphabet | None = None
    ) -> None:
        self.network, self._form = network, UnitForm(arithmetic)
        self.usual = usual or Alphabet.whole(network.embedding.num_embeddings)
        self._hidden_size = network.config.hidden_size
        self._layers = [LstmLayer(network.lstm, n, arithmetic) for n in range(2)]
        self._read_inputs(arithmetic)
        self._keys = UnitProduct(network.project.weight, arithmetic)
        self._embedding = network.embedding.weight.detach().to(arithmetic.precision)
        self._usual_logits = Product(self.usual.narrow(self._embedding), arithmetic)

    def _read_inputs(self, arithmetic: Arithmetic) -> None:
        network, lstm, width = self.network, self.network.lstm, self.network.config.embedding_size
        scaled = network.embedding.weight.detach() * width**0.5
        weight = for_sigmoids(lstm.get_parameter("weight_ih_l0"))
        self._previous = (scaled @ weight[:, :width].T).to(arithmetic.precision)
        # What each character is when it stands above, as the network projects it.
        weights = [projection.get_parameter("weight").detach() for projection in network.above]
        above = torch.stack([scaled @ projection.T for projection in weights])
        bound = above.abs().max()
        self._above = self._form.keep(above / bound, torch.tensor(0.5))
        self._from_above = UnitProduct(weight[:, width:] * bound, arithmetic)
        self._from_told = Product(weight, arithmetic)
        self._between = UnitProduct(for_sigmoids(lstm.get_parameter("weight_ih_l1")), arithmetic)
        self._biases = [
            for_sigmoids(lstm.get_parameter(f"bias_ih_l{n}") + lstm.get_parameter(f"bias_hh_l{n}"))
            for n in range(2)
        ]

    def start(self, count: int) -> State:
        """The state before the first character of `count` poems."""
        size, form = (count, self._hidden_size), self._form
        hidden = [torch.full(size, form.nought, dtype=form.dtype) for _ in self._layers]
        return State(hidden, [torch.zeros(size) for _ in self._layers])

    def told(self, features: Tensor, theme: Tensor, style: Tensor) -> Tensor:
        """What slots, theme and style add to the first layer's gates.

        `features` (T, 5), `theme` (1, K), `style` (1, 3), or one of each for N poems →
        (T, 1 or N, 4 * hidden) in fp32.
        """
        network = self.network
        told = network.place(features).unsqueeze(1) + network.condition(theme, style)
        gates = self._from_told(told.flatten(0, 1).to(self._previous.dtype))
        return gates.float().view(*told.shape[:2], -1)

    def inputs(self, told: Tensor, above: Tensor) -> Tensor:
        """What all but the previous character adds to the first layer's gates: some (L, 1 or
        N, 4 * hidden) of `told` and (3, L, N) ids of the characters above → (L, N, 4 * hidden).
        """
        pairs = zip(self._above, above.flatten(1), strict=True)
        found = torch.cat([table.index_select(0, ids) for table, ids in pairs], 1)
        return self._from_above(found, self._biases[0]).view(*above.shape[1:], -1).add_(told)

    def run(self, previous: Tensor, inputs: Tensor, state: State) -> Tensor:
        """T characters on: (T, N) ids and their (T, N, 4 * hidden) → (T, N, hidden) outputs
        for the head. Moves the state along."""
        rows = self._previous.index_select(0, previous.flatten())
        first, state.hidden[0], state.cell[0] = self._layers[0](
            rows.view_as(inputs) + inputs, state.hidden[0], state.cell[0]
        )
        between = self._between(first.flatten(0, 1), self._biases[1])
        outputs, state.hidden[1], state.cell[1] = self._layers[1](
            between.view_as(inputs), state.hidden[1], state.cell[1]
        )
        return outputs

    def head(self, alphabet: Alphabet, theme: Tensor) -> Head:
        """The softmax layer over an alphabet that opens with the usual one.

        `theme` (K,) ids: what it adds before the softmax.
        """
        brought = alphabet.ids[len(self.usual) :]
        assert torch.equal(alphabet.ids[: len(self.usual)], self.usual.ids), "another alphabet"
        network = self.network
        key = network.theme_output(network.theme_vector(theme[None]))[0] + network.project.bias
        weight = self._embedding[brought]
        bias = alphabet.narrow(network.output_bias).to(weight.dtype)
        return Head(self._keys, self._usual_logits, weight, bias, key)
