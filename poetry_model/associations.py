"""What belongs together in verse: words, and the characters found near a character or word.

Owns `data/associations.tsv` and how it is learned from the training poems. Knows
nothing of themes, networks or modern words.

A row holds a key of one or two characters, the characters that follow a
single key to make a word of verse (雁 + 行, 字, 書), and the key's neighbours,
most characteristic first. Run as a module with the corpus' folder it writes the
rows anew: `python -m poetry_model.associations corpus > associations.tsv`.
"""

import functools
import itertools
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from poetry_model.corpus import CI, PoemRecord, read_records
from poetry_model.script import data_lines, to_simplified

_FILE = "associations.tsv"
# Where a foot of two characters can begin in a line of 5 or 7: 床前|明月|光, 疑是|地|上霜.
_FEET = {5: (0, 2, 3), 7: (0, 2, 4, 5)}
_LEAST_WORD = 60  # times that two characters stand together to be a word of verse
_LEAST_KEY = 40  # couplets that a key must be about to have neighbours
_LEAST_KEY_WORD = 300  # the same for a key of two characters, which must earn its room
_LEAST_NEIGHBOUR = 150  # couplets that hold a neighbour: rare characters make dull company
_LEAST_TOGETHER = 5
_NEIGHBOURS = {1: 14, 2: 9}
# What makes two characters of a title its numbering or its address, not its matter.
_TITLE_PHRASES = frozenset("其首韻次之以為見再又復兼因某幷同和奉依即一二三四五六七八九十百兩")

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Associations:
    """`neighbours`: key → characters; `words`: words of verse by their simplified form,
    each as the likeliest of its traditional ones. Everything else is traditional."""

    neighbours: dict[str, str]
    words: dict[str, str]

    def near(self, word: str) -> str:
        """Neighbours of a word, most characteristic first; "" where none are known.

        A word without neighbours of its own has those of its characters in turn.
        """
        if word in self.neighbours:
            return self.neighbours[word]
        rows = [self.neighbours.get(character, "") for character in word]
        mixed = (c for group in itertools.zip_longest(*rows, fillvalue="") for c in group)
        return "".join(dict.fromkeys(c for c in mixed if c and c not in word))


@functools.cache
def load_associations() -> Associations:
    """What ships."""
    neighbours: dict[str, str] = {}
    words: dict[str, str] = {}
    for key, following, near in data_lines(_FILE):
        neighbours[key] = near
        # A commoner first character has the earlier row and keeps the simplified form.
        for character in following:
            words.setdefault(to_simplified(key + character), key + character)
    return Associations({key: near for key, near in neighbours.items() if near}, words)


def verse_words(records: Iterable[PoemRecord]) -> dict[str, int]:
    """Pairs that stand together as a foot at least 60 times and more often than chance
    would have it, with their counts."""
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for record in records:
        for line in record.lines:
            single.update(line)
            starts = _FEET.get(len(line), range(len(line) - 1))
            pairs.update(line[start : start + 2] for start in starts)
    total = single.total()
    return {
        pair: count
        for pair, count in pairs.items()
        if count >= _LEAST_WORD and count * total > single[pair[0]] * single[pair[1]]
    }


def _couplets(records: Iterable[PoemRecord]) -> Iterator[tuple[str, set[str]]]:
    """Each couplet's text, and the characters and pairs it is about: its own and those
    of the title. The title of a 词 is its tune and says nothing."""
    for record in records:
        title = "" if record.form == CI else record.title
        for index in range(0, len(record.lines), 2):
            lines = record.lines[index : index + 2]
            about = set(itertools.chain.from_iterable((*lines, title)))
            for text in (*lines, title):
                about.update(map("".join, itertools.pairwise(text)))
            yield "".join(lines), about


@dataclass(frozen=True)
class _Together:
    """Couplets counted: `together` (keys, characters), `about` (keys,), `held`
    (characters,), and how many there are."""

    together: Counts
    about: Counts
    held: Counts
    couplets: int


def _count_together(
    records: Sequence[PoemRecord], keys: dict[str, int], characters: dict[str, int]
) -> _Together:
    together = np.zeros((len(keys), len(characters)), dtype=np.int64)
    about = np.zeros(len(keys), dtype=np.int64)
    held = np.zeros(len(characters), dtype=np.int64)
    couplets = 0
    for text, subjects in _couplets(records):
        rows = np.array([keys[key] for key in subjects if key in keys], dtype=np.int64)
        columns = np.array([characters[c] for c in set(text) if c in characters], dtype=np.int64)
        together[rows[:, None], columns] += 1
        about[rows] += 1
        held[columns] += 1
        couplets += 1
    return _Together(together, about, held, couplets)


def _nearest(counts: _Together, row: int, own: Sequence[int], size: int) -> list[int]:
    """Columns of the most characteristic neighbours of a key.

    The measure is √n · log(n / expected), near the signed root of the likelihood ratio
    (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993):
    the plain logarithm favours the rare, the ratio itself the common.
    """
    found = counts.together[row].astype(np.float64)
    expected = counts.about[row] * counts.held / counts.couplets
    fit = (found >= _LEAST_TOGETHER) & (counts.held >= _LEAST_NEIGHBOUR) & (found > expected)
    fit[list(own)] = False
    score = np.full(len(found), -math.inf)
    score[fit] = np.sqrt(found[fit]) * np.log(found[fit] / expected[fit])
    order = np.argsort(-score, kind="stable")[:size]
    return [int(column) for column in order if fit[column]]


def build_associations(records: Iterable[PoemRecord]) -> Iterator[str]:
    """The rows of the table, commonest characters first, from the training poems among
    `records`."""
    chosen = [record for record in records if record.split == "train"]
    words = verse_words(chosen)
    subjects: Counter[str] = Counter()
    for _text, about in _couplets(chosen):
        subjects.update(about)
    # Ties by the character, so that every run orders them alike.
    common_first = sorted(subjects.items(), key=lambda item: (-item[1], item[0]))
    keys = [key for key, couplets in common_first if _is_key(key, couplets, words)]
    singles = [key for key in keys if len(key) == 1]
    columns = {character: column for column, character in enumerate(singles)}
    counts = _count_together(chosen, {key: row for row, key in enumerate(keys)}, columns)
    following: dict[str, str] = {}
    for word in sorted(words, key=lambda word: (-words[word], word)):
        following[word[0]] = following.get(word[0], "") + word[1]
    for row, key in sorted(enumerate(keys), key=lambda pair: len(pair[1])):
        own = [columns[character] for character in key if character in columns]
        near = _nearest(counts, row, own, _NEIGHBOURS[len(key)])
        neighbours = "".join(singles[column] for column in near)
        yield f"{key}\t{following.get(key, '')}\t{neighbours}"


def _is_key(key: str, couplets: int, words: dict[str, int]) -> bool:
    if len(key) == 1:
        return couplets >= _LEAST_KEY
    matter = key in words or _TITLE_PHRASES.isdisjoint(key)
    return couplets >= _LEAST_KEY_WORD and matter


if __name__ == "__main__":
    for table_row in build_associations(read_records(Path(sys.argv[1]))):
        sys.stdout.write(table_row + "\n")
