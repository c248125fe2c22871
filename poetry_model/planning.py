"""From a request to a plan: which tone patterns, which characters stand already.

Owns the choice of tone pattern and of the template of each line for every
candidate, and the conversion of what the user typed into ids. Decides with the
random generator it is given; samples nothing.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from poetry_model.decoding import NOT_FORCED, Plan
from poetry_model.filters import FREE, MUST_LEVEL, MUST_OBLIQUE
from poetry_model.prosody import line_faults
from poetry_model.rhyme_book import LEVEL, OBLIQUE, tones_of
from poetry_model.script import to_traditional, traditional_forms
from poetry_model.verse_forms import EITHER, LineType, TonePattern, VerseForm
from poetry_model.vocabulary import UNKNOWN, Vocabulary

_CODES = {EITHER: FREE, LEVEL: MUST_LEVEL, OBLIQUE: MUST_OBLIQUE}
_THEME_LENGTH = 8


@dataclass(frozen=True)
class Fixed:
    """Characters that stand already, by index through the poem, each as its possible
    traditional forms (likeliest first)."""

    at: dict[int, tuple[str, ...]]

    @property
    def characters(self) -> set[str]:
        return {character for forms in self.at.values() for character in forms}


def fixed_characters(form: VerseForm, heads: str | None, first_line: str | None) -> Fixed:
    """Heads at the opening of their lines, then the first line through its length."""
    at = {}
    for line, head in enumerate(heads or ""):
        at[line * form.line_length] = traditional_forms(head)
    for index, character in enumerate(to_traditional(first_line or "")):
        at[index] = (character,)
    return Fixed(at)


@dataclass(frozen=True)
class CandidatePlans:
    """The verse side of N candidates.

    `tones`, `rhymes` and `forced` are (N, T): tone codes of `filters`, rhyme places,
    and ids that stand already.
    """

    tones: Tensor
    rhymes: Tensor
    forced: Tensor


def _misfit(pattern: TonePattern, form: VerseForm, fixed: Fixed) -> int:
    """How badly the given first line fits the pattern; where it rhymes counts most."""
    first = "".join(fixed.at[i][0] for i in range(form.line_length) if i in fixed.at)
    if len(first) < form.line_length:
        return 0
    opening = pattern.lines[0]
    closes = LEVEL if opening.rhymes else OBLIQUE
    closing = 0 if closes in tones_of(first[-1]) else 10
    return closing + len(line_faults(first, opening, 1))


def _fits(template: str, line: int, form: VerseForm, forced: dict[int, str]) -> bool:
    start = line * form.line_length
    return all(
        tone == EITHER or start + place not in forced or tone in tones_of(forced[start + place])
        for place, tone in enumerate(template)
    )


def _template(line_type: LineType, line: int, form: VerseForm, forced: dict[int, str]) -> str:
    """The rule, or where a head breaks it the liberty that takes the head."""
    fitting = (t for t in line_type.templates if _fits(t, line, form, forced))
    return next(fitting, line_type.templates[0])


def _plan_one(
    form: VerseForm, pattern: TonePattern, fixed: Fixed, chance: random.Random
) -> tuple[str, list[bool], dict[int, str]]:
    forced = {index: chance.choice(forms) for index, forms in fixed.at.items()}
    templates = [_template(t, line, form, forced) for line, t in enumerate(pattern.lines)]
    rhymes = [
        line_type.rhymes and place == form.line_length - 1
        for line_type in pattern.lines
        for place in range(form.line_length)
    ]
    return "".join(templates), rhymes, forced


def plan_candidates(
    form: VerseForm, fixed: Fixed, vocabulary: Vocabulary, *, count: int, chance: random.Random
) -> CandidatePlans:
    """Plans for `count` candidates, over the patterns that what is given fits best."""
    best = min(_misfit(pattern, form, fixed) for pattern in form.patterns)
    fitting = [p for p in form.patterns if _misfit(p, form, fixed) == best]
    plans = [_plan_one(form, chance.choice(fitting), fixed, chance) for _ in range(count)]
    forced = torch.full((count, form.size), NOT_FORCED)
    for row, (_, _, standing) in enumerate(plans):
        for index, character in standing.items():
            forced[row, index] = vocabulary.id(character)
    return CandidatePlans(
        tones=torch.tensor([[_CODES[tone] for tone in templates] for templates, _, _ in plans]),
        rhymes=torch.tensor([rhymes for _, rhymes, _ in plans]),
        forced=forced,
    )


def theme_ids(theme: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Ids of the theme's first eight known characters, each once, in traditional script."""
    ids = (vocabulary.id(character) for character in to_traditional(theme))
    return tuple(dict.fromkeys(i for i in ids if i != UNKNOWN))[:_THEME_LENGTH]


def make_plan(
    form: VerseForm, plans: CandidatePlans, theme: Sequence[int], style: tuple[int, int, int]
) -> Plan:
    """The decoder's side of the candidates."""
    return Plan(form.name, form.lengths, tuple(theme), style, plans.forced)
