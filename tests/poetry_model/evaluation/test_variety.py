"""Distinct-n and what poems on one theme share, counted by hand."""

from dataclasses import replace

from poetry_model import Poem
from poetry_model.evaluation.variety import Sharing, distinct, sharing


def test_distinct_counts_different_pieces_within_lines(stork: Poem) -> None:
    assert distinct([stork], 1) == 1.0
    assert distinct([stork, stork], 2) == 0.5


def test_poems_on_one_theme_are_compared_two_by_two(stork: Poem) -> None:
    """Three poems on 楼: one pair shares a line, one more four characters; 月 is alone."""
    first = stork
    second = replace(stork, lines=("黄河入海流", "甲乙丙丁戊", "己庚辛壬癸", "子丑寅卯辰"))
    third = replace(stork, lines=("欲穷千里寒", "金木水火土", "东南西北中", "宫商角徵羽"))
    other = replace(stork, theme="月")
    assert sharing([first, second, third, other]) == Sharing(
        pairs=3, line=round(1 / 3, 4), four_characters=round(2 / 3, 4)
    )


def test_one_poem_a_theme_shares_nothing(stork: Poem) -> None:
    assert sharing([stork]) == Sharing(0, 0.0, 0.0)
