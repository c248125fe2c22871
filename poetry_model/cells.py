"""The network, one step at a time: what decoding runs instead of `nn.LSTM`.

Owns the step. Calling `nn.LSTM` for a single step prepares its weights anew at
every call; here the same cells are plain matrix products, the share of the
previous character in the first layer is looked up in a table, and the share of
slot, theme and characters above is computed once a line. A test holds it equal to
`SlotNetwork.forward`.

On processors with bf16 instructions the products run in bf16.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from poetry_model.network import SlotNetwork


def best_precision() -> torch.dtype:
    """bf16 where this processor multiplies it natively, else fp32."""
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


@dataclass
class State:
    """Hidden and cell state of both layers, each (N, hidden); cells stay in fp32."""

    hidden: list[Tensor]
    cell: list[Tensor]

    def keep(self, rows: Tensor) -> None:
        """The candidates are now those of these (N,) rows."""
        self.hidden = [hidden[rows] for hidden in self.hidden]
        self.cell = [cell[rows] for cell in self.cell]


class StepNetwork:
    """`SlotNetwork` for decoding N poems side by side."""

    def __init__(self, network: SlotNetwork, precision: torch.dtype) -> None:
        self.network, self.precision = network, precision
        lstm, width = network.lstm, network.config.embedding_size
        self.hidden_size = network.config.hidden_size
        input_weights = lstm.get_parameter("weight_ih_l0").detach()
        bias = (lstm.get_parameter("bias_ih_l0") + lstm.get_parameter("bias_hh_l0")).detach()
        scaled = network.embedding.weight.detach() * width**0.5
        self._from_previous = (scaled @ input_weights[:, :width].T).to(precision)
        self._from_input = input_weights.T.contiguous()
        self._from_above = input_weights[:, width:].T.contiguous().to(precision)
        self._first_bias = bias
        recurrent = (lstm.get_parameter("weight_hh_l0"), lstm.get_parameter("weight_hh_l1"))
        self._recurrent = [w.detach().T.contiguous().to(precision) for w in recurrent]
        self._between = lstm.get_parameter("weight_ih_l1").detach().T.contiguous().to(precision)
        self._second_bias = (
            (lstm.get_parameter("bias_ih_l1") + lstm.get_parameter("bias_hh_l1"))
            .detach()
            .to(precision)
        )
        self._keys = network.project.weight.detach().T.contiguous().to(precision)
        self._logits = network.embedding.weight.detach().T.contiguous().to(precision)

    def start(self, count: int) -> State:
        """The state before the first character of `count` poems."""
        nought = [torch.zeros(count, self.hidden_size, dtype=self.precision) for _ in range(2)]
        return State(nought, [torch.zeros(count, self.hidden_size) for _ in range(2)])

    def line_input(self, features: Tensor, above: tuple[Tensor, ...], conditions: Tensor) -> Tensor:
        """The first layer's share of slot, characters above and conditions.

        `features` (L, 5), `above` three (N, L), `conditions` (N, input) →
        (L, N, 4 * hidden).
        """
        network = self.network
        placed = network.place(features) @ self._from_input + self._first_bias
        conditioned = conditions @ self._from_input
        ids = (rows.T.flatten() for rows in above)
        characters = network.above_input(*ids).to(self.precision) @ self._from_above
        gates = characters.view(len(features), len(conditions), -1)
        return gates + (placed.unsqueeze(1) + conditioned).to(self.precision)

    def step(self, previous: Tensor, share: Tensor, state: State) -> Tensor:
        """One character on: (N,) ids and (N, 4 * hidden) of `line_input` → (N, hidden).

        Moves the state along.
        """
        gates = self._from_previous[previous] + share
        first = self._cell(torch.addmm(gates, state.hidden[0], self._recurrent[0]), state, 0)
        gates = torch.addmm(self._second_bias, first, self._between)
        return self._cell(torch.addmm(gates, state.hidden[1], self._recurrent[1]), state, 1)

    def _cell(self, gates: Tensor, state: State, layer: int) -> Tensor:
        # PyTorch orders the gates input, forget, cell, output.
        enter, forget, candidate, leave = gates.float().chunk(4, -1)
        kept = forget.sigmoid_() * state.cell[layer]
        cell = torch.addcmul(kept, enter.sigmoid_(), candidate.tanh_())
        state.cell[layer] = cell
        state.hidden[layer] = (leave.sigmoid_() * cell.tanh()).to(self.precision)
        return state.hidden[layer]

    def theme_key(self, theme: Tensor) -> Tensor:
        """(N, K) theme ids → (N, embedding): what the theme adds before the softmax."""
        network = self.network
        key: Tensor = network.theme_output(network.theme_vector(theme)) + network.project.bias
        return key.to(self.precision)

    def logits(self, outputs: Tensor, theme_key: Tensor) -> Tensor:
        """(N, hidden) → (N, vocabulary) logits in fp32."""
        keys = torch.addmm(theme_key, outputs, self._keys)
        return (keys @ self._logits).float() + self.network.output_bias
