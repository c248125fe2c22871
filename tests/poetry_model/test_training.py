"""Training a tiny network on the fixture, by a clock that the test moves."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from poetry_model import BadRequest, CorpusError
from poetry_model.batches import encode
from poetry_model.checkpoints import Model, load_model
from poetry_model.config import PRESETS, SEED, TINY, TrainingConfig
from poetry_model.copies import LINE_FILTER, LineFilter
from poetry_model.corpus import PoemRecord
from poetry_model.curves import draw_curve, draw_runs, read_points
from poetry_model.network import StreamNetwork, build_network
from poetry_model.scoring import score_rows
from poetry_model.slots import COUPLET, TITLE
from poetry_model.training import (
    Tick,
    Trainer,
    build_vocabulary,
    learning_rate,
    perplexity,
    pick_device,
)
from tests.poetry_model.conftest import SteppingClock

Train = Callable[..., tuple[Trainer, Model]]
PNG = b"\x89PNG\r\n\x1a\n"


def run_file(folder: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads((folder / "run.json").read_text("utf-8"))
    return found


class TestARun:
    def test_perplexity_falls_on_poems_it_was_not_shown(
        self, tiny_run: Path, records: list[PoemRecord]
    ) -> None:
        points = run_file(tiny_run)["progress"]["points"]
        assert isinstance(points, list)
        validation = [point["validation"] for point in points]
        assert len(validation) >= 3
        assert all(later < 1.01 * min(validation[:n]) for n, later in enumerate(validation) if n)
        vocabulary = load_model(tiny_run).vocabulary
        torch.manual_seed(1)
        untrained = build_network(TINY.network, len(vocabulary))
        poems = [encode(r, vocabulary) for r in records if r.split == "validation"]
        assert validation[-1] < 0.7 * perplexity(untrained, poems, vocabulary)
        assert points[-1]["training"] < points[0]["training"]

    def test_leaves_weights_figures_curve_line_filter_and_state(
        self, tiny_run: Path, records: list[PoemRecord]
    ) -> None:
        assert {path.name for path in tiny_run.iterdir()} == {
            "weights.safetensors",
            "config.json",
            "vocabulary.txt",
            "training_state.pt",
            "run.json",
            "curve.png",
            "lines.bloom",
        }
        assert (tiny_run / "curve.png").read_bytes().startswith(PNG)
        known = LineFilter.load(tiny_run / LINE_FILTER)
        assert all(line in known for r in records for line in r.lines if len(line) in (5, 7))

    def test_the_best_weights_are_those_of_the_lowest_validation(
        self, tiny_run: Path, records: list[PoemRecord]
    ) -> None:
        model = load_model(tiny_run)
        points = run_file(tiny_run)["progress"]["points"]
        best = min(point["validation"] for point in points)  # type: ignore[attr-defined]
        assert model.figures["validation_perplexity"] == round(best, 2)
        poems = [encode(r, model.vocabulary) for r in records if r.split == "validation"]
        measured = perplexity(model.network, poems, model.vocabulary)
        assert measured == pytest.approx(best, rel=0.01)  # the file holds fp16

    def test_the_vocabulary_is_of_training_poems_alone(self, records: list[PoemRecord]) -> None:
        vocabulary = build_vocabulary(records, TINY)
        counts: dict[str, int] = {}
        for record in records:
            if record.split == "train":
                for character in "".join(record.lines):
                    counts[character] = counts.get(character, 0) + 1
        frequent = {character for character, count in counts.items() if count >= 8}
        assert set(vocabulary.characters) == frequent
        assert vocabulary.unknown_types == len(counts) - len(frequent)

    def test_held_out_poems_are_never_trained_on(
        self, tmp_path: Path, records: list[PoemRecord]
    ) -> None:
        trainer = Trainer(
            records, TINY, tmp_path, minutes=1, device=torch.device("cpu"), clock=SteppingClock()
        )
        shown = {tuple(poem.characters) for poem in trainer.training}
        for record in records:
            ids = tuple(encode(record, trainer.vocabulary).characters)
            thinned = record.form == "古体"
            assert ids not in shown if record.split != "train" else thinned or ids in shown

    def test_ends_when_its_minutes_are_used(self, tmp_path: Path, train: Train) -> None:
        trainer, _ = train(tmp_path, steps=7)
        assert (trainer.share, trainer.progress.step) == (1.0, 7)

    def test_a_budget_of_characters_gives_the_same_run_on_a_slower_machine(
        self, tmp_path: Path, records: list[PoemRecord]
    ) -> None:
        runs = []
        for seconds in (1.0, 30.0):
            trainer = Trainer(
                records,
                TINY,
                tmp_path / str(seconds),
                characters=3000,
                device=torch.device("cpu"),
                clock=SteppingClock(seconds),
            )
            trainer.run()
            runs.append(trainer)
        assert runs[0].progress.characters == runs[1].progress.characters >= 3000
        one, other = (trainer.network.state_dict() for trainer in runs)
        assert all(torch.equal(one[name], other[name]) for name in one)

    def test_a_run_without_end_is_refused(self, tmp_path: Path, records: list[PoemRecord]) -> None:
        with pytest.raises(BadRequest, match="--minutes"):
            Trainer(records, TINY, tmp_path, device=torch.device("cpu"), clock=SteppingClock())

    def test_tells_a_listener_each_step(self, tmp_path: Path, records: list[PoemRecord]) -> None:
        ticks: list[Tick] = []
        trainer = Trainer(
            records,
            TINY,
            tmp_path,
            minutes=5 / 60,
            device=torch.device("cpu"),
            clock=SteppingClock(),
            validate_every=2 / 60,
        )
        trainer.run(ticks.append)
        assert [tick.step for tick in ticks] == [1, 2, 3, 4, 5]
        assert [tick.share for tick in ticks] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
        assert ticks[0].validation is None
        assert ticks[-1].validation is not None
        assert all(tick.perplexity > 1 and tick.characters_per_second > 0 for tick in ticks)

    def test_the_same_seed_trains_the_same_weights(self, tmp_path: Path, train: Train) -> None:
        first, second = (train(tmp_path / name, steps=3)[1] for name in "ab")
        weights = (model.network.state_dict()["project.weight"] for model in (first, second))
        assert torch.equal(*weights)


class TestResuming:
    def test_goes_on_where_it_stopped(self, tmp_path: Path, train: Train) -> None:
        before, _ = train(tmp_path, steps=6, validate_every=3 / 60)
        assert (before.progress.step, len(before.progress.points)) == (6, 2)
        after, _ = train(tmp_path, steps=10, validate_every=3 / 60, resume=True)
        assert after.progress.step == 10
        assert after.progress.points[:2] == before.progress.points
        assert after.progress.seconds == 10
        assert after.progress.characters > before.progress.characters
        assert len(run_file(tmp_path)["progress"]["points"]) == len(after.progress.points)  # type: ignore[arg-type]

    def test_sees_the_batches_that_were_still_to_come(self, tmp_path: Path, train: Train) -> None:
        whole, _ = train(tmp_path / "whole", steps=8)
        train(tmp_path / "halves", steps=4)
        halves, _ = train(tmp_path / "halves", steps=8, resume=True)
        assert halves.progress.characters == whole.progress.characters
        assert (halves.progress.epoch, halves.progress.batch) == (
            whole.progress.epoch,
            whole.progress.batch,
        )

    def test_a_finished_run_is_only_loaded(self, tmp_path: Path, train: Train) -> None:
        train(tmp_path, steps=4)
        again, model = train(tmp_path, steps=4, resume=True)
        assert again.progress.step == 4
        assert model.name == "tiny"

    def test_another_preset_is_refused_by_name(self, tmp_path: Path, train: Train) -> None:
        train(tmp_path, steps=2)
        with pytest.raises(BadRequest, match="tiny") as refused:
            train(tmp_path, steps=2, preset="seed", resume=True)
        assert refused.value.reason == "other_preset"

    def test_an_empty_folder_is_refused(self, tmp_path: Path, train: Train) -> None:
        with pytest.raises(BadRequest, match="no interrupted run"):
            train(tmp_path, steps=2, resume=True)


def test_the_seed_trains_as_a_stream_in_batches_of_sixteen(tmp_path: Path, train: Train) -> None:
    trainer, model = train(tmp_path, steps=4, preset="seed")
    assert isinstance(model.network, StreamNetwork)
    assert {"，", "。"} <= set(model.vocabulary.characters)
    groups = list(trainer._groups(np.random.default_rng(1)))
    sizes = sorted(map(len, groups))
    assert set(sizes[1:]) == {SEED.training.batch_poems} == {16}
    (found,) = score_rows(model, ["五绝\t\t白日依山盡/黃河入海流"], with_title=False)
    assert math.isfinite(found["nll"])


def test_tang_poems_are_drawn_as_often_as_the_preset_says(
    tmp_path: Path, records: list[PoemRecord]
) -> None:
    trainer = Trainer(
        records, TINY, tmp_path, minutes=1, device=torch.device("cpu"), clock=SteppingClock()
    )
    train = [r for r in records if r.split == "train"]
    tang = sum(r.dynasty == "唐" for r in train)
    old = sum(r.dynasty != "唐" and r.form == "古体" for r in train)
    config = PRESETS["tiny"].training
    assert (config.tang_weight, config.old_style_weight) == (3, 0.5)
    whole = [poem for poem in trainer.training if poem.form not in (COUPLET, TITLE)]
    assert len(whole) == 3 * tang + old // 2 + len(train) - tang - old


class TestGoingOnFromAModel:
    def test_begins_where_the_model_is(
        self, tiny_run: Path, tmp_path: Path, records: list[PoemRecord]
    ) -> None:
        start = load_model(tiny_run)
        trainer = self.trainer(records, tmp_path, start)
        assert trainer.vocabulary is start.vocabulary
        for name, tensor in trainer.network.state_dict().items():
            assert torch.equal(tensor, start.network.state_dict()[name])
        trainer.run()
        assert not torch.equal(trainer.network.embedding.weight, start.network.embedding.weight)

    def test_a_model_of_another_shape_is_refused(
        self, tmp_path: Path, records: list[PoemRecord], train: Train
    ) -> None:
        _, seed = train(tmp_path / "seed", steps=1, preset="seed")
        with pytest.raises(BadRequest, match="--from"):
            self.trainer(records, tmp_path / "poet", seed)

    @staticmethod
    def trainer(records: list[PoemRecord], folder: Path, start: Model) -> Trainer:
        return Trainer(
            records,
            TINY,
            folder,
            minutes=0.05,
            device=torch.device("cpu"),
            clock=SteppingClock(),
            start=start,
        )


@pytest.mark.parametrize("split", ["train", "validation"])
def test_a_corpus_that_lacks_a_split_is_refused(
    tmp_path: Path, records: list[PoemRecord], split: str
) -> None:
    with pytest.raises(CorpusError, match=split):
        Trainer(
            [record for record in records if record.split != split],
            TINY,
            tmp_path,
            minutes=1,
            device=torch.device("cpu"),
            clock=SteppingClock(),
        )


class TestLearningRate:
    CONFIG = TrainingConfig(0.5, batch_poems=1, warmup_steps=10, decay_from=0.2)

    def test_rises_over_the_warm_up(self) -> None:
        assert learning_rate(self.CONFIG, 0, 0.0) == pytest.approx(0.05)
        assert learning_rate(self.CONFIG, 9, 0.0) == pytest.approx(0.5)

    def test_falls_to_nought_at_the_end_and_never_below(self) -> None:
        rates = [learning_rate(self.CONFIG, 100, share / 10) for share in range(12)]
        assert rates[:3] == [0.5] * 3
        assert rates == sorted(rates, reverse=True)
        assert rates[10] == rates[11] == 0

    def test_the_seeds_is_constant_for_half_of_the_time(self) -> None:
        assert {learning_rate(SEED.training, s, s / 20) for s in range(11)} == {1e-3}
        assert learning_rate(SEED.training, 20, 1.0) == 0


class TestDevice:
    def test_auto_is_what_there_is(self) -> None:
        expected = "cuda" if torch.cuda.is_available() else "cpu"
        assert pick_device("auto").type == expected
        assert pick_device("cpu").type == "cpu"

    def test_others_are_refused(self) -> None:
        with pytest.raises(BadRequest, match="auto, cpu or cuda"):
            pick_device("tpu")

    @pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
    def test_cuda_is_refused_where_it_is_missing(self) -> None:
        with pytest.raises(BadRequest, match="no CUDA"):
            pick_device("cuda")


def test_a_curve_is_a_picture(tmp_path: Path) -> None:
    points = [{"minutes": m, "training": 500 / m, "validation": 400 / m} for m in (1.0, 2.0, 3.0)]
    draw_curve(points, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(PNG)


class TestCurves:
    def test_runs_are_drawn_in_one_picture(self, tiny_run: Path, tmp_path: Path) -> None:
        points = read_points(tiny_run)
        draw_runs({"one": points, "other": points[:2]}, tmp_path / "runs.png")
        assert (tmp_path / "runs.png").read_bytes().startswith(PNG)
        assert points[-1]["characters"] > points[0]["characters"]

    def test_a_folder_without_a_run_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(BadRequest, match="empty"):
            read_points(tmp_path / "empty")
