"""A second opinion on finished poems: slow, obvious, and of its own.

Written from the rules of 王力《诗词格律》, not from `verse_forms` or `prosody`: it reads
the data files itself, gives every character of several tones each of them in turn where
its word does not tell the tone, and asks of each whole line of tones whether the rules
forbid it. No template is known
here. The rules, for a line of five (a line of seven has two characters before it):

- 平仄 takes turns at the second and fourth (and sixth) character.
- 三平尾: three level tones never close a line. 三仄尾: neither do three oblique ones.
- 孤平: in a line that goes 平仄平 at its second, fourth and fifth character, the second
  must not be the only level tone between obliques: the first or the third is level too.
  (With an oblique first and a level third that is 孤平拗救, 仄平平仄平.)
- The one line that may break the turns is 平平仄平仄, which stands for 平平平仄仄.
- 对: in a couplet the second characters are of unlike tone. 粘: between couplets of like.
- Even lines close level and rhyme in one level group. Odd lines close oblique, but the
  first may close level and then rhymes with the others; an odd last line does too.
- No character comes twice, but for two side by side in a line.
"""

import functools
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import opencc

LEVEL, OBLIQUE = "平", "仄"
SHAPES = {"五绝": (4, 5), "七绝": (4, 7), "五律": (8, 5), "七律": (8, 7)}

_DATA = Path(__file__).parents[2] / "poetry_model" / "data"
_SIMPLER = opencc.OpenCC("t2s").convert
_FULLER = opencc.OpenCC("s2t").convert


def _rows(name: str) -> list[list[str]]:
    text = (_DATA / name).read_text("utf-8")
    return [row.split("\t") for row in text.splitlines() if not row.startswith("#")]


_KEPT = {variant: kept for variants, kept in _rows("variants.tsv") for variant in variants}


def _kept(character: str) -> str:
    return _KEPT.get(character, character)


Reading = tuple[str, str]  # tone, group


def _read_book() -> tuple[dict[str, set[Reading]], dict[str, set[str]]]:
    """Readings of each character, and the characters that look alike when simplified."""
    book: dict[str, set[Reading]] = {}
    alike: dict[str, set[str]] = {}
    for part, group, characters in _rows("pingshui.tsv"):
        for character in characters:
            tone = LEVEL if part in ("上平", "下平") else OBLIQUE
            book.setdefault(_kept(character), set()).add((tone, group))
            alike.setdefault(_SIMPLER(character), set()).add(_kept(character))
    return book, alike


BOOK, _ALIKE = _read_book()


def _meant(character: str) -> set[str]:
    """The traditional characters that a typed one can be."""
    if _SIMPLER(character) != character:
        return {_kept(character)}
    return {_kept(_FULLER(character)), *_ALIKE.get(character, ())}


@functools.cache
def readings(character: str) -> frozenset[Reading]:
    """Every reading of a typed character; none when the book lacks it."""
    return frozenset(reading for m in _meant(character) for reading in BOOK.get(m, ()))


@functools.cache
def tones(character: str) -> frozenset[str]:
    return frozenset(tone for tone, _ in readings(character))


# Words that tell how a character of two tones is read: (word, index) → tone, 中 for either.
_WORDS = {
    (word, int(index)): tone
    for name in ("readings.tsv", "readings_by_hand.tsv")
    for word, index, tone in _rows(name)
}


def _spelt(line: str) -> list[tuple[int, str]]:
    """The words of a line with their starts: two by two, then an odd last one with the one
    before it, and what ends the line."""
    ending = (len(line) - 1, line[-1] + "。")
    if len(line) > 7:
        return [ending]
    words = [(start, line[start : start + 2]) for start in range(0, len(line), 2)]
    words = [(start, word) for start, word in words if len(word) == 2]
    if len(line) % 2 and len(line) > 1:
        words.append((len(line) - 2, line[-2:]))
    return [*words, ending]


@functools.cache
def heard_at(line: str, place: int) -> frozenset[str]:
    """The tones a character may be heard in, at this place (from 0) of a line."""
    if len(tones(line[place])) < 2:
        return tones(line[place])
    words = [(place - start, word) for start, word in _spelt(line) if place - start in (0, 1)]
    found: set[str] = set()
    for meaning in _meant(line[place]):
        own = {tone for tone, _ in BOOK.get(meaning, ())}
        said = set()
        for index, word in words:
            for other in _meant(word[1 - index]):
                pair = meaning + other if index == 0 else other + meaning
                said |= {_WORDS[pair, index]} if (pair, index) in _WORDS else set()
        if len(said) > 1:
            said = {"中"}
        tone = next(iter(said), _WORDS.get((meaning, 0), "中"))
        found |= own if tone == "中" or len(own) < 2 else {tone}
    return frozenset(found)


@functools.cache
def usual(character: str) -> frozenset[str]:
    """The tones of a character whatever stands beside it: those before a rare one."""
    return heard_at(character + "𠮷", 0)


@functools.cache
def line_is_regular(line: str) -> bool:
    """Whether the rules allow a line of 平 and 仄, five or seven long.

    >>> [line_is_regular(t) for t in ("仄仄平平仄", "仄平仄仄平", "仄平平仄平", "平平仄平仄")]
    [True, False, True, True]
    """
    if len(line) == 7 and line[1] == line[3]:
        return False
    one, two, three, four, five = line[-5:]
    if "".join((one, two, three, four, five)) == "平平仄平仄":
        return True
    if two == four or three == four == five:
        return False
    lone = (two, four, five) == (LEVEL, OBLIQUE, LEVEL) and one == three == OBLIQUE
    return not lone


def heard(line: str) -> Iterator[str]:
    """Every way to read a line as 平 and 仄. A character the book lacks may be either."""
    choices = [sorted(heard_at(line, n) or {LEVEL, OBLIQUE}) for n in range(len(line))]
    return ("".join(choice) for choice in itertools.product(*choices))


def _opens(line: str) -> str:
    """The tone that counts for 对 and 粘: the fourth from the end, as 五言 has it."""
    return line[-4]


def line_fits(line: str, opens: str, closes: str) -> bool:
    """A regular reading whose counting tone and last tone are these exists."""
    return any(
        line_is_regular(read) and _opens(read) == opens and read[-1] == closes
        for read in heard(line)
    )


def _expected(count: int, start: str, first_closes: str) -> Iterator[tuple[str, str]]:
    """Counting tone and last tone of each line, by 对, 粘 and the places of rhyme."""
    opens = start
    for number in range(1, count + 1):
        if number > 1 and number % 2 == 0:
            opens = OBLIQUE if opens == LEVEL else LEVEL
        rhymes = number % 2 == 0 or number == count
        yield opens, first_closes if number == 1 else LEVEL if rhymes else OBLIQUE


def tone_holds(lines: Sequence[str], start: str, first_closes: str) -> bool:
    """The tones keep the pattern that opens so; `start` is the tone that counts."""
    expected = _expected(len(lines), start, first_closes)
    return all(line_fits(line, *wanted) for line, wanted in zip(lines, expected, strict=True))


def rhyme_holds(lines: Sequence[str], first_closes: str) -> bool:
    """Every rhyme word stands in one level group."""
    rhyming = [line for number, line in enumerate(lines, 1) if number % 2 == 0]
    if len(lines) % 2:
        rhyming.append(lines[-1])
    if first_closes == LEVEL:
        rhyming.append(lines[0])
    groups = [
        {group for tone, group in readings(line[-1]) if tone == LEVEL}
        for line in rhyming
        if LEVEL in heard_at(line, len(line) - 1)
    ]
    if len(groups) < len(rhyming):
        return False
    return bool(set.intersection(*groups))


PATTERNS = tuple(itertools.product((LEVEL, OBLIQUE), (LEVEL, OBLIQUE)))


def is_regular(lines: Sequence[str]) -> bool:
    """Tone and rhyme hold together, in one of the four patterns."""
    return any(
        tone_holds(lines, start, first) and rhyme_holds(lines, first) for start, first in PATTERNS
    )


def repeats(lines: Sequence[str]) -> bool:
    """A character comes again, other than as two side by side in one line."""
    looks = [_SIMPLER(c) for line in lines for c in line]
    ends = set(itertools.accumulate(map(len, lines)))
    for character in set(looks):
        places = [index for index, look in enumerate(looks) if look == character]
        doubled = len(places) == 2 and places[1] == places[0] + 1 and places[1] not in ends
        if len(places) > 1 and not doubled:
            return True
    return False


def has_shape(form: str, lines: Sequence[str]) -> bool:
    count, length = SHAPES[form]
    return len(lines) == count and all(len(line) == length for line in lines)
