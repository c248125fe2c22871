"""The poet with the weights that ship: every rule holds in every poem."""

import dataclasses
from pathlib import Path

import pytest
import torch

from poetry_model import (
    FORMS,
    BadRequest,
    NoCharacterFits,
    Poem,
    PoemRequest,
    Poet,
    WeightsError,
    as_read,
    is_han,
    to_script,
)
from poetry_model.acceptance import accepted
from poetry_model.checkpoints import Model, load_model, shipped_weights
from poetry_model.config import SEED, TINY
from poetry_model.copies import LINE_FILTER, LineFilter
from poetry_model.corpus import PoemRecord
from poetry_model.network import build_network
from poetry_model.poet import WritingOptions
from poetry_model.prosody import check_poem
from poetry_model.rhyme_book import groups_of, level_groups
from poetry_model.script import to_traditional
from poetry_model.verse_forms import verse_form
from poetry_model.vocabulary import Vocabulary
from tests.poetry_model import slow_checker as slow

MODERN = ("程序员", "人工智能", "咖啡", "宇宙飞船")


@pytest.fixture(scope="module")
def known_lines() -> LineFilter:
    return LineFilter.load(shipped_weights() / LINE_FILTER)


def faults_outside(poem: Poem, given: set[tuple[int, int]]) -> list[object]:
    report = check_poem(poem.form, poem.lines)
    return [f for f in report.faults if (f.line, f.position) not in given]


def assert_flawless(poem: Poem) -> None:
    """Form, tone, rhyme and repetition by both checkers, and the text of the lines."""
    report = check_poem(poem.form, poem.lines)
    assert not report.faults, poem
    assert slow.is_regular(poem.lines), poem
    assert not slow.repeats(poem.lines), poem
    assert poem.text == "".join(
        line + "，。"[number % 2 or number == len(poem.lines) - 1]
        for number, line in enumerate(poem.lines)
    )
    assert all(is_han(character) for line in poem.lines for character in line)
    assert poem.rhyme == to_script(report.rhyme or "", poem.script)
    assert poem.rhyme


class TestAnyPoem:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize(
        ("theme", "script", "seed"), [("月", "simplified", 1), ("江南春雨", "traditional", 2)]
    )
    def test_keeps_form_tone_and_rhyme_and_repeats_nothing(
        self, poet: Poet, form: str, theme: str, script: str, seed: int
    ) -> None:
        poem = poet.write(PoemRequest(form=form, theme=theme, script=script, seed=seed))
        assert (poem.form, poem.theme, poem.script, poem.seed) == (form, theme, script, seed)
        assert slow.has_shape(form, poem.lines)
        assert_flawless(poem)

    @pytest.mark.parametrize("seed", range(3, 8))
    def test_needs_no_theme(self, poet: Poet, seed: int) -> None:
        assert_flawless(poet.write(PoemRequest("五绝" if seed % 2 else "七绝", seed=seed)))

    def test_the_same_request_is_the_same_poem_and_another_seed_another(self, poet: Poet) -> None:
        def write(seed: int) -> Poem:
            return dataclasses.replace(poet.write(PoemRequest("五绝", "秋", seed=seed)), ms=0)

        assert write(5) == write(5)
        assert write(5).lines != write(6).lines

    def test_a_fresh_poet_writes_the_same(self, poet: Poet) -> None:
        request = PoemRequest("五绝", "雪", seed=11)
        assert Poet.load().write(request).lines == poet.write(request).lines

    def test_script_changes_the_writing_not_the_poem(self, poet: Poet) -> None:
        simplified = poet.write(PoemRequest("七绝", "云", seed=4))
        traditional = poet.write(PoemRequest("七绝", "云", script="traditional", seed=4))
        assert (
            tuple(to_script(line, "simplified") for line in traditional.lines) == simplified.lines
        )

    def test_traditional_poems_are_in_the_corpus_own_characters(self, poet: Poet) -> None:
        """里 and 干 are traditional too; nothing turns them into 裏 and 幹."""
        for seed in range(2):
            poem = poet.write(PoemRequest("七绝", "千里", script="traditional", seed=seed))
            assert all(character in poet.vocabulary for line in poem.lines for character in line)

    def test_no_line_is_copied(self, poet: Poet, known_lines: LineFilter) -> None:
        for seed in range(4):
            poem = poet.write(PoemRequest("五绝", "山", script="traditional", seed=seed))
            assert not [line for line in poem.lines if line in known_lines]

    def test_themes_give_poems_that_show_them(self, poet: Poet) -> None:
        themes = "月雪山花酒柳雁竹"
        held = 0
        for theme in themes:
            poem = poet.write(PoemRequest("五绝", theme, seed=1))
            held += to_traditional(theme) in to_traditional("".join(poem.lines))
        assert held >= len(themes) * 3 / 4

    @pytest.mark.parametrize(
        "theme",
        [
            *MODERN,
            "春" * 40,
            "月落乌啼霜满天江枫渔火对愁眠姑苏城外寒山寺夜半钟声到客船好",
            "囍",
            "<b>月</b> & <script>",
        ],
    )
    def test_any_theme_gets_a_poem(self, poet: Poet, theme: str) -> None:
        poem = poet.write(PoemRequest("五绝", theme, seed=3))
        assert poem.theme == theme
        assert_flawless(poem)

    def test_fields_name_the_weights_and_the_time(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest("五绝"))
        assert poem.model == poet.name
        assert poem.ms > 0
        assert (poem.heads, poem.first_line, poem.theme) == (None, None, "")


class TestAcrostics:
    @pytest.mark.parametrize(
        "heads",
        [
            "春夏",
            "春夏秋",
            "春夏秋冬",
            "春夏秋冬风",
            "春夏秋冬梅兰竹菊",
            "一二三四五六七八九十",
            "天地玄黄宇宙洪荒日月盈昃辰宿列张",
        ],
    )
    def test_heads_stand_and_everything_holds(self, poet: Poet, heads: str) -> None:
        poem = poet.write(PoemRequest(heads=heads, seed=2))
        assert "".join(line[0] for line in poem.lines) == heads
        assert {len(line) for line in poem.lines} == {7}
        assert_flawless(poem)

    @pytest.mark.parametrize(
        ("heads", "form"), [("春夏秋冬", "七绝"), ("春夏秋冬梅兰竹菊", "七律"), ("春夏秋", "七言")]
    )
    def test_their_number_gives_the_form(self, poet: Poet, heads: str, form: str) -> None:
        assert poet.write(PoemRequest(heads=heads)).form == form

    @pytest.mark.parametrize("script", ["simplified", "traditional"])
    @pytest.mark.parametrize("heads", ["囍龘喆犇", "后发里干", "後髮裏乾", "爲雲乾鬱", "𠮷〇翀彧"])
    def test_rare_and_ambiguous_heads_stand_in_the_script_of_the_poem(
        self, poet: Poet, heads: str, script: str
    ) -> None:
        """What has no known tone may stand anywhere; all around it keeps the rules."""
        poem = poet.write(PoemRequest(form="五绝", heads=heads, script=script, seed=1))
        assert "".join(line[0] for line in poem.lines) == poem.heads == as_read(heads, script)
        given = {(line, 1) for line in range(1, 5)}
        assert not faults_outside(poem, given)
        assert slow.is_regular(poem.lines)  # of an unknown tone it hopes the best
        assert poem.rhyme

    @pytest.mark.parametrize("typed", ["万里发后", "萬里發後"])
    @pytest.mark.parametrize("script", ["simplified", "traditional"])
    def test_poem_and_heads_are_in_one_script(self, poet: Poet, typed: str, script: str) -> None:
        poem = poet.write(PoemRequest(heads=typed, script=script, seed=1))
        assert "".join(line[0] for line in poem.lines) == poem.heads
        assert all(as_read(line, script) == line for line in poem.lines)
        assert poem.heads == {"simplified": "万里发后", "traditional": "萬里發後"}[script]

    def test_one_character_may_head_every_line(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(heads="春春春春", seed=1))
        assert [line[0] for line in poem.lines] == ["春"] * 4
        assert "春" not in "".join(line[1:] for line in poem.lines)
        assert not faults_outside(poem, {(line, 1) for line in range(1, 5)})

    def test_heads_and_a_theme_and_five_characters(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest("五律", "秋夜", heads="明月几时有把酒问", seed=1))
        assert "".join(line[0] for line in poem.lines) == "明月几时有把酒问"
        assert_flawless(poem)

    def test_a_head_does_not_come_again_elsewhere(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(heads="风花雪月", theme="风花雪月", seed=1))
        assert not slow.repeats(poem.lines)

    @pytest.mark.parametrize("heads", ["😀😀", "春😀", "hi"])
    def test_what_is_no_character_is_refused(self, poet: Poet, heads: str) -> None:
        with pytest.raises(BadRequest):
            poet.write(PoemRequest(heads=heads))


class TestContinuations:
    @pytest.mark.parametrize(
        "line",
        [
            "床前明月光",
            "举头望明月",
            "牀前明月光",
            "我在写代码",
            "白日依山尽",
            "春眠初觉龘",  # closes on a character outside vocabulary and rhyme book
            "相对两囍囍",
            "床前明月卡",
            "醉后不知天在水",
            "我寄愁心与明月",
            "今天的天气真好",
            "月月月月月",
        ],
    )
    def test_go_on_from_any_line(self, poet: Poet, known_lines: LineFilter, line: str) -> None:
        script = "traditional" if "明" in line else "simplified"
        poem = poet.write(PoemRequest(first_line=line, script=script, seed=1))
        assert poem.lines[0] == poem.first_line == as_read(line, script)
        assert poem.form == {5: "五绝", 7: "七绝"}[len(line)]
        given = {(1, place) for place in range(1, len(line) + 1)}
        assert not faults_outside(poem, given)
        assert any(slow.rhyme_holds(poem.lines, first) for first in "平仄")
        assert not slow.repeats(poem.lines[1:])
        assert not set("".join(poem.lines[1:])) & set(poem.lines[0])
        assert poem.rhyme
        if script == "traditional":
            assert not [written for written in poem.lines[1:] if written in known_lines]

    def test_a_level_first_line_rhymes_with_the_rest(self, poet: Poet) -> None:
        for seed in range(2):
            poem = poet.write(PoemRequest(first_line="春城无处不飞花", seed=seed))
            assert poem.rhyme == "六麻"
            assert slow.rhyme_holds(poem.lines, "平")

    def test_it_rhymes_even_on_a_character_outside_the_vocabulary(self, poet: Poet) -> None:
        """The network cannot write it, but the rhyme book knows its group."""
        level = {group for group in level_groups() if group.name == "七陽"}
        closing = next(
            character
            for character in slow.BOOK
            if set(groups_of(character)) == level
            and character not in poet.vocabulary
            and to_script(character, "simplified") == character
        )
        poem = poet.write(PoemRequest(first_line=f"春城无处不飞{closing}", seed=1))
        assert poem.rhyme == "七阳"
        assert slow.rhyme_holds(poem.lines, "平")

    def test_a_regular_first_line_sets_the_pattern(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(form="五律", first_line="白日依山尽", seed=1))
        assert_flawless(poem)
        assert check_poem("五律", poem.lines).pattern == "仄起首句不入韵"

    def test_heads_may_join_a_first_line(self, poet: Poet) -> None:
        poem = poet.write(PoemRequest(first_line="床前明月光", heads="床上天下", seed=1))
        assert poem.lines[0] == "床前明月光"
        assert [line[0] for line in poem.lines] == [*"床上天下"]


class TestRulesThatFindNoWay:
    def options(self, **changed: object) -> WritingOptions:
        return WritingOptions(**{"candidates": 2, "attempts": 3, **changed})

    def test_a_network_of_six_characters_says_so(self) -> None:
        """Nothing is written by halves, and nothing runs without end."""
        vocabulary = Vocabulary(tuple("山月流春鳥白"), 1)
        torch.manual_seed(1)
        network = build_network(TINY.network, len(vocabulary)).eval().requires_grad_(False)
        poet = Poet(Model("six", network, vocabulary, {}), LineFilter.build(["山"]), self.options())
        with pytest.raises(NoCharacterFits) as stuck:
            poet.write(PoemRequest("五绝", seed=1))
        assert stuck.value.form == "五绝"

    def test_a_dead_end_is_tried_again(self, poet: Poet, monkeypatch: pytest.MonkeyPatch) -> None:
        """The first batch finds no way; the poem comes from the second."""
        attempts = []
        attempt = Poet._attempt

        def fails_once(*arguments: object) -> object:
            attempts.append(arguments)
            if len(attempts) == 1:
                raise NoCharacterFits("五绝", 1, 1)
            return attempt(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Poet, "_attempt", fails_once)
        assert_flawless(poet.write(PoemRequest("五绝", seed=1)))
        assert len(attempts) == 2

    def test_poems_that_never_pass_the_last_check_are_not_given_out(
        self, poet: Poet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("poetry_model.poet.accepted", lambda *_: None)
        with pytest.raises(NoCharacterFits):
            poet.write(PoemRequest("五绝", seed=1))

    def test_lines_of_the_corpus_cost_candidates_not_the_poem(self, poet: Poet) -> None:
        """With its own first choice declared known, the poet writes another."""
        request = PoemRequest("五绝", "月", script="traditional", seed=1)
        first = poet.write(request)
        model = Model(poet.name, poet._network.network, poet.vocabulary, {})
        other = Poet(model, LineFilter.build(first.lines[2:3]), poet.options).write(request)
        assert other.lines != first.lines
        assert first.lines[2] not in other.lines

    @pytest.mark.parametrize("script", ["simplified", "traditional"])
    def test_a_line_is_known_in_the_characters_it_was_written_in(
        self, poet: Poet, script: str, records: list[PoemRecord]
    ) -> None:
        """游 becomes 遊 on the way to simplified and back; the copy is still seen."""
        line = next(
            line
            for record in records
            for line in record.lines
            if len(line) == 5
            and to_traditional(to_script(line, "simplified")) != line
            and all(character in poet.vocabulary for character in line)
        )
        request = PoemRequest("五绝", script=script)
        written = (line, "黃河入海流", "欲窮千里目", "更上一層樓")
        assert accepted(verse_form("五绝"), written, request, LineFilter.build([line])) is None


class TestLoading:
    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(WeightsError, match="nowhere"):
            Poet.load(tmp_path / "nowhere")

    def test_the_tutorials_network_cannot_write_by_rule(self, poet: Poet) -> None:
        network = build_network(SEED.network, len(poet.vocabulary))
        with pytest.raises(WeightsError, match="seed"):
            Poet(
                Model("seed", network, poet.vocabulary, {}),
                LineFilter.build(["月"]),
                WritingOptions(),
            )

    def test_what_ships_is_at_most_25_megabytes_and_whole(self) -> None:
        folder = shipped_weights()
        assert sum(path.stat().st_size for path in folder.iterdir()) <= 25_000_000
        assert load_model().figures["validation_perplexity"] > 1
