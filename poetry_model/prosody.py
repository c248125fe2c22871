"""The checker: does a finished poem keep its form, its tones and its rhyme?

Owns the judgement of poems in either script, from us or anyone else: 诗, 词 and
couplets. It reads the rules from `forms` and the rhyme books and knows nothing of the
network.

>>> lines = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
>>> report = check_poem("五绝", lines)
>>> report.form_valid, report.tone_valid, report.rhyme, report.faults
(True, True, '十一尤', ())
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate, groupby

from poetry_model.ci_rhymes import RhymePart, typed_parts
from poetry_model.couplets import CoupletForm, counting_places, opposed, patterns_for
from poetry_model.forms import forms_named
from poetry_model.readings import line_tones
from poetry_model.rhyme_book import OBLIQUE, RhymeGroup, typed_groups, typed_tones
from poetry_model.script import to_simplified
from poetry_model.verse_forms import EITHER
from poetry_model.verse_rules import CILIN, Form, LineRule, Pattern, rhyme_sets, says_once

Rhyme = RhymeGroup | RhymePart


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
    """What the checker found. `pattern` is the tone pattern or variant that fits best."""

    form: str
    form_valid: bool
    tone_valid: bool
    rhyme_valid: bool
    rhyme: str | None
    pattern: str | None
    faults: tuple[Fault, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def line_faults(line: str, rule: LineRule, number: int) -> tuple[Fault, ...]:
    """Tone faults of a line against the template that it keeps best.

    A character the rhyme book lacks is a fault where the template asks for a tone, and
    so is one that its word reads in the other tone.
    """
    tried = (_template_faults(line, template, number) for template in rule.templates)
    return min(tried, key=len)


def _template_faults(line: str, template: str, number: int) -> tuple[Fault, ...]:
    return tuple(
        Fault("tone", number, place, line[place - 1], tone)
        for place, (read, tone) in enumerate(zip(line_tones(line), template, strict=True), 1)
        if tone != EITHER and tone not in read
    )


def pattern_faults(lines: Sequence[str], pattern: Pattern) -> tuple[Fault, ...]:
    """Tone faults of a whole poem against one pattern."""
    numbered = enumerate(zip(lines, pattern.lines, strict=True), 1)
    return tuple(
        fault for number, (line, rule) in numbered for fault in line_faults(line, rule, number)
    )


@dataclass(frozen=True)
class RhymeWord:
    """The end of a line that must rhyme: the tone due there, and what it rhymes in, read so."""

    line: int
    position: int
    character: str
    tone: str
    rhymes: tuple[Rhyme, ...]


def _rhyme_word(lines: Sequence[str], number: int, form: Form, pattern: Pattern) -> RhymeWord:
    line, tone = lines[number - 1], pattern.lines[number - 1].templates[0][-1]
    readings = rhyme_readings(line, form.rhyme_book)
    rhymes = tuple(rhyme for heard, rhyme in readings if heard == tone)
    return RhymeWord(number, len(line), line[-1], tone, rhymes)


def rhyme_readings(line: str, rhyme_book: str) -> tuple[tuple[str, Rhyme], ...]:
    """Tone and rhyme of each way to read the line's last character, there.

    What rhymes in 诗 rhymes in 词 too: 戈载 parts 杯 from 来, 晏殊 does not.
    """
    ruled_out = typed_tones(line[-1]) - line_tones(line)[-1]
    groups: tuple[tuple[str, Rhyme], ...]
    groups = tuple((group.tone, group) for group in typed_groups(line[-1]))
    found = (*typed_parts(line[-1]), *groups) if rhyme_book == CILIN else groups
    return tuple((tone, rhyme) for tone, rhyme in found if tone not in ruled_out)


def shared_rhymes(words: Sequence[RhymeWord]) -> tuple[Rhyme, ...]:
    """What all the words of one set rhyme in."""
    first, *others = words
    return tuple(r for r in first.rhymes if all(r in other.rhymes for other in others))


def _rhyme_faults(words: Sequence[RhymeWord]) -> tuple[Fault, ...]:
    """Each rhyme word outside the rhyme that most of them share."""
    counts = Counter(rhyme for word in words for rhyme in word.rhymes)
    wanted = counts.most_common(1)[0][0] if counts else None
    return tuple(
        Fault("rhyme", w.line, w.position, w.character, wanted.name if wanted else w.tone)
        for w in words
        if wanted not in w.rhymes
    )


def repeated_faults(
    lines: Sequence[str], rules: Sequence[LineRule] | None = None
) -> tuple[Fault, ...]:
    """Characters that come again, but for doublings (悠悠) inside a line and for what
    the form itself says again (`rules`)."""
    seen: set[str] = set()
    faults = []
    for number, line in enumerate(lines, 1):
        own = len(line) - (rules[number - 1].echo if rules else 0)
        for place, character in enumerate(map(to_simplified, line[:own]), 1):
            doubled = place > 1 and to_simplified(line[place - 2]) == character
            tripled = doubled and place > 2 and to_simplified(line[place - 3]) == character
            if tripled or (character in seen and not doubled):
                faults.append(Fault("repeated", number, place, line[place - 1], ""))
            seen.add(character)
    return tuple(faults)


def repeated_words(lines: Sequence[str]) -> tuple[Fault, ...]:
    """Words of two characters, side by side in a line, that come again."""
    seen: set[str] = set()
    faults = []
    for number, line in enumerate(map(to_simplified, lines), 1):
        words = [line[start : start + 2] for start in range(len(line) - 1)]
        faults += [
            Fault("repeated", number, place, lines[number - 1][place - 1 : place + 1], "")
            for place, word in enumerate(words, 1)
            if word in seen
        ]
        seen.update(words)
    return tuple(faults)


def echo_faults(lines: Sequence[str], pattern: Pattern) -> tuple[Fault, ...]:
    """Places where the form says again what the line before said, and the poem does not."""
    faults = []
    for number, rule in enumerate(pattern.lines, 1):
        line = lines[number - 1]
        for back in range(rule.echo, 0, -1):
            due = lines[number - 2][-back]
            if to_simplified(due) != to_simplified(line[-back]):
                place = len(line) - back + 1
                faults.append(Fault("form", number, place, line[-back], due))
    return tuple(faults)


def _shape_fault(forms: Sequence[Form], name: str, lines: Sequence[str]) -> Fault:
    if not forms:
        return Fault("form", 0, 0, "", f"a known form, not {name}")
    lengths = forms[0].lengths
    if len(lines) != len(lengths):
        return Fault("form", 0, 0, "", f"{len(lengths)} lines")
    for number, (line, length) in enumerate(zip(lines, lengths, strict=True), 1):
        if len(line) != length:
            return Fault("form", number, 0, "", f"{length} characters")
    raise AssertionError("the first variant has this very shape")


def check_poem(form: str, lines: Sequence[str]) -> CheckReport:
    """Judges a poem against the pattern or variant of its form that it keeps best.

    Lines are Han characters without punctuation, in either script. A form we do not
    know, or another shape than the form's, is a form fault, and then nothing else is
    judged.
    """
    forms = forms_named(form, len(lines))
    reports = [report for known in forms for _, report in _reports(known, lines)]
    if not reports:
        fault = _shape_fault(forms, form, lines)
        return CheckReport(form, False, False, False, None, None, (fault,))
    return min(reports, key=_fits)


def best_pattern(form: str, lines: Sequence[str]) -> tuple[Form, Pattern, CheckReport] | None:
    """The variant and pattern that a poem keeps best, and how well; None when the form is
    unknown or the poem has another shape."""
    found = [
        (known, pattern, report)
        for known in forms_named(form, len(lines))
        for pattern, report in _reports(known, lines)
    ]
    return min(found, key=lambda each: _fits(each[2]), default=None)


def _fits(report: CheckReport) -> tuple[int, int, int]:
    """How many faults, of tones first. What is said twice decides only between variants
    that fit alike: a refrain is no repetition where the variant has one."""
    kinds = Counter(fault.kind for fault in report.faults)
    return kinds["form"] + kinds["tone"] + kinds["rhyme"], kinds["tone"], kinds["repeated"]


def _reports(form: Form, lines: Sequence[str]) -> Iterator[tuple[Pattern, CheckReport]]:
    """Each pattern of the form with a judgement by it; none when the shape is another."""
    cut = form.cut(lines)
    if cut is None:
        return
    for pattern in _patterns(form, cut):
        couplet = isinstance(form, CoupletForm)
        report = (_judge_couplet if couplet else _judge)(form, pattern, cut)
        faults = tuple(_moved(fault, cut, lines) for fault in report.faults)
        yield pattern, replace(report, faults=faults)


def _patterns(form: Form, lines: Sequence[str]) -> Sequence[Pattern]:
    if isinstance(form, CoupletForm):
        return patterns_for(form.name, closing=line_tones(lines[0])[-1])
    return form.patterns


def _moved(fault: Fault, cut: Sequence[str], lines: Sequence[str]) -> Fault:
    """The fault at its place in the lines as they were given."""
    index = sum(map(len, cut[: fault.line - 1])) + fault.position - 1
    ends = list(accumulate(map(len, lines)))
    line = next(number for number, end in enumerate(ends) if index < end)
    return replace(fault, line=line + 1, position=index - ends[line] + len(lines[line]) + 1)


def _judge(form: Form, pattern: Pattern, lines: Sequence[str]) -> CheckReport:
    tone, echo = pattern_faults(lines, pattern), echo_faults(lines, pattern)
    sets = [
        [_rhyme_word(lines, number, form, pattern) for number in numbers]
        for numbers in rhyme_sets(pattern).values()
    ]
    shared = [shared_rhymes(words) for words in sets]
    apart = [words for words, found in zip(sets, shared, strict=True) if not found]
    rhyme = tuple(fault for words in apart for fault in _rhyme_faults(words))
    once = says_once(form)
    repeated = repeated_faults(lines, pattern.lines) if once else repeated_words(lines)
    return CheckReport(
        form=form.name,
        form_valid=not echo,
        tone_valid=not tone,
        rhyme_valid=all(shared),
        rhyme=_label(shared),
        pattern=pattern.name,
        faults=echo + tone + rhyme + repeated,
    )


def _label(shared: Sequence[tuple[Rhyme, ...]]) -> str | None:
    """The rhymes in their order, each once while it lasts."""
    if not shared or not all(shared):
        return None
    return "、".join(name for name, _ in groupby(found[0].label("simplified") for found in shared))


def _judge_couplet(form: Form, pattern: Pattern, lines: Sequence[str]) -> CheckReport:
    """A first line that keeps the pattern is answered by the pattern's second line; what
    answers any other opposes it where that counts. A first line closes oblique."""
    first, second = lines
    tone = line_faults(first, pattern.lines[0], 1)
    if OBLIQUE not in line_tones(first)[-1]:
        closes = Fault("tone", 1, len(first), first[-1], OBLIQUE)
        tone = (*(fault for fault in tone if fault.position < len(first)), closes)
    irregular = any(fault.position < len(first) for fault in tone)
    answer = _unopposed(first, second) if irregular else line_faults(second, pattern.lines[1], 2)
    return CheckReport(
        form=form.name,
        form_valid=True,
        tone_valid=not (tone or answer),
        rhyme_valid=True,
        rhyme=None,
        pattern=pattern.name,
        faults=tone + answer + repeated_faults(lines),
    )


def _unopposed(first: str, second: str) -> tuple[Fault, ...]:
    """Places that count where the second line can only be read in the first one's tone."""
    return tuple(
        Fault("tone", 2, place + 1, second[place], f"unlike {first[place]}")
        for place in counting_places(len(first))
        if not opposed(line_tones(first)[place], line_tones(second)[place])
    )
