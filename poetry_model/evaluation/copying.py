"""How much of a poem stands in the corpus already.

Owns the search for the longest run of characters that a text shares with any text of
the corpus. Exact, not by a Bloom filter: the starts of all runs of k characters are
sorted into classes, and only those go on to k + 1 whose class occurs on both sides.
Characters are compared by their looks in simplified script.

>>> longest_runs(["明月光寒", "山高"], ["床前明月光", "水長"])
[3, 0]
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median

import numpy as np
import numpy.typing as npt

from poetry_model.script import to_simplified

IntArray = npt.NDArray[np.int64]
_END = ord("\n")
_CODES = 0x110000  # all of Unicode

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Runs:
    """The longest copied runs of some poems, one figure a poem, in characters."""

    median: float
    longest: int
    histogram: dict[int, int]  # length → how many poems

    @classmethod
    def of(cls, lengths: Sequence[int]) -> "Runs":
        return cls(float(median(lengths)), max(lengths), dict(sorted(Counter(lengths).items())))


def runs_in_lines(
    groups: Mapping[str, Sequence[Lines]], corpus: Sequence[Lines]
) -> dict[str, Runs]:
    """For each group of poems: the longest run inside a line that a corpus line has too."""
    texts = [line for poems in groups.values() for lines in poems for line in lines]
    lengths = iter(longest_runs(texts, [line for lines in corpus for line in lines]))
    return {
        name: Runs.of([max(islice(lengths, len(lines))) for lines in poems])
        for name, poems in groups.items()
        if poems
    }


def runs_across_lines(
    groups: Mapping[str, Sequence[Lines]], corpus: Sequence[Lines]
) -> dict[str, Runs]:
    """The same with every poem as one string, so that a run may go on in the next line."""
    texts = ["".join(lines) for poems in groups.values() for lines in poems]
    lengths = iter(longest_runs(texts, ["".join(lines) for lines in corpus]))
    return {
        name: Runs.of(list(islice(lengths, len(poems)))) for name, poems in groups.items() if poems
    }


def looks(texts: Sequence[str]) -> str:
    """The texts, a line each, every character as it looks in simplified script."""
    joined = "\n".join(texts)
    kinds = sorted(set(joined) - {"\n"})
    return joined.translate({ord(kind): to_simplified(kind)[0] for kind in kinds})


def longest_runs(texts: Sequence[str], corpus: Sequence[str]) -> list[int]:
    """For each text the most characters in a row that it shares with a corpus text."""
    found = np.zeros(len(texts), dtype=np.int64)
    ours, theirs = _Starts.of(texts), _Starts.of(corpus)
    text_of = np.cumsum(ours.codes == _END) - (ours.codes == _END)
    for size in range(1, len(ours.codes)):
        ours.extend(size)
        if not len(ours.places):
            break
        theirs.extend(size)
        ours.keep_common(theirs)
        found[text_of[ours.places]] = size
    return [int(length) for length in found]


@dataclass
class _Starts:
    """Where runs of one length begin: `codes` of all texts, `places` (n,) in them, and the
    `classes` (n,) of the runs, equal where the runs are."""

    codes: IntArray
    places: IntArray
    classes: IntArray

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Starts":
        """Runs of no character, all of one class. Each text is closed by `_END`."""
        joined = looks(texts) + "\n"
        codes = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.int64)
        places = np.flatnonzero(codes != _END)
        return cls(codes, places, np.zeros_like(places))

    def extend(self, size: int) -> None:
        """On to runs of `size` characters, where the text goes on so far."""
        last = self.codes[self.places + size - 1]
        inside = last != _END
        self.places = self.places[inside]
        self.classes = self.classes[inside] * _CODES + last[inside]

    def keep_common(self, others: "_Starts") -> None:
        """Drops what the others lack, and of theirs what is lacking here; numbers the
        classes anew, so that they stay small."""
        known = np.unique(self.classes)
        self._number(known)
        others._number(known)
        common = np.zeros(len(known), dtype=bool)
        common[others.classes] = True
        kept = common[self.classes]
        self.places, self.classes = self.places[kept], self.classes[kept]

    def _number(self, known: IntArray) -> None:
        numbers = np.searchsorted(known, self.classes).clip(max=len(known) - 1)
        same = known[numbers] == self.classes
        self.places, self.classes = self.places[same], numbers[same]


def copied_lines(lines: Sequence[str], corpus_lines: Sequence[str]) -> int:
    """How many of the lines stand in the corpus as a whole."""
    wanted = looks(lines).split("\n")
    found = set(wanted).intersection(looks(corpus_lines).split("\n"))
    return sum(line in found for line in wanted)
