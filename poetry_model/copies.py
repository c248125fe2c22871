"""Has a line been written before? A Bloom filter over all lines of the corpus.

Owns the filter file that ships. A Bloom filter never misses a line it holds, and
takes about one new line in a hundred for an old one, which costs a candidate
(Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", 1970). A line is
known by how it looks in simplified script, so that 遊 and 游 make no new line.

>>> filter_ = LineFilter.build(["牀前明月光"])
>>> "床前明月光" in filter_, "床前明月黑" in filter_
(True, False)
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from poetry_model.errors import WeightsError
from poetry_model.script import to_simplified

LINE_FILTER = "lines.bloom"  # its name in a model folder
_BITS_PER_LINE = 10
_HASHES = 7


def _places(line: str, size: int) -> npt.NDArray[np.uint64]:
    """Kirsch and Mitzenmacher's double hashing: two hashes give them all."""
    digest = hashlib.blake2b(line.encode(), digest_size=16).digest()
    one, two = np.frombuffer(digest, dtype="<u8")
    with np.errstate(over="ignore"):
        places: npt.NDArray[np.uint64] = one + np.arange(_HASHES, dtype=np.uint64) * two
        return places % np.uint64(size)


class LineFilter:
    """A set of lines, in either script, that answers `line in filter`."""

    def __init__(self, bits: npt.NDArray[np.uint8]) -> None:
        self._bits = bits

    @classmethod
    def build(cls, lines: Iterable[str]) -> "LineFilter":
        known = set(to_simplified("\n".join(lines)).splitlines())
        flags = np.zeros(-(-len(known) * _BITS_PER_LINE // 8) * 8, dtype=bool)
        for line in known:
            flags[_places(line, len(flags))] = True
        return cls(np.packbits(flags, bitorder="little"))

    def __contains__(self, line: str) -> bool:
        places = _places(to_simplified(line), len(self._bits) * 8)
        return bool(np.all(self._bits[places >> np.uint64(3)] >> (places & np.uint64(7)) & 1))

    def save(self, path: Path) -> None:
        path.write_bytes(self._bits.tobytes())

    @classmethod
    def load(cls, path: Path) -> "LineFilter":
        """Raises WeightsError when the file is missing or empty."""
        try:
            bits = np.frombuffer(path.read_bytes(), dtype=np.uint8)
        except OSError as error:
            raise WeightsError(f"{path} cannot be read: {error}") from error
        if not len(bits):
            raise WeightsError(f"{path} is empty")
        return cls(bits)
