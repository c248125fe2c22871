"""词 and couplets, written with the weights that ship."""

import pytest

from poetry_model import TUNES, BadRequest, Poem, PoemRequest, Poet
from poetry_model.checkpoints import shipped_weights
from poetry_model.ci_forms import tune_forms
from poetry_model.copies import LINE_FILTER, LineFilter
from poetry_model.prosody import check_poem
from poetry_model.script import to_simplified
from tests.poetry_model import slow_ci_checker as slow


def faults_outside(poem: Poem, given: set[tuple[int, int]]) -> list[object]:
    faults = check_poem(poem.form, poem.lines).faults
    return [fault for fault in faults if (fault.line, fault.position) not in given]


class TestEveryTune:
    @pytest.mark.parametrize("tune", TUNES)
    def test_keeps_its_rules_and_copies_nothing(self, poet: Poet, tune: str) -> None:
        poem = poet.write(PoemRequest(form=tune, theme="秋思", seed=len(tune)))
        assert poem.form == tune
        assert not faults_outside(poem, set())
        assert slow.keeps(tune, poem.lines)
        known = LineFilter.load(shipped_weights() / LINE_FILTER)
        assert not [line for line in poem.lines if len(line) >= 5 and line in known]

    @pytest.mark.parametrize("tune", ["满江红", "沁园春"])
    def test_a_long_tune_says_no_word_and_no_rhyme_twice(self, poet: Poet, tune: str) -> None:
        poem = poet.write(PoemRequest(form=tune, theme="江", seed=3))
        words = [line[i : i + 2] for line in poem.lines for i in range(len(line) - 1)]
        assert len(words) == len(set(words))
        ends = [
            line[-1]
            for line, rule in zip(poem.lines, tune_forms(tune)[0].lines, strict=True)
            if rule.rhyme
        ]
        assert len(ends) == len(set(ends))

    def test_the_entering_tone_is_kept_where_it_is_custom(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="满江红", theme="月", seed=1))
        assert poem.rhyme in {"第十五部", "第十六部", "第十七部", "第十八部", "第十九部"}


class TestHowItIsShown:
    def test_punctuation_stanzas_and_rhyme(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="浣溪沙", theme="秋思", seed=1))
        a, b, c, d, e, f = poem.lines
        assert poem.text == f"{a}，{b}。{c}。\n{d}，{e}。{f}。"
        assert poem.rhyme.startswith("第")
        assert poem.rhyme.endswith("部")

    def test_each_rhyme_of_a_tune_that_changes_it(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="菩萨蛮", theme="月", seed=1))
        assert 1 <= len(poem.rhyme.split("、")) <= 4

    def test_either_script_and_any_of_its_names(self, poet: Poet) -> None:
        one = poet.write(PoemRequest(form="憶江南", theme="江南", seed=5, script="traditional"))
        other = poet.write(PoemRequest(form="望江南", theme="江南", seed=5))
        assert one.form == other.form == "忆江南"
        assert tuple(map(to_simplified, one.lines)) == other.lines

    def test_what_the_tune_says_again_is_said_again(self, poet: Poet) -> None:
        dream = poet.write(PoemRequest(form="如梦令", theme="梦", seed=2)).lines
        assert dream[4] == dream[5]
        moon = poet.write(PoemRequest(form="忆秦娥", theme="月", seed=2)).lines
        assert moon[2] == moon[1][-3:]
        assert moon[7] == moon[6][-3:]


class TestWhatIsGiven:
    @pytest.mark.parametrize(
        ("tune", "line"),
        [
            ("浣溪沙", "一曲新词酒一杯"),
            ("如梦令", "昨夜雨疏风骤"),
            ("临江仙", "梦后楼台高锁"),  # its second variant
            ("长相思", "汴水流"),
            ("浣溪沙", "我在公司写代码"),  # closes oblique where a level rhyme is due
        ],
    )
    def test_a_first_line_is_gone_on_from(self, poet: Poet, tune: str, line: str) -> None:
        poem = poet.write(PoemRequest(form=tune, first_line=line, seed=1))
        assert poem.lines[0] == line
        assert not faults_outside(poem, {(1, place) for place in range(1, len(line) + 1)})

    def test_what_is_said_again_of_a_first_line_stands_as_it_was_given(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="长相思", first_line="看龘流", seed=1))
        assert poem.lines[1].endswith("龘流")

    def test_heads_open_the_lines(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="浣溪沙", heads="春江花月夜人", seed=1))
        assert "".join(line[0] for line in poem.lines) == "春江花月夜人"
        assert not faults_outside(poem, {(line, 1) for line in range(1, 7)})

    @pytest.mark.parametrize(
        ("request_", "reason", "told"),
        [
            (
                PoemRequest(form="浣溪沙", first_line="床前明月光"),
                "tune_first_line",
                "7 characters",
            ),
            (PoemRequest(form="临江仙", first_line="汴水流"), "tune_first_line", "6 or 7"),
            (PoemRequest(form="浣溪沙", heads="春夏秋冬"), "tune_heads", "6 lines"),
            (PoemRequest(form="如梦令", heads="春夏秋冬梅兰竹"), "tune_heads", "again"),
            (PoemRequest(form="对联", heads="春夏秋"), "heads_form_mismatch", "2"),
            (PoemRequest(form="五言联", first_line="春风又绿江南岸"), "first_line_length", "5"),
            (PoemRequest(form="对联", first_line="汴水流"), "first_line_length", "not 3"),
            (PoemRequest(form="声声慢"), "unknown_form", "浣溪沙"),
        ],
    )
    def test_what_cannot_be_served_is_named(
        self, poet: Poet, request_: PoemRequest, reason: str, told: str
    ) -> None:
        with pytest.raises(BadRequest) as refused:
            poet.write(request_)
        assert refused.value.reason == reason
        assert told in str(refused.value)


class TestCouplets:
    @pytest.mark.parametrize(
        ("form", "name"), [("对联", "七言联"), ("對聯", "七言联"), ("五言联", "五言联")]
    )
    def test_two_lines_that_answer_each_other(self, poet: Poet, form: str, name: str) -> None:
        poem = poet.write(PoemRequest(form=form, theme="月", seed=4))
        first, second = poem.lines
        assert (poem.form, poem.rhyme) == (name, "")
        assert poem.text == f"{first}；{second}。"
        assert not faults_outside(poem, set())

    @pytest.mark.parametrize(
        ("line", "own"),
        [
            ("明月松间照", []),
            ("春风又绿江南岸", []),
            ("床前明月光", [("tone", 1, 5)]),  # closes level: answered on an oblique tone
            ("今天的天气真好", [("tone", 1, 4)]),  # 天 stands at the second and the fourth
        ],
    )
    def test_a_given_line_is_answered_and_its_faults_are_told(
        self, poet: Poet, line: str, own: list[tuple[str, int, int]]
    ) -> None:
        poem = poet.write(PoemRequest(form="对联", first_line=line, seed=1))
        assert poem.lines[0] == line
        assert len(poem.lines[1]) == len(line)
        faults = check_poem(poem.form, poem.lines).faults
        told = [(f.kind, f.line, f.position) for f in faults if f.kind == "tone"]
        assert set(own) <= set(told)
        assert all(fault.line == 1 for fault in faults)

    def test_heads_open_both_lines(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="对联", heads="春秋", seed=1))
        assert [line[0] for line in poem.lines] == ["春", "秋"]
