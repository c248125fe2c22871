"""Perplexities by split, on a tiny network that has seen only the train split."""

from poetry_model.checkpoints import Model
from poetry_model.corpus import PoemRecord
from poetry_model.evaluation.perplexities import ratios, split_perplexities


def test_every_split_is_measured_with_and_without_title(
    tiny_model: Model, records: list[PoemRecord]
) -> None:
    found = split_perplexities(tiny_model, records)
    assert set(found) == {"train", "validation", "test", "test-public"}
    assert all(row["hidden"] > 1 and row["with_title"] > 1 for row in found.values())
    assert found["train"]["hidden"] < found["test"]["hidden"]


def test_a_split_without_poems_is_left_out(tiny_model: Model, records: list[PoemRecord]) -> None:
    some = [record for record in records if record.split == "test"][:5]
    assert set(split_perplexities(tiny_model, some)) == {"test"}


def test_the_ratio_is_ours_for_one_of_the_seeds() -> None:
    ours = {"train": {"hidden": 100.0}, "test": {"hidden": 120.0}}
    seeds = {"train": {"hidden": 400.0}, "test": {"hidden": 200.0}}
    assert ratios(ours, seeds) == {"train": 0.25, "test": 0.6}
