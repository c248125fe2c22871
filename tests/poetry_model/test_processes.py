"""Training by several processes, on the CPU, as torchrun starts them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from poetry_model import BadRequest
from poetry_model.checkpoints import load_model
from poetry_model.processes import ALONE, Crew


def test_alone_everything_is_its_own() -> None:
    module = torch.nn.Linear(2, 2)
    assert ALONE.leads
    assert ALONE.wrap(module) is module
    assert list(ALONE.share("abc")) == ["a", "b", "c"]
    assert ALONE.agree(1.5, 7, torch.device("cpu")) == (1.5, 7)


def test_shares_are_disjoint_and_of_one_size() -> None:
    parts = [list(Crew(rank, 3).share(range(11))) for rank in range(3)]
    assert parts == [[0, 3, 6], [1, 4, 7], [2, 5, 8]]


def test_outside_torchrun_the_flag_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with pytest.raises(BadRequest, match="torchrun"):
        Crew.join(torch.device("cpu"))


@pytest.fixture(scope="module")
def run_of_two(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("two")
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    train = ["-m", "poetry_model", "train", "--preset", "tiny", "--device", "cpu"]
    where = ["--out", str(folder), "--corpus", str(corpus_folder), "--minutes", "0.1"]
    done = subprocess.run(
        [*launch, "--nproc-per-node", "2", *train, "--distributed", *where],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    (figures,) = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert figures["folder"] == str(folder)
    return folder


def test_two_processes_make_one_run(run_of_two: Path) -> None:
    assert load_model(run_of_two).name == "tiny"
    progress = json.loads((run_of_two / "run.json").read_text("utf-8"))["progress"]
    assert progress["characters"] > 512 * progress["step"]  # more than one batch a step
