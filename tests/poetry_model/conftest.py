"""Real poems, a tarball of them, a tiny network trained on them, and the poet that ships."""

import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import torch

from poetry_model import Poet
from poetry_model.checkpoints import Model
from poetry_model.config import PRESETS
from poetry_model.corpus import PREPARED, PoemRecord, prepare, read_raw, write_records
from poetry_model.training import Trainer

RAW = Path(__file__).parent / "data" / "dist"


@dataclass
class SteppingClock:
    """A clock that moves on by so many seconds whenever it is read."""

    step: float = 1.0
    now: float = field(default=0.0)

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def raw_folder() -> Path:
    """Poems in the package's own layout."""
    return RAW


@pytest.fixture(scope="session")
def records() -> list[PoemRecord]:
    """The fixture's poems, cleaned and split."""
    return prepare(read_raw(RAW))


@pytest.fixture(scope="session")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture's poems as `npm pack` would bring them."""
    path = tmp_path_factory.mktemp("npm") / "chinese-poetry-2.0.1.tgz"
    with tarfile.open(path, "w:gz") as archive:
        archive.add(RAW, "package/dist")
    return path


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory, records: list[PoemRecord]) -> Path:
    """A folder as `poetry-model corpus` leaves it."""
    folder = tmp_path_factory.mktemp("corpus")
    write_records(records, folder / PREPARED)
    return folder


Trained = Callable[..., Model]


@pytest.fixture(scope="session")
def train(records: list[PoemRecord]) -> Callable[..., tuple[Trainer, Model]]:
    """Runs a preset for so many steps of a clock that ticks once a step."""

    def run(folder: Path, *, steps: int, preset: str = "tiny", **options: object) -> object:
        trainer = Trainer(
            records,
            PRESETS[preset],
            folder,
            minutes=steps / 60,
            device=torch.device("cpu"),
            clock=SteppingClock(),
            **{"validate_every": 1.0, **options},
        )
        return trainer, trainer.run()

    return run


@pytest.fixture(scope="session")
def tiny_run(
    tmp_path_factory: pytest.TempPathFactory, train: Callable[..., tuple[Trainer, Model]]
) -> Path:
    """The run folder of a tiny network after two hundred steps."""
    folder = tmp_path_factory.mktemp("tiny") / "run"
    train(folder, steps=200)
    return folder


@pytest.fixture(scope="session")
def poet() -> Poet:
    """The poet with the weights that ship."""
    return Poet.load()
