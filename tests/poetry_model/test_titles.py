"""Titles: the theme where it can be one, else written by the network."""

import random

import pytest

from poetry_model import PoemRequest, Poet
from poetry_model.script import is_han

LINES = ("月落烏啼霜滿天", "江楓漁火對愁眠", "姑蘇城外寒山寺", "夜半鐘聲到客船")


def write(poet: Poet, theme: str, seed: int = 1) -> str:
    return poet._titles.name(LINES, theme, random.Random(seed))


@pytest.mark.parametrize("theme", ["秋夜", "楓橋夜泊", "江南春雨中作"])
def test_a_word_or_a_phrase_is_the_title(poet: Poet, theme: str) -> None:
    assert write(poet, theme) == theme


@pytest.mark.parametrize("theme", ["月", "秋", "雪"])
@pytest.mark.parametrize("seed", range(3))
def test_a_single_character_stands_once_in_a_title_that_the_network_writes(
    poet: Poet, theme: str, seed: int
) -> None:
    title = write(poet, theme, seed)
    assert 2 <= len(title) <= 3
    assert title.count(theme) == 1


@pytest.mark.parametrize("theme", ["", "一個很長很長的題目放不下", "𠀀", "第1次見面", "A股大跌"])
def test_without_a_theme_that_could_be_one_the_network_names_the_poem(
    poet: Poet, theme: str
) -> None:
    title = write(poet, theme)
    assert 2 <= len(title) <= 4
    assert all(map(is_han, title))
    assert len(set(title)) == len(title)


@pytest.mark.parametrize(
    ("theme", "title"), [("2024年的秋天", "秋天"), ("8点半的明月", "明月"), ("happy 秋天", "秋天")]
)
def test_what_is_left_beside_figures_is_the_title(poet: Poet, theme: str, title: str) -> None:
    assert poet.write(PoemRequest(form="五绝", theme=theme, seed=1)).title == title


def test_a_title_addresses_nobody(poet: Poet) -> None:
    titles = "".join(write(poet, "", seed) for seed in range(5))
    assert not set(titles) & set("送贈寄酬和韻公君丞尉")


def test_the_same_poem_gets_the_same_title_in_the_script_asked_for(poet: Poet) -> None:
    request = PoemRequest(form="五绝", theme="雲", seed=2)
    poems = [poet.write(request), poet.write(request)]
    assert poems[0].title == poems[1].title
    assert "云" in poems[0].title
