"""Learning `data/readings.tsv`: how poets read characters of two tones.

Owns the counting, the choice of words and the file. Reads the prepared corpus.

In a poem whose tones are regular, strict places (the second, fourth and sixth
characters, the last, and those that 孤平 and 三平尾 fix) ask for one tone. The pattern
is known from characters of one tone, so a character of two tones at a strict place
tells how its poet read it. A word is kept when its occurrences agree, and when chance
would hardly have made them agree: some places ask for a level tone far more often than
for an oblique one, and being found there says nothing.

`poetry-model readings` writes the table from the training poems and prints how it
fares on the validation poems.
"""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from poetry_model.corpus import OTHER, PoemRecord, read_records
from poetry_model.errors import CorpusError
from poetry_model.readings import (
    BY_HAND,
    LEARNED,
    OPEN,
    Word,
    read_table,
    told_by,
    word_places,
    words_at,
)
from poetry_model.rhyme_book import tones_of
from poetry_model.verse_forms import EITHER, FORMS, LineType, TonePattern, form_for

Slot = tuple[int, ...]  # line length, position, position of the other character of the word
_END = -1  # as the position of the other character: the end of the line


@dataclass(frozen=True)
class Choice:
    """When a word settles a reading.

    `occurrences` it needs at strict places, `share` of them in one tone, and `nats` of
    evidence: how much likelier they are if it is always read so than if it is read as
    its places happen to ask. The same for a character alone, whatever stands beside it.
    """

    occurrences: int = 12
    share: float = 0.97
    nats: float = 7.0
    alone_occurrences: int = 30
    alone_share: float = 0.99


@dataclass(frozen=True)
class Agreement:
    """How a table fares on poems it was not learned from.

    `settled`: share of running characters of two tones that it settles. `agree`: share
    of those at strict places of regular poems where it names the tone the poem needs.
    `regular`: how many of the poems are regular when two-tone characters count for
    either, `still_regular` when they are read. `one_fault`: of characters of one tone
    at strict places, the share that is wrong in poems regular but for it, which is what
    to expect of `disagree` were every reading right.
    """

    poems: int
    settled: float
    agree: float
    disagree: float
    one_fault: float
    regular: int
    still_regular: int


@functools.cache
def _tone(character: str) -> str:
    """平, 仄, 中 for both, "" for a character that the rhyme book lacks."""
    tones = tones_of(character)
    return EITHER if len(tones) > 1 else next(iter(tones), "")


@functools.cache
def _faults(tones: tuple[str, ...], template: str) -> int:
    pairs = zip(tones, template, strict=True)
    return sum(asked not in (EITHER, tone) and tone != EITHER for tone, asked in pairs)


@functools.cache
def _fitting(tones: tuple[str, ...], line_type: LineType) -> tuple[str, ...]:
    return tuple(t for t in line_type.templates if not _faults(tones, t))


@functools.cache
def _patterns(length: int, count: int) -> tuple[TonePattern, ...]:
    return form_for(length, count).patterns


def required_tones(lines: Sequence[str]) -> tuple[str, ...] | None:
    """What a regular poem asks of each place, 平, 仄 or 中; None when it is not regular.

    Where several patterns or liberties fit, only what all of them ask.
    """
    tones = [tuple(map(_tone, line)) for line in lines]
    asked: list[set[str]] = [set() for _ in lines]
    for pattern in _patterns(len(lines[0]), len(lines)):
        fits = [_fitting(*pair) for pair in zip(tones, pattern.lines, strict=True)]
        if all(fits):
            for templates, found in zip(asked, fits, strict=True):
                templates.update(found)
    return tuple(map(_common, asked)) if all(asked) else None


def _common(templates: set[str]) -> str:
    columns = (set(column) for column in zip(*templates, strict=True))
    return "".join(column.pop() if len(column) == 1 else EITHER for column in columns)


def is_verse(record: PoemRecord) -> bool:
    """Poems that may be regular: the four forms, and longer ones of even lines."""
    even = len({len(line) for line in record.lines}) == 1 and len(record.lines) % 2 == 0
    return record.form in FORMS or (record.form == OTHER and even)


def _strict_lines(records: Iterable[PoemRecord]) -> Iterator[tuple[str, str]]:
    """Every line of the regular poems, and what its places ask for."""
    for record in records:
        asked = required_tones(record.lines) if is_verse(record) else None
        if asked:
            yield from zip(record.lines, asked, strict=True)


def _partners(length: int, position: int) -> Iterator[int]:
    for left, right in word_places(length):
        if position in (left, right):
            yield left + right - position
    if position == length - 1:
        yield _END


class Evidence:
    """Strict places counted: by word, and by slot whatever stands there."""

    def __init__(self) -> None:
        self.asked: defaultdict[tuple[Slot, str], Counter[str]] = defaultdict(Counter)
        self.seen: defaultdict[Word, Counter[tuple[tuple[Slot, str], str]]]
        self.seen = defaultdict(Counter)
        self.alone: defaultdict[Word, Counter[str]] = defaultdict(Counter)

    def add(self, line: str, asked: str) -> None:
        for position, tone in enumerate(asked):
            if tone == EITHER:
                continue
            both = _tone(line[position]) == EITHER
            self.alone[line[position], 0][tone] += both
            words = words_at(line, position)
            for word, partner in zip(words, _partners(len(line), position), strict=True):
                beside = "" if partner == _END else _tone(line[partner])
                slot = (len(line), position, partner), beside
                self.asked[slot][tone] += 1
                if both:
                    self.seen[word][slot, tone] += 1

    def tones(self, word: Word) -> Counter[str]:
        found: Counter[str] = Counter()
        for (_, tone), times in self.seen[word].items():
            found[tone] += times
        return found

    def nats(self, word: Word, tone: str) -> float:
        """How surprising it is to find the word only where this tone is asked for."""
        return sum(
            -times * math.log(self.asked[slot][tone] / self.asked[slot].total())
            for (slot, asked), times in self.seen[word].items()
            if asked == tone
        )


def _main_tone(tones: Counter[str], share: float, occurrences: int) -> str | None:
    """The tone that nearly all occurrences have."""
    if tones.total() < max(occurrences, 1):
        return None
    tone, times = tones.most_common(1)[0]
    return tone if times >= share * tones.total() else None


def learn(records: Iterable[PoemRecord], choice: Choice = Choice()) -> dict[Word, str]:
    """The table from regular poems in traditional script. Words that say no more than
    their character alone are left out; words that contradict it unclearly are 中."""
    evidence = Evidence()
    for line, asked in _strict_lines(records):
        evidence.add(line, asked)
    alone = {}
    for word, tones in evidence.alone.items():
        tone = _main_tone(tones, choice.alone_share, choice.alone_occurrences)
        if tone:
            alone[word] = tone
    longer = {word: _settled(evidence, word, choice, alone) for word in evidence.seen}
    return alone | {word: tone for word, tone in longer.items() if tone}


def _settled(
    evidence: Evidence, word: Word, choice: Choice, alone: Mapping[Word, str]
) -> str | None:
    """What the table says of a word of two: a tone, 中, or None for nothing."""
    text, index = word
    tones, usual = evidence.tones(word), alone.get((text[index], 0))
    tone = _main_tone(tones, choice.share, choice.occurrences)
    if tone and evidence.nats(word, tone) >= choice.nats:
        return tone if tone != usual else None
    against = tones.total() - tones[usual] if usual else 0
    return OPEN if against >= 3 and against > 0.1 * tones.total() else None


def write_table(table: Mapping[Word, str], path: Path) -> None:
    """The table as this package reads it."""
    head = (
        "# Words that settle how a character of two tones is read: word, index of the",
        "# character in it, tone. Made by poetry_model/reading_evidence.py.",
    )
    rows = (f"{text}\t{index}\t{tone}" for (text, index), tone in sorted(table.items()))
    path.write_text("\n".join((*head, *rows)) + "\n", "utf-8")


def read_in(table: Mapping[Word, str], line: str, position: int) -> str | None:
    """The tone the table gives a character of a traditional line, or None."""
    words = ((table.get(word),) for word in words_at(line, position))
    return told_by(words, table.get((line[position], 0)))


def measure(records: Sequence[PoemRecord], table: Mapping[Word, str]) -> Agreement:
    """How the table fares on these poems of the four forms, in traditional script.

    Raises CorpusError when none of them is regular.
    """
    poems = [record for record in records if record.form in FORMS]
    two_toned = [
        read_in(table, line, position)
        for record in poems
        for line in record.lines
        for position, character in enumerate(line)
        if _tone(character) == EITHER
    ]
    regular = [
        zip(r.lines, asked, strict=True) for r in poems if (asked := required_tones(r.lines))
    ]
    tallies = [_tally(lines, table) for lines in regular]
    if not tallies:
        raise CorpusError("the corpus holds no regular poem to measure on")
    single, right, wrong = (sum(column) for column in zip(*tallies, strict=True))
    settled = sum(tone is not None for tone in two_toned)
    judged = max(1, right + wrong)
    return Agreement(
        poems=len(poems),
        settled=settled / max(1, len(two_toned)),
        agree=right / judged,
        disagree=wrong / judged,
        one_fault=sum(_fewest_faults(r.lines) == 1 for r in poems) / max(1, single),
        regular=len(tallies),
        still_regular=sum(not wrong for _, _, wrong in tallies),
    )


def _tally(lines: Iterable[tuple[str, str]], table: Mapping[Word, str]) -> tuple[int, int, int]:
    """Strict places of a poem: with one tone, read as asked, read otherwise."""
    counts: Counter[str] = Counter()
    for line, asked in lines:
        for position, tone in enumerate(asked):
            if tone == EITHER:
                continue
            both = _tone(line[position]) == EITHER
            read = read_in(table, line, position) if both else ""
            counts["single" if not both else "open" if not read else str(read == tone)] += 1
    return counts["single"], counts["True"], counts["False"]


def _fewest_faults(lines: Sequence[str]) -> int:
    tones = [tuple(map(_tone, line)) for line in lines]
    return min(
        sum(
            min(_faults(read, t) for t in line_type.templates)
            for read, line_type in zip(tones, pattern.lines, strict=True)
        )
        for pattern in _patterns(len(lines[0]), len(lines))
    )


def rebuild(corpus: Path, out: Path) -> dict[str, object]:
    """Learns from the training poems, writes the table into a folder, and returns how it
    fares on the validation poems, beside what is known by hand."""
    records = read_records(corpus)
    table = learn(record for record in records if record.split == "train")
    write_table(table, out / LEARNED)
    both = table | read_table(BY_HAND)
    found = measure([record for record in records if record.split == "validation"], both)
    return {"words": len(both), **asdict(found)}
