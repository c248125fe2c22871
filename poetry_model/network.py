"""The two-layer LSTM: ids and tensors in, logits out.

Owns the two networks, `SlotNetwork` (what ships) and `StreamNetwork` (the
tutorial's seed), and the batches they take. Knows nothing of characters, rhyme,
files or training.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from poetry_model.config import NetworkConfig
from poetry_model.slots import FEATURE_SIZES
from poetry_model.vocabulary import PAD

# Style ids: 0 is "not told" in every table.
DYNASTY_STYLES = 3  # not told, 唐, 宋
FAME_STYLES = 4  # not told, little known, known, famous
REGISTER_STYLES = 4  # not told, plain, middling, full of rare words
Style = tuple[int, int, int]  # ids of dynasty, fame and register
STYLE_SIZES = (DYNASTY_STYLES, FAME_STYLES, REGISTER_STYLES)


@dataclass(frozen=True)
class SlotBatch:
    """B poems of at most T characters for `SlotNetwork`; ids are int64.

    `previous`, `above`, `above_next`, `above_two`, `targets`: (B, T), `PAD` where
    there is none; `features`: (B, T, 5) of `slots`; `theme`: (B, K) of `PAD`-ended
    ids; `style`: (B, 3) of dynasty,
    fame and register.
    """

    previous: Tensor
    above: Tensor
    above_next: Tensor
    above_two: Tensor
    features: Tensor
    theme: Tensor
    style: Tensor
    targets: Tensor

    @property
    def counted(self) -> Tensor:
        """(B, T) bool: the targets that are Han characters of the verse."""
        return self.targets != PAD


@dataclass(frozen=True)
class StreamBatch:
    """B texts with punctuation for `StreamNetwork`: `previous`, `targets` (B, T),
    and `counted` (B, T) bool, true at Han characters."""

    previous: Tensor
    targets: Tensor
    counted: Tensor


Batch = SlotBatch | StreamBatch


class SlotNetwork(nn.Module):
    """Two LSTM layers over (previous character, characters above, slot, theme, style).

    The softmax shares its weights with the character embedding (Press and Wolf,
    "Using the Output Embedding to Improve Language Models", 2017).
    """

    def __init__(self, config: NetworkConfig, vocabulary_size: int) -> None:
        super().__init__()
        self.config = config
        width, above, hidden = config.embedding_size, config.above_size, config.hidden_size
        self.input_size = width + 3 * above
        self.embedding = nn.Embedding(vocabulary_size, width, padding_idx=PAD)
        self.above = nn.ModuleList(nn.Linear(width, above, bias=False) for _ in range(3))
        self.slot = nn.ModuleList(nn.Embedding(size, self.input_size) for size in FEATURE_SIZES)
        self.style = nn.ModuleList(nn.Embedding(size, self.input_size) for size in STYLE_SIZES)
        self.theme_input = nn.Linear(width, self.input_size, bias=False)
        self.theme_output = nn.Linear(width, width, bias=False)
        self.lstm = nn.LSTM(
            self.input_size, hidden, num_layers=2, dropout=config.dropout, batch_first=True
        )
        self.project = nn.Linear(hidden, width)
        self.output_bias = nn.Parameter(torch.zeros(vocabulary_size))
        self.dropout = nn.Dropout(config.dropout)
        self._initialise()

    def _initialise(self) -> None:
        nn.init.normal_(self.embedding.weight, std=self.config.embedding_size**-0.5)
        for table in (*self.slot, *self.style):
            assert isinstance(table, nn.Embedding)
            nn.init.normal_(table.weight, std=0.1)
        initialise_lstm(self.lstm)

    def embed(self, ids: Tensor) -> Tensor:
        """(…) ids → (…, embedding), scaled to unit variance at the start."""
        scaled: Tensor = self.embedding(ids) * self.config.embedding_size**0.5
        return scaled

    def theme_vector(self, theme: Tensor) -> Tensor:
        """(B, K) ids → (B, embedding): their mean; nought where there is no theme."""
        given = (theme != PAD).unsqueeze(-1)
        return (self.embed(theme) * given).sum(1) / given.sum(1).clamp(min=1)

    def condition(self, theme: Tensor, style: Tensor) -> Tensor:
        """(B, input): what theme and style add to the input of every step."""
        condition: Tensor = self.theme_input(self.theme_vector(theme))
        for table, column in zip(self.style, style.unbind(-1), strict=True):
            condition = condition + table(column)
        return condition

    def place(self, features: Tensor) -> Tensor:
        """(…, 5) slot features → (…, input)."""
        columns = features.unbind(-1)
        return torch.stack([t(c) for t, c in zip(self.slot, columns, strict=True)]).sum(0)

    def above_input(self, above: Tensor, above_next: Tensor, above_two: Tensor) -> Tensor:
        """(…) ids of the characters above → (…, 3 * above)."""
        ids = (above, above_next, above_two)
        return torch.cat([p(self.embed(i)) for p, i in zip(self.above, ids, strict=True)], -1)

    def forward(self, batch: SlotBatch) -> Tensor:
        """(B, T, vocabulary) logits of each target."""
        return nn.functional.linear(self.keys(batch), *self.softmax)

    def keys(self, batch: Batch) -> Tensor:
        """(B, T, embedding): what the softmax layer is multiplied with."""
        assert isinstance(batch, SlotBatch)
        above = self.above_input(batch.above, batch.above_next, batch.above_two)
        characters = torch.cat([self.dropout(self.embed(batch.previous)), above], -1)
        conditions = self.condition(batch.theme, batch.style).unsqueeze(1)
        outputs, _ = self.lstm(characters + self.place(batch.features) + conditions)
        theme = self.theme_output(self.theme_vector(batch.theme)).unsqueeze(1)
        keys: Tensor = self.project(self.dropout(outputs)) + theme
        return keys

    @property
    def softmax(self) -> tuple[Tensor, Tensor]:
        """Weight (vocabulary, width) and bias (vocabulary,) of the last layer."""
        return self.embedding.weight, self.output_bias


class StreamNetwork(nn.Module):
    """The tutorial's network: embedding, two LSTMs with dropout, a dense softmax."""

    def __init__(self, config: NetworkConfig, vocabulary_size: int) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary_size, config.embedding_size, padding_idx=PAD)
        self.lstm = nn.LSTM(
            config.embedding_size,
            config.hidden_size,
            num_layers=2,
            dropout=config.dropout,
            batch_first=True,
        )
        self.dropout = nn.Dropout(config.dropout)
        self.output = nn.Linear(config.hidden_size, vocabulary_size)
        initialise_lstm(self.lstm)

    def forward(self, batch: StreamBatch) -> Tensor:
        """(B, T, vocabulary) logits of each target."""
        return nn.functional.linear(self.keys(batch), *self.softmax)

    def keys(self, batch: Batch) -> Tensor:
        """(B, T, hidden): what the softmax layer is multiplied with."""
        assert isinstance(batch, StreamBatch)
        outputs, _ = self.lstm(self.embedding(batch.previous))
        keys: Tensor = self.dropout(outputs)
        return keys

    @property
    def softmax(self) -> tuple[Tensor, Tensor]:
        """Weight (vocabulary, hidden) and bias (vocabulary,) of the last layer."""
        return self.output.weight, self.output.bias


Network = SlotNetwork | StreamNetwork


def initialise_lstm(lstm: nn.LSTM) -> None:
    """Orthogonal recurrent weights, Glorot input weights, forget bias 1 (Keras' defaults)."""
    for name, parameter in lstm.named_parameters():
        if "weight_hh" in name:
            for gate in parameter.chunk(4):
                nn.init.orthogonal_(gate)
        elif "weight_ih" in name:
            nn.init.xavier_uniform_(parameter)
        else:
            nn.init.zeros_(parameter)
            if "bias_ih" in name:
                hidden = parameter.shape[0] // 4
                nn.init.ones_(parameter[hidden : 2 * hidden])


def build_network(config: NetworkConfig, vocabulary_size: int) -> Network:
    """The network that the config describes, freshly initialised."""
    kind = SlotNetwork if config.feed == "slots" else StreamNetwork
    return kind(config, vocabulary_size)
