"""What people write, read."""

import doctest
from datetime import time

import pytest

from bot.services import asking, form_names, hours, phrasing, seasons
from bot.services.asking import (
    DailyWish,
    NearMiss,
    NotUnderstood,
    SeveralForms,
    Wish,
    in_one_form,
    read_couplet,
    read_daily,
    read_first_line,
    read_heads,
    read_poem,
    reworded,
)
from bot.services.form_names import nearest_form
from bot.services.hours import nearest_hours, read_hour


@pytest.mark.parametrize("module", [asking, form_names, hours, phrasing, seasons])
def test_the_examples_in_the_text_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish()),
        ("月", Wish(theme="月")),
        ("七律 秋夜", Wish("七律", "秋夜")),
        ("五言絕句 春 江 花 月 夜", Wish("五绝", "春 江 花 月 夜")),
        ("wulv 山", Wish("五律", "山")),
        ("七绝，月", Wish("七绝", "月")),
        ("月、五绝、唐风", Wish("五绝", "月", dynasty="唐")),
        ("浣溪沙·江南", Wish("浣溪沙", "江南")),
        ("五律：江雪", Wish("五律", "江雪")),
        ("“浣溪沙·江南”", Wish(theme="浣溪沙·江南")),
        ("床前明月光，疑是地上霜", Wish(theme="床前明月光，疑是地上霜")),
        ("三绝", Wish(theme="三绝")),
        ("七夕", Wish(theme="七夕")),
        ("一律", Wish(theme="一律")),
        ("五月 七月", Wish(theme="五月 七月")),
        ("浣溪沙 秋思", Wish("浣溪沙", "秋思")),
        ("秋思 浣溪纱", Wish("浣溪沙", "秋思")),
        ("鷓鴣天 七夕", Wish("鹧鸪天", "七夕")),
        ("长相思", Wish("长相思")),
        ("“长相思”", Wish(theme="长相思")),
        ("《如梦令》 七绝", Wish("七绝", "如梦令")),
        ("长相思 七绝", Wish("七绝", "长相思")),
        ("七绝 秋 七言绝句", Wish("七绝", "秋")),
        ("七绝句 秋", Wish("七绝", "秋")),
        ("五言絶句 秋", Wish("五绝", "秋")),
        ("词 秋", Wish("词", "秋")),
        ("宋詞 秋", Wish("词", "秋")),
        ("词 秋 浣溪沙", Wish("浣溪沙", "秋")),
        ("七律 浣溪沙", Wish("七律", "浣溪沙")),
        ("满园春", Wish(theme="满园春")),
        ("春夜长相思", Wish(theme="春夜长相思")),
        ("月 宋风", Wish(theme="月", dynasty="宋")),
        ("唐詩 七絕 月", Wish("七绝", "月", dynasty="唐")),
        ("宋韵 唐风", Wish(theme="唐风", dynasty="宋")),
        ("唐 月", Wish(theme="唐 月")),
        ("“宋诗” 月", Wish(theme="宋诗 月")),
        ("对联 月", Wish("七言联", "月")),
        ("五言联 月 唐风", Wish("五言联", "月", dynasty="唐")),
        ("對聯 海内存知己", Wish("五言联", first_line="海内存知己")),
    ],
)
def test_a_theme_and_names_are_told_apart(text: str, wish: Wish) -> None:
    assert read_poem(text) == wish


@pytest.mark.parametrize("text", ["五律 七绝 月", "月 五律、七绝"])
def test_a_poem_has_one_form(text: str) -> None:
    with pytest.raises(SeveralForms) as caught:
        read_poem(text)
    assert caught.value.forms == ("五律", "七绝")


@pytest.mark.parametrize("text", ["五绝 七绝 春夏秋冬", "春夏秋冬 五绝 七绝"])
def test_an_acrostic_has_one_form(text: str) -> None:
    with pytest.raises(SeveralForms):
        read_heads(text)
    assert read_heads(in_one_form(text, "七绝")) == Wish("七绝", heads="春夏秋冬")


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish("七言联")),
        ("月", Wish("七言联", "月")),
        ("五言 月", Wish("五言联", "月")),
        ("月 七字", Wish("七言联", "月")),
        ("五言", Wish("五言联")),
        ("对联 5言 月", Wish("五言联", "月")),
        ("宋风 月", Wish("七言联", "月", dynasty="宋")),
        ("长相思", Wish("七言联", "长相思")),
        ("春江 花月夜", Wish("七言联", "春江 花月夜")),
        ("春江花月夜", Wish("五言联", first_line="春江花月夜")),
        ("上聯：海內存知己，", Wish("五言联", first_line="海內存知己")),
        ("两个黄鹂鸣翠柳", Wish("七言联", first_line="两个黄鹂鸣翠柳")),
        ("七言 春江花月夜", Wish("七言联", "春江花月夜")),
        ("五言 春江花月夜", Wish("五言联", first_line="春江花月夜")),
        ("“春江花月夜”", Wish("七言联", "春江花月夜")),
        ("烟锁池塘柳上", Wish("七言联", "烟锁池塘柳上")),
        ("海内存知己，天涯若比邻", Wish("七言联", "海内存知己，天涯若比邻")),
        ("abcde", Wish("七言联", "abcde")),
    ],
)
def test_five_or_seven_characters_are_a_first_line_and_the_rest_a_theme(
    text: str, wish: Wish
) -> None:
    assert read_couplet(text) == wish


@pytest.mark.parametrize("text", ["七律 月", "月 六言", "五言 七言 月"])
def test_a_couplet_has_lines_of_five_or_seven(text: str) -> None:
    with pytest.raises(NotUnderstood, match="couplet_form"):
        read_couplet(text)


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("七言", "七绝"),
        ("七决", "七绝"),
        ("五言律", "五律"),
        ("七古", ""),
        ("六绝", ""),
        ("七覺", "七绝"),
        ("5绝", "五绝"),
        ("如夢今", "如梦令"),
        ("青平乐", "清平乐"),
        ("遮姑天", "鹧鸪天"),
        ("踏沙行", "踏莎行"),
        ("浣沙溪", "浣溪沙"),
        ("水调歌", "水调歌头"),
    ],
)
def test_what_looks_like_a_form_is_asked_about(word: str, suggestion: str) -> None:
    with pytest.raises(NearMiss) as caught:
        read_poem(f"月 {word}")
    assert (caught.value.word, caught.value.suggestion) == (word, suggestion)


@pytest.mark.parametrize(
    "word",
    [
        "三绝",
        "一律",
        "二十四律",
        "满园春",
        "长相守",
        "春江月",
        "江南春",
        "望江楼",
        "渔家乐",
        "如梦",
    ],
)
def test_a_theme_that_only_resembles_a_tune_is_a_theme(word: str) -> None:
    assert nearest_form(word) is None


@pytest.mark.parametrize("text", ["如夢今 秋思", "/poem 月 七决", "/subscribe 08:00 六绝"])
def test_a_near_miss_in_quotation_marks_is_a_theme(text: str) -> None:
    words = reworded(text, as_theme=True).partition("/")[2] or reworded(text, as_theme=True)
    assert read_poem(words).form is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("春夏秋冬", Wish(heads="春夏秋冬")),
        ("春夏 秋冬", Wish(heads="春夏秋冬")),
        ("七绝 我爱你，中国！", Wish("七绝", heads="我爱你中国")),
        ("七绝， 春夏秋冬", Wish("七绝", heads="春夏秋冬")),
        ("七绝", Wish(heads="七绝")),
        ("“七绝” 春夏", Wish(heads="七绝春夏")),
        ("浣溪沙 春", Wish(heads="浣溪沙春")),
        ("宋风 春夏", Wish(heads="宋风春夏")),
        ("春\u200b夏", Wish(heads="春夏")),
        ("𠮷祥如意", Wish(heads="𠮷祥如意")),
        ("春🌙", Wish(heads="春🌙")),
        ("五绝 七律", Wish("五绝", heads="七律")),
        ("春夏秋冬，七绝", Wish("七绝", heads="春夏秋冬")),
        ("七绝：春夏秋冬", Wish("七绝", heads="春夏秋冬")),
    ],
)
def test_heads_are_read_without_spaces_and_marks(text: str, wish: Wish) -> None:
    assert read_heads(text) == wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("床前明月光。", Wish(first_line="床前明月光")),
        ("五律 床前明月光", Wish("五律", first_line="床前明月光")),
        ("长相思 意无穷尽", Wish(first_line="长相思意无穷尽")),
        ("床前明月光，五律", Wish("五律", first_line="床前明月光")),
        ("对联 床前明月光", Wish("五言联", first_line="床前明月光")),
    ],
)
def test_a_first_line_is_read_as_it_stands(text: str, wish: Wish) -> None:
    assert read_first_line(text) == wish


def test_a_tune_goes_on_from_no_line() -> None:
    with pytest.raises(NotUnderstood, match="tune_not_continued: 浣溪沙"):
        read_first_line("浣溪沙 床前明月光")


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
        ("晚上十点一刻", time(22, 15)),
        ("8点三刻", time(8, 45)),
        ("0800", time(8)),
        ("08:00:00", time(8)),
        ("早8点", time(8)),
        ("每晚九点", time(21)),
        ("夜裡11點", time(23)),
        ("中午", time(12)),
        ("noon", time(12)),
        ("午夜", time(0)),
        ("中午1点", time(13)),
        ("中午十二点半", time(12, 30)),
        ("中午11点", time(11)),
        ("下午0点", time(12)),
        ("晚上0点", time(0)),
        ("晚上1点", time(1)),
        ("晚上5点", time(17)),
        ("夜里2点", time(2)),
        ("夜裡兩點半", time(2, 30)),
        ("半夜3点", time(3)),
        ("深夜11点", time(23)),
        ("午夜12点", time(0)),
    ],
)
def test_hours(word: str, hour: time) -> None:
    assert read_hour(word) == hour


@pytest.mark.parametrize(
    "word",
    ["25:00", "24:00", "8am60", "8:60", "8:5", "13am", "0pm", "100", "七十点", "8点99分", "-1"],
)
def test_no_hours(word: str) -> None:
    assert read_hour(word) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", DailyWish(None, None, "")),
        ("08:00 浣溪沙 秋", DailyWish(time(8), "浣溪沙", "秋")),
        ("五绝 8:30 pm", DailyWish(time(20, 30), "五绝", "")),
        ("词 晚上9点 宋风", DailyWish(time(21), "词", "", "宋")),
        ("08:00 对联 五言 春", DailyWish(time(8), "五言联", "春")),
        ("08:00 对联 海内存知己", DailyWish(time(8), "五言联", "海内存知己")),
        ("每天早上七点", DailyWish(time(7), None, "")),
        ("每周一早上八点 月", DailyWish(time(8), None, "月", weekdays=1)),
        ("周末9点", DailyWish(time(9), None, "", weekdays=0b1100000)),
        ("月 晚上 9点", DailyWish(time(21), None, "月")),
        ("晚上 月", DailyWish(None, None, "晚上 月")),
        ("半夜 2点 月", DailyWish(time(2), None, "月")),
        ("08:00 中午", DailyWish(time(8), None, "中午")),
        ("08:00，月，五绝", DailyWish(time(8), "五绝", "月")),
        ("08：00；月", DailyWish(time(8), None, "月")),
        ("每天早上七点，思乡", DailyWish(time(7), None, "思乡")),
        ("周六、周日 8点", DailyWish(time(8), None, "", weekdays=0b1100000)),
    ],
)
def test_a_daily_poem_may_have_any_form(text: str, wish: DailyWish) -> None:
    assert read_daily(text) == wish


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("24:00", (time(0),)),
        ("8:5", (time(8, 5),)),
        ("8:60", (time(9),)),
        ("8点99分", (time(8),)),
        ("13am", (time(13),)),
        ("08:00 21:30", (time(8), time(21, 30))),
        ("25:00", ()),
        ("七十点", ()),
    ],
)
def test_what_is_no_hour_is_near_one(text: str, hours: tuple[time, ...]) -> None:
    assert nearest_hours(text) == hours


def test_a_near_miss_is_no_hour() -> None:
    with pytest.raises(NearMiss):
        read_daily("5绝 月")


def test_two_hours_are_one_too_many() -> None:
    with pytest.raises(NotUnderstood, match="bad_hour"):
        read_daily("08:00 21:00")
