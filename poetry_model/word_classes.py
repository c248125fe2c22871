"""Classes of words, by hand: a measure of parallel lines that nothing is tuned on.

Owns the table in `data/word_classes.tsv` (its head says what the kinds and classes are)
and the two shares. Poets call lines that keep to one class strict (工对), lines that keep
to one kind of word wide (宽对). Knows nothing of what was learned from couplets.

>>> sorted(word_classes()["鷗"]), sorted(word_kinds()["鷗"])
(['鳥獸'], ['名'])
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from poetry_model.script import data_lines, is_traditional, normalise, to_traditional

Classes = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class ClassShares:
    """Of the places where both characters are in the table (`judged` of all places), how
    many hold words of one class, and of one kind."""

    same_class: float
    same_kind: float
    judged: float


def _table(column: int) -> Classes:
    found: dict[str, set[str]] = {}
    for row in data_lines("word_classes.tsv"):
        for character in row[2]:
            found.setdefault(character, set()).add(row[column])
    return {character: frozenset(names) for character, names in found.items()}


@functools.cache
def word_kinds() -> Classes:
    """Traditional character → its kinds: 名 noun, 動 verb and so on."""
    return _table(0)


@functools.cache
def word_classes() -> Classes:
    """Traditional character → its classes: 天文, 草木 and so on."""
    return _table(1)


def class_shares(couplets: Iterable[tuple[str, str]]) -> ClassShares:
    """How strictly lines, in either script, answer each other, over all the couplets.

    All shares are 0 where nothing can be judged.
    """
    pairs = [
        pair for upper, lower in couplets for pair in zip(*_traditional(upper, lower), strict=True)
    ]
    classes, kinds = word_classes(), word_kinds()
    judged = [(a, b) for a, b in pairs if a in classes and b in classes]
    count = max(1, len(judged))
    return ClassShares(
        same_class=sum(bool(classes[a] & classes[b]) for a, b in judged) / count,
        same_kind=sum(bool(kinds[a] & kinds[b]) for a, b in judged) / count,
        judged=len(judged) / max(1, len(pairs)),
    )


def _traditional(upper: str, lower: str) -> tuple[str, str]:
    text = upper + lower
    written = normalise(text) if is_traditional(text) else to_traditional(text)
    return written[: len(upper)], written[len(upper) :]
