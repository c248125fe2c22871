"""词林正韵, part by part."""

import pytest

from poetry_model.ci_rhymes import PARTS, RhymePart, parts_of, typed_parts
from poetry_model.rhyme_book import groups_of, level_groups
from poetry_model.script import data_lines
from tests.poetry_model import slow_ci_checker as slow

PARTED = "佳灰元賄阮泰卦隊願"


def numbers(character: str, tone: str) -> set[int]:
    return {part.number for heard, part in parts_of(character) if heard == tone}


def test_the_parts_are_named_one_to_nineteen() -> None:
    assert [PARTS[i].name for i in (0, 9, 10, 18)] == ["第一部", "第十部", "第十一部", "第十九部"]
    assert [part.number for part in PARTS if part.entering] == [15, 16, 17, 18, 19]
    assert RhymePart(7).label("traditional") == "第七部"


@pytest.mark.parametrize(
    ("words", "tone", "part"),
    [
        ("東風重濃", "平", 1),
        ("少了好惱", "仄", 8),  # rising
        ("笑照道", "仄", 8),  # departing: one part with the rising tone
        ("寒山天園", "平", 7),
        ("門魂溫", "平", 6),
        ("雪月歇烈", "仄", 18),
    ],
)
def test_words_that_rhyme_in_ci(words: str, tone: str, part: int) -> None:
    assert set.intersection(*(numbers(word, tone) for word in words)) == {part}


def test_the_groups_that_are_parted() -> None:
    assert (numbers("回", "平"), numbers("來", "平")) == ({3}, {5})
    assert (numbers("街", "平"), numbers("娃", "平")) == ({5}, {10})
    assert (numbers("會", "仄"), numbers("大", "仄")) == ({3}, {5, 9})
    assert (numbers("碎", "仄"), numbers("愛", "仄")) == ({3}, {5})
    assert (numbers("恨", "仄"), numbers("萬", "仄")) == ({6}, {7})


def test_each_character_of_a_parted_group_is_in_a_part_of_it() -> None:
    """Nothing was forgotten when the groups were parted, and nothing came in."""
    book = {
        (tone, group): set(characters) for tone, group, characters in data_lines("pingshui.tsv")
    }
    listed: dict[tuple[str, str], set[str]] = {}
    for _, tone, group, *characters in data_lines("cilin.tsv"):
        if group != "*":
            found = set(characters[0]) if characters else book[tone, group]
            listed.setdefault((tone, group), set()).update(found)
    assert listed == book


def test_only_nine_groups_are_parted() -> None:
    parted = {group[-1] for _, _, group, *listed in data_lines("cilin.tsv") if listed} - {"*"}
    assert parted == set(PARTED)


def test_every_character_of_the_rhyme_book_has_a_part() -> None:
    for _, _, characters in data_lines("pingshui.tsv"):
        assert all(parts_of(character) for character in characters if groups_of(character))


def test_level_words_of_one_group_share_a_part_unless_it_is_parted() -> None:
    for group in level_groups():
        parts = {
            part
            for number, tone, name, *_ in data_lines("cilin.tsv")
            for part in [number]
            if (tone, name) == (group.part, group.name)
        }
        assert len(parts) == (2 if group.name[-1] in PARTED else 1)


def test_a_simplified_character_has_the_readings_of_all_it_stands_for() -> None:
    """后 is 後 and 后, 发 is 發 and 髮; 东 is 東."""
    assert {part.number for _, part in typed_parts("东")} == {1}
    assert {part.number for _, part in typed_parts("发")} == {18}


@pytest.mark.parametrize("character", "東回來街娃會大碎愛恨萬他做笑雪門山花樓心音簾")
def test_the_slow_checker_finds_the_same_parts(character: str) -> None:
    for tone in "平仄":
        slowly = {part for part in slow.rhymes(character, tone) if isinstance(part, int)}
        assert slowly == {part.number for heard, part in typed_parts(character) if heard == tone}
