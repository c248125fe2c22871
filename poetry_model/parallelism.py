"""对仗: do two lines answer each other, word for word?

Owns the measure, its table, and where a form wants it. Knows no tones and no network.

Two characters are parallel in the degree that poets set them across from each other:
the score of a pair is the log-odds, in nats, that it stands at the same place of the
two lines of a real couplet, and not of two lines thrown together that turn and close
on the same tones. 0 says nothing, 2 is seven to one. It is the product of two short
vectors, so that a pair is judged by its kind though no poet ever made it.
`parallel_evidence` learned them from the middle couplets of regulated poems, and
counted two things more: a character across from itself, which poets avoid, and
doublings (悠悠), which they answer by doublings.

>>> parallel_score("無邊落木蕭蕭下", "不盡長江滾滾來") > 1
True
>>> parallel_score("無邊落木蕭蕭下", "潦倒新停濁酒杯") < 0
True
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
import safetensors
import safetensors.numpy

from poetry_model.script import is_traditional, normalise, to_simplified, to_traditional
from poetry_model.verse_forms import COUPLETS

TABLE = "parallels.safetensors"
FloatArray = npt.NDArray[np.float32]

# Where custom makes two lines of a tune parallel, by the index of the first: those pairs of
# one length whose mean score over the training poems is above 0.3.
_IN_TUNES = {
    "浣溪沙": (3,),
    "鹧鸪天": (2, 4),
    "西江月": (0, 4),
    "踏莎行": (0, 5),
    "临江仙": (0,),
    "忆江南": (2, 7),
    "满江红": (6, 17),
    "念奴娇": (5, 15),
    "沁园春": (7, 19),
}


@dataclass(frozen=True)
class ParallelTable:
    """What is known of C characters and of couplets, in nats.

    The log-odds of characters a over b are Σ signs * vectors[a] * vectors[b] +
    biases[a] + biases[b], with `vectors` (C, D), `biases` (C,), `signs` (D,). `same` are
    those of a character over itself, `doubled` (2, 2) those of a place where the line
    doubles the character before: [upper line does or not][lower line does or not].
    """

    characters: str
    vectors: FloatArray
    biases: FloatArray
    signs: FloatArray
    same: float
    doubled: FloatArray

    @functools.cached_property
    def rows(self) -> dict[str, int]:
        return {character: row for row, character in enumerate(self.characters)}

    @functools.cached_property
    def sides(self) -> tuple[FloatArray, FloatArray]:
        """(C, D + 2) for the upper and for the lower line: log-odds are their product."""
        own = self.biases[:, None]
        ones = np.ones_like(own)
        upper = np.hstack([self.vectors * self.signs, own, ones])
        return upper, np.hstack([self.vectors, ones, own])

    def pair(self, one: str, other: str) -> float:
        """Log-odds of two traditional characters; 0 where the table lacks one."""
        if one == other:
            return self.same
        a, b = self.rows.get(one), self.rows.get(other)
        if a is None or b is None:
            return 0.0
        product = float((self.signs * self.vectors[a] * self.vectors[b]).sum())
        return product + float(self.biases[a] + self.biases[b])

    def save(self, path: Path) -> None:
        """In int8: one scale for the vectors, one for the biases."""
        scales = np.array([np.abs(self.vectors).max(), np.abs(self.biases).max()]) / 127
        tensors = {
            "vectors": np.round(self.vectors / scales[0]).astype(np.int8),
            "biases": np.round(self.biases / scales[1]).astype(np.int8),
            "signs": self.signs.astype(np.int8),
            "scales": scales.astype(np.float32),
            "same": np.array([self.same], np.float32),
            "doubled": self.doubled.astype(np.float32),
        }
        safetensors.numpy.save_file(tensors, path, {"characters": self.characters})

    @classmethod
    def load(cls, path: Path) -> "ParallelTable":
        with safetensors.safe_open(path, "np") as file:
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            characters = file.metadata()["characters"]
        vectors, biases = (
            found[name].astype(np.float32) * scale
            for name, scale in zip(("vectors", "biases"), found["scales"], strict=True)
        )
        signs = found["signs"].astype(np.float32)
        return cls(characters, vectors, biases, signs, float(found["same"][0]), found["doubled"])


@functools.cache
def parallel_table() -> ParallelTable:
    """The table that ships."""
    with resources.as_file(resources.files("poetry_model") / "data" / TABLE) as path:
        return ParallelTable.load(path)


def place_scores(upper: str, lower: str, table: ParallelTable | None = None) -> tuple[float, ...]:
    """Log-odds in nats of each place of two lines of one length, in either script.

    A doubling that is answered or is not counts at its second character.
    Raises ValueError for lines of unlike length.
    """
    known = table or parallel_table()
    above, below = _traditional(upper, lower)
    scores = [known.pair(*pair) for pair in zip(above, below, strict=True)]
    for place in range(1, len(above)):
        doubled = [line[place] == line[place - 1] for line in (above, below)]
        scores[place] += float(known.doubled[int(doubled[0]), int(doubled[1])])
    return tuple(scores)


def parallel_score(upper: str, lower: str, table: ParallelTable | None = None) -> float:
    """Mean log-odds a place, in nats, that two lines are a real couplet; see above."""
    scores = place_scores(upper, lower, table)
    return sum(scores) / len(scores)


def _traditional(upper: str, lower: str) -> tuple[str, str]:
    text = upper + lower
    written = normalise(text) if is_traditional(text) else to_traditional(text)
    return written[: len(upper)], written[len(upper) :]


def parallel_couplets(name: str, lengths: Sequence[int]) -> tuple[int, ...]:
    """Where a form wants parallel lines: the index of the first of each two.

    The middle couplets of 律诗 and of longer regulated verse, all of a 对联, and where
    custom has it in a 词.

    >>> parallel_couplets("七律", (7,) * 8), parallel_couplets("七绝", (7,) * 4)
    ((2, 4), ())
    """
    pairs = _IN_TUNES.get(to_simplified(name))
    if pairs is not None:
        return tuple(n for n in pairs if len(set(lengths[n : n + 2])) == 1 < len(lengths) - n)
    if len(set(lengths)) != 1 or len(lengths) % 2 or lengths[0] not in (5, 7):
        return ()
    if name in COUPLETS:
        return (0,)
    return tuple(range(2, len(lengths) - 2, 2)) if len(lengths) >= 8 else ()
