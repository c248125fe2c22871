"""Lines judged one by one: what the next must be, and what is wrong with it."""

import pytest

from poetry_model.beginnings import (
    can_be_begun,
    line_report,
    next_line,
    rhyme_words,
    rules_for,
    tones_at,
)
from poetry_model.ci_rhymes import PARTS
from poetry_model.corpus import PoemRecord
from poetry_model.prosody import check_poem
from poetry_model.rhyme_book import LEVEL, OBLIQUE, groups_of, level_groups
from tests.poetry_model.test_given_lines import QUATRAIN, REGULATED, TUNE

LONG_XIJIANGYUE = (
    "明月别枝惊鹊",
    "清风半夜鸣蝉",
    "稻花香里说丰年",
    "听取蛙声一片",
    "七八个星天外",
    "两三点雨山前",
    "旧时茅店社林边",
    "路转溪桥忽见",
)


def kinds(form: str, lines: tuple[str, ...], line: str) -> list[tuple[str, int, str]]:
    faults = line_report(rules_for(form), lines, line)
    return [(fault.kind, fault.position, fault.expected) for fault in faults]


@pytest.mark.parametrize(
    ("form", "poem"),
    [("五绝", QUATRAIN), ("五律", REGULATED), ("如梦令", TUNE), ("西江月", LONG_XIJIANGYUE)],
)
def test_every_line_of_a_poem_by_the_rules_may_follow_the_others(
    form: str, poem: tuple[str, ...]
) -> None:
    for count, line in enumerate(poem):
        assert line_report(rules_for(form), poem[:count], line) == (), line


def test_what_is_taken_line_by_line_is_what_the_checker_takes(records: list[PoemRecord]) -> None:
    judged = 0
    for record in records:
        if record.form not in ("五绝", "七绝", "五律", "七律"):
            continue
        form, lines = rules_for(record.form), record.lines
        if tuple(map(len, lines)) != form.lengths or len(set(lines)) < len(lines):
            continue
        report = check_poem(record.form, lines)
        stepwise = all(
            not line_report(form, lines[:count], line) for count, line in enumerate(lines)
        )
        assert stepwise == (report.tone_valid and report.rhyme_valid), record
        judged += 1
    assert judged > 20


def test_a_first_line_is_open_in_its_pattern() -> None:
    first = next_line(rules_for("五绝"), ())
    assert first.templates == ("中仄平平仄", "中仄仄平平", "中平平仄仄", "平平中仄平")
    assert (first.number, first.length, first.mark, first.rhymes) == (1, 5, "，", False)


def test_the_first_line_settles_the_pattern_and_rhymes_the_group() -> None:
    form = rules_for("五绝")
    second, third, fourth = (next_line(form, QUATRAIN[:count]) for count in (1, 2, 3))
    assert (second.templates, second.rhymes, second.groups) == (("平平中仄平",), True, ())
    assert (third.templates, third.rhymes) == (("中平平仄仄",), False)
    assert fourth.rhymes
    assert [group.name for group in fourth.groups] == ["十一尤"]


def test_a_first_line_that_closes_level_rhymes() -> None:
    second = next_line(rules_for("五绝"), ("床前明月光",))
    assert [group.name for group in second.groups] == ["七陽"]


def test_a_tune_tells_what_it_says_again() -> None:
    sixth = next_line(rules_for("如梦令"), TUNE[:5])
    assert (sixth.again, sixth.length) == ("知否", 2)
    assert kinds("如梦令", TUNE[:5], "如否") == [("form", 1, "知")]
    assert kinds("如梦令", TUNE[:5], "知否") == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("更上一", [("form", 0, "5")]),
        ("更上一层楼台", [("form", 0, "5")]),
        ("更上一层x", [("form", 0, "5")]),
        ("", [("form", 0, "5")]),
        ("更上一层山", [("rhyme", 5, "十一尤")]),
        ("更上一层月", [("tone", 5, "平")]),
        ("更山一层楼", [("tone", 2, "仄")]),
        ("更上一层楼", []),
        ("更上一層樓", []),
        ("更上一层囍", [("tone", 5, "平")]),
    ],
)
def test_it_says_exactly_what_does_not_fit(line: str, wrong: list[tuple[str, int, str]]) -> None:
    assert kinds("五绝", QUATRAIN[:3], line) == wrong


def test_a_line_is_not_said_twice() -> None:
    assert ("repeated", 0, "") in kinds("五绝", QUATRAIN[:2], "白日依山尽")


def test_the_liberties_are_those_of_the_checker() -> None:
    """平平仄平仄 for 平平平仄仄, as 杜甫 has it."""
    assert kinds("五绝", QUATRAIN[:2], "遥怜小儿女") == []


def test_only_verse_and_tunes_are_begun() -> None:
    assert can_be_begun("七律")
    assert can_be_begun("浣溪沙")
    assert not can_be_begun("七言联")
    assert not can_be_begun("五言")


def test_rhyme_words_rhyme_and_are_usual() -> None:
    for group in level_groups():
        words = rhyme_words(group, LEVEL, 4)
        assert len(words) == 4
        assert all(groups_of(word) == (group,) for word in words)
    assert rhyme_words(PARTS[16], OBLIQUE, 3)
    assert rhyme_words(PARTS[16], LEVEL, 3) == ""


def test_the_tone_of_a_character_is_told_as_it_is_read() -> None:
    assert tones_at("不见将军战", 3) == "平"
    assert tones_at("更上一层月", 5) == "仄"
    assert tones_at("更上一层囍", 5) == ""
