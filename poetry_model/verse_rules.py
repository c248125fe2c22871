"""What every form of verse can say of itself, 诗 and 词 and couplet alike.

Owns the words that forms, planning and the checker share. Knows no form.

A form has patterns; a pattern says of each line which tones it takes and whether it
rhymes. Lines of one rhyme set rhyme together; the tone of a rhyme is that of its
place, so that a set may hold level and oblique words (西江月).
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

PINGSHUI, CILIN = "平水韵", "词林正韵"  # the rhyme books
# In a longer 词 a character may come again, a word of two may not.
MOST_UNREPEATED = 60


class LineRule(Protocol):
    """What a pattern asks of one line."""

    @property
    def templates(self) -> tuple[str, ...]:
        """Tone templates of 平仄中: the rule first, then accepted liberties."""

    @property
    def rhyme(self) -> str:
        """The rhyme set of its last character; "" when it need not rhyme."""

    @property
    def entering(self) -> bool:
        """Whether its rhyme is in the entering tone by custom."""

    @property
    def echo(self) -> int:
        """So many characters at its end are those at the end of the line before."""


class Pattern(Protocol):
    """How a whole poem of a form may go."""

    @property
    def name(self) -> str: ...

    @property
    def lines(self) -> Sequence[LineRule]: ...


class Form(Protocol):
    """A form of verse: its lines, its patterns, its punctuation, its rhyme book."""

    @property
    def name(self) -> str: ...

    @property
    def lengths(self) -> tuple[int, ...]:
        """Characters of each line."""

    @property
    def patterns(self) -> Sequence[Pattern]: ...

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands behind each line: ，。 and so on, with a newline between stanzas."""

    @property
    def rhyme_book(self) -> str:
        """`PINGSHUI` or `CILIN`."""

    def cut(self, lines: Sequence[str]) -> tuple[str, ...] | None:
        """The lines as the form has them, or None when they have not its shape."""


def says_once(form: Form) -> bool:
    """Whether no character may come again; in a long 词 only no word of two may."""
    return form.rhyme_book != CILIN or sum(form.lengths) <= MOST_UNREPEATED


def starts_of(lengths: Sequence[int]) -> tuple[int, ...]:
    """The index of each line's first character: `starts_of((5, 7, 3)) == (0, 5, 12)`."""
    return (0, *accumulate(lengths))[:-1]


def cut_at(text: str, lengths: Sequence[int]) -> tuple[str, ...]:
    """`cut_at("白日依山", (3, 1)) == ("白日依", "山")`."""
    pairs = zip(starts_of(lengths), lengths, strict=True)
    return tuple(text[start : start + length] for start, length in pairs)


def rhyme_sets(pattern: Pattern) -> dict[str, tuple[int, ...]]:
    """The numbers, from 1, of the lines in each rhyme set."""
    sets: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(pattern.lines, 1):
        if line.rhyme:
            sets[line.rhyme] = (*sets.get(line.rhyme, ()), number)
    return sets


def echoes_of(form: Form) -> tuple[int, ...]:
    """For each place how far back the character stands that is said again there; 0 where
    none is. All patterns of a form say the same again."""
    back: list[int] = []
    for rule, length in zip(form.patterns[0].lines, form.lengths, strict=True):
        back += [0] * (length - rule.echo) + [length] * rule.echo
    return tuple(back)
