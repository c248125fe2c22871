"""What people write, read."""

import doctest
from datetime import time

import pytest

from bot.services import asking, seasons
from bot.services.asking import (
    NotUnderstood,
    Wish,
    read_daily,
    read_first_line,
    read_heads,
    read_hour,
    read_theme,
)


@pytest.mark.parametrize("module", [asking, seasons])
def test_the_examples_in_the_text_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish(None, "")),
        ("月", Wish(None, "月")),
        ("七律 秋夜", Wish("七律", "秋夜")),
        ("五言絕句 春 江 花 月 夜", Wish("五绝", "春 江 花 月 夜")),
        ("wulv 山", Wish("五律", "山")),
        ("三绝", Wish(None, "三绝")),
        ("七夕", Wish(None, "七夕")),
        ("一律", Wish(None, "一律")),
        ("五月 七月", Wish(None, "五月 七月")),
    ],
)
def test_a_theme_and_a_form_are_told_apart(text: str, wish: Wish) -> None:
    assert read_theme(text) == wish


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("七言", "七绝"),
        ("七决", "七绝"),
        ("五言律", "五律"),
        ("七古", ""),
        ("六绝", ""),
        ("5绝", "五绝"),
    ],
)
def test_what_looks_like_a_form_is_asked_about(word: str, suggestion: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_theme(f"月 {word}")
    assert (caught.value.word, caught.value.suggestion) == (word, suggestion)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("春夏秋冬", Wish(None, "春夏秋冬")),
        ("春夏 秋冬", Wish(None, "春夏秋冬")),
        ("七绝 我爱你，中国！", Wish("七绝", "我爱你中国")),
        ("七绝", Wish(None, "七绝")),
        ("春\u200b夏", Wish(None, "春夏")),
        ("𠮷祥如意", Wish(None, "𠮷祥如意")),
        ("春🌙", Wish(None, "春🌙")),
    ],
)
def test_heads_are_read_without_spaces_and_marks(text: str, wish: Wish) -> None:
    assert read_heads(text) == wish


@pytest.mark.parametrize("text", ["", "  ", "，。！"])
def test_nothing_is_not_enough(text: str) -> None:
    with pytest.raises(NotUnderstood, match="heads_missing"):
        read_heads(text)
    with pytest.raises(NotUnderstood, match="first_line_missing"):
        read_first_line(text)


@pytest.mark.parametrize(
    ("word", "hour"),
    [
        ("8", time(8)),
        ("08:00", time(8)),
        ("8.30", time(8, 30)),
        ("０８：０５", time(8, 5)),
        ("8点", time(8)),
        ("8點半", time(8, 30)),
        ("21时15分", time(21, 15)),
        ("8点5分", time(8, 5)),
        ("下午3点", time(15)),
        ("晚上12点", time(0)),
        ("中午12点", time(12)),
        ("凌晨1点", time(1)),
        ("8am", time(8)),
        ("12AM", time(0)),
        ("12pm", time(12)),
        ("8:30pm", time(20, 30)),
        ("八点", time(8)),
        ("二十点", time(20)),
        ("十二点三十分", time(12, 30)),
        ("晚上十点半", time(22, 30)),
        ("两点", time(2)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_hours(word: str, hour: time) -> None:
    assert read_hour(word) == hour


@pytest.mark.parametrize(
    "word",
    ["25:00", "24:00", "8am60", "8:60", "8:5", "13am", "0pm", "100", "七十点", "8点99分", "-1"],
)
def test_no_hours(word: str) -> None:
    with pytest.raises(NotUnderstood, match="bad_hour"):
        read_hour(word)


def test_two_hours_are_one_too_many() -> None:
    with pytest.raises(NotUnderstood, match="bad_hour"):
        read_daily("08:00 21:00")
