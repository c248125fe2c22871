"""The checker: does a finished poem keep its form, its tones and its rhyme?

Owns the judgement of poems in either script, from us or anyone else. It reads the
rules from `verse_forms` and `rhyme_book` and knows nothing of the network.

>>> lines = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
>>> report = check_poem("五绝", lines)
>>> report.form_valid, report.tone_valid, report.rhyme, report.faults
(True, True, '十一尤', ())
"""

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from poetry_model.rhyme_book import LEVEL, RhymeGroup, typed_groups, typed_tones
from poetry_model.script import to_simplified
from poetry_model.verse_forms import (
    EITHER,
    OPEN_FORMS,
    LineType,
    TonePattern,
    VerseForm,
    find_form,
    verse_form,
)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `line` and `position` count from 1, 0 means the whole."""

    kind: str  # form | tone | rhyme | repeated
    line: int
    position: int
    character: str
    expected: str


@dataclass(frozen=True)
class CheckReport:
    """What the checker found. `pattern` is the tone pattern that fits best."""

    form: str
    form_valid: bool
    tone_valid: bool
    rhyme_valid: bool
    rhyme: str | None
    pattern: str | None
    faults: tuple[Fault, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def line_faults(line: str, line_type: LineType, number: int) -> tuple[Fault, ...]:
    """Tone faults of a line against the template that it keeps best.

    A character the rhyme book lacks is a fault where the template asks for a tone.
    """
    tried = (_template_faults(line, template, number) for template in line_type.templates)
    return min(tried, key=len)


def _template_faults(line: str, template: str, number: int) -> tuple[Fault, ...]:
    return tuple(
        Fault("tone", number, place, character, tone)
        for place, (character, tone) in enumerate(zip(line, template, strict=True), 1)
        if tone != EITHER and tone not in typed_tones(character)
    )


def pattern_faults(lines: Sequence[str], pattern: TonePattern) -> tuple[Fault, ...]:
    """Tone faults of a whole poem against one pattern."""
    numbered = enumerate(zip(lines, pattern.lines, strict=True), 1)
    return tuple(
        fault for number, (line, kind) in numbered for fault in line_faults(line, kind, number)
    )


def rhyme_places(pattern: TonePattern) -> tuple[int, ...]:
    """Numbers of the lines that must rhyme, from 1."""
    return tuple(n for n, line_type in enumerate(pattern.lines, 1) if line_type.rhymes)


def common_groups(words: Sequence[str]) -> tuple[RhymeGroup, ...]:
    """The level groups that all these characters stand in."""
    sets = [[g for g in typed_groups(word) if g.tone == LEVEL] for word in words]
    return tuple(g for g in sets[0] if all(g in other for other in sets[1:])) if sets else ()


def _rhyme_faults(lines: Sequence[str], places: Sequence[int]) -> tuple[Fault, ...]:
    """Each rhyme word outside the group that most of them share."""
    words = {place: lines[place - 1][-1] for place in places}
    counts = Counter(g for w in words.values() for g in typed_groups(w) if g.tone == LEVEL)
    group = counts.most_common(1)[0][0] if counts else None
    return tuple(
        Fault("rhyme", place, len(lines[place - 1]), word, group.name if group else LEVEL)
        for place, word in words.items()
        if group is None or group not in typed_groups(word)
    )


def repeated_faults(lines: Sequence[str]) -> tuple[Fault, ...]:
    """Characters that come again, but for doublings (悠悠) inside a line."""
    seen: set[str] = set()
    faults = []
    for number, line in enumerate(lines, 1):
        for place, character in enumerate(map(to_simplified, line), 1):
            doubled = place > 1 and to_simplified(line[place - 2]) == character
            tripled = doubled and place > 2 and to_simplified(line[place - 3]) == character
            if tripled or (character in seen and not doubled):
                faults.append(Fault("repeated", number, place, line[place - 1], ""))
            seen.add(character)
    return tuple(faults)


def _shape_fault(form: VerseForm | None, name: str, lines: Sequence[str]) -> Fault | None:
    if form is None:
        return Fault("form", 0, 0, "", f"a known form, not {name}")
    if len(lines) != form.line_count:
        return Fault("form", 0, 0, "", f"{form.line_count} lines")
    for number, line in enumerate(lines, 1):
        if len(line) != form.line_length:
            return Fault("form", number, 0, "", f"{form.line_length} characters")
    return None


@functools.lru_cache(maxsize=256)
def _known_form(name: str, count: int) -> VerseForm | None:
    if name in OPEN_FORMS:
        return verse_form(name, count) if 2 <= count <= 16 else None
    found = find_form(name)
    return verse_form(found) if found else None


def _fits(report: CheckReport) -> tuple[int, ...]:
    weights = Counter(fault.kind for fault in report.faults)
    return weights["tone"] + weights["rhyme"], weights["tone"]


def check_poem(form: str, lines: Sequence[str]) -> CheckReport:
    """Judges a poem against the pattern of its form that it keeps best.

    Lines are Han characters without punctuation, in either script. A form we do not
    know, or another shape than the form's, is a form fault, and then nothing else is
    judged.
    """
    known = _known_form(form, len(lines))
    shape_fault = _shape_fault(known, form, lines)
    if known is None or shape_fault is not None:
        faults = (shape_fault,) if shape_fault else ()
        return CheckReport(form, False, False, False, None, None, faults)
    return min((_judge(known, pattern, lines) for pattern in known.patterns), key=_fits)


def _judge(form: VerseForm, pattern: TonePattern, lines: Sequence[str]) -> CheckReport:
    tone = pattern_faults(lines, pattern)
    places = rhyme_places(pattern)
    shared = common_groups([lines[place - 1][-1] for place in places])
    rhyme = () if shared else _rhyme_faults(lines, places)
    return CheckReport(
        form=form.name,
        form_valid=True,
        tone_valid=not tone,
        rhyme_valid=bool(shared),
        rhyme=shared[0].label("simplified") if shared else None,
        pattern=pattern.name,
        faults=tone + rhyme + repeated_faults(lines),
    )
