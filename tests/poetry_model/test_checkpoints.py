"""A model folder: written whole, read with suspicion."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from poetry_model import WeightsError
from poetry_model.checkpoints import (
    CONFIG,
    VOCABULARY,
    WEIGHTS,
    Model,
    grown,
    load_model,
    load_training_state,
    save_model,
    save_training_state,
)
from poetry_model.config import SEED, TINY
from poetry_model.network import SlotNetwork, build_network
from poetry_model.slots import FORMS
from poetry_model.vocabulary import Vocabulary

CHARACTERS = Vocabulary(tuple("山月流春"), 3)


@pytest.fixture(params=[TINY, SEED], ids=["tiny", "seed"])
def model(request: pytest.FixtureRequest) -> Model:
    torch.manual_seed(1)
    network = build_network(request.param.network, len(CHARACTERS))
    return Model(request.param.name, network, CHARACTERS, {"validation_perplexity": 200.5})


@pytest.fixture
def folder(tmp_path: Path, model: Model) -> Path:
    save_model(model, tmp_path / "model")
    return tmp_path / "model"


def test_what_was_saved_loads_as_it_was(folder: Path, model: Model) -> None:
    loaded = load_model(folder)
    assert (loaded.name, loaded.figures, loaded.vocabulary) == (
        model.name,
        model.figures,
        model.vocabulary,
    )
    assert loaded.network.config == model.network.config
    for name, tensor in model.network.state_dict().items():
        assert torch.allclose(loaded.network.state_dict()[name], tensor, atol=1e-3, rtol=1e-3)
        assert loaded.network.state_dict()[name].dtype == torch.float32
    assert not loaded.network.training
    assert not any(p.requires_grad for p in loaded.network.parameters())


def test_saving_again_leaves_no_half_written_file(folder: Path, model: Model) -> None:
    save_model(model, folder)
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, CONFIG, VOCABULARY}


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG, VOCABULARY])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=name):
        load_model(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="nowhere"):
        load_model(tmp_path / "nowhere")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.99])
def test_truncated_weights_are_named(folder: Path, share: float) -> None:
    content = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(content[: int(len(content) * share)])
    with pytest.raises(WeightsError, match=WEIGHTS):
        load_model(folder)


def test_weights_of_another_shape_are_named(folder: Path) -> None:
    tensors = load_file(folder / WEIGHTS)
    name = "embedding.weight"
    save_file({**tensors, name: tensors[name][:-1].contiguous()}, folder / WEIGHTS)
    with pytest.raises(WeightsError, match=name):
        load_model(folder)


def test_a_missing_tensor_is_named(folder: Path) -> None:
    tensors = load_file(folder / WEIGHTS)
    del tensors["lstm.weight_hh_l1"]
    save_file(tensors, folder / WEIGHTS)
    with pytest.raises(WeightsError, match=r"lstm\.weight_hh_l1"):
        load_model(folder)


def test_a_vocabulary_of_another_size_does_not_fit(folder: Path) -> None:
    Vocabulary(tuple("山月"), 3).save(folder / VOCABULARY)
    with pytest.raises(WeightsError, match=WEIGHTS):
        load_model(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"network": {"feed": "sideways", "embedding_size": 8, "hidden_size": 8, "dropout": 0}},
        {"network": {"feed": "slots"}},
        {"network": {}},
    ],
)
def test_a_config_that_describes_no_network_is_refused(
    folder: Path, change: dict[str, object]
) -> None:
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    (folder / CONFIG).write_text(json.dumps({**config, **change}), "utf-8")
    with pytest.raises(WeightsError, match="config"):
        load_model(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"name": "x"}'])
def test_a_config_of_another_kind_is_named(folder: Path, text: str) -> None:
    (folder / CONFIG).write_text(text, "utf-8")
    with pytest.raises(WeightsError, match=CONFIG):
        load_model(folder)


def test_a_copied_folder_is_as_good(tmp_path: Path, folder: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    assert load_model(tmp_path / "copy").name == load_model(folder).name


def test_a_training_state_reads_back_and_may_be_absent(tmp_path: Path) -> None:
    assert load_training_state(tmp_path) is None
    save_training_state({"step": 3, "weights": torch.ones(2)}, tmp_path)
    state = load_training_state(tmp_path)
    assert state is not None
    assert state["step"] == 3


def test_weights_from_before_a_form_or_a_style_was_added_still_load(tmp_path: Path) -> None:
    network = build_network(TINY.network, 20)
    assert isinstance(network, SlotNetwork)
    tensors = {name: tensor.half() for name, tensor in network.state_dict().items()}
    tensors["slot.0.weight"] = tensors["slot.0.weight"][:6].clone()
    del tensors["style.2.weight"]
    state = grown(tensors, network)
    network.load_state_dict(state)
    table = state["slot.0.weight"]
    assert len(table) == len(FORMS)
    assert all(torch.equal(row, table[FORMS.index("词")]) for row in table[6:])
    assert not state["style.2.weight"].any()
