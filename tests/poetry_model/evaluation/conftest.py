"""A poem of known figures, and the tutorial's network trained for a moment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from poetry_model import Poem
from poetry_model.checkpoints import Model, load_model
from poetry_model.training import Trainer


@pytest.fixture
def stork() -> Poem:
    """登鹳雀楼, as if it had been written here."""
    lines = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
    return Poem(
        "五绝", "楼", None, None, lines, "", "simplified", "十一尤", 1, "test", 1.0
    )  # fmt: skip


@pytest.fixture(scope="session")
def tiny_model(tiny_run: Path) -> Model:
    return load_model(tiny_run)


@pytest.fixture(scope="session")
def seed_run(
    tmp_path_factory: pytest.TempPathFactory, train: Callable[..., tuple[Trainer, Model]]
) -> Path:
    """The run folder of the seed after a few steps: it writes nonsense, but writes."""
    folder = tmp_path_factory.mktemp("seed") / "run"
    train(folder, steps=20, preset="seed")
    return folder
