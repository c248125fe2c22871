"""The tunes as data, beside what everybody knows of them."""

import pytest

from poetry_model.ci_forms import TuneForm, tune_forms
from poetry_model.tunes import TUNES, find_tune, is_tune
from poetry_model.verse_rules import echoes_of, rhyme_sets
from tests.poetry_model import slow_ci_checker as slow

FORMS = [form for tune in TUNES for form in tune_forms(tune)]


def names(form: TuneForm) -> str:
    return f"{form.name} {form.variant}"


def test_every_tune_has_rules() -> None:
    assert len(TUNES) == 26
    assert all(is_tune(tune) and tune_forms(tune) for tune in TUNES)
    assert not is_tune("五绝")


@pytest.mark.parametrize(
    ("tune", "size"),
    [("忆江南", 27), ("如梦令", 33), ("浣溪沙", 42), ("菩萨蛮", 44), ("西江月", 50), ("虞美人", 56),
     ("蝶恋花", 60), ("满江红", 93), ("水调歌头", 95), ("念奴娇", 100), ("沁园春", 114)],
)  # fmt: skip
def test_tunes_have_the_number_of_characters_that_they_are_known_for(tune: str, size: int) -> None:
    assert sum(tune_forms(tune)[0].lengths) == size


@pytest.mark.parametrize("form", FORMS, ids=names)
def test_a_line_is_as_long_in_each_of_its_templates(form: TuneForm) -> None:
    for line in form.lines:
        assert {len(template) for template in line.templates} == {line.length}
        assert set("".join(line.templates)) <= set("平仄中")


@pytest.mark.parametrize("form", FORMS, ids=names)
def test_a_rhyme_has_a_tone(form: TuneForm) -> None:
    for line in form.lines:
        if line.rhyme:
            assert len({template[-1] for template in line.templates} - {"中"}) == 1
    assert all(len(numbers) > 1 for numbers in rhyme_sets(form.patterns[0]).values())


@pytest.mark.parametrize("form", FORMS, ids=names)
def test_lengths_and_rhymes_are_those_written_down_a_second_time(form: TuneForm) -> None:
    told = [(line.length, line.rhyme, line.echo) for line in form.lines]
    skeletons = [
        [(length, rhyme, again) for length, _, rhyme, again in slow.bones(skeleton)]
        for skeleton in slow.SKELETONS[form.name]
    ]
    assert told in skeletons


@pytest.mark.parametrize("form", FORMS, ids=names)
def test_no_template_breaks_the_bones_of_its_line(form: TuneForm) -> None:
    """Each tone that a template fixes is the one that the second writing has there."""
    written = [list(slow.bones(skeleton)) for skeleton in slow.SKELETONS[form.name]]
    same_shape = [bones for bones in written if tuple(b[0] for b in bones) == form.lengths]
    assert any(all(map(_agree, form.lines, bones)) for bones in same_shape)


def _agree(line: object, bone: slow.Bone) -> bool:
    length, tones, _, _ = bone
    places = zip(slow.places(length), tones, strict=True)
    return all(
        tone in ("中", template[place])
        for place, tone in places
        for template in line.templates  # type: ignore[attr-defined]
    )


def test_tunes_that_change_their_rhyme() -> None:
    sets = {tune: len(rhyme_sets(tune_forms(tune)[0].patterns[0])) for tune in TUNES}
    changing = {tune: count for tune, count in sets.items() if count > 1}
    assert changing == {"菩萨蛮": 4, "减字木兰花": 4, "虞美人": 4, "清平乐": 2}


def test_a_set_of_the_west_river_moon_is_level_and_oblique() -> None:
    (form,) = tune_forms("西江月")
    closing = [line.templates[0][-1] for line in form.lines if line.rhyme]
    assert closing == list("平平仄平平仄")


def test_what_is_said_again_stands_one_line_back() -> None:
    (form,) = tune_forms("如梦令")
    assert [(index, back) for index, back in enumerate(echoes_of(form)) if back] == [
        (25, 2),
        (26, 2),
    ]


def test_the_entering_tone_is_custom_in_three_tunes() -> None:
    customary = {f.name for f in FORMS if any(line.entering for line in f.lines)}
    assert customary == {"满江红", "念奴娇", "忆秦娥"}


class TestDividingLines:
    LINES = ("春花秋月何时了", "往事知多少", "小楼昨夜又东风", "故国不堪回首", "月明中",
             "雕栏玉砌应犹在", "只是朱颜改", "问君能有几多愁", "恰似一江春水",
             "向东流")  # fmt: skip

    def test_a_pause_need_not_end_a_line(self) -> None:
        (form,) = tune_forms("虞美人")
        joined = (*self.LINES[:3], "故国不堪回首月明中", *self.LINES[5:])
        assert form.cut(self.LINES) == self.LINES
        assert form.cut(joined) == self.LINES

    def test_a_long_line_may_be_divided_where_the_tune_allows_it(self) -> None:
        (form,) = tune_forms("虞美人")
        assert form.cut((*self.LINES[:3], "故国不堪", "回首月明中", *self.LINES[5:])) == self.LINES
        assert form.cut((*self.LINES[:3], "故国不", "堪回首月明中", *self.LINES[5:])) is None

    def test_sentences_are_not_run_together(self) -> None:
        (form,) = tune_forms("虞美人")
        assert form.cut(("春花秋月何时了往事知多少", *self.LINES[2:])) is None
        assert form.cut(self.LINES[:-1]) is None


def test_punctuation_parts_the_stanzas() -> None:
    (form,) = tune_forms("浣溪沙")
    assert form.marks == ("，", "。", "。\n", "，", "。", "。")


def test_names_are_found_in_either_script_and_by_other_names() -> None:
    assert find_tune("憶江南") == find_tune("望江南") == "忆江南"
    assert find_tune("大江东去") == "念奴娇"
    with pytest.raises(KeyError):
        tune_forms("声声慢")
