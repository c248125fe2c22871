"""Each rule alone: six characters, hand-made logits."""

import torch
from torch import Tensor

from poetry_model.filters import (
    FREE,
    MUST_LEVEL,
    MUST_OBLIQUE,
    NoRepetition,
    OnlyThese,
    Place,
    RhymeFilter,
    ToneFilter,
)

#       0   1   2   3   4   5
LOOK = ["山", "月", "後", "后", "看", "悠"]
MOUNTAIN, MOON, AFTER, QUEEN, SEE, LONG = range(6)
FIRST = Place(0, 0, 0)


def logits(rows: int = 1) -> Tensor:
    return torch.zeros(rows, 6)


def left(rule: object, place: Place, rows: int = 1) -> list[set[int]]:
    """The ids each row may still draw."""
    masked = logits(rows)
    rule.apply(masked, place)  # type: ignore[attr-defined]
    return [set(torch.nonzero(row > -torch.inf).flatten().tolist()) for row in masked]


def wrote(rule: object, *chosen: int, place: Place = FIRST) -> None:
    rule.wrote(torch.tensor(chosen), place)  # type: ignore[attr-defined]


def flags(*ids: int) -> Tensor:
    return torch.tensor([index in ids for index in range(6)])


class TestOnlyThese:
    def test_the_rest_is_masked(self) -> None:
        rule = OnlyThese(flags(MOON, SEE))
        assert left(rule, FIRST, 2) == [{MOON, SEE}] * 2
        wrote(rule, MOON, MOON)
        assert left(rule, FIRST) == [{MOON, SEE}]

    def test_logits_that_stay_are_as_they_were(self) -> None:
        masked = torch.arange(6.0).unsqueeze(0)
        OnlyThese(flags(MOON, SEE)).apply(masked, FIRST)
        assert masked[0, MOON] == 1.0
        assert masked[0, SEE] == 4.0


class TestToneFilter:
    LEVEL, OBLIQUE = flags(MOUNTAIN, SEE, LONG), flags(MOON, AFTER, QUEEN, SEE)

    def test_each_row_and_place_has_its_own_tone(self) -> None:
        tones = torch.tensor([[FREE, MUST_LEVEL], [MUST_OBLIQUE, FREE]])
        rule = ToneFilter(tones, self.LEVEL, self.OBLIQUE)
        everything = set(range(6))
        assert left(rule, Place(0, 0, 0), 2) == [everything, {MOON, AFTER, QUEEN, SEE}]
        assert left(rule, Place(1, 0, 1), 2) == [{MOUNTAIN, SEE, LONG}, everything]

    def test_a_character_of_two_tones_fits_both(self) -> None:
        rule = ToneFilter(torch.tensor([[MUST_LEVEL, MUST_OBLIQUE]]), self.LEVEL, self.OBLIQUE)
        assert all(SEE in left(rule, Place(index, 0, index))[0] for index in (0, 1))


class TestRhymeFilter:
    # Group 0 holds 山 and 看, group 1 holds 悠 and 看, group 2 悠: 看 and 悠 stand in two.
    MEMBERS = torch.zeros(6, 3, dtype=torch.bool)
    MEMBERS[MOUNTAIN, 0] = MEMBERS[SEE, 0] = MEMBERS[SEE, 1] = True
    MEMBERS[LONG, 1] = MEMBERS[LONG, 2] = True

    def rule(self, rows: int = 1) -> RhymeFilter:
        return RhymeFilter(torch.tensor([[False, True, True, True]] * rows), self.MEMBERS)

    def test_where_no_rhyme_is_due_nothing_is_masked(self) -> None:
        rule = self.rule()
        assert left(rule, FIRST) == [set(range(6))]
        wrote(rule, MOUNTAIN)  # no rhyme word
        assert left(rule, Place(1, 0, 1)) == [{MOUNTAIN, SEE, LONG}]

    def test_the_first_rhyme_word_decides_the_group(self) -> None:
        rule = self.rule(2)
        wrote(rule, MOUNTAIN, LONG, place=Place(1, 0, 1))
        assert left(rule, Place(2, 1, 0), 2) == [{MOUNTAIN, SEE}, {SEE, LONG}]

    def test_a_word_of_two_groups_leaves_both_open_until_the_next_decides(self) -> None:
        rule = self.rule()
        wrote(rule, SEE, place=Place(1, 0, 1))
        assert left(rule, Place(2, 1, 0)) == [{MOUNTAIN, SEE, LONG}]
        wrote(rule, MOUNTAIN, place=Place(2, 1, 0))
        assert left(rule, Place(3, 2, 0)) == [{MOUNTAIN, SEE}]

    def test_a_given_word_that_rhymes_with_nothing_changes_nothing(self) -> None:
        rule = self.rule()
        wrote(rule, MOON, place=Place(1, 0, 1))
        assert left(rule, Place(2, 1, 0)) == [{MOUNTAIN, SEE, LONG}]


class TestNoRepetition:
    # 後 and 后 look alike in simplified script: one key.
    KEYS = torch.tensor([0, 1, 2, 2, 3, 4])

    def rule(
        self, *, reserved: tuple[int, ...] = (), doubling: tuple[int, ...] = (LONG,)
    ) -> NoRepetition:
        return NoRepetition(1, self.KEYS, flags(*reserved), flags(*doubling))

    def test_a_written_character_does_not_come_again(self) -> None:
        rule = self.rule()
        wrote(rule, MOON)
        assert left(rule, Place(1, 0, 1)) == [set(range(6)) - {MOON}]
        wrote(rule, SEE, place=Place(1, 0, 1))
        assert left(rule, Place(2, 0, 2)) == [set(range(6)) - {MOON, SEE}]

    def test_neither_does_one_that_looks_the_same_in_simplified_script(self) -> None:
        rule = self.rule()
        wrote(rule, QUEEN)
        assert left(rule, Place(1, 0, 1)) == [{MOUNTAIN, MOON, SEE, LONG}]

    def test_verse_may_double_a_character_of_the_list_and_no_other(self) -> None:
        rule = self.rule()
        wrote(rule, LONG)
        assert LONG in left(rule, Place(1, 0, 1))[0]

    def test_not_three_times(self) -> None:
        rule = self.rule()
        wrote(rule, LONG)
        wrote(rule, LONG, place=Place(1, 0, 1))
        assert LONG not in left(rule, Place(2, 0, 2))[0]

    def test_not_twice_with_another_between(self) -> None:
        rule = self.rule()
        wrote(rule, LONG)
        wrote(rule, MOON, place=Place(1, 0, 1))
        assert LONG not in left(rule, Place(2, 0, 2))[0]

    def test_not_across_the_end_of_a_line(self) -> None:
        rule = self.rule()
        wrote(rule, LONG, place=Place(4, 0, 4))
        assert LONG not in left(rule, Place(5, 1, 0))[0]

    def test_a_doubling_after_a_doubling_is_free_again(self) -> None:
        rule = self.rule(doubling=(LONG, MOON))
        for index, character in enumerate((LONG, LONG, MOON)):
            wrote(rule, character, place=Place(index, 0, index))
        assert left(rule, Place(3, 0, 3)) == [set(range(6)) - {LONG}]

    def test_characters_that_stand_elsewhere_are_kept_for_there(self) -> None:
        rule = self.rule(reserved=(AFTER, LONG))
        assert left(rule, FIRST) == [{MOUNTAIN, MOON, SEE}]

    def test_a_head_is_not_doubled(self) -> None:
        rule = self.rule(reserved=(LONG,))
        wrote(rule, LONG)
        assert LONG not in left(rule, Place(1, 0, 1))[0]

    def test_rows_do_not_know_of_each_other(self) -> None:
        rule = NoRepetition(2, self.KEYS, flags(), flags())
        wrote(rule, MOON, SEE)
        assert left(rule, Place(1, 0, 1), 2) == [set(range(6)) - {MOON}, set(range(6)) - {SEE}]


class TestKeeping:
    """After a couplet some candidates are copied over others; what was written goes along."""

    def test_tones_go_with_their_rows(self) -> None:
        tones = torch.tensor([[MUST_LEVEL], [MUST_OBLIQUE]])
        rule = ToneFilter(tones, flags(MOUNTAIN), flags(MOON))
        rule.keep(torch.tensor([1, 1]))
        assert left(rule, FIRST, 2) == [{MOON}, {MOON}]

    def test_rhyme_goes_with_its_rows(self) -> None:
        rule = RhymeFilter(torch.tensor([[True, True]] * 2), TestRhymeFilter.MEMBERS)
        wrote(rule, MOUNTAIN, LONG)
        rule.keep(torch.tensor([1, 0]))
        assert left(rule, Place(1, 1, 0), 2) == [{SEE, LONG}, {MOUNTAIN, SEE}]

    def test_what_was_used_goes_with_its_rows(self) -> None:
        rule = NoRepetition(2, TestNoRepetition.KEYS, flags(), flags(LONG))
        wrote(rule, MOON, LONG)
        rule.keep(torch.tensor([1, 1]))
        assert left(rule, Place(1, 0, 1), 2) == [set(range(6))] * 2
        assert left(rule, Place(1, 1, 0), 2) == [set(range(6)) - {LONG}] * 2

    def test_nothing_used_yet_is_kept_as_well(self) -> None:
        rule = NoRepetition(2, TestNoRepetition.KEYS, flags(), flags())
        rule.keep(torch.tensor([0, 0]))
        assert left(rule, FIRST, 2) == [set(range(6))] * 2

    def test_a_fixed_mask_is_the_same_for_all(self) -> None:
        rule = OnlyThese(flags(MOON))
        rule.keep(torch.tensor([1, 1]))
        assert left(rule, FIRST, 2) == [{MOON}] * 2
