"""The measure of parallel lines, on couplets that every school knows."""

from pathlib import Path

import numpy as np
import pytest

from poetry_model.parallelism import (
    ParallelTable,
    parallel_couplets,
    parallel_score,
    parallel_table,
    place_scores,
)
from poetry_model.script import to_script
from poetry_model.word_classes import class_shares

KNOWN = [
    ("無邊落木蕭蕭下", "不盡長江滾滾來"),  # 杜甫《登高》
    ("兩個黃鸝鳴翠柳", "一行白鷺上青天"),  # 杜甫《絕句》
    ("大漠孤煙直", "長河落日圓"),  # 王維《使至塞上》
    ("明月松間照", "清泉石上流"),  # 王維《山居秋暝》
    ("滄海月明珠有淚", "藍田日暖玉生煙"),  # 李商隱《錦瑟》
    ("雞聲茅店月", "人跡板橋霜"),  # 溫庭筠《商山早行》
    ("海日生殘夜", "江春入舊年"),  # 王灣《次北固山下》
]


class TestScore:
    @pytest.mark.parametrize("couplet", KNOWN)
    def test_couplets_known_for_it_score_high(self, couplet: tuple[str, str]) -> None:
        assert parallel_score(*couplet) > 0.5

    def test_the_line_that_belongs_scores_above_every_other(self) -> None:
        """Of the lines of one length, the one its poet wrote."""
        for upper, lower in KNOWN:
            others = [other for _, other in KNOWN if len(other) == len(upper) and other != lower]
            assert all(parallel_score(upper, lower) > parallel_score(upper, o) for o in others)

    def test_it_agrees_with_classes_made_by_hand(self) -> None:
        pairs = [(u, low) for u, _ in KNOWN for _, low in KNOWN if len(u) == len(low)]
        high = [pair for pair in pairs if parallel_score(*pair) > 0.5]
        low = [pair for pair in pairs if parallel_score(*pair) < 0]
        assert class_shares(high).same_class > class_shares(low).same_class + 0.2

    def test_in_either_script(self) -> None:
        for couplet in KNOWN:
            simplified = [to_script(line, "simplified") for line in couplet]
            assert parallel_score(*simplified) == parallel_score(*couplet)

    def test_words_of_a_kind_answer_each_other(self) -> None:
        table = parallel_table()
        for one, like, unlike in ("三五春", "紅綠三", "東西酒", "鷗鶴三", "月風翁", "不未山"):
            assert table.pair(one, like) > 1 > 0 > table.pair(one, unlike)
            assert table.pair(one, like) == pytest.approx(table.pair(like, one), abs=1e-5)

    def test_a_character_over_itself_counts_against_the_couplet(self) -> None:
        assert place_scores("月", "月")[0] < -1

    def test_a_doubling_is_answered_by_a_doubling(self) -> None:
        answered, single, neither = (
            place_scores("蕭蕭", "滾滾")[1] - parallel_table().pair("蕭", "滾"),
            place_scores("蕭蕭", "滾來")[1] - parallel_table().pair("蕭", "來"),
            place_scores("蕭木", "滾來")[1] - parallel_table().pair("木", "來"),
        )
        assert answered > 3
        assert single < -3
        assert neither == pytest.approx(0, abs=0.1)

    def test_an_unknown_character_says_nothing(self) -> None:
        assert place_scores("𠮷", "月") == (0.0,)

    def test_lines_of_unlike_length_are_no_couplet(self) -> None:
        with pytest.raises(ValueError, match="zip"):
            parallel_score("大漠孤煙直", "一行白鷺上青天")


class TestTable:
    TABLE = ParallelTable(
        characters="月風",
        vectors=np.array([[1.0, 0.5], [0.5, -1.0]], np.float32),
        biases=np.array([0.25, -0.5], np.float32),
        signs=np.array([1.0, -1.0], np.float32),
        same=-2.0,
        doubled=np.array([[0.0, -4.0], [-4.0, 4.0]], np.float32),
    )

    def test_a_pair_is_the_signed_product_and_both_biases(self) -> None:
        assert self.TABLE.pair("月", "風") == pytest.approx(0.5 + 0.5 + 0.25 - 0.5)
        assert self.TABLE.pair("月", "月") == -2.0

    def test_both_sides_multiply_to_the_pairs(self) -> None:
        upper, lower = self.TABLE.sides
        assert (upper @ lower.T)[0, 1] == pytest.approx(self.TABLE.pair("月", "風"))

    def test_it_is_read_as_it_was_saved_but_for_rounding(self, tmp_path: Path) -> None:
        self.TABLE.save(tmp_path / "table.safetensors")
        found = ParallelTable.load(tmp_path / "table.safetensors")
        assert found.characters == "月風"
        assert found.pair("月", "風") == pytest.approx(self.TABLE.pair("月", "風"), abs=0.02)
        assert (found.same, found.doubled.tolist()) == (-2.0, self.TABLE.doubled.tolist())


class TestWhere:
    @pytest.mark.parametrize(
        ("name", "lengths", "expected"),
        [
            ("七律", (7,) * 8, (2, 4)),
            ("五律", (5,) * 8, (2, 4)),
            ("七绝", (7,) * 4, ()),
            ("五言", (5,) * 12, (2, 4, 6, 8)),
            ("五言", (5,) * 9, ()),
            ("五言联", (5, 5), (0,)),
            ("七言", (7, 7), ()),
            ("如梦令", (6, 6, 5, 6, 2, 2, 6), ()),
            ("浣溪沙", (7,) * 6, (3,)),
            ("鷓鴣天", (7, 7, 7, 7, 3, 3, 7, 7, 7), (2, 4)),
            ("忆江南", (3, 5, 7, 7, 5), (2,)),
            ("临江仙", (7, 6, 7, 5, 5, 7, 6, 7, 5, 5), ()),  # only where it opens 6, 6
        ],
    )
    def test_the_middle_couplets_of_regulated_verse_a_couplet_and_where_custom_has_it(
        self, name: str, lengths: tuple[int, ...], expected: tuple[int, ...]
    ) -> None:
        assert parallel_couplets(name, lengths) == expected
