"""How different poems are from each other: distinct-n, and what poems on one theme share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from poetry_model.requests import Poem

_LONG = 4  # characters of a run that two poems hardly share by chance


def grams(lines: Iterable[str], size: int) -> list[str]:
    """All n-grams inside the lines: `grams(["月明"], 1) == ["月", "明"]`."""
    return [line[i : i + size] for line in lines for i in range(len(line) - size + 1)]


def distinct(poems: Sequence[Poem], size: int) -> float:
    """Share of different character n-grams among all within lines (distinct-n; Li et al.,
    "A Diversity-Promoting Objective Function for Neural Conversation Models", 2016)."""
    found = grams([line for poem in poems for line in poem.lines], size)
    return round(len(set(found)) / len(found), 4)


@dataclass(frozen=True)
class Sharing:
    """Of `pairs` of poems on one theme, the shares with a line or a 4-gram in common."""

    pairs: int
    line: float
    four_characters: float


def sharing(poems: Sequence[Poem]) -> Sharing:
    """What the poems of each theme have in common."""
    themes: dict[str, list[Poem]] = {}
    for poem in poems:
        themes.setdefault(poem.theme, []).append(poem)
    pairs = [pair for some in themes.values() for pair in combinations(some, 2)]
    lines = sum(not set(a.lines).isdisjoint(b.lines) for a, b in pairs)
    fours = sum(not set(grams(a.lines, _LONG)).isdisjoint(grams(b.lines, _LONG)) for a, b in pairs)
    count = max(len(pairs), 1)
    return Sharing(len(pairs), round(lines / count, 4), round(fours / count, 4))
