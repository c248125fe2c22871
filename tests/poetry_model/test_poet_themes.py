"""What a theme does to a poem, with the weights that ship."""

import pytest

from poetry_model import Poem, PoemRequest, Poet, to_script
from poetry_model.imagery import lexicon
from poetry_model.poet import WritingOptions

MODERN = ("高铁", "失眠", "写代码", "打工人", "外卖", "堵车", "毕业", "双十一")


def write(poet: Poet, theme: str, *, seed: int = 1, script: str = "traditional") -> Poem:
    return poet.write(PoemRequest("七绝", theme, script=script, seed=seed))


def stands(word: str, poem: Poem) -> bool:
    return any(word in line for line in poem.lines)


@pytest.mark.parametrize("themes", ["月雪雁琴柳病劍蓮", ("秋思", "故人", "江南", "長安", "明月")])
def test_a_literal_theme_stands_as_the_word_it_is(poet: Poet, themes: tuple[str, ...]) -> None:
    poems = [write(poet, theme) for theme in themes]
    assert sum(stands(poem.theme, poem) for poem in poems) >= len(poems) - 1
    assert all((p.theme_reading, p.theme_taken) == ((), "literally") for p in poems)


def test_a_theme_of_today_shows_its_images_and_says_which(poet: Poet) -> None:
    poems = [write(poet, theme) for theme in MODERN]
    for poem in poems:
        assert poem.theme_taken == "images"
        assert poem.theme_reading
        assert set(poem.theme_reading) <= set(lexicon()[poem.theme])
    told = [[stands(image, poem) for image in poem.theme_reading] for poem in poems]
    assert sum(map(all, told)) >= len(poems) - 1
    assert sum(len(images) >= 2 for images in told) >= len(poems) / 2


def test_both_scripts_of_a_theme_give_one_poem(poet: Poet) -> None:
    poems = [write(poet, theme, script="simplified") for theme in ("高铁", "高鐵")]
    assert poems[0].lines == poems[1].lines
    assert poems[0].theme_reading == poems[1].theme_reading


def test_the_reading_is_told_in_the_script_asked_for(poet: Poet) -> None:
    poems = [write(poet, "失眠", script=script) for script in ("traditional", "simplified")]
    told = [to_script(image, "simplified") for image in poems[0].theme_reading]
    assert tuple(told) == poems[1].theme_reading


def test_another_seed_shows_other_images(poet: Poet) -> None:
    assert len({write(poet, "失眠", seed=seed).theme_reading for seed in range(5)}) > 1


@pytest.mark.parametrize(
    ("theme", "taken"),
    [("囍", "freely"), ("王小明", "name"), ("", ""), ("🌙", "images"), ("AI", "images")],
)
def test_how_a_theme_was_taken_is_told(poet: Poet, theme: str, taken: str) -> None:
    poem = write(poet, theme)
    assert poem.theme_taken == taken
    assert bool(poem.theme_reading) is (taken == "images")
    assert poem.to_json()["theme_taken"] == taken


def test_a_name_leaves_a_character_in_the_poem(poet: Poet) -> None:
    text = write(poet, "林徽因").text
    assert "徽" in text or "因" in text


def test_what_belongs_to_a_theme_comes_with_it() -> None:
    """With the wish for what is near the theme its neighbours stand more often."""
    near = set("鴻飛塞沙南蘆聲行斷秋過寒")
    counts = []
    for bonus in (0.0, 4.0):
        poet = Poet.load(options=WritingOptions(aura_bonus=bonus))
        poems = [write(poet, "雁", seed=seed) for seed in range(4)]
        counts.append(sum(len(near & set(poem.text)) for poem in poems))
    assert counts[0] < counts[1]


def test_what_figures_count_is_no_part_of_a_title(poet: Poet) -> None:
    assert write(poet, "2026年春节", script="simplified").title == "春节"
    assert write(poet, "5G").title
