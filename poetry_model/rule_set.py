"""Which filters a poem is written under.

Owns the choice and the setting up: tones, readings, rhymes, repetition, what a tune
says again. What each rule is, the filters know; what each form asks, the forms.
"""

from collections.abc import Sequence
from itertools import accumulate

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.character_tables import CharacterTables
from poetry_model.ci_rhymes import PARTS, parts_of
from poetry_model.filters import LogitFilter, NoRepetition, OnlyThese, RhymeFilter, ToneFilter
from poetry_model.planning import CandidatePlans, Fixed
from poetry_model.reading_filter import ReadingFilter, WordReadings
from poetry_model.rhyme_book import groups_of, level_groups
from poetry_model.tune_filters import AfreshAt, Echo, NoWordTwice
from poetry_model.verse_rules import CILIN, Form, echoes_of, rhyme_sets, says_once
from poetry_model.vocabulary import UNKNOWN, Vocabulary


class RuleSet:
    """Sets up the rules for one poem after another, over what is known of the characters."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.tables = CharacterTables.build(vocabulary)
        self._words = WordReadings.build(vocabulary)

    def rules(
        self, form: Form, plans: CandidatePlans, fixed: Fixed, alphabet: Alphabet
    ) -> list[LogitFilter]:
        """The filters for these candidates of a form."""
        tables, back = self.tables.over(alphabet), echoes_of(form)
        rules: list[LogitFilter] = [
            ToneFilter(plans.tones, tables.level, tables.oblique),
            ReadingFilter(plans.tones, form.lengths, self._words, alphabet),
            self._rhyme(form, plans, fixed, tables),
            *self._repetition(form, plans, alphabet.narrow(self._standing(fixed)), tables),
            OnlyThese(tables.known),
        ]
        return [*rules, Echo(len(plans.tones), back)] if any(back) else rules

    def _standing(self, fixed: Fixed) -> Tensor:
        """(vocabulary,) bool: what stands in the poem already."""
        standing = torch.zeros(len(self._vocabulary), dtype=torch.bool)
        standing[[self._vocabulary.id(character) for character in fixed.characters]] = True
        standing[UNKNOWN] = False
        return standing

    def _rhyme(
        self, form: Form, plans: CandidatePlans, fixed: Fixed, tables: CharacterTables
    ) -> RhymeFilter:
        ci = form.rhyme_book == CILIN
        level, oblique = tables.parts.unbind(1) if ci else (tables.members, None)
        rule = RhymeFilter(plans.rhymes, level, oblique)
        _enter(rule, form, fixed)
        for number, end in enumerate(accumulate(form.lengths), 1):
            closing = fixed.at.get(end - 1)
            if closing and closing[0] not in self._vocabulary:
                _open_with(rule, form, number, closing[0])
        return rule

    @staticmethod
    def _repetition(
        form: Form, plans: CandidatePlans, standing: Tensor, tables: CharacterTables
    ) -> list[LogitFilter]:
        """A character once; in a long 词 once a stanza, and a word of two once."""
        count = len(plans.tones)

        def once() -> NoRepetition:
            return NoRepetition(count, tables.keys, standing, tables.doubling)

        if says_once(form):
            return [once()]
        rhymes = plans.rhymes[0] != 0
        stanzas = _stanza_starts(form)
        return [AfreshAt(once, stanzas), NoWordTwice(count, tables.keys, rhymes.tolist())]


def _stanza_starts(form: Form) -> list[int]:
    pairs = zip(accumulate(form.lengths), form.marks, strict=True)
    return [end for end, mark in pairs if mark.endswith("\n")]


def _enter(rule: RhymeFilter, form: Form, fixed: Fixed) -> None:
    """Where custom wants the entering tone, only its parts are open; a given rhyme word
    is left to decide."""
    pattern, ends = form.patterns[0], list(accumulate(form.lengths))
    for number, lines in enumerate(rhyme_sets(pattern).values()):
        given = any(ends[line - 1] - 1 in fixed.at for line in lines)
        if pattern.lines[lines[0] - 1].entering and not given:
            rule.open_groups[:, number] *= torch.tensor([float(p.entering) for p in PARTS])


def _open_with(rule: RhymeFilter, form: Form, number: int, closing: str) -> None:
    """A given line, by its number, may rhyme on a character that the network does not know."""
    pattern = form.patterns[0]
    line, ci = pattern.lines[number - 1], form.rhyme_book == CILIN
    if not (line.rhyme or (number == 1 and not ci)):
        return
    if ci:
        tone = line.templates[0][-1]
        groups: Sequence[bool] = [(tone, part) in parts_of(closing) for part in PARTS]
    else:
        groups = [group in groups_of(closing) for group in level_groups()]
    rhyme = list(rhyme_sets(pattern)).index(line.rhyme) if line.rhyme else 0
    opened = rule.open_groups[:, rhyme] * torch.tensor(groups).float()
    if opened.any():
        rule.open_groups[:, rhyme] = opened
