"""What the rules need to know of each character, as tensors.

Owns the step from characters to numbers: which are known to the rhyme book, their
tones, level rhyme groups, looks and doublings. Filters get these tables over the
alphabet of their poem: `tables.over(alphabet)`.
"""

from dataclasses import dataclass, fields

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.ci_rhymes import PARTS, usual_parts
from poetry_model.readings import usual_tones
from poetry_model.rhyme_book import LEVEL, OBLIQUE, groups_of, level_groups
from poetry_model.script import data_lines, normalise, to_simplified
from poetry_model.vocabulary import Vocabulary

# 99 of 100 characters of the training poems that the rhyme book knows.
USUAL_CHARACTERS = 4000


@dataclass(frozen=True)
class CharacterTables:
    """Each with one row a character: of the vocabulary when built, of an alphabet after
    `over`. A new rule's table is a further field, and `over` takes it along.

    `known`: in its usual form and in the rhyme book; `level`, `oblique`: may be read so,
    both true for a character of two tones that verse uses in either; `members` (…, 30):
    level rhyme groups; `parts` (…, 2, 19): the parts that 词 rhyme it in, read level and
    read oblique; `keys`: a number for its look in simplified script, so that 後 and 后
    share one; `doubling`: verse doubles it. All bool but `keys` (int64).
    """

    known: Tensor
    level: Tensor
    oblique: Tensor
    members: Tensor
    parts: Tensor
    keys: Tensor
    doubling: Tensor

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> "CharacterTables":
        characters = [vocabulary.character(index) for index in range(len(vocabulary))]
        tones = [usual_tones(character) for character in characters]
        usual = [normalise(character) == character for character in characters]
        groups = level_groups()
        looks: dict[str, int] = {}
        doubled = {character for (row,) in data_lines("doublings.txt") for character in row}
        return cls(
            known=torch.tensor([u and bool(t) for u, t in zip(usual, tones, strict=True)]),
            level=torch.tensor([LEVEL in tone for tone in tones]),
            oblique=torch.tensor([OBLIQUE in tone for tone in tones]),
            members=torch.tensor(
                [[g in known for g in groups] for known in map(groups_of, characters)]
            ),
            parts=torch.tensor([_parts(character) for character in characters]),
            keys=torch.tensor([looks.setdefault(to_simplified(c), len(looks)) for c in characters]),
            doubling=torch.tensor([character in doubled for character in characters]),
        )

    def over(self, alphabet: Alphabet) -> "CharacterTables":
        """The same tables with one row a column of the alphabet."""
        tables = {field.name: getattr(self, field.name) for field in fields(self)}
        return CharacterTables(**{name: alphabet.narrow(t) for name, t in tables.items()})

    def usual_alphabet(self) -> Alphabet:
        """The most frequent characters that a poem may be written with.

        A vocabulary is in order of falling frequency, so the first are the most frequent.
        """
        ids = torch.nonzero(self.known).flatten()[:USUAL_CHARACTERS]
        return Alphabet.of(ids, len(self.known))


def _parts(character: str) -> list[list[bool]]:
    known = usual_parts(character)
    return [[(tone, part) in known for part in PARTS] for tone in (LEVEL, OBLIQUE)]
