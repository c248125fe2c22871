"""对联: two lines that answer each other, tone against tone.

Owns the two forms of couplet, their patterns, and the tones that answer a given line.
Knows no characters beyond their tones, and nothing of a couplet's words: what parallel
words are, `parallelism` knows.

The rules (王力《诗词格律》, 对仗; 对联 keep the same): the first line closes oblique, the
second level; inside a line the tones take turns at the second, fourth and sixth
character, as in 诗; between the lines they are opposed there and at the end. No
character stands in both.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from poetry_model.rhyme_book import LEVEL, OBLIQUE
from poetry_model.verse_forms import COUPLETS, EITHER
from poetry_model.verse_rules import PINGSHUI

_OPPOSITE = {LEVEL: OBLIQUE, OBLIQUE: LEVEL, EITHER: EITHER}
# The last five characters of both lines, the rule and the liberties, opposed at the
# second, the fourth and the last. 平平仄平仄 is none: what opposes its fourth does not.
_PAIRS = (
    (("仄仄平平仄", "中仄中平仄"), ("平平仄仄平", "平平中仄平", "仄平平仄平")),
    (("平平平仄仄", "中平平仄仄"), ("仄仄仄平平", "中仄仄平平")),
)


@dataclass(frozen=True)
class CoupletLine:
    """What is asked of one line; a couplet does not rhyme."""

    templates: tuple[str, ...]
    rhyme: str = ""
    entering: bool = False
    echo: int = 0


@dataclass(frozen=True)
class CoupletPattern:
    """The tones of both lines."""

    name: str
    lines: tuple[CoupletLine, CoupletLine]


@dataclass(frozen=True)
class CoupletForm:
    """五言联 or 七言联."""

    name: str
    patterns: tuple[CoupletPattern, ...]

    @property
    def lengths(self) -> tuple[int, int]:
        return (COUPLETS[self.name],) * 2

    @property
    def rhyme_book(self) -> str:
        return PINGSHUI

    @property
    def marks(self) -> tuple[str, str]:
        return ("；", "。")

    def cut(self, lines: Sequence[str]) -> tuple[str, ...] | None:
        """The lines themselves, or None when they have not this shape."""
        return tuple(lines) if tuple(map(len, lines)) == self.lengths else None


def _at_length(templates: Sequence[str], length: int) -> tuple[str, ...]:
    """A line of seven has two characters of the other tone before it; the first is free."""
    if length == 5:
        return tuple(templates)
    rule, *liberties = templates
    opening = _OPPOSITE[rule[1]]
    return (opening * 2 + rule, *(EITHER + opening + t for t in (rule, *liberties)))


def _pattern(first: Sequence[str], second: Sequence[str], length: int) -> CoupletPattern:
    lines = CoupletLine(_at_length(first, length)), CoupletLine(_at_length(second, length))
    return CoupletPattern(f"{lines[0].templates[0][1]}起", lines)


def couplet_form(name: str) -> CoupletForm:
    """The form of this name, of `COUPLETS`; raises KeyError for any other.

    >>> [line.templates[0] for line in couplet_form("五言联").patterns[0].lines]
    ['仄仄平平仄', '平平仄仄平']
    """
    length = COUPLETS[name]
    return CoupletForm(name, tuple(_pattern(first, second, length) for first, second in _PAIRS))


def patterns_for(name: str, *, closing: Set[str]) -> tuple[CoupletPattern, ...]:
    """The form's patterns; with the lines exchanged for a first line that can only close
    level: that is a fault, but it can be answered. `closing`: the tones of its end."""
    patterns = couplet_form(name).patterns
    if closing == {LEVEL}:
        return tuple(CoupletPattern(p.name, (p.lines[1], p.lines[0])) for p in patterns)
    return patterns


def takes(template: str, tones: Sequence[Set[str]]) -> bool:
    """Whether a line read in these tones keeps a template; an unknown tone keeps only 中."""
    return all(tone in (EITHER, *read) for tone, read in zip(template, tones, strict=True))


def opposed(one: Set[str], other: Set[str]) -> bool:
    """Whether two characters can be read in unlike tones."""
    return any(_OPPOSITE[tone] in other for tone in one)


def counting_places(length: int) -> tuple[int, ...]:
    """The positions, from 0, where the lines must be opposed: 2, 4, 6 and the last."""
    return (*range(1, length - 1, 2), length - 1)


def answering(name: str, tones: Sequence[Set[str]]) -> CoupletForm:
    """The form with one pattern: that which answers a first line read in these tones.

    A regular line is answered by its counterpart, opposed at the odd places too where
    the counterpart allows it. What answers any other line opposes it where that counts.
    """
    fitting = [
        (first, second)
        for first, second in (pattern.lines for pattern in patterns_for(name, closing=tones[-1]))
        if any(takes(template, tones) for template in first.templates)
    ]
    wish = "".join(_answer(read) for read in tones)
    if fitting:
        first, second = fitting[0]
        answers = [_filled(template, wish) for template in second.templates]
        answers.sort(key=lambda answer: sum(map(_unlike, answer, wish)))
        return CoupletForm(name, (CoupletPattern("答", (first, CoupletLine(tuple(answers)))),))
    free = CoupletLine((EITHER * len(wish),))
    return CoupletForm(name, (CoupletPattern("答", (free, CoupletLine((_counted(wish),)))),))


def _answer(read: Set[str]) -> str:
    return _OPPOSITE[next(iter(read))] if len(read) == 1 else EITHER


def _filled(template: str, wish: str) -> str:
    """The template with its free places as wished."""
    return "".join(w if t == EITHER else t for t, w in zip(template, wish, strict=True))


def _unlike(tone: str, wish: str) -> bool:
    return EITHER not in (tone, wish) and tone != wish


def _counted(wish: str) -> str:
    """Only what counts of the wish, and no three like tones at the end."""
    counting = counting_places(len(wish))
    tones = [tone if place in counting else EITHER for place, tone in enumerate(wish)]
    if tones[-1] == tones[-2] != EITHER:
        tones[-3] = _OPPOSITE[tones[-1]]
    return "".join(tones)
