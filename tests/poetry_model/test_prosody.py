"""The checker, against poems known by heart and against the slow checker."""

import itertools
import random

import pytest

from poetry_model import to_script
from poetry_model.corpus import PoemRecord
from poetry_model.prosody import check_poem, line_faults, pattern_faults
from poetry_model.verse_forms import FORMS, LineType, form_for, verse_form
from tests.poetry_model import slow_checker as slow

LEVEL, OBLIQUE = "平", "仄"
STORK = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
RIVER = ("朝辞白帝彩云间", "千里江陵一日还", "两岸猿声啼不住", "轻舟已过万重山")
SPRING = ("国破山河在", "城春草木深", "感时花溅泪", "恨别鸟惊心",
          "烽火连三月", "家书抵万金", "白头搔更短", "浑欲不胜簪")  # fmt: skip
HEIGHT = ("风急天高猿啸哀", "渚清沙白鸟飞回", "无边落木萧萧下", "不尽长江滚滚来",
          "万里悲秋常作客", "百年多病独登台", "艰难苦恨繁霜鬓", "潦倒新停浊酒杯")  # fmt: skip


def kinds(form: str, lines: tuple[str, ...]) -> list[tuple[str, int, int]]:
    return [(f.kind, f.line, f.position) for f in check_poem(form, lines).faults]


class TestKnownPoems:
    @pytest.mark.parametrize(
        ("form", "lines", "rhyme", "pattern"),
        [
            ("五绝", STORK, "十一尤", "仄起首句不入韵"),
            ("七绝", RIVER, "十五删", "平起首句入韵"),
            ("五律", SPRING, "十二侵", "仄起首句不入韵"),
            ("七律", HEIGHT, "十灰", "仄起首句入韵"),
        ],
    )
    @pytest.mark.parametrize("script", ["simplified", "traditional"])
    def test_regulated_poems_of_tang_keep_the_rules(
        self, form: str, lines: tuple[str, ...], rhyme: str, pattern: str, script: str
    ) -> None:
        written = tuple(to_script(line, script) for line in lines)
        report = check_poem(form, written)
        assert (report.form_valid, report.tone_valid, report.rhyme_valid) == (True, True, True)
        assert (report.rhyme, report.pattern) == (rhyme, pattern)
        assert not [f for f in report.faults if f.kind != "repeated"]
        assert slow.is_regular(written)

    def test_a_quiet_nights_thought_is_no_regulated_verse(self) -> None:
        lines = ("床前看月光", "疑是地上霜", "举头望山月", "低头思故乡")
        report = check_poem("五绝", lines)
        assert not report.tone_valid
        assert report.rhyme_valid
        assert not slow.is_regular(lines)

    def test_river_snow_rhymes_on_an_oblique_tone(self) -> None:
        lines = ("千山鸟飞绝", "万径人踪灭", "孤舟蓑笠翁", "独钓寒江雪")
        assert not check_poem("五绝", lines).rhyme_valid
        assert not slow.is_regular(lines)


class TestReadings:
    """思 is level in 相思, to long for each other, and oblique in 诗思, a poet's mood."""

    LONGING = ("红豆生南国", "春来发几枝", "愿君多采撷", "此物最相思")

    def test_a_word_of_two_tones_is_read_as_its_word_tells(self) -> None:
        report = check_poem("五绝", self.LONGING)
        assert (report.tone_valid, report.rhyme) == (True, "四支")
        assert slow.is_regular(self.LONGING)

    @pytest.mark.parametrize("script", ["simplified", "traditional"])
    def test_a_rhyme_word_read_oblique_is_no_rhyme(self, script: str) -> None:
        lines = tuple(to_script(line, script) for line in (*self.LONGING[:3], "灯下有诗思"))
        assert set(kinds("五绝", lines)) == {("tone", 4, 5), ("rhyme", 4, 5)}
        assert not slow.is_regular(lines)


class TestFaultsAreFound:
    """One worked example a rule, each a change to 登鹳雀楼 or 朝辞白帝."""

    def test_form(self) -> None:
        assert kinds("七绝", STORK) == [("form", 1, 0)]
        assert kinds("五律", STORK) == [("form", 0, 0)]
        assert kinds("八股", STORK) == [("form", 0, 0)]
        assert kinds("五绝", (*STORK[:3], "更上一层")) == [("form", 4, 0)]
        assert not check_poem("五绝", ()).form_valid

    def test_tone_at_the_second_character(self) -> None:
        assert kinds("五绝", ("白云依山尽", *STORK[1:])) == [("tone", 1, 2)]

    def test_lone_level_tone(self) -> None:
        # 白河入海流 would be 仄平仄仄平.
        assert kinds("五绝", (STORK[0], "赤河入海流", *STORK[2:])) == [("tone", 2, 1)]

    def test_lone_level_tone_mended(self) -> None:
        # 仄平平仄平: the third character is level too.
        assert kinds("五绝", (STORK[0], "赤河东海流", *STORK[2:])) == []

    def test_three_level_tones_at_the_end(self) -> None:
        lines = (HEIGHT[0], "渚清沙白孤飞回", *HEIGHT[2:])
        assert kinds("七律", lines) == [("tone", 2, 5)]

    def test_three_oblique_tones_at_the_end(self) -> None:
        assert ("tone", 3, 3) in kinds("五绝", (*STORK[:2], "欲穷万里目", STORK[3]))

    def test_the_liberty_for_a_line_that_closes_oblique_twice(self) -> None:
        # 平平仄平仄 for 平平平仄仄.
        assert kinds("五绝", (*STORK[:2], "登高望明月", STORK[3])) == []
        assert kinds("五绝", (*STORK[:2], "独高望明月", STORK[3])) != []

    def test_rhyme(self) -> None:
        report = check_poem("五绝", (*STORK[:3], "更上一层台"))
        assert not report.rhyme_valid
        assert [f.kind for f in report.faults] == ["rhyme"]
        assert report.rhyme is None

    def test_a_rhymed_first_line_of_another_group(self) -> None:
        assert ("rhyme", 1, 7) in kinds("七绝", ("朝辞白帝彩云东", *RIVER[1:]))

    def test_repetition(self) -> None:
        assert kinds("五绝", (*STORK[:3], "白上一层楼")) == [("repeated", 4, 1)]
        assert kinds("五绝", (*STORK[:3], "更上上层楼")) == []
        assert ("repeated", 4, 4) in kinds("五绝", (*STORK[:3], "更上上上楼"))

    def test_repetition_across_scripts(self) -> None:
        assert ("repeated", 4, 1) in kinds("五绝", (*STORK[:2], "欲後千里目", "后上一层楼"))

    def test_a_character_that_the_book_lacks_is_a_fault_where_a_tone_is_due(self) -> None:
        assert kinds("五绝", ("白𠮷依山尽", *STORK[1:])) == [("tone", 1, 2)]
        assert kinds("五绝", ("𠮷日依山尽", *STORK[1:])) == []

    def test_a_fault_says_what_was_expected(self) -> None:
        (fault,) = check_poem("五绝", ("白云依山尽", *STORK[1:])).faults
        assert (fault.character, fault.expected) == ("云", "仄")


class TestAgainstTheSlowChecker:
    # One level and one oblique character without a second reading.
    SAMPLE = str.maketrans({LEVEL: "山", OBLIQUE: "月"})

    @pytest.mark.parametrize("length", [5, 7])
    def test_every_line_of_tones_is_judged_alike(self, length: int) -> None:
        names = {
            (name[1], name[-1]): name
            for name in ("仄仄平平仄", "平平仄仄平", "平平平仄仄", "仄仄仄平平")
        }
        for read in map("".join, itertools.product("平仄", repeat=length)):
            line = read.translate(self.SAMPLE)
            for (opens, closes), name in names.items():
                fast = not line_faults(line, LineType(name, length), 1)
                assert fast == slow.line_fits(line, opens, closes), (read, name)

    @pytest.mark.parametrize("count", range(2, 17))
    @pytest.mark.parametrize("length", [5, 7])
    def test_the_patterns_are_those_of_dui_and_nian(self, length: int, count: int) -> None:
        """Strict lines of each pattern satisfy the slow checker, and only as that pattern."""
        found = set()
        for pattern in form_for(length, count).patterns:
            strict = [t.templates[0].replace("中", t.name[-3]) for t in pattern.lines]
            lines = [line.translate(self.SAMPLE) for line in strict]
            held = [p for p in slow.PATTERNS if slow.tone_holds(lines, *p)]
            assert len(held) == 1
            found.update(held)
        assert len(found) == 4

    def agree(self, form: str, lines: tuple[str, ...]) -> tuple[bool, bool]:
        """Both judge alike; returns whether the poem is regular and whether it repeats."""
        report = check_poem(form, lines)
        assert report.form_valid == slow.has_shape(form, lines)
        if not report.form_valid:
            return False, False
        regular, repeats = slow.is_regular(lines), slow.repeats(lines)
        known = all(slow.tones(character) for line in lines for character in line)
        fast = report.tone_valid and report.rhyme_valid
        # Of a character without a known tone the slow one hopes the best.
        assert fast == regular if known else fast <= regular, lines
        assert repeats == any(f.kind == "repeated" for f in report.faults), lines
        if known:
            self.agree_pattern_by_pattern(form, lines)
        return regular, repeats

    @staticmethod
    def agree_pattern_by_pattern(form: str, lines: tuple[str, ...]) -> None:
        for pattern in verse_form(form).patterns:
            opening = pattern.lines[0]
            fast = not pattern_faults(lines, pattern)
            assert fast == slow.tone_holds(lines, opening.name[1], opening.name[-1]), lines

    @pytest.mark.parametrize("script", ["traditional", "simplified"])
    def test_real_poems(self, records: list[PoemRecord], script: str) -> None:
        regular = 0
        poems = [record for record in records if record.form in FORMS]
        for record in poems:
            lines = tuple(to_script(line, script) for line in record.lines)
            regular += self.agree(record.form, lines)[0]
        assert len(poems) / 4 < regular < len(poems)

    def test_poems_with_characters_exchanged(self, records: list[PoemRecord]) -> None:
        chance, outcomes = random.Random(1), set()
        poems = [record for record in records if record.form in FORMS]
        pool = [character for record in poems for line in record.lines for character in line]
        for _ in range(600):
            record = chance.choice(poems)
            changed = [list(line) for line in record.lines]
            for _ in range(chance.randrange(1, 3)):
                line = chance.choice(changed)
                line[chance.randrange(len(line))] = chance.choice(pool)
            outcomes.add(self.agree(record.form, tuple(map("".join, changed))))
        assert len(outcomes) == 4  # regular or not, repeating or not: all were met

    @pytest.mark.parametrize("form", FORMS)
    def test_random_poems_that_almost_keep_the_rules(
        self, form: str, records: list[PoemRecord]
    ) -> None:
        """Lines of tones the slow checker takes, in characters, one in three with a slip."""
        chance = random.Random(form)
        count, length = slow.SHAPES[form]
        pool = sorted({c for record in records for line in record.lines for c in line})
        by_tone = {tone: [c for c in pool if tone in slow.usual(c)] for tone in "平仄"}
        rhymes = [c for c in by_tone[LEVEL] if (LEVEL, "一先") in slow.readings(c)]
        reads = [
            r
            for r in map("".join, itertools.product("平仄", repeat=length))
            if slow.line_is_regular(r)
        ]
        regular = 0
        for _ in range(60):
            opens = chance.choice("平仄")
            lines = []
            for number in range(count):
                if number % 2:
                    opens = "平" if opens == "仄" else "仄"
                closes = LEVEL if number % 2 else OBLIQUE
                read = chance.choice([r for r in reads if (r[-4], r[-1]) == (opens, closes)])
                line = [chance.choice(by_tone[tone]) for tone in read]
                if number % 2:
                    line[-1] = chance.choice(rhymes)
                lines.append(line)
            if chance.random() < 0.3:
                slipped = chance.choice(lines)
                slipped[chance.randrange(length)] = chance.choice(pool)
            regular += self.agree(form, tuple(map("".join, lines)))[0]
        assert 30 < regular <= 60
