"""The network, one step at a time: what decoding runs instead of `SlotNetwork.forward`.

Owns the step and the state between steps. What characters standing above, slots, theme
and style bring is put together once a line, the layers are those of `kernels`, and the
softmax covers the characters of an `Alphabet` only. Tests hold it equal to the network.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from poetry_model.alphabet import Alphabet
from poetry_model.kernels import LstmLayer, Product, best_precision, can_pack
from poetry_model.network import SlotNetwork

__all__ = ["Head", "State", "StepNetwork", "best_precision"]


@dataclass
class State:
    """Hidden and cell state of both layers, each (N, hidden); cells stay in fp32."""

    hidden: list[Tensor]
    cell: list[Tensor]

    def keep(self, rows: Tensor) -> None:
        """The candidates are now those of these (N,) rows."""
        self.hidden = [hidden.index_select(0, rows) for hidden in self.hidden]
        self.cell = [cell.index_select(0, rows) for cell in self.cell]


class Head:
    """The softmax layer over one alphabet."""

    def __init__(
        self, project: Product, usual: Product, weight: Tensor, bias: Tensor, theme_key: Tensor
    ) -> None:
        self._project, self._usual = project, usual
        self._brought, self._theme_key = weight, theme_key
        usual_size = len(bias) - len(weight)
        self._usual_bias, self._brought_bias = bias[:usual_size], bias[usual_size:]

    def __call__(self, outputs: Tensor) -> Tensor:
        """(N, hidden) → (N, A) logits in fp32."""
        keys = self._project(outputs, self._theme_key)
        usual, brought = len(self._usual_bias), len(self._brought)
        logits = torch.empty(len(outputs), usual + brought)
        logits[:, :usual] = self._usual(keys, self._usual_bias)
        if brought:
            logits[:, usual:] = functional.linear(keys, self._brought, self._brought_bias)
        return logits


class StepNetwork:
    """`SlotNetwork` for decoding N poems side by side.

    `usual` is the alphabet whose softmax weights are laid out beforehand (default: the
    whole vocabulary); a poem's own alphabet may bring in more. `packed`: by oneDNN
    (default: where it is there).
    """

    def __init__(
        self,
        network: SlotNetwork,
        precision: torch.dtype,
        usual: Alphabet | None = None,
        *,
        packed: bool | None = None,
    ) -> None:
        packed = can_pack() if packed is None else packed
        self.network, self.precision = network, precision
        self.usual = usual or Alphabet.whole(network.embedding.num_embeddings)
        self._width, self._hidden_size = network.config.embedding_size, network.config.hidden_size
        embedding = network.embedding.weight.detach()
        scaled = embedding * self._width**0.5
        self._previous = scaled.to(precision)
        # What each character is when it stands above, as the network projects it.
        above = [projection.get_parameter("weight").detach() for projection in network.above]
        self._above = [(scaled @ projection.T).to(precision) for projection in above]
        self._layers = [LstmLayer(network.lstm, n, precision, packed=packed) for n in range(2)]
        self._keys = Product(network.project.weight.to(precision), packed=packed)
        self._embedding = embedding.to(precision)
        self._usual_logits = Product(self.usual.narrow(self._embedding), packed=packed)

    def start(self, count: int) -> State:
        """The state before the first character of `count` poems."""
        size = (count, self._hidden_size)
        hidden = [torch.zeros(size, dtype=self.precision) for _ in self._layers]
        return State(hidden, [torch.zeros(size) for _ in self._layers])

    def told(self, features: Tensor, theme: Tensor, style: Tensor) -> Tensor:
        """The share of slots, theme and style in the first layer's input.

        `features` (T, 5), `theme` (N or 1, K), `style` (N or 1, 3) → (T, N or 1, input).
        """
        conditions = self.network.condition(theme, style)
        return (self.network.place(features).unsqueeze(1) + conditions).to(self.precision)

    def inputs(self, told: Tensor, above: Tensor) -> Tensor:
        """The first layer's input but for the previous character: some (L, N or 1, input)
        of `told` and (3, L, N) ids of the characters above → (L, N, input)."""
        inputs = told.repeat(1, above.shape[2] // told.shape[1], 1)
        start = self._width
        for table, ids in zip(self._above, above, strict=True):
            found = table.index_select(0, ids.flatten()).view(*ids.shape, -1)
            inputs.narrow(2, start, table.shape[1]).add_(found)
            start += table.shape[1]
        return inputs

    def run(self, previous: Tensor, inputs: Tensor, state: State) -> Tensor:
        """T characters on: (T, N) ids and their (T, N, input) → (T, N, hidden).

        Moves the state along and uses the inputs up.
        """
        found = self._previous.index_select(0, previous.flatten())
        inputs.narrow(2, 0, self._width).add_(found.view(*previous.shape, -1))
        for number, layer in enumerate(self._layers):
            inputs, state.hidden[number], state.cell[number] = layer(
                inputs, state.hidden[number], state.cell[number]
            )
        return inputs

    def head(self, alphabet: Alphabet, theme: Tensor) -> Head:
        """The softmax layer over an alphabet that opens with the usual one.

        `theme` (K,) ids: what it adds before the softmax.
        """
        brought = alphabet.ids[len(self.usual) :]
        assert torch.equal(alphabet.ids[: len(self.usual)], self.usual.ids), "another alphabet"
        network = self.network
        key = network.theme_output(network.theme_vector(theme[None]))[0] + network.project.bias
        bias = alphabet.narrow(network.output_bias).to(self.precision)
        weight = self._embedding[brought]
        return Head(self._keys, self._usual_logits, weight, bias, key.to(self.precision))
