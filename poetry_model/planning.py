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
from poetry_model.readings import line_tones
from poetry_model.rhyme_book import LEVEL, OBLIQUE, tones_of
from poetry_model.script import to_traditional, traditional_forms
from poetry_model.slots import COUPLET
from poetry_model.verse_forms import COUPLETS, EITHER
from poetry_model.verse_rules import Form, LineRule, Pattern, rhyme_sets, starts_of
from poetry_model.vocabulary import Vocabulary

_CODES = {EITHER: FREE, LEVEL: MUST_LEVEL, OBLIQUE: MUST_OBLIQUE}


@dataclass(frozen=True)
class Fixed:
    """Characters that stand already, by index through the poem, each as its possible
    traditional forms (likeliest first)."""

    at: dict[int, tuple[str, ...]]

    @property
    def characters(self) -> set[str]:
        return {character for forms in self.at.values() for character in forms}


def fixed_characters(form: Form, heads: str | None, opening: Sequence[str] = ()) -> Fixed:
    """Heads at the opening of their lines, then the lines that the poem opens with."""
    at = {}
    for start, head in zip(starts_of(form.lengths), heads or "", strict=False):
        at[start] = traditional_forms(head)
    for index, character in enumerate("".join(map(to_traditional, opening))):
        at[index] = (character,)
    return Fixed(at)


@dataclass(frozen=True)
class CandidatePlans:
    """The verse side of N candidates.

    `tones`, `rhymes` and `forced` are (N, T): tone codes of `filters`, the rhyme set of
    each place as `RhymeFilter` has it, and ids that stand already.
    """

    tones: Tensor
    rhymes: Tensor
    forced: Tensor


def _misfit(pattern: Pattern, form: Form, fixed: Fixed) -> int:
    """How badly the given lines fit the pattern; where they rhyme counts most."""
    misfit = 0
    placed = zip(pattern.lines, starts_of(form.lengths), form.lengths, strict=True)
    for number, (rule, start, length) in enumerate(placed, 1):
        places = range(start, start + length)
        line = "".join(fixed.at[i][0] for i in places if i in fixed.at)
        if len(line) < length:
            break
        closes = rule.templates[0][-1]
        misfit += 0 if closes in (EITHER, *line_tones(line)[-1]) else 10
        misfit += len(line_faults(line, rule, number))
    return misfit


def _fits(template: str, start: int, forced: dict[int, str]) -> bool:
    return all(
        tone == EITHER or start + place not in forced or tone in tones_of(forced[start + place])
        for place, tone in enumerate(template)
    )


def _template(rule: LineRule, start: int, forced: dict[int, str]) -> str:
    """The rule, or where a head breaks it the liberty that takes the head."""
    fitting = (t for t in rule.templates if _fits(t, start, forced))
    return next(fitting, rule.templates[0])


def _rhyme_codes(templates: Sequence[str], pattern: Pattern) -> list[int]:
    """For each place its rhyme set, from 1, below 0 where its tone is oblique; else 0."""
    sets = list(rhyme_sets(pattern))
    codes: list[int] = []
    for template, rule in zip(templates, pattern.lines, strict=True):
        number = sets.index(rule.rhyme) + 1 if rule.rhyme else 0
        codes += [0] * (len(template) - 1)
        codes.append(-number if template[-1] == OBLIQUE else number)
    return codes


def _plan_one(
    form: Form, pattern: Pattern, fixed: Fixed, chance: random.Random
) -> tuple[str, list[int], dict[int, str]]:
    forced = {index: chance.choice(forms) for index, forms in fixed.at.items()}
    pairs = zip(pattern.lines, starts_of(form.lengths), strict=True)
    templates = [_template(rule, start, forced) for rule, start in pairs]
    return "".join(templates), _rhyme_codes(templates, pattern), forced


def plan_candidates(
    form: Form, fixed: Fixed, vocabulary: Vocabulary, *, count: int, chance: random.Random
) -> CandidatePlans:
    """Plans for `count` candidates, over the patterns that what is given fits best."""
    best = min(_misfit(pattern, form, fixed) for pattern in form.patterns)
    fitting = [p for p in form.patterns if _misfit(p, form, fixed) == best]
    plans = [_plan_one(form, chance.choice(fitting), fixed, chance) for _ in range(count)]
    forced = torch.full((count, sum(form.lengths)), NOT_FORCED)
    for row, (_, _, standing) in enumerate(plans):
        for index, character in standing.items():
            forced[row, index] = vocabulary.id(character)
    return CandidatePlans(
        tones=torch.tensor([[_CODES[tone] for tone in templates] for templates, _, _ in plans]),
        rhymes=torch.tensor([rhymes for _, rhymes, _ in plans]),
        forced=forced,
    )


def make_plan(
    form: Form, plans: CandidatePlans, theme: Sequence[int], style: tuple[int, int, int]
) -> Plan:
    """The decoder's side of the candidates."""
    # To the network a couplet is one form, of whatever length.
    name = COUPLET if form.name in COUPLETS else form.name
    return Plan(name, form.lengths, tuple(theme), style, plans.forced)
