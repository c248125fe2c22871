"""The rules of 词 alone: six characters, hand-made logits."""

import torch

from poetry_model.filters import NoRepetition, Place, RhymeFilter
from poetry_model.tune_filters import AfreshAt, Echo, NoWordTwice
from tests.poetry_model.test_filters import (
    AFTER,
    LONG,
    MOON,
    MOUNTAIN,
    QUEEN,
    SEE,
    flags,
    left,
    wrote,
)

KEYS = torch.tensor([0, 1, 2, 2, 3, 4])
ALL = set(range(6))


class TestEcho:
    def rule(self, rows: int = 1) -> Echo:
        return Echo(rows, (0, 0, 2, 2, 0))

    def test_what_stood_two_places_back_stands_again(self) -> None:
        rule = self.rule(2)
        wrote(rule, MOON, SEE, place=Place(0, 0, 0))
        wrote(rule, MOUNTAIN, LONG, place=Place(1, 0, 1))
        assert left(rule, Place(2, 1, 0), 2) == [{MOON}, {SEE}]
        wrote(rule, MOON, SEE, place=Place(2, 1, 0))
        assert left(rule, Place(3, 1, 1), 2) == [{MOUNTAIN}, {LONG}]
        assert left(rule, Place(4, 2, 0), 2) == [ALL, ALL]

    def test_it_stands_whatever_other_rules_say(self) -> None:
        rule = self.rule()
        wrote(rule, MOON, place=Place(0, 0, 0))
        masked = torch.full((1, 6), -torch.inf)
        rule.apply(masked, Place(2, 1, 0))
        assert torch.isfinite(masked[0]).nonzero().flatten().tolist() == [MOON]

    def test_survivors_keep_what_they_wrote(self) -> None:
        rule = self.rule(2)
        wrote(rule, MOON, SEE, place=Place(0, 0, 0))
        rule.keep(torch.tensor([1, 1]))
        assert left(rule, Place(2, 1, 0), 2) == [{SEE}, {SEE}]


class TestAfreshAt:
    def test_what_stood_in_the_first_stanza_may_come_again_in_the_second(self) -> None:
        rule = AfreshAt(lambda: NoRepetition(1, KEYS, flags(), flags()), [2])
        wrote(rule, MOON, place=Place(0, 0, 0))
        assert left(rule, Place(1, 0, 1)) == [ALL - {MOON}]
        wrote(rule, SEE, place=Place(1, 0, 1))
        assert left(rule, Place(2, 1, 0)) == [ALL]
        wrote(rule, MOON, place=Place(2, 1, 0))
        assert left(rule, Place(3, 1, 1)) == [ALL - {MOON}]


class TestNoWordTwice:
    def rule(self, rows: int = 1, rhymes: tuple[int, ...] = ()) -> NoWordTwice:
        return NoWordTwice(rows, KEYS, [index in rhymes for index in range(8)])

    def test_a_character_may_come_again_but_not_before_the_same_one(self) -> None:
        rule = self.rule()
        wrote(rule, MOON, place=Place(0, 0, 0))
        wrote(rule, AFTER, place=Place(1, 0, 1))
        assert left(rule, Place(2, 1, 0)) == [ALL]
        wrote(rule, MOON, place=Place(2, 1, 0))
        assert left(rule, Place(3, 1, 1)) == [ALL - {AFTER, QUEEN}]  # they look alike

    def test_characters_of_two_lines_are_no_word(self) -> None:
        rule = self.rule()
        wrote(rule, MOON, place=Place(0, 0, 0))
        wrote(rule, SEE, place=Place(1, 1, 0))
        wrote(rule, MOON, place=Place(2, 1, 1))
        assert left(rule, Place(3, 1, 2)) == [ALL]

    def test_a_word_rhymes_once(self) -> None:
        rule = self.rule(rhymes=(0, 2))
        wrote(rule, MOON, place=Place(0, 0, 0))
        wrote(rule, SEE, place=Place(1, 1, 0))
        assert left(rule, Place(2, 1, 1)) == [ALL - {MOON}]
        assert left(rule, Place(3, 2, 0)) == [ALL]

    def test_each_candidate_has_its_own_words(self) -> None:
        rule = self.rule(2)
        wrote(rule, MOON, SEE, place=Place(0, 0, 0))
        wrote(rule, LONG, LONG, place=Place(1, 0, 1))
        wrote(rule, MOON, MOON, place=Place(2, 1, 0))
        assert left(rule, Place(3, 1, 1), 2) == [ALL - {LONG}, ALL]
        rule.keep(torch.tensor([1, 1]))
        assert left(rule, Place(3, 1, 1), 2) == [ALL, ALL]


class TestSeveralRhymes:
    """Two groups; 山 is level in the first, 月 oblique in the first, 看 in both tones of the
    second, 悠 level in the second."""

    LEVEL_MEMBERS = torch.zeros(6, 2, dtype=torch.bool)
    OBLIQUE_MEMBERS = torch.zeros(6, 2, dtype=torch.bool)
    LEVEL_MEMBERS[MOUNTAIN, 0] = LEVEL_MEMBERS[SEE, 1] = LEVEL_MEMBERS[LONG, 1] = True
    OBLIQUE_MEMBERS[MOON, 0] = OBLIQUE_MEMBERS[SEE, 1] = True

    def rule(self, *sets: int) -> RhymeFilter:
        return RhymeFilter(torch.tensor([sets]), self.LEVEL_MEMBERS, self.OBLIQUE_MEMBERS)

    def test_an_oblique_place_takes_oblique_words(self) -> None:
        assert left(self.rule(-1), Place(0, 0, 0)) == [{MOON, SEE}]
        assert left(self.rule(1), Place(0, 0, 0)) == [{MOUNTAIN, SEE, LONG}]

    def test_level_and_oblique_words_of_a_set_share_their_group(self) -> None:
        rule = self.rule(1, -1)
        wrote(rule, MOUNTAIN, place=Place(0, 0, 0))
        assert left(rule, Place(1, 1, 0)) == [{MOON}]

    def test_each_set_decides_for_itself(self) -> None:
        rule = self.rule(1, 2, 1, 2)
        wrote(rule, MOUNTAIN, place=Place(0, 0, 0))
        assert left(rule, Place(1, 1, 0)) == [{MOUNTAIN, SEE, LONG}]
        wrote(rule, LONG, place=Place(1, 1, 0))
        assert left(rule, Place(2, 2, 0)) == [{MOUNTAIN}]
        assert left(rule, Place(3, 3, 0)) == [{SEE, LONG}]
