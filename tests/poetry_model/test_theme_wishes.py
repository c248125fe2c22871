"""From a theme's words to wishes on the columns of an alphabet."""

from collections.abc import Sequence

import pytest
import torch

from poetry_model.alphabet import Alphabet
from poetry_model.filters import LogitFilter, Place
from poetry_model.theme_wishes import ThemeAura, ThemeOwed

# Ids as columns in this order; the tests speak of columns.
ALPHABET = Alphabet.of(torch.tensor([9, 4, 7, 5]), 12)
RIVER, SOUTH, RAIN, MOON = range(4)
WORDS = ((9, 4), (7,))  # 江南 and 雨
LENGTHS = (5, 5, 5, 5)


def place(index: int) -> Place:
    return Place(index, index // 5, index % 5)


def owed(
    words: Sequence[Sequence[int]] = WORDS,
    starts: Sequence[int] = (0,),
    lengths: Sequence[int] = LENGTHS,
) -> ThemeOwed:
    return ThemeOwed(words, ALPHABET, torch.tensor(starts), 1.0, lengths)


def wished(rule: LogitFilter, index: int, rows: int = 1) -> list[list[float]]:
    logits = torch.zeros(rows, len(ALPHABET))
    rule.apply(logits, place(index))
    return [[round(value, 4) for value in row] for row in logits.tolist()]


def write(rule: LogitFilter, index: int, *columns: int) -> None:
    rule.wrote(torch.tensor(columns), place(index))


class TestThemeOwed:
    def test_words_are_wished_for_by_how_they_begin(self) -> None:
        assert wished(owed(), 0) == [[1, 0, 1, 0]]

    def test_a_word_that_was_begun_is_to_be_finished(self) -> None:
        rule = owed()
        write(rule, 0, RIVER)
        assert wished(rule, 1) == [[0, 3, 1, 0]]
        write(rule, 1, SOUTH)
        assert wished(rule, 2) == [[0, 0, 1, 0]]

    def test_the_end_of_one_word_does_not_call_for_the_next(self) -> None:
        rule = owed(((9,), (4,)))
        write(rule, 0, RIVER)
        assert wished(rule, 1) == [[0, 1, 0, 0]]

    def test_what_has_lost_its_beginning_is_not_wished_for(self) -> None:
        rule = owed()
        write(rule, 0, RIVER)
        write(rule, 1, MOON)
        assert wished(rule, 2) == [[0, 0, 1, 0]]

    def test_words_that_stand_whole_are_held_loose_characters_count_a_little(self) -> None:
        rule = owed(starts=(0, 0, 0))
        write(rule, 0, RIVER, SOUTH, RAIN)
        write(rule, 1, SOUTH, RIVER, MOON)
        assert rule.held.tolist() == [1, 0, 1]
        assert rule.paid.tolist() == [1.5, 0.5, 1.25]

    def test_no_word_is_begun_where_its_line_ends(self) -> None:
        rule = owed()
        assert wished(rule, 4) == [[0, 0, 1, 0]]
        write(rule, 4, RIVER)
        assert wished(rule, 5) == [[0, 0, 1, 0]]
        write(rule, 5, SOUTH)
        assert rule.held.tolist() == [0]

    def test_a_wish_begins_where_its_poem_says(self) -> None:
        rule = owed(starts=(0, 1))
        assert wished(rule, 0, 2) == [[1, 0, 1, 0], [0, 0, 0, 0]]
        assert wished(rule, 1, 2) == [[1, 0, 1, 0]] * 2

    def test_who_holds_nothing_is_pressed_towards_the_end(self) -> None:
        rule = owed(starts=(0, 0), lengths=(5,) * 6)
        write(rule, 0, RAIN, MOON)
        assert wished(rule, 20, 2) == [[1, 0, 0, 0], [1, 0, 1, 0]]
        assert wished(rule, 25, 2) == [[1, 0, 0, 0], [2, 0, 2, 0]]

    def test_a_wish_does_not_lift_a_mask(self) -> None:
        logits = torch.full((1, len(ALPHABET)), -torch.inf)
        owed().apply(logits, place(0))
        assert (logits == -torch.inf).all()

    @pytest.mark.parametrize("index", [0, 19])
    def test_without_words_it_wishes_nothing(self, index: int) -> None:
        rule = owed(())
        assert wished(rule, index) == [[0, 0, 0, 0]]
        write(rule, index, MOON)
        assert rule.paid.tolist() == [0]

    def test_what_is_owed_goes_with_its_rows(self) -> None:
        rule = owed(starts=(0, 0))
        write(rule, 0, RIVER, RAIN)
        rule.keep(torch.tensor([1, 0]))
        assert rule.paid.tolist() == [1.25, 0.25]
        assert wished(rule, 1, 2) == [[1, 0, 0, 0], [0, 3, 1, 0]]


class TestThemeAura:
    def test_the_nearest_is_wished_for_most_and_strangers_are_left_alone(self) -> None:
        """Id 11 is not in the alphabet."""
        assert wished(ThemeAura([7, 11, 4], ALPHABET, 0.9), 3) == [[0, 0.8, 0.9, 0]]
        assert wished(ThemeAura([], ALPHABET, 0.9), 3) == [[0, 0, 0, 0]]

    def test_the_ninth_is_wished_for_half_as_much(self) -> None:
        logits = torch.zeros(1, 30)
        ThemeAura(range(3, 30), Alphabet.whole(30), 1.0).apply(logits, place(0))
        assert logits[0, 11] == 0.5
        assert logits[0, 26] > 0
        assert logits[0, 27] == 0

    def test_it_is_the_same_at_every_place_and_for_every_candidate(self) -> None:
        rule = ThemeAura([7], ALPHABET, 1.0)
        write(rule, 0, RAIN, MOON)
        rule.keep(torch.tensor([1, 1]))
        assert wished(rule, 0, 2) == wished(rule, 19, 2) == [[0, 0, 1, 0]] * 2
