"""Where each character of a poem stands, as numbers the network can be fed with.

Owns the geometry of verse: from the lengths of the lines alone it tells, for
every character, its line, its place counted from the line's end, and which
earlier characters stand above it. Knows neither characters nor tensors' use.

Characters are numbered through the whole poem without separators; the slot knows
where a line ends, so the network need not count.
"""

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from poetry_model.tunes import TUNES, find_tune

IntArray = npt.NDArray[np.int64]

# The network's numbering: append, never reorder.
COUPLET, TITLE = "对联", "题"
FORMS = ("五绝", "七绝", "五律", "七律", "词", "古体", COUPLET, TITLE, *TUNES)
# Verse of any number of lines, which the corpus holds as 古体.
_OPEN_FORMS = ("五言", "七言")
_COUPLETS = ("五言联", "七言联")
LONGEST_LINE = 16
MOST_LINES = 40
# Sizes of the slot tables, in the order of `Slots.features`.
FEATURE_SIZES = (len(FORMS), LONGEST_LINE + 1, MOST_LINES + 1, MOST_LINES + 1, LONGEST_LINE + 1)


@dataclass(frozen=True)
class Slots:
    """The slots of one poem of T characters.

    `features`: (T, 5): form, line length, line, lines left, place from the end.
    `above`, `above_next`, `above_two`: (T,): index of the character in the line
    above at the same place from the end, of the one after it, and of the one two
    lines above; -1 where there is none.
    """

    features: IntArray
    above: IntArray
    above_next: IntArray
    above_two: IntArray

    def __len__(self) -> int:
        return len(self.above)


def form_index(form: str) -> int:
    """The network's number of a form; a 词牌 of its own or 词, 五言 and 七言 are 古体.

    >>> form_index("七绝"), form_index("聲聲慢"), form_index("七言"), form_index("浣溪沙")
    (1, 4, 5, 8)
    """
    known = "古体" if form in _OPEN_FORMS else find_tune(form) or form
    known = COUPLET if known in _COUPLETS else known
    return FORMS.index(known if known in FORMS else "词")


@functools.lru_cache(maxsize=4096)
def slots_of(form: str, lengths: tuple[int, ...]) -> Slots:
    """The slots of a poem whose lines have these lengths.

    >>> slots_of("五绝", (5, 5, 5, 5)).above[5]
    np.int64(0)
    """
    starts = np.concatenate([[0], np.cumsum(lengths)])
    number = form_index(form)
    features, above, above_next, above_two = [], [], [], []
    for line, length in enumerate(lengths):
        for place in range(length - 1, -1, -1):
            left = min(len(lengths) - 1 - line, MOST_LINES)
            cut = (min(length, LONGEST_LINE), min(line, MOST_LINES), left, min(place, LONGEST_LINE))
            features.append((number, *cut))
            above.append(_up(starts, lengths, line - 1, place))
            above_next.append(_up(starts, lengths, line - 1, place - 1))
            above_two.append(_up(starts, lengths, line - 2, place))
    columns = (np.array(column, dtype=np.int64) for column in (above, above_next, above_two))
    return Slots(np.array(features, dtype=np.int64), *columns)


def _up(starts: IntArray, lengths: tuple[int, ...], line: int, place: int) -> int:
    if line < 0 or not 0 <= place < lengths[line]:
        return -1
    return int(starts[line]) + lengths[line] - 1 - place
