"""A trained network on disk: `weights.safetensors`, `config.json`, `vocabulary.txt`.

Owns the layout of a model folder and the checks on reading it. Knows nothing of
training, but carries its state beside the weights so that a run resumes.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from poetry_model.config import NetworkConfig
from poetry_model.corpus import CI
from poetry_model.errors import WeightsError
from poetry_model.network import Network, build_network
from poetry_model.slots import form_index
from poetry_model.vocabulary import Vocabulary

WEIGHTS, CONFIG, VOCABULARY = "weights.safetensors", "config.json", "vocabulary.txt"
TRAINING_STATE = "training_state.pt"


@dataclass(frozen=True)
class Model:
    """A network with what is needed to use it; `figures` is what training measured."""

    name: str
    network: Network
    vocabulary: Vocabulary
    figures: dict[str, float]


def shipped_weights() -> Path:
    """The folder of the weights that come with the package."""
    return Path(str(resources.files("poetry_model").joinpath("weights")))


def save_model(model: Model, folder: Path) -> None:
    """Writes the folder, the weights in fp16: half the size, and as good."""
    folder.mkdir(parents=True, exist_ok=True)
    state = model.network.state_dict()
    tensors = {name: tensor.half().contiguous() for name, tensor in state.items()}
    config = {
        "name": model.name,
        "network": asdict(model.network.config),
        "figures": model.figures,
    }
    # The weights last and by rename: a folder that has weights is whole.
    model.vocabulary.save(folder / VOCABULARY)
    (folder / CONFIG).write_text(json.dumps(config, indent=2, ensure_ascii=False) + "\n", "utf-8")
    save_file(tensors, folder / f"{WEIGHTS}.new")
    (folder / f"{WEIGHTS}.new").replace(folder / WEIGHTS)


def load_model(folder: Path | None = None) -> Model:
    """Reads a model folder (default: what ships) as fp32, ready to use, not to train.

    Raises WeightsError naming what is missing or does not fit.
    """
    folder = folder or shipped_weights()
    config = _read_config(folder)
    vocabulary = Vocabulary.load(folder / VOCABULARY)
    try:
        network = build_network(NetworkConfig(**config["network"]), len(vocabulary))
        tensors = load_file(folder / WEIGHTS)
        network.load_state_dict(grown(tensors, network))
    except (OSError, SafetensorError, RuntimeError, TypeError, ValueError) as error:
        raise WeightsError(f"{folder / WEIGHTS} does not fit its config: {error}") from error
    network.eval().requires_grad_(requires_grad=False)
    return Model(str(config["name"]), network, vocabulary, dict(config["figures"]))


def grown(tensors: Mapping[str, Tensor], network: Network) -> dict[str, Tensor]:
    """The tensors in fp32, with rows added for forms and styles that came later.

    A form that was not there yet begins as 词, a style as not told.
    """
    state = {name: tensor.float() for name, tensor in tensors.items()}
    for name, wanted in network.state_dict().items():
        if name.startswith("style.") and name not in state:
            state[name] = torch.zeros_like(wanted)
        elif name == "slot.0.weight" and len(state[name]) < len(wanted):
            missing = len(wanted) - len(state[name])
            row = state[name][form_index(CI)]
            state[name] = torch.cat([state[name], row.expand(missing, -1)])
    return state


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    try:
        config: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path} cannot be read: {error}") from error
    known = config.keys() if isinstance(config, dict) else set()
    if missing := {"name", "network", "figures"} - known:
        raise WeightsError(f"{path} lacks {', '.join(sorted(missing))}")
    return config


def save_training_state(state: dict[str, object], folder: Path) -> None:
    torch.save(state, folder / f"{TRAINING_STATE}.new")
    (folder / f"{TRAINING_STATE}.new").replace(folder / TRAINING_STATE)


def load_training_state(folder: Path) -> dict[str, object] | None:
    """The state of an interrupted run, or None where there is none."""
    path = folder / TRAINING_STATE
    if not path.exists():
        return None
    state: dict[str, object] = torch.load(path, weights_only=True)
    return state
