"""The hand-made classes, and the shares that are counted with them."""

import pytest

from poetry_model.script import data_lines, normalise, to_script
from poetry_model.word_classes import class_shares, word_classes, word_kinds

# 王維《輞川莊作》, the couplet of fields and trees.
FIELDS = ("漠漠水田飛白鷺", "陰陰夏木囀黃鸝")


def test_a_character_may_stand_in_several_classes() -> None:
    assert word_classes()["鷗"] == {"鳥獸"}
    assert {"珍寶", "顏色"} <= word_classes()["玉"]
    assert word_kinds()["三"] == {"數"}


def test_strict_couplets_keep_to_one_class() -> None:
    # 白 and 黃 are colours, 鷺 and 鸝 birds; 水 and 夏 are both nouns, of unlike classes.
    shares = class_shares([("白鷺水", "黃鸝夏")])
    assert shares.same_class == pytest.approx(2 / 3)
    assert (shares.same_kind, shares.judged) == (1.0, 1.0)


def test_in_either_script() -> None:
    simplified = [tuple(to_script(line, "simplified") for line in FIELDS)]
    assert class_shares(simplified) == class_shares([FIELDS])  # type: ignore[arg-type]


def test_what_no_class_has_is_not_judged() -> None:
    assert class_shares([("三𠮷", "五山")]).judged == 0.5
    assert class_shares([]).same_class == 0.0


def test_the_table_holds_characters_as_the_corpus_has_them_and_each_once_a_class() -> None:
    names = []
    for _, name, characters in data_lines("word_classes.tsv"):
        assert normalise(characters) == characters
        assert len(set(characters)) == len(characters)
        names.append(name)
    assert len(set(names)) == len(names)
