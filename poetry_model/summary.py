"""`poetry-model summary`: a network as a table, in the manner of Keras."""

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from torch import nn

from poetry_model.checkpoints import load_model
from poetry_model.config import find_preset
from poetry_model.network import Network, SlotNetwork, build_network

TYPICAL_VOCABULARY = 7000  # for a preset that has not met its corpus


def preset_rows(preset: str | None, folder: Path | None) -> tuple[str, Network]:
    """The title and the network to show: an untrained preset, or a model folder."""
    if preset is not None:
        network = build_network(find_preset(preset).network, TYPICAL_VOCABULARY)
        return f"preset {preset}, untrained, {TYPICAL_VOCABULARY:,} ids", network
    model = load_model(folder)
    figures = ", ".join(f"{name} {value:,}" for name, value in model.figures.items())
    return f"{model.name} ({figures})", model.network


def _parameters(module: nn.Module | nn.Parameter) -> int:
    if isinstance(module, nn.Parameter):
        return module.numel()
    return sum(parameter.numel() for parameter in module.parameters())


def _layers(network: Network) -> Iterator[tuple[str, str, int]]:
    hidden, vocabulary = network.config.hidden_size, network.embedding.num_embeddings
    shapes = {
        "embedding": network.config.embedding_size,
        "lstm": hidden,
        "output": vocabulary,
        "project": network.config.embedding_size,
        "theme_output": network.config.embedding_size,
        "output_bias": vocabulary,
    }
    if isinstance(network, SlotNetwork):
        shapes |= dict.fromkeys(("above", "slot", "style", "theme_input"), network.input_size)
    parts: list[tuple[str, nn.Module | nn.Parameter]] = [
        *network.named_children(),
        *network.named_parameters(recurse=False),
    ]
    for name, module in parts:
        kind = f"{name} ({type(module).__name__})"
        if name == "lstm":
            yield from _lstm_layers(network.lstm)
        elif _parameters(module):
            yield kind, f"(batch, time, {shapes[name]})", _parameters(module)


def _lstm_layers(lstm: nn.LSTM) -> Iterator[tuple[str, str, int]]:
    for layer in range(lstm.num_layers):
        names = [n for n, _ in lstm.named_parameters() if n.endswith(f"_l{layer}")]
        count = sum(lstm.get_parameter(name).numel() for name in names)
        yield f"lstm {layer + 1} (LSTM)", f"(batch, time, {lstm.hidden_size})", count


def summary_table(title: str, network: Network) -> Table:
    """Layers, output shapes and parameter counts; every length of input is accepted."""
    table = Table("layer", "output shape", title=title, show_footer=True)
    table.add_column("parameters", justify="right", footer=f"{_parameters(network):,}")
    table.columns[0].footer = "total"
    for layer, shape, count in _layers(network):
        table.add_row(layer, shape, f"{count:,}")
    return table
