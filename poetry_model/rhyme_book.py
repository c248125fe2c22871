"""The rhyme book: character → tones and rhyme groups by 平水韵 (Pingshui, 106 groups).

Owns the table in `data/pingshui.tsv` and nothing else; knows no verse form.
Entering, rising and departing tones are oblique (仄), the two level parts are
level (平). A character with readings in both counts for either.
"""

import functools
from dataclasses import dataclass

from poetry_model.script import data_lines, normalise, to_simplified, traditional_forms

LEVEL, OBLIQUE = "平", "仄"
_LEVEL_PARTS = ("上平", "下平")


@dataclass(frozen=True)
class RhymeGroup:
    """One of the 106 groups: `RhymeGroup("下平", "七陽")`."""

    part: str
    name: str

    @property
    def tone(self) -> str:
        return LEVEL if self.part in _LEVEL_PARTS else OBLIQUE

    def label(self, script: str) -> str:
        """The name as shown: 七阳 or 七陽."""
        return to_simplified(self.name) if script == "simplified" else self.name


@functools.cache
def _book() -> tuple[tuple[RhymeGroup, ...], dict[str, tuple[RhymeGroup, ...]]]:
    groups: list[RhymeGroup] = []
    readings: dict[str, list[RhymeGroup]] = {}
    for part, name, characters in data_lines("pingshui.tsv"):
        groups.append(RhymeGroup(part, name))
        for character in normalise(characters):
            if groups[-1] not in (known := readings.setdefault(character, [])):
                known.append(groups[-1])
    return tuple(groups), {character: tuple(found) for character, found in readings.items()}


def level_groups() -> tuple[RhymeGroup, ...]:
    """The thirty level-tone groups, in the book's order."""
    return tuple(group for group in _book()[0] if group.tone == LEVEL)


def groups_of(character: str) -> tuple[RhymeGroup, ...]:
    """Every group a traditional character stands in; () when the book lacks it."""
    return _book()[1].get(character, ())


def tones_of(character: str) -> frozenset[str]:
    """The tones of a traditional character: {"平"}, {"仄"}, both, or none known."""
    return frozenset(group.tone for group in groups_of(character))


@functools.cache
def typed_groups(character: str) -> tuple[RhymeGroup, ...]:
    """Groups of a character in either script: those of all it can stand for.

    >>> [group.name for group in typed_groups("东")]
    ['一東']
    """
    found = (group for form in traditional_forms(character) for group in groups_of(form))
    return tuple(dict.fromkeys(found))


def typed_tones(character: str) -> frozenset[str]:
    """Tones of a character in either script: those of all it can stand for."""
    return frozenset(group.tone for group in typed_groups(character))
