"""The benchmark, with clocks whose readings are known."""

from collections.abc import Callable
from itertools import accumulate, count, repeat
from pathlib import Path

import pytest
import torch
from rich.console import Console

from poetry_model.benchmark import Clocks, benchmark_table, run_benchmark


def stepping(step: float) -> Callable[[], float]:
    """A clock that moves on by so many seconds whenever it is read."""
    return accumulate(repeat(step)).__next__


def test_work_is_timed_by_both_clocks() -> None:
    clocks = Clocks(wall=stepping(2.0), cpu=stepping(0.5))
    assert clocks.time(lambda: None) == (2000.0, 500.0)


def test_every_form_is_written_with_all_candidates_on_one_thread(tiny_run: Path) -> None:
    """The wall clock moves a second a reading, the other a quarter."""
    clocks = Clocks(wall=stepping(1.0), cpu=stepping(0.25))
    figures = run_benchmark(tiny_run, poems=1, clocks=clocks)
    assert torch.get_num_threads() == 1
    assert set(figures) == {"五绝", "七绝", "五律", "七律"}
    for row in figures.values():
        assert row == {
            "candidates": 32,
            "poet_ms": 1000.0,
            "poet_cpu_ms": 250.0,
            "seed_ms": 1000.0,
            "seed_cpu_ms": 250.0,
            "ratio": 1.0,
        }


def test_a_slow_poem_among_three_does_not_count(tiny_run: Path) -> None:
    """Each reading is a second behind the last, but the second poem is interrupted."""
    steps = (100.0 if reading == 5 else 1.0 for reading in count())
    clocks = Clocks(wall=accumulate(steps).__next__, cpu=stepping(1.0))
    figures = run_benchmark(tiny_run, poems=3, clocks=clocks)
    assert figures["五绝"]["poet_ms"] == 1000.0
    assert figures["五绝"]["ratio"] == pytest.approx(1.0)


def test_the_table_has_a_line_for_each_form() -> None:
    row = {"candidates": 32, "poet_ms": 60.4, "poet_cpu_ms": 60.1, "seed_ms": 90.0}
    figures = {"七绝": {**row, "seed_cpu_ms": 90.2, "ratio": 1.5}}
    console = Console(width=120)
    with console.capture() as capture:
        console.print(benchmark_table(figures))
    line = next(line for line in capture.get().splitlines() if "七绝" in line)
    assert [float(word) for word in line.split() if word[0].isdigit()] == [
        32,
        60.4,
        60.1,
        90.0,
        90.2,
        1.5,
    ]
