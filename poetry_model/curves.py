"""Pictures of training runs. Owns matplotlib; knows only lists of numbers."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure


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
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=120)
