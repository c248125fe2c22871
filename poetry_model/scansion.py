"""How a finished poem is scanned: the tone of each character here, what its place asks for,
and which characters rhyme.

It puts together what the checker and the tables of readings know, for showing; it judges
nothing. In either script.

>>> verse = scan("五绝", ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼"))
>>> verse.pattern, "".join(place.tone for place in verse.lines[1])
('仄起首句不入韵', '平平仄仄平')
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from poetry_model.prosody import best_pattern
from poetry_model.readings import line_tones
from poetry_model.verse_forms import EITHER
from poetry_model.verse_rules import LineRule, cut_at


@dataclass(frozen=True)
class Place:
    """A character where it stands. `tone` is 平, 仄, or 中 where nothing tells; `free` says
    that the pattern takes either tone there."""

    character: str
    tone: str
    free: bool
    rhymes: bool = False


@dataclass(frozen=True)
class Scansion:
    """A scanned poem, line by line as it was given. `pattern` is "" where it keeps none."""

    pattern: str
    lines: tuple[tuple[Place, ...], ...]


def scan(form: str, lines: Sequence[str]) -> Scansion:
    """The scansion by the pattern that the poem keeps; where it keeps none, as one that
    answers a line of somebody's own may not, only tones are told."""
    best = best_pattern(form, lines)
    if best is None or not best[2].tone_valid:
        return Scansion("", tuple(tuple(_tones_only(line)) for line in lines))
    known, pattern, _ = best
    cut = known.cut(lines)
    if cut is None:
        raise AssertionError("a pattern of this very shape was found")
    places = [
        place
        for line, rule in zip(cut, pattern.lines, strict=True)
        for place in _places(line, rule)
    ]
    starts = cut_at("".join(lines), [len(line) for line in lines])
    kept = iter(places)
    return Scansion(pattern.name, tuple(tuple(next(kept) for _ in line) for line in starts))


def _tones_only(line: str) -> Iterator[Place]:
    for character, read in zip(line, line_tones(line), strict=True):
        yield Place(character, _tone(read, EITHER), free=False)


def _places(line: str, rule: LineRule) -> Iterator[Place]:
    """The line by the template that it keeps best."""
    tones = line_tones(line)
    template = min(rule.templates, key=lambda template: _misses(tones, template))
    for place, (character, read, due) in enumerate(zip(line, tones, template, strict=True), 1):
        ends = place == len(line)
        yield Place(character, _tone(read, due), due == EITHER, rhymes=ends and bool(rule.rhyme))


def _misses(tones: Sequence[frozenset[str]], template: str) -> int:
    return sum(due != EITHER and due not in read for read, due in zip(tones, template, strict=True))


def _tone(read: frozenset[str], due: str) -> str:
    """How it is read; where it may be read both ways, or nobody knows, as its place asks."""
    return next(iter(read)) if len(read) == 1 else due
