"""Characters and their ids.

Owns the three control ids and the choice of characters that are frequent enough
to learn. Knows nothing of poems, script or tensors.

>>> vocabulary = Vocabulary.build(["月明", "月落"], least_count=2)
>>> vocabulary.encode("月明"), vocabulary.unknown_types
([3, 2], 2)
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from poetry_model.errors import WeightsError

PAD, START, UNKNOWN = 0, 1, 2
_CONTROLS = 3


@dataclass(frozen=True)
class Vocabulary:
    """Characters by falling frequency; the first has id 3.

    `unknown_types` is the number of different training characters that map to
    `UNKNOWN`: the choice among them is part of the price of such a character.
    """

    characters: tuple[str, ...]
    unknown_types: int
    _ids: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = {character: index + _CONTROLS for index, character in enumerate(self.characters)}
        object.__setattr__(self, "_ids", ids)

    @classmethod
    def build(cls, lines: Iterable[str], *, least_count: int, extra: str = "") -> "Vocabulary":
        """The characters seen at least `least_count` times; `extra` ones are always in."""
        counts: Counter[str] = Counter()
        for line in lines:
            counts.update(line)
        kept = [character for character, count in counts.most_common() if count >= least_count]
        unknown = len(counts) - len(kept)
        return cls((*extra, *(c for c in kept if c not in extra)), max(unknown, 1))

    def __len__(self) -> int:
        return len(self.characters) + _CONTROLS

    def __contains__(self, character: object) -> bool:
        return character in self._ids

    def id(self, character: str) -> int:
        return self._ids.get(character, UNKNOWN)

    def encode(self, text: str) -> list[int]:
        return [self._ids.get(character, UNKNOWN) for character in text]

    def character(self, index: int) -> str:
        """The character of an id; a control id gives the replacement mark �."""
        return self.characters[index - _CONTROLS] if index >= _CONTROLS else "\ufffd"

    def save(self, path: Path) -> None:
        path.write_text(f"{self.unknown_types}\n{''.join(self.characters)}\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Vocabulary":
        """Reads what `save` wrote; raises WeightsError on anything else."""
        try:
            unknown, characters = path.read_text("utf-8").splitlines()
            return cls(tuple(characters), int(unknown))
        except (OSError, ValueError) as error:
            raise WeightsError(f"{path} is no vocabulary: {error}") from error
