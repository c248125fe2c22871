"""Motifs: which one a poem gets, that each is painted, and lightly."""

from dataclasses import replace

import numpy as np
import pytest

from bot.cards import PAPERS, draw_card
from bot.cards.motifs import Motif, motif_of
from bot.cards.painting import paint
from tests.bot.cards.poems import EIGHT_LINES, LONGEST_TUNE, QUATRAIN, SEVEN, poem

NO_SIGN = poem("无题", "五绝", "一二三四五，六七八九十。一二三四五，六七八九十。")


@pytest.mark.parametrize(
    ("theme", "motif"),
    [
        ("月", Motif.MOON),
        ("梅花", Motif.PLUM),
        ("秋夜听雨", Motif.RAIN),
        ("楊柳", Motif.WILLOW),
        ("渔舟", Motif.WATER),
        ("荷風", Motif.LOTUS),
        ("鸿雁", Motif.GEESE),
        ("山居", Motif.MOUNTAINS),
        ("踏雪", Motif.SNOW),
        ("竹", Motif.BAMBOO),
        ("落花", Motif.PETALS),
    ],
)
def test_the_theme_tells_the_motif(theme: str, motif: Motif) -> None:
    assert motif_of(replace(NO_SIGN, theme=theme)) is motif


def test_without_a_telling_theme_title_verses_and_month_are_asked_in_turn() -> None:
    assert motif_of(replace(EIGHT_LINES, theme="失眠", title="听雨")) is Motif.RAIN
    assert motif_of(replace(QUATRAIN, theme="", title="无题")) is Motif.MOON
    months = [motif_of(replace(NO_SIGN, month=month, number=1)) for month in (1, 4, 7, 10)]
    assert months == [Motif.SNOW, Motif.WILLOW, Motif.BAMBOO, Motif.MOUNTAINS]


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("motif", Motif)
def test_every_motif_is_painted_and_leaves_most_of_the_sheet_free(motif: Motif, dark: bool) -> None:
    ink = np.asarray(paint(motif, 1440, 0, dark).ink)
    assert ink.shape == (1440, 1080)
    assert ink.max() > 80
    assert (ink > 100).mean() < 0.25


@pytest.mark.parametrize(
    ("theme", "paper"), [*zip("月山舟梅竹柳荷花雁雪雨", [*PAPERS, *PAPERS], strict=False)]
)
def test_cards_with_every_motif_stay_small(theme: str, paper: str) -> None:
    assert len(draw_card(replace(SEVEN, theme=theme), paper)) < 500_000


@pytest.mark.parametrize("paper", ["xuan", "ye"])
def test_the_longest_card_in_the_rain_stays_small(paper: str) -> None:
    assert len(draw_card(replace(LONGEST_TUNE, theme="雨"), paper)) < 500_000
