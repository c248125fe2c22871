"""A poem under way: what its next line must be, and what is wrong with one that is proposed.

Owns the judgement of lines one by one, as `prosody` owns that of whole poems, with the same
liberties; a character that comes again is nothing it minds. Knows no network.

>>> form = rules_for("五绝")
>>> opened = next_line(form, ("白日依山尽",))
>>> opened.templates, opened.rhymes, opened.groups
(('平平中仄平',), True, ())
>>> [(fault.kind, fault.position) for fault in line_report(form, ("白日依山尽",), "黄河入海去")]
[('tone', 5)]
"""

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from poetry_model.associations import load_associations
from poetry_model.ci_forms import tune_forms
from poetry_model.ci_rhymes import RhymePart, usual_parts
from poetry_model.prosody import Fault, Rhyme, line_faults, rhyme_readings
from poetry_model.readings import line_tones
from poetry_model.rhyme_book import RhymeGroup, groups_of
from poetry_model.script import han_only, to_simplified
from poetry_model.tunes import TUNES
from poetry_model.verse_forms import FORMS, verse_form
from poetry_model.verse_rules import Form, LineRule, Pattern, rhyme_sets


@dataclass(frozen=True)
class NextLine:
    """What the line of this number, from 1, must be.

    `templates` are the tones of each pattern still open, of 平仄中; `rhymes` whether it rhymes
    in every one of them; `groups` what the lines before it rhyme in, () while that is open;
    `again` what the form says again at its end.
    """

    number: int
    length: int
    mark: str
    templates: tuple[str, ...]
    rhymes: bool
    groups: tuple[Rhyme, ...]
    again: str


def rules_for(form: str) -> Form:
    """The rules that a poem of this name is begun by: a 诗, or a 词牌 in its first variant.

    Raises KeyError for any other name.
    """
    return tune_forms(form)[0] if form in TUNES else verse_form(form)


def can_be_begun(form: str) -> bool:
    """Whether lines of this form can be judged one by one."""
    return form in FORMS or form in TUNES


def next_line(form: Form, lines: Sequence[str]) -> NextLine:
    """What must follow these lines, of which there are fewer than the form has."""
    index = len(lines)
    patterns = _open_patterns(form, lines)
    rules = [pattern.lines[index] for pattern in patterns]
    heard = [_heard(form, pattern, lines, index) for pattern in patterns]
    echo = rules[0].echo
    return NextLine(
        number=index + 1,
        length=form.lengths[index],
        mark=form.marks[index],
        templates=tuple(dict.fromkeys(rule.templates[0] for rule in rules)),
        rhymes=all(rule.rhyme for rule in rules),
        groups=_shared([_shared(each) for each in heard if each]) if all(heard) else (),
        again=lines[-1][-echo:] if echo else "",
    )


def line_report(form: Form, lines: Sequence[str], line: str) -> tuple[Fault, ...]:
    """What is wrong with `line` as the next one; () when it may stand.

    Faults are those of the pattern that it fits best among those still open. Of their kinds,
    `form` is another length or something that should be said again, `repeated` a whole line
    that stood before.
    """
    number, length = len(lines) + 1, form.lengths[len(lines)]
    if len(line) != length or han_only(line) != line:
        return (Fault("form", number, 0, "", str(length)),)
    found = (_faults(form, pattern, lines, line) for pattern in _open_patterns(form, lines))
    return min(found, key=len)


def _open_patterns(form: Form, lines: Sequence[str]) -> list[Pattern]:
    """The patterns that the lines keep best; they keep one whole, where each was judged."""
    counted = [(_misfit(pattern, lines), pattern) for pattern in form.patterns]
    least = min(count for count, _ in counted)
    return [pattern for count, pattern in counted if count == least]


def _misfit(pattern: Pattern, lines: Sequence[str]) -> int:
    pairs = enumerate(zip(lines, pattern.lines, strict=False), 1)
    return sum(len(line_faults(line, rule, number)) for number, (line, rule) in pairs)


def _faults(form: Form, pattern: Pattern, lines: Sequence[str], line: str) -> tuple[Fault, ...]:
    index, rule = len(lines), pattern.lines[len(lines)]
    again = _echo_faults(rule, lines, line)
    tones = line_faults(line, rule, index + 1)
    if again or any(fault.position == len(line) for fault in tones):
        rhyme: tuple[Fault, ...] = ()  # a word of the wrong tone cannot rhyme anyway
    else:
        rhyme = _rhyme_faults(form, pattern, lines, line)
    return (*again, *tones, *rhyme, *_repeated(rule, lines, line))


def _echo_faults(rule: LineRule, lines: Sequence[str], line: str) -> tuple[Fault, ...]:
    """Where the form says again what ended the line before, and this line does not."""
    return tuple(
        Fault("form", len(lines) + 1, len(line) - back + 1, line[-back], lines[-1][-back])
        for back in range(rule.echo, 0, -1)
        if to_simplified(line[-back]) != to_simplified(lines[-1][-back])
    )


def _repeated(rule: LineRule, lines: Sequence[str], line: str) -> tuple[Fault, ...]:
    said = {to_simplified(each) for each in lines}
    again = rule.echo < len(line) and to_simplified(line) in said
    return (Fault("repeated", len(lines) + 1, 0, line, ""),) if again else ()


def _rhyme_faults(
    form: Form, pattern: Pattern, lines: Sequence[str], line: str
) -> tuple[Fault, ...]:
    """Whether the line's last word rhymes with those before it, or with anything at all."""
    index = len(lines)
    heard = _heard(form, pattern, lines, index)
    if heard is None:
        return ()
    own = _rhymes_of(form, pattern, index, line)
    due = _shared(heard) or (heard[-1] if heard else own)  # the last, where they do not agree
    if _shared([due, own]):
        return ()
    return (Fault("rhyme", index + 1, len(line), line[-1], due[0].name if due else ""),)


def _heard(
    form: Form, pattern: Pattern, lines: Sequence[str], index: int
) -> list[tuple[Rhyme, ...]] | None:
    """What each earlier line of the same rhyme set may rhyme in; None where none is due."""
    rhyme = pattern.lines[index].rhyme
    if not rhyme:
        return None
    numbers = [number for number in rhyme_sets(pattern)[rhyme] if number <= index]
    heard = [_rhymes_of(form, pattern, number - 1, lines[number - 1]) for number in numbers]
    return [rhymes for rhymes in heard if rhymes]


def _rhymes_of(form: Form, pattern: Pattern, index: int, line: str) -> tuple[Rhyme, ...]:
    tone = pattern.lines[index].templates[0][-1]
    readings = rhyme_readings(line, form.rhyme_book)
    return tuple(rhyme for heard, rhyme in readings if heard == tone)


def _shared(heard: Sequence[Sequence[Rhyme]]) -> tuple[Rhyme, ...]:
    """What all of them have; () for none."""
    if not heard:
        return ()
    return tuple(rhyme for rhyme in heard[0] if all(rhyme in rhymes for rhymes in heard))


def rhyme_words(rhyme: Rhyme, tone: str, count: int) -> str:
    """Some usual traditional characters of a rhyme, the commonest in verse first.

    >>> from poetry_model.rhyme_book import level_groups
    >>> rhyme_words(level_groups()[21], "平", 4)
    '陽黃香方'
    """
    return _words_of(rhyme, tone)[:count]


@functools.lru_cache(maxsize=256)
def _words_of(rhyme: Rhyme, tone: str) -> str:
    common = [key for key in load_associations().neighbours if len(key) == 1]
    if isinstance(rhyme, RhymeGroup):
        found = (c for c in common if groups_of(c) == (rhyme,))
    else:
        found = (c for c in common if _rhymes_only_in(c, rhyme, tone))
    return "".join(itertools.islice(found, 12))


def _rhymes_only_in(character: str, part: RhymePart, tone: str) -> bool:
    return usual_parts(character) == ((tone, part),)


def tones_at(line: str, position: int) -> str:
    """The tone of the character at a position, from 1, as it is read there: 平, 仄, both, or
    "" where the rhyme book lacks it."""
    return "".join(sorted(line_tones(line)[position - 1]))
