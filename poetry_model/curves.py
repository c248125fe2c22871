"""Pictures of training runs. Owns matplotlib; knows only lists of numbers."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from poetry_model.errors import BadRequest


def draw_curve(points: Sequence[dict[str, float]], path: Path) -> None:
    """Training and validation perplexity over minutes, as a PNG.

    Each point has `minutes`, `training` and `validation`.
    """
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    minutes = [point["minutes"] for point in points]
    for name in ("training", "validation"):
        values = [point[name] for point in points]
        axes.plot(minutes, values, marker=".", label=f"{name} {values[-1]:.1f}")
    axes.set(xlabel="minutes", ylabel="perplexity per character", yscale="log")
    _plain_numbers(axes)
    axes.legend()
    figure.savefig(path, dpi=120)


def _plain_numbers(axes: Axes) -> None:
    """200 and 300 on a logarithmic axis, not 2 and 3 times a power of ten."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ScalarFormatter())
        axis.set_minor_formatter(ScalarFormatter())
    axes.grid(visible=True, which="both", alpha=0.3)


def read_points(folder: Path) -> list[dict[str, float]]:
    """The measurements of a run; raises BadRequest for a folder that holds none."""
    try:
        report = json.loads((folder / "run.json").read_text("utf-8"))
        points: list[dict[str, float]] = report["progress"]["points"]
    except (OSError, ValueError, KeyError) as error:
        raise BadRequest("runs", "no_run", f"RUNS: {folder} holds no run.json of train") from error
    return points


def draw_runs(runs: Mapping[str, Sequence[dict[str, float]]], path: Path) -> None:
    """Validation perplexity of several runs over the characters they were shown, as a PNG."""
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for name, points in runs.items():
        millions = [point["characters"] / 1e6 for point in points]
        values = [point["validation"] for point in points]
        axes.plot(millions, values, marker=".", label=f"{name}: {values[-1]:.1f}")
    axes.set(xlabel="million characters", ylabel="validation perplexity per character")
    axes.set(xscale="log", yscale="log")
    _plain_numbers(axes)
    axes.legend()
    figure.savefig(path, dpi=120)
