"""The rhymes of 词: 词林正韵, nineteen parts made of the groups of 平水韵.

Owns the table in `data/cilin.tsv`, the readings of a character by it, and which of them
poets rhyme by (`data/ci_rhyme_words.tsv`, learned by `ci_rhyme_evidence`); the groups
themselves are `rhyme_book`'s. Knows no tune.

The parts are those of 戈载《词林正韵》 (1821). In parts 1 to 14 the rising and departing
tones of a part rhyme together (仄), and level with level (平); parts 15 to 19 are the
entering tone, which rhymes with itself alone.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from poetry_model.rhyme_book import RhymeGroup, groups_of
from poetry_model.script import data_lines, normalise, traditional_forms

PART_COUNT = 19
_FIRST_ENTERING = 15
_ADDED = tuple(RhymeGroup(tone, "*") for tone in ("上平", "下平", "上", "去", "入"))
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, order=True)
class RhymePart:
    """One of the nineteen: `RhymePart(7).name == "第七部"`."""

    number: int

    @property
    def name(self) -> str:
        tens, ones = divmod(self.number, 10)
        return f"第{'十' * tens}{_NUMERALS[ones] if ones else ''}部"

    @property
    def entering(self) -> bool:
        return self.number >= _FIRST_ENTERING

    def label(self, script: str) -> str:
        """The name as shown: the same in both scripts."""
        del script
        return self.name


PARTS = tuple(RhymePart(number) for number in range(1, PART_COUNT + 1))
# A tone, 平 or 仄, and the part a character rhymes in when it is read so.
Reading = tuple[str, RhymePart]


@functools.cache
def _table() -> dict[tuple[str, str], dict[str, tuple[RhymePart, ...]]]:
    """For each group, the parts of its characters; "" stands for those not listed."""
    table: dict[tuple[str, str], dict[str, tuple[RhymePart, ...]]] = {}
    for number, tone, group, *listed in data_lines("cilin.tsv"):
        parts = table.setdefault((tone, group), {})
        for character in normalise(listed[0]) if listed else [""]:
            parts[character] = (*parts.get(character, ()), RhymePart(int(number)))
    return table


def _parts_of(character: str, group: RhymeGroup) -> tuple[RhymePart, ...]:
    parts = _table().get((group.part, group.name), {})
    return parts.get("") or parts.get(character, ())


def _readings(character: str) -> Iterator[Reading]:
    for group in (*groups_of(character), *_ADDED):
        for part in _parts_of(character, group):
            yield group.tone, part


@functools.cache
def parts_of(character: str) -> tuple[Reading, ...]:
    """Tone and part of each reading of a traditional character.

    >>> [(tone, part.name) for tone, part in parts_of("回")]
    [('平', '第三部'), ('仄', '第三部')]
    """
    return tuple(dict.fromkeys(_readings(character)))


@functools.cache
def _customary() -> dict[tuple[str, str], frozenset[RhymePart]]:
    return {
        (character, tone): frozenset(RhymePart(int(number)) for number in numbers.split())
        for character, tone, numbers in data_lines("ci_rhyme_words.tsv")
    }


@functools.cache
def usual_parts(character: str) -> tuple[Reading, ...]:
    """The readings of a traditional character that poets rhyme by.

    One of several parts in a tone keeps those that custom has; one that was hardly ever
    seen to rhyme keeps none.

    >>> [part.name for tone, part in usual_parts("意")]
    ['第三部']
    """
    readings = parts_of(character)
    tones = [tone for tone, _ in readings]
    return tuple(
        (tone, part)
        for tone, part in readings
        if tones.count(tone) == 1 or part in _customary().get((character, tone), ())
    )


@functools.cache
def typed_parts(character: str) -> tuple[Reading, ...]:
    """Readings of a character in either script: those of all it can stand for."""
    found = (reading for form in traditional_forms(character) for reading in parts_of(form))
    return tuple(dict.fromkeys(found))
