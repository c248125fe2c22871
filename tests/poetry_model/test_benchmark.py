"""The benchmark, with a clock whose readings are known."""

from pathlib import Path

from rich.console import Console

from poetry_model.benchmark import benchmark_table, run_benchmark


def test_it_takes_the_median_of_its_clock(tiny_run: Path) -> None:
    """A clock that moves one second a reading: both ways take a second a poem."""
    ticks = iter(range(10_000))
    figures = run_benchmark(tiny_run, poems=1, clock=lambda: float(next(ticks)))
    assert set(figures) == {"五绝", "七绝", "五律", "七律"}
    for row in figures.values():
        assert row == {"poet_ms": 1000.0, "seed_ms": 1000.0, "ratio": 1.0}
    console = Console(width=120)
    with console.capture() as capture:
        console.print(benchmark_table(figures))
    assert "七绝" in capture.get()
