"""Which rules a form brings along."""

import random

import pytest

from poetry_model.alphabet import Alphabet
from poetry_model.ci_forms import tune_forms
from poetry_model.couplets import couplet_form
from poetry_model.filters import LogitFilter, NoRepetition, RhymeFilter
from poetry_model.planning import fixed_characters, plan_candidates
from poetry_model.rule_set import RuleSet
from poetry_model.tune_filters import AfreshAt, Echo, NoWordTwice
from poetry_model.verse_forms import verse_form
from poetry_model.verse_rules import Form
from poetry_model.vocabulary import Vocabulary

VOCABULARY = Vocabulary(tuple("山月流春鳥白日依盡後后發髮江南秋雪海外人"), 10)


@pytest.fixture(scope="module")
def rule_set() -> RuleSet:
    return RuleSet(VOCABULARY)


def rules(rule_set: RuleSet, form: Form, first_line: str | None = None) -> list[LogitFilter]:
    fixed = fixed_characters(form, None, (first_line,) if first_line else ())
    plans = plan_candidates(form, fixed, VOCABULARY, count=3, chance=random.Random(1))
    return rule_set.rules(form, plans, fixed, Alphabet.whole(len(VOCABULARY)))


def kinds(found: list[LogitFilter]) -> set[type]:
    return {type(rule) for rule in found}


def rhyme(found: list[LogitFilter]) -> RhymeFilter:
    return next(rule for rule in found if isinstance(rule, RhymeFilter))


def test_what_is_said_again_is_a_rule_of_tunes_that_do(rule_set: RuleSet) -> None:
    assert Echo in kinds(rules(rule_set, tune_forms("如梦令")[0]))
    for form in (tune_forms("浣溪沙")[0], verse_form("七绝"), couplet_form("七言联")):
        assert Echo not in kinds(rules(rule_set, form))


def test_long_tunes_may_say_a_character_again_and_nothing_else_may(rule_set: RuleSet) -> None:
    long = kinds(rules(rule_set, tune_forms("满江红")[0]))
    assert {AfreshAt, NoWordTwice} < long
    for form in (tune_forms("蝶恋花")[0], verse_form("七律"), verse_form("七言", 16)):
        found = kinds(rules(rule_set, form))
        assert NoRepetition in found
        assert not found & {AfreshAt, NoWordTwice}


def test_verse_rhymes_in_thirty_groups_ci_in_nineteen_parts(rule_set: RuleSet) -> None:
    assert rhyme(rules(rule_set, verse_form("七绝"))).open_groups.shape == (3, 1, 30)
    assert rhyme(rules(rule_set, tune_forms("菩萨蛮")[0])).open_groups.shape == (3, 4, 19)


def test_custom_opens_the_entering_parts_alone(rule_set: RuleSet) -> None:
    opened = rhyme(rules(rule_set, tune_forms("忆秦娥")[0])).open_groups
    assert opened[0, 0].nonzero().flatten().tolist() == [14, 15, 16, 17, 18]
    free = rhyme(rules(rule_set, tune_forms("蝶恋花")[0])).open_groups
    assert bool(free.all())


def test_a_given_rhyme_word_decides_against_custom(rule_set: RuleSet) -> None:
    opened = rhyme(rules(rule_set, tune_forms("忆秦娥")[0], "春江後")).open_groups
    assert bool(opened.all())


def test_a_given_rhyme_that_the_network_does_not_know_is_looked_up(rule_set: RuleSet) -> None:
    """樓 is not in the vocabulary; it is of 十一尤, and of part twelve."""
    opened = rhyme(rules(rule_set, tune_forms("浣溪沙")[0], "白日依山盡海樓")).open_groups
    assert opened[0, 0].nonzero().flatten().tolist() == [11]
    verse = rhyme(rules(rule_set, verse_form("七绝"), "白日依山盡海樓")).open_groups
    assert verse[0].sum() == 1
