"""Poem records → batches of ids, for training and for scoring.

Owns the drawing of themes and styles, the order of poems and the padding. Knows
the networks' batch types, not the networks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from poetry_model.corpus import CI, DYNASTIES, PoemRecord
from poetry_model.network import Batch, SlotBatch, StreamBatch, Style
from poetry_model.slots import TITLE, Slots, slots_of
from poetry_model.tunes import titled_tune
from poetry_model.vocabulary import PAD, START, UNKNOWN, Vocabulary

IntArray = npt.NDArray[np.int64]
NO_STYLE: Style = (0, 0, 0)
THEME_LENGTH = 8  # a longer title is cut to a window of this many characters
_COMMA, _STOP = "，", "。"
PUNCTUATION = _COMMA + _STOP
_REGISTER_BOUNDS = (5.17, 5.49)  # thirds of the training poems


@dataclass(frozen=True)
class Encoded:
    """A poem as ids: `characters` (T,), `title` (n,), its `lengths`, form and style.

    `dynasty`, `fame` and `register` are the style ids of the network.
    """

    characters: IntArray
    title: IntArray
    lengths: tuple[int, ...]
    form: str
    dynasty: int
    fame: int
    register: int

    @property
    def slots(self) -> Slots:
        return slots_of(self.form, self.lengths)


def fame_style(fame: float) -> int:
    """1 little known (lower half), 2 known, 3 famous (upper tenth)."""
    return 1 + (fame >= 0.5) + (fame >= 0.9)


def register_style(characters: IntArray, size: int) -> int:
    """1 plain, 2 middling, 3 full of rare words: about a third of all poems each.

    Ids are ranks by frequency, so their mean logarithm tells how rare the words are;
    an unknown character counts as the rarest of the vocabulary's `size`.
    """
    ranks = np.where(characters == UNKNOWN, size, characters)
    return 1 + int(np.searchsorted(_REGISTER_BOUNDS, np.log(ranks).mean()))


def encode(record: PoemRecord, vocabulary: Vocabulary) -> Encoded:
    """The record in ids. A 词牌 name is a form, not a title."""
    is_ci = record.form == CI
    characters = np.array(vocabulary.encode("".join(record.lines)), dtype=np.int64)
    return Encoded(
        characters,
        np.array(vocabulary.encode("" if is_ci else record.title), dtype=np.int64),
        tuple(map(len, record.lines)),
        (titled_tune(record.title) or CI) if is_ci else record.form,
        DYNASTIES.index(record.dynasty) + 1 if record.dynasty in DYNASTIES else 0,
        fame_style(record.fame),
        register_style(characters, len(vocabulary)),
    )


def _window(ids: IntArray, size: int, random: np.random.Generator) -> list[int]:
    start = int(random.integers(0, max(len(ids) - size, 0) + 1))
    return [int(i) for i in ids[start : start + size]]


def _own_words(poem: Encoded, random: np.random.Generator) -> list[int]:
    """One to three pieces, of one or two characters, out of the poem itself."""
    starts = np.cumsum((0, *poem.lengths))
    words: list[int] = []
    for _ in range(int(random.integers(1, 4))):
        line = int(random.integers(0, len(poem.lengths)))
        piece = poem.characters[starts[line] : starts[line + 1]]
        words += _window(piece, int(random.integers(1, 3)), random)
    return words


def draw_theme(poem: Encoded, random: np.random.Generator) -> list[int]:
    """A theme to train under: none (30 %), the title, words of the poem, or both.

    Seeing each, one network learns P(poem) and P(poem | theme). A title is written for
    words of its poem, which stands in for its title then.
    """
    if poem.form == TITLE:
        return [i for _ in range(THEME_LENGTH // 2) for i in _window(poem.title, 2, random)]
    draw = random.random()
    if draw < 0.3:
        return []
    title = _window(poem.title, THEME_LENGTH, random) if draw < 0.6 or draw > 0.9 else []
    words = _own_words(poem, random) if draw > 0.6 or not title else []
    return (title + words)[:THEME_LENGTH]


def draw_style(poem: Encoded, random: np.random.Generator) -> Style:
    """Dynasty, fame and register, each told for half of the poems."""
    dynasty, fame, register = (int(told) for told in random.random(3) < 0.5)
    return (poem.dynasty * dynasty, poem.fame * fame, poem.register * register)


def title_theme(poem: Encoded) -> list[int]:
    """The title as a fixed theme, as for scoring."""
    return [int(i) for i in poem.title[:THEME_LENGTH]]


def _padded(rows: Sequence[Sequence[int] | IntArray], width: int) -> torch.Tensor:
    grid = np.full((len(rows), width), PAD, dtype=np.int64)
    for index, row in enumerate(rows):
        grid[index, : len(row)] = row
    return torch.from_numpy(grid)


def slot_batch(
    poems: Sequence[Encoded],
    themes: Sequence[Sequence[int]],
    styles: Sequence[Style],
) -> SlotBatch:
    """Poems side by side, padded to the longest."""
    width = max(len(poem.characters) for poem in poems)
    slots = [poem.slots for poem in poems]
    # An index of -1 picks the PAD put at the end.
    ended = [np.append(poem.characters, PAD) for poem in poems]
    features = np.zeros((len(poems), width, slots[0].features.shape[1]), dtype=np.int64)
    for row, slot in enumerate(slots):
        features[row, : len(slot)] = slot.features
    return SlotBatch(
        previous=_padded([np.append(START, poem.characters[:-1]) for poem in poems], width),
        above=_padded([e[s.above] for e, s in zip(ended, slots, strict=True)], width),
        above_next=_padded([e[s.above_next] for e, s in zip(ended, slots, strict=True)], width),
        above_two=_padded([e[s.above_two] for e, s in zip(ended, slots, strict=True)], width),
        features=torch.from_numpy(features),
        theme=_padded(themes, max(1, *map(len, themes))),
        style=torch.tensor(styles, dtype=torch.int64),
        targets=_padded([poem.characters for poem in poems], width),
    )


def _punctuated(poem: Encoded, vocabulary: Vocabulary) -> tuple[list[int], list[bool]]:
    ids: list[int] = []
    counted: list[bool] = []
    start = 0
    for line, length in enumerate(poem.lengths):
        mark = vocabulary.id(_STOP if line % 2 else _COMMA)
        ids += [*map(int, poem.characters[start : start + length]), mark]
        counted += [True] * length + [False]
        start += length
    return ids, counted


def stream_batch(poems: Sequence[Encoded], vocabulary: Vocabulary) -> StreamBatch:
    """Texts with ， and 。 after the lines in turn, padded to the longest."""
    texts = [_punctuated(poem, vocabulary) for poem in poems]
    width = max(len(ids) for ids, _ in texts)
    return StreamBatch(
        previous=_padded([[START, *ids[:-1]] for ids, _ in texts], width),
        targets=_padded([ids for ids, _ in texts], width),
        counted=_padded([[int(c) for c in counted] for _, counted in texts], width).bool(),
    )


def grouped(
    poems: Sequence[Encoded],
    *,
    most_characters: int = 0,
    most_poems: int = 0,
    random: np.random.Generator | None = None,
) -> Iterator[list[Encoded]]:
    """All poems once, in groups of like length holding at most so many characters
    or poems, whichever is given.

    With `random` both the make-up of the groups and their order are drawn.
    """
    noise = random.random(len(poems)) if random else np.zeros(len(poems))
    order = sorted(range(len(poems)), key=lambda i: (len(poems[i].characters), noise[i]))
    groups: list[list[Encoded]] = [[]]
    for index in order:
        poem, size = poems[index], len(groups[-1])
        most = most_poems or most_characters // len(poem.characters)
        if groups[-1] and size >= most:
            groups.append([])
        groups[-1].append(poem)
    places = random.permutation(len(groups)) if random else range(len(groups))
    return (groups[int(place)] for place in places)


def training_batch(
    feed: str, poems: Sequence[Encoded], vocabulary: Vocabulary, random: np.random.Generator
) -> Batch:
    """A batch with drawn themes and styles, or the plain stream of the seed."""
    if feed == "stream":
        return stream_batch(poems, vocabulary)
    themes = [draw_theme(poem, random) for poem in poems]
    return slot_batch(poems, themes, [draw_style(poem, random) for poem in poems])


def scoring_batch(
    feed: str, poems: Sequence[Encoded], vocabulary: Vocabulary, *, with_title: bool
) -> Batch:
    """A batch without style, and without theme or with the title as the theme."""
    if feed == "stream":
        return stream_batch(poems, vocabulary)
    themes = [title_theme(poem) if with_title else [] for poem in poems]
    return slot_batch(poems, themes, [NO_STYLE] * len(poems))
