"""A line of the corpus is never taken for a new one."""

import random
from pathlib import Path

import pytest

from poetry_model import WeightsError
from poetry_model.copies import LineFilter
from poetry_model.corpus import PoemRecord


def all_lines(records: list[PoemRecord]) -> list[str]:
    return [line for record in records for line in record.lines]


def test_every_line_it_was_built_of_is_known(records: list[PoemRecord]) -> None:
    lines = all_lines(records)
    known = LineFilter.build(lines)
    assert all(line in known for line in lines)


def test_new_lines_are_seldom_taken_for_known_ones(records: list[PoemRecord]) -> None:
    lines = all_lines(records)
    known, have, chance = LineFilter.build(lines), set(lines), random.Random(1)
    characters = sorted({character for line in lines for character in line})
    fresh = ["".join(chance.choices(characters, k=7)) for _ in range(4_000)]
    mistaken = sum(line in known for line in fresh if line not in have)
    assert mistaken / len(fresh) < 0.03


def test_one_changed_character_makes_a_new_line() -> None:
    known = LineFilter.build(["床前看月光", "疑是地上霜"])
    assert "床前看月黑" not in known


def test_a_saved_filter_reads_back(tmp_path: Path, records: list[PoemRecord]) -> None:
    lines = all_lines(records)
    LineFilter.build(lines).save(tmp_path / "lines")
    known = LineFilter.load(tmp_path / "lines")
    assert all(line in known for line in lines)


@pytest.mark.parametrize("content", [None, b""])
def test_a_filter_that_is_missing_or_empty_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "lines").write_bytes(content)
    with pytest.raises(WeightsError, match="lines"):
        LineFilter.load(tmp_path / "lines")
