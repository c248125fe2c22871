"""词 as data: of each tune its lines, tones, rhymes, repetitions and punctuation.

Owns the reading of `data/ci_tunes.tsv`, where the notation is explained. Knows no
characters but the marks of that file. The rules are those of the common variants (正体)
in 《钦定词谱》 (1715) and 龙榆生《唐宋词格律》, written down anew and checked against the
词 of the corpus's training split (`poetry-model tunes` prints how many of them fit): a
place is 平 or 仄 where more than nine poems in ten have that tone, and 中 elsewhere.

>>> [form] = tune_forms("如梦令")
>>> form.lengths, form.lines[5].echo, "".join(form.marks)
((6, 6, 5, 6, 2, 2, 6), 2, '，。，。，，。')
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from poetry_model.script import data_lines
from poetry_model.verse_rules import CILIN, cut_at

_LINE = re.compile(r"([平仄中叠|·]+)([a-z]?)('?)([，。、])(·?)")
_ECHO, _CUT, _PAUSE = "叠", "·", "、"


@dataclass(frozen=True)
class TuneLine:
    """One line of a tune. It may be written as one with the next where it is `loose`,
    and as two lines at each of its `cuts`."""

    templates: tuple[str, ...]
    rhyme: str
    entering: bool
    echo: int
    mark: str
    loose: bool
    cuts: tuple[int, ...]

    @property
    def length(self) -> int:
        return len(self.templates[0])


@dataclass(frozen=True)
class TunePattern:
    """The one pattern of a variant."""

    name: str
    lines: tuple[TuneLine, ...]


@dataclass(frozen=True)
class TuneForm:
    """One variant (体) of a tune; `stanzas` counts the lines of each stanza (阕)."""

    name: str
    variant: str
    lines: tuple[TuneLine, ...]
    stanzas: tuple[int, ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(line.length for line in self.lines)

    @property
    def patterns(self) -> tuple[TunePattern, ...]:
        return (TunePattern(self.variant, self.lines),)

    @property
    def rhyme_book(self) -> str:
        return CILIN

    @property
    def marks(self) -> tuple[str, ...]:
        breaks = set(accumulate(self.stanzas[:-1]))
        numbered = enumerate(self.lines, 1)
        return tuple(line.mark + "\n" * (number in breaks) for number, line in numbered)

    def cut(self, lines: Sequence[str]) -> tuple[str, ...] | None:
        """The lines as the tune has them, or None when they have not its shape.

        Where the tune only pauses (、) two lines may have been written as one, and at a
        cut one as two: 恰似一江春水向东流 is 6 + 3 characters, or 4 + 5.
        """
        text = "".join(lines)
        if len(text) != sum(self.lengths):
            return None
        breaks = set(accumulate(map(len, lines)))
        firm, loose = self._breaks
        return cut_at(text, self.lengths) if firm <= breaks <= firm | loose else None

    @property
    def _breaks(self) -> tuple[set[int], set[int]]:
        """Where a line must end, and where it may, in characters from the beginning."""
        firm: set[int] = set()
        loose: set[int] = set()
        start = 0
        for line in self.lines:
            loose.update(start + cut for cut in line.cuts)
            start += line.length
            (loose if line.loose else firm).add(start)
        return firm, loose


def _tune_line(match: re.Match[str], before: TuneLine | None) -> TuneLine:
    text, rhyme, entering, mark, loose = match.groups()
    first = text.partition("|")[0]
    echo = first.count(_ECHO)
    templates = tuple(text.replace(_CUT, "").split("|"))
    if before is not None and echo:
        # What is said again has the tone that it had.
        own = len(templates[0]) - echo
        templates = (templates[0][:own] + before.templates[0][-echo:],)
    cuts = tuple(index for index, tone in enumerate(first) if tone == _CUT)
    return TuneLine(
        templates, rhyme, bool(entering), echo, mark, bool(loose) or mark == _PAUSE, cuts
    )


def _lines_of(stanza: str) -> Iterator[TuneLine]:
    before = None
    for match in _LINE.finditer(stanza):
        before = _tune_line(match, before)
        yield before


@functools.cache
def _tunes() -> dict[str, tuple[TuneForm, ...]]:
    tunes: dict[str, tuple[TuneForm, ...]] = {}
    for name, variant, text in data_lines("ci_tunes.tsv"):
        stanzas = [tuple(_lines_of(stanza)) for stanza in text.split("/")]
        lines = tuple(line for stanza in stanzas for line in stanza)
        form = TuneForm(name, variant, lines, tuple(map(len, stanzas)))
        tunes[name] = (*tunes.get(name, ()), form)
    return tunes


def tune_forms(tune: str) -> tuple[TuneForm, ...]:
    """The variants of a tune, the one that is written first.

    `tune` is a name of `tunes.TUNES`; raises KeyError for one without rules.
    """
    return _tunes()[tune]
