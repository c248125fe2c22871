"""What belongs together in verse: the table that ships, and how it is learned."""

import pytest

from poetry_model.associations import (
    Associations,
    build_associations,
    load_associations,
    verse_words,
)
from poetry_model.corpus import PoemRecord

MOON = ("牀前明月光", "疑是地上霜", "舉頭望明月", "低頭思故鄉")


def record(*lines: str, split: str = "train", title: str = "", form: str = "五绝") -> PoemRecord:
    return PoemRecord(split, form, "唐", title, 0.5, lines)


@pytest.mark.parametrize(
    ("word", "near"), [("雁", "鴻塞蘆秋"), ("酒", "杯醉"), ("中秋", "月圓桂"), ("七夕", "鵲橋牛女")]
)
def test_the_neighbours_that_one_expects(word: str, near: str) -> None:
    found = load_associations().near(word)
    assert set(near) <= set(found)
    assert not set(word) & set(found)


def test_words_are_found_by_their_simplified_form() -> None:
    words = load_associations().words
    assert (words["故乡"], words["白发"], words["千里"]) == ("故鄉", "白髮", "千里")
    assert "手机" not in words


def test_a_word_without_neighbours_of_its_own_has_its_characters_by_turns() -> None:
    table = Associations({"冷": "霜衾雪", "茶": "煎甌霜冷"}, {})
    assert table.near("冷茶") == "霜煎衾甌雪"
    assert table.near("囍") == ""


def test_words_are_feet_that_keep_together() -> None:
    """明月 stands in its foot; 前明 and 月光 cross from one foot to the next."""
    poems = [record(*MOON), record("花間一壺酒", "獨酌無相親", "山月隨人歸", "長歌吟松風")] * 60
    found = verse_words(poems)
    assert found["明月"] == 120
    assert "前明" not in found


def test_the_table_is_learned_from_training_poems_alone() -> None:
    """雁 and 書 stand together in training, 雁 and 月 elsewhere."""
    poems = [
        *[record("雁書", "山水", form="古体")] * 200,
        *[record("風雲", "竹松", form="古体")] * 200,
        *[record("雁月", "雁月", split="test", form="古体")] * 400,
    ]
    rows = dict(row.split("\t", 1) for row in build_associations(poems))
    assert rows["雁"].startswith("書\t")
    assert set(rows["雁"].split("\t")[1]) == set("書山水")
    assert "月" not in rows


def test_a_title_says_what_a_couplet_is_about_but_a_tune_does_not() -> None:
    poems = [
        *[record("月圓", "桂香", title="中秋", form="古体")] * 300,
        *[record("風雲", "竹松", title="浪淘", form="词")] * 300,
    ]
    rows = dict(row.split("\t", 1) for row in build_associations(poems))
    assert set(rows["中秋"].split("\t")[1]) == set("月圓桂香")
    assert "浪淘" not in rows
