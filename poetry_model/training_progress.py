"""The progress bar of a training run. Owns its looks; hears `Tick`s."""

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from poetry_model.training import Tick


class TrainingProgress:
    """A context manager that shows a run: share of the time, perplexities, speed."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("step {task.fields[step]}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("perplexity {task.fields[perplexity]}"),
            TextColumn("validation {task.fields[validation]}"),
            TextColumn("{task.fields[speed]} characters/s"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._bar.add_task(
            "train", total=1.0, step=0, perplexity="-", validation="-", speed="-"
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tick(self, tick: Tick) -> None:
        self._bar.update(
            self._task,
            completed=tick.share,
            step=tick.step,
            perplexity=f"{tick.perplexity:.1f}",
            validation="-" if tick.validation is None else f"{tick.validation:.1f}",
            speed=f"{tick.characters_per_second:,.0f}",
        )
