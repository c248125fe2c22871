"""The scorecard and the tally, on poems and models whose figures are known."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from poetry_model import Poem
from poetry_model.benchmark import benchmark_table, run_benchmark
from poetry_model.checking import Tally, check_rows
from poetry_model.checkpoints import load_model
from poetry_model.corpus import PoemRecord
from poetry_model.evaluation import (
    Scorecard,
    WrittenFigures,
    distinct,
    evaluation_tables,
    holds_theme,
    split_perplexities,
)

POEM = Poem(
    "五绝", "楼", None, None, ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼"),
    "", "simplified", "十一尤", 1, "test", 1.0,
)  # fmt: skip


def printed(*tables: object) -> str:
    console = Console(width=120)
    with console.capture() as capture:
        console.print(*tables, sep="\n")
    return capture.get()


@pytest.mark.parametrize(
    ("theme", "held"), [("楼", True), ("樓", True), ("雪楼", True), ("雪", False), ("", False)]
)
def test_a_theme_is_held_by_one_of_its_characters_in_either_script(theme: str, held: bool) -> None:
    assert holds_theme(replace(POEM, theme=theme)) == held


def test_distinct_counts_different_pieces_within_lines() -> None:
    assert distinct([POEM], 1) == 1.0
    assert distinct([POEM, POEM], 2) == 0.5


def test_every_split_is_measured_with_and_without_title(
    tiny_run: Path, records: list[PoemRecord]
) -> None:
    found = split_perplexities(load_model(tiny_run), records)
    assert set(found) == {"train", "validation", "test", "test-public"}
    assert all(row["hidden"] > 1 and row["with_title"] > 1 for row in found.values())
    assert found["train"]["hidden"] < found["test"]["hidden"]


def test_a_split_without_poems_is_left_out(tiny_run: Path, records: list[PoemRecord]) -> None:
    some = [record for record in records if record.split == "test"][:5]
    assert set(split_perplexities(load_model(tiny_run), some)) == {"test"}


def test_the_tables_show_every_figure() -> None:
    figures = WrittenFigures("form 1/1", 0.875, (0.9, 0.8, 0.7))
    card = Scorecard(
        "m", {"m": {"test": {"hidden": 123.4, "with_title": 99.9}}}, 1, {"五绝": figures}
    )
    text = printed(*evaluation_tables(card))
    assert all(word in text for word in ("123.4", "99.9", "form 1/1", "0.875", "0.9 0.8 0.7"))


def test_the_tally_counts_what_each_poem_keeps() -> None:
    tally = Tally()
    rows = [
        "五绝\t\t" + "/".join(POEM.lines),
        "五绝\t\t白日/黄河",
        "五绝\t\t床前看月光/疑是地上霜/举头望山月/低头思故乡",
    ]
    for report in check_rows(rows):
        tally.add(report)
    assert tally.line == "form 2/3, tone 1/3, rhyme 2/3, no repetition 1/3"


def test_the_benchmark_takes_the_median_of_its_clock(tiny_run: Path) -> None:
    """A clock that moves one second a reading: both ways take a second a poem."""
    ticks = iter(range(10_000))
    figures = run_benchmark(tiny_run, poems=1, clock=lambda: float(next(ticks)))
    assert set(figures) == {"五绝", "七绝", "五律", "七律"}
    for row in figures.values():
        assert row == {"poet_ms": 1000.0, "seed_ms": 1000.0, "ratio": 1.0}
    assert "七绝" in printed(benchmark_table(figures))
