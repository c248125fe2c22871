"""The scorecard as a picture. Owns matplotlib's share of it; knows only the figures.

Forms are named by their shape (4×7 is 七绝), for not every machine has a Chinese font.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from poetry_model.evaluation.classifier import Auc
from poetry_model.evaluation.scorecard import Scorecard
from poetry_model.verse_forms import FORMS, verse_form

_OURS, _PALE, _SEED, _HUMAN = "#9d2933", "#d9a0a0", "#8a8d91", "#3d6b5c"
_SHARES = (0, 0.2, 0.4, 0.6, 0.8, 1.0)
_REACH = 0.8  # what the classifier should not pass


def shape_name(form: str) -> str:
    """`shape_name("七绝") == "4×7"`; another name stands for itself."""
    if form not in FORMS:
        return form
    return f"{verse_form(form).line_count}×{verse_form(form).line_length}"


def draw_scorecard(card: Scorecard, path: Path) -> None:
    """Six panels as a PNG of about 1,600 by 900 points."""
    figure = Figure(figsize=(13.5, 7.6), layout="constrained")
    panels: Sequence[Callable[[Axes, Scorecard], None]] = (
        _perplexities, _classifier, _theme, _rules, _copying, _variety,
    )  # fmt: skip
    for axes, draw in zip(figure.subplots(2, 3).flat, panels, strict=True):
        draw(axes, card)
        axes.spines[["top", "right"]].set_visible(False)
        axes.title.set_fontsize(11)
        axes.tick_params(labelsize=9)
    what = f"{card.model}: {card.poems} poems of each form beside human poems of {card.split}"
    figure.suptitle(what, fontweight="bold")
    figure.savefig(path, dpi=120)


def _bars(
    axes: Axes, names: Sequence[str], groups: Mapping[str, tuple[Sequence[float | None], str]]
) -> None:
    """Bars side by side; a missing figure leaves its place empty."""
    width = 0.8 / max(len(groups), 1)
    for place, (label, (values, colour)) in enumerate(groups.items()):
        where = np.arange(len(names)) + (place - (len(groups) - 1) / 2) * width
        heights = [np.nan if value is None else value for value in values]
        bars = axes.bar(where, heights, width * 0.92, label=label, color=colour)
        shown = ["" if value is None else f"{value:.3g}" for value in values]
        axes.bar_label(bars, shown, fontsize=7, padding=1)
    axes.set_xticks(range(len(names)), names)


def _legend(axes: Axes, columns: int) -> None:
    axes.legend(fontsize=8, frameon=False, loc="upper center", ncols=columns)


def _perplexities(axes: Axes, card: Scorecard) -> None:
    ours = card.perplexity[card.model]
    groups: dict[str, tuple[Sequence[float | None], str]] = {
        f"{card.model}, title told": ([row["with_title"] for row in ours.values()], _PALE),
        f"{card.model}, theme hidden": ([row["hidden"] for row in ours.values()], _OURS),
    }
    if card.seed_model in card.perplexity and card.seed_model != card.model:
        seeds = card.perplexity[card.seed_model]
        groups["seed"] = ([seeds[split]["hidden"] for split in ours], _SEED)
    _bars(axes, list(ours), groups)
    axes.set(title="perplexity per character (lower is better)")
    axes.set_ylim(top=axes.get_ylim()[1] * 1.3)
    _legend(axes, 1)


def _classifier(axes: Axes, card: Scorecard) -> None:
    def side(name: str) -> list[float | None]:
        found: list[Auc | None] = [getattr(row, name) for row in card.classifier.values()]
        return [auc.auc if auc else None for auc in found]

    groups: dict[str, tuple[Sequence[float | None], str]] = {
        "human": (side("human"), _HUMAN),
        "ours": (side("ours"), _OURS),
        "seed": (side("seed"), _SEED),
    }
    _bars(axes, [shape_name(form) for form in card.classifier], groups)
    for height, style in ((0.5, ":"), (_REACH, "--")):
        axes.axhline(height, color="#555", linestyle=style, linewidth=0.8)
    title = (
        "told from human poems by a classifier\narea under the curve: 0.5 is a guess, 1 certainty"
    )
    axes.set(title=title, ylim=(0.3, 1.15), yticks=(0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
    _legend(axes, 3)


def _theme(axes: Axes, card: Scorecard) -> None:
    rows = list(card.written.values())
    human = [row.human_recognition for row in rows]
    groups: dict[str, tuple[Sequence[float | None], str]] = {
        "stands in the poem": ([row.theme_held for row in rows], _PALE),
        "told by the network": ([row.recognition.top1 for row in rows], _OURS),
        "human poems, their titles": ([h.top1 if h else None for h in human], _HUMAN),
    }
    _bars(axes, [shape_name(form) for form in card.written], groups)
    axes.set(title="is the theme held? told among 20", ylim=(0, 1.3), yticks=_SHARES)
    _legend(axes, 2)


def _rules(axes: Axes, card: Scorecard) -> None:
    rules = ("form", "tone", "rhyme", "no_repetition")
    rows = [row.rules for row in card.written.values()]
    shares = [[getattr(row, rule) / row.poems for row in rows] for rule in rules]
    image = axes.imshow(shares, cmap="RdYlGn", vmin=0.5, vmax=1, alpha=0.55, aspect="auto")
    image.set_rasterized(True)
    for line, row in enumerate(shares):
        for column, share in enumerate(row):
            axes.text(column, line, f"{share:.1%}", ha="center", va="center", fontsize=9)
    axes.set_xticks(range(len(rows)), [shape_name(form) for form in card.written])
    axes.set_yticks(range(len(rules)), [rule.replace("_", " ") for rule in rules])
    axes.set(title="rules kept, by the checker")


def _copying(axes: Axes, card: Scorecard) -> None:
    rows = [row.copied for row in card.written.values()]
    ours = [row.in_lines.histogram for row in rows]
    human = [row.human_in_lines.histogram for row in rows if row.human_in_lines]
    lengths = sorted({length for some in (*ours, *human) for length in some})
    groups: dict[str, tuple[Sequence[float | None], str]] = {
        "ours": (_shares(ours, lengths), _OURS),
        "human": (_shares(human, lengths), _HUMAN),
    }
    _bars(axes, [str(length) for length in lengths], groups)
    copied = sum(row.lines for row in rows)
    axes.set(title=f"longest run copied inside a line\n({copied} whole lines)")
    axes.set(xlabel="characters", ylabel="share of poems", ylim=(0, axes.get_ylim()[1] * 1.15))
    _legend(axes, 2)


def _shares(histograms: Sequence[Mapping[int, int]], lengths: Sequence[int]) -> list[float]:
    total = sum(sum(some.values()) for some in histograms) or 1
    return [round(sum(h.get(length, 0) for h in histograms) / total, 3) for length in lengths]


def _variety(axes: Axes, card: Scorecard) -> None:
    rows = list(card.written.values())
    colours = (_PALE, "#bb5b63", _OURS)
    groups: dict[str, tuple[Sequence[float | None], str]] = {
        f"distinct-{size}": ([row.distinct[size - 1] for row in rows], colour)
        for size, colour in zip((1, 2, 3), colours, strict=True)
    }
    _bars(axes, [shape_name(form) for form in card.written], groups)
    axes.set(title="different n-grams among all", ylim=(0, 1.2), yticks=_SHARES)
    _legend(axes, 3)
