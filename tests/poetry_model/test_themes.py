"""How themes are read: cut into words, taken literally or through images."""

import random
from itertools import pairwise

import pytest

from poetry_model.checkpoints import shipped_weights
from poetry_model.imagery import lexicon
from poetry_model.themes import MOST_WORDS, Taken, ThemeReading, read_theme
from poetry_model.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(shipped_weights() / "vocabulary.txt")


class TestLiteral:
    @pytest.mark.parametrize(
        ("theme", "words"),
        [
            ("月", ["月"]),
            ("秋思", ["秋思"]),
            ("故人", ["故人"]),
            ("江南春雨", ["江南", "春雨"]),
            ("故乡的云", ["故鄉", "雲"]),
            ("滚滚长江东逝水", ["滾滾", "長江", "東", "逝水"]),
            ("春眠不觉晓", ["春", "眠", "不覺", "曉"]),
            ("白发", ["白髮"]),
            ("后", ["後"]),
            ("我", ["我"]),
            ("的", ["的"]),
        ],
    )
    def test_what_verse_uses_stands_as_it_is(
        self, vocabulary: Vocabulary, theme: str, words: list[str]
    ) -> None:
        reading = read_theme(theme, vocabulary)
        assert (list(reading.literal), reading.images) == (words, ())
        assert reading.taken is Taken.LITERALLY

    @pytest.mark.parametrize(
        ("simplified", "traditional"),
        [("江南春雨", "江南春雨"), ("故乡", "故鄉"), ("长安夜", "長安夜"), ("高铁", "高鐵")],
    )
    def test_both_scripts_are_read_alike(
        self, vocabulary: Vocabulary, simplified: str, traditional: str
    ) -> None:
        assert read_theme(simplified, vocabulary) == read_theme(traditional, vocabulary)

    def test_a_place_has_its_name_and_what_belongs_to_it(self, vocabulary: Vocabulary) -> None:
        reading = read_theme("杭州", vocabulary)
        assert reading.literal == ("杭州",)
        assert {"錢塘", "西湖"} <= set(reading.images)


class TestImages:
    @pytest.mark.parametrize(
        "theme",
        [
            "写代码",
            "高铁",
            "失眠",
            "打工人",
            "外卖",
            "奶茶",
            "手机",
            "加班",
            "堵车",
            "毕业",
            "考试",
            "地铁",
            "咖啡",
            "相亲",
            "健身",
            "游戏",
            "股票",
            "疫情",
            "人工智能",
            "程序员",
            "双十一",
            "AI",
            "🌙",
            "生日快乐",
            "社恐",
            "内卷",
            "熊猫",
            "北京",
            "奥运会",
        ],
    )
    def test_words_of_today_are_read_through_images(
        self, vocabulary: Vocabulary, theme: str
    ) -> None:
        reading = read_theme(theme, vocabulary)
        assert reading.taken is Taken.THROUGH_IMAGES
        assert len(reading.images) >= 2

    def test_two_words_give_their_images_by_turns(self, vocabulary: Vocabulary) -> None:
        reading = read_theme("在北京加班的雨夜", vocabulary)
        assert reading.literal == ("雨夜",)
        city, work = lexicon()["北京"], lexicon()["加班"]
        assert reading.images[:4] == (city[0], work[0], city[1], work[1])

    @pytest.mark.parametrize("theme", ["不想上班", "我们要上班了吗", "上班"])
    def test_what_only_joins_words_is_dropped(self, vocabulary: Vocabulary, theme: str) -> None:
        assert read_theme(theme, vocabulary) == read_theme("上班", vocabulary)

    @pytest.mark.parametrize("theme", ["代码", "代码评审"])
    def test_rare_characters_left_over_beside_them_are_let_go(
        self, vocabulary: Vocabulary, theme: str
    ) -> None:
        assert read_theme(theme, vocabulary) == read_theme("写代码", vocabulary)

    def test_a_theme_may_mix_letters_signs_and_characters(self, vocabulary: Vocabulary) -> None:
        assert read_theme("I ❤️ 你", vocabulary).images[0] == "相思"
        assert read_theme("AI写诗✨", vocabulary).images[:2] == ("木人", "苦吟")
        assert read_theme("<b>月</b> & <script>", vocabulary).literal == ("月",)

    def test_a_word_that_no_table_knows_falls_into_its_characters(
        self, vocabulary: Vocabulary
    ) -> None:
        assert read_theme("洗发水", vocabulary).literal == ("洗", "髮", "水")


class TestNames:
    @pytest.mark.parametrize(
        ("name", "given"),
        [("王小明", ["小", "明"]), ("欧阳雪", ["雪"]), ("林徽因", ["徽", "因"]), ("张伟", ["偉"])],
    )
    def test_a_name_gives_the_characters_that_verse_knows(
        self, vocabulary: Vocabulary, name: str, given: list[str]
    ) -> None:
        reading = read_theme(name, vocabulary)
        assert (list(reading.literal), reading.taken) == (given, Taken.AS_A_NAME)

    @pytest.mark.parametrize("theme", ["江南雨", "黄昏雨", "高山流水", "白雪", "雷雨", "马拉松"])
    def test_not_all_that_begins_with_a_surname_is_a_name(
        self, vocabulary: Vocabulary, theme: str
    ) -> None:
        assert read_theme(theme, vocabulary).taken is not Taken.AS_A_NAME

    def test_people_of_old_are_read_through_what_is_told_of_them(
        self, vocabulary: Vocabulary
    ) -> None:
        assert "赤壁" in read_theme("苏轼", vocabulary).images
        assert read_theme("李白", vocabulary).literal == ("李白",)


class TestNothingKnown:
    @pytest.mark.parametrize("theme", ["囍", "囍龘", "𠮷"])
    def test_the_poem_is_free(self, vocabulary: Vocabulary, theme: str) -> None:
        reading = read_theme(theme, vocabulary)
        assert (reading.words, reading.taken) == ((), Taken.FREELY)
        assert (reading.owed(vocabulary), reading.near()) == ((), "")
        assert reading.told(("白日依山盡",), "simplified") == ()

    @pytest.mark.parametrize("theme", ["", "  ", "hello"])
    def test_no_theme_is_no_theme(self, vocabulary: Vocabulary, theme: str) -> None:
        assert read_theme(theme, vocabulary).taken is Taken.NOT_GIVEN


class TestForOnePoem:
    VOCABULARY = Vocabulary(tuple("千里一日飛山川長風江陵月明"), 1)
    TRAIN = ("千里", "一日", "飛", "山川", "長風", "江陵")

    def test_a_poem_is_asked_for_as_much_as_it_can_hold(self) -> None:
        reading = ThemeReading((), self.TRAIN, Taken.THROUGH_IMAGES)
        choices = {reading.for_one_poem(random.Random(seed)).images for seed in range(30)}
        assert all(len(images) == MOST_WORDS for images in choices)
        assert len(choices) > 5
        for images in choices:
            places = [self.TRAIN.index(image) for image in images]
            assert all(a < b for a, b in pairwise(places))

    def test_the_same_chance_makes_the_same_choice(self) -> None:
        reading = ThemeReading((), self.TRAIN, Taken.THROUGH_IMAGES)
        assert reading.for_one_poem(random.Random(1)) == reading.for_one_poem(random.Random(1))

    def test_the_aptest_image_comes_most_often(self) -> None:
        reading = ThemeReading((), self.TRAIN, Taken.THROUGH_IMAGES)
        drawn = [reading.for_one_poem(random.Random(seed)).images for seed in range(100)]
        assert sum("千里" in d for d in drawn) > sum("江陵" in d for d in drawn)

    def test_words_become_ids_each_once_unknown_ones_left_out(self) -> None:
        reading = ThemeReading(("明月", "月", "囍"), ("千里",), Taken.LITERALLY)
        encode = self.VOCABULARY.encode
        assert reading.owed(self.VOCABULARY) == (tuple(encode("明月")), tuple(encode("千里")))
        assert reading.condition(self.VOCABULARY) == tuple(encode("明月千里"))

    def test_the_network_is_told_eight_characters_at_most(self) -> None:
        reading = ThemeReading((), self.TRAIN, Taken.THROUGH_IMAGES)
        assert len(reading.condition(self.VOCABULARY)) == 8


class TestTold:
    READING = ThemeReading((), ("千里", "一日", "飛", "長風"), Taken.THROUGH_IMAGES)

    def test_the_reader_hears_of_the_images_in_the_poem(self) -> None:
        assert self.READING.told(("朝辭白帝彩雲間", "千里江陵一日還"), "simplified") == (
            "千里",
            "一日",
        )

    def test_in_the_readers_script(self) -> None:
        assert self.READING.told(("飛流直下三千尺",), "simplified") == ("飞",)
        assert self.READING.told(("飛流直下三千尺",), "traditional") == ("飛",)

    def test_of_all_where_none_stands_whole(self) -> None:
        told = ("千里", "一日", "飛", "長風")
        assert self.READING.told(("白日依山盡",), "traditional") == told

    def test_a_literal_theme_needs_no_telling(self) -> None:
        assert ThemeReading(("月",), (), Taken.LITERALLY).told(("明月",), "simplified") == ()


def test_what_is_near_a_theme_holds_none_of_it(vocabulary: Vocabulary) -> None:
    near = read_theme("明月", vocabulary).near()
    assert "夜" in near
    assert not {"明", "月"} & set(near)
