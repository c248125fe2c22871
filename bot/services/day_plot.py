"""Poems per day as a picture. Pure: numbers in, a PNG out."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PAPER, _INK, _SEAL, _FAINT = "#f8f4ea", "#55565a", "#b23a2e", "#8c877a"
_LABEL_EVERY = 7  # days, counted back from today
_BROAD = 0.6  # of a day: a bar
_NEAR = 5  # days: a number is as broad as several
_LEAST_HEIGHT = 4  # poems: a day of one shall not look like a great one

_Side = Literal["left", "center", "right"]


def draw_days(counts: Sequence[int], today: date) -> bytes:
    """A bar a day, today's in the red of a seal; 1200 by 540, with numbers that can be read
    on a phone, a quarter as wide. They are its only words, so that it suits every language.

    The library is imported here, by the thread that draws: it takes a second, once.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4, 1.8), dpi=300, facecolor=_PAPER, layout="constrained")
    axes = figure.add_subplot(facecolor=_PAPER)
    colours = [_INK] * (len(counts) - 1) + [_SEAL]
    axes.bar(range(len(counts)), counts, width=_BROAD, color=colours, zorder=2)
    axes.set_ylim(0, max([*counts, _LEAST_HEIGHT]) * 1.25)
    _quiet(axes)
    _label_days(axes, len(counts), today)
    _label_bars(axes, counts)
    picture = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(picture, format="png", facecolor=_PAPER)
    return picture.getvalue()


def _quiet(axes: "Axes") -> None:
    """Nothing but bars, a ground line and a few faint heights."""
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.grid(axis="y", color=_FAINT, alpha=0.3, linewidth=0.4, zorder=0)
    axes.tick_params(colors=_FAINT, length=0, labelsize=9, pad=2)
    axes.margins(x=0.02)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)


def _label_days(axes: "Axes", count: int, today: date) -> None:
    places = range((count - 1) % _LABEL_EVERY, count, _LABEL_EVERY)
    days = [today - timedelta(days=count - 1 - place) for place in places]
    axes.set_xticks(places, [f"{day.month}/{day.day}" for day in days])


def _label_bars(axes: "Axes", counts: Sequence[int]) -> None:
    """The highest bar and today's say their number."""
    last = len(counts) - 1
    highest = max(range(len(counts)), key=lambda place: counts[place])
    _label(axes, highest, counts[highest], _INK if highest < last else _SEAL, _side(highest, last))
    # Over bars that may be higher no number is to be read: today's stands to the right of them.
    if highest < last:
        _label(axes, last, counts[last], _SEAL, "left")


def _side(highest: int, last: int) -> _Side:
    """From where the number over the highest bar is set: at the left edge it would run into the
    heights, near today into today's number."""
    if highest == last:
        return "center"
    if highest < _NEAR:
        return "left"
    return "right" if last - highest < _NEAR else "center"


def _label(axes: "Axes", place: int, count: int, colour: str, side: _Side) -> None:
    if not count:
        return
    x = place + {"left": -_BROAD / 2, "center": 0, "right": _BROAD / 2}[side]
    axes.annotate(
        str(count),
        (x, count),
        (0, 2),
        textcoords="offset points",
        ha=side,
        color=colour,
        fontsize=10,
    )
