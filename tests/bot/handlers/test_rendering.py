"""How a poem looks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.handlers.rendering import poem_html
from bot.handlers.taps import Face, Script, View
from bot.locales import Language, speak
from bot.storage import StoredPoem

QUIET_NIGHT = StoredPoem(
    id=1,
    form="五绝",
    theme="月",
    heads=None,
    first_line=None,
    lines=("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"),
    text="床前明月光，疑是地上霜。举头望明月，低头思故乡。",
    script="simplified",
    rhyme="七阳",
    seed=1,
    model="m",
    created_at=datetime(2026, 4, 1, tzinfo=UTC),
)


def test_a_poem_has_a_title_a_quiet_line_and_its_couplets() -> None:
    assert poem_html(QUIET_NIGHT, speak("zh-Hans")) == (
        "<b>月</b>\n<i>五绝 · 七阳韵</i>\n\n"
        "　　　　床前明月光，\n　　　　疑是地上霜。\n　　　　举头望明月，\n　　　　低头思故乡。"
    )


def test_what_a_user_wrote_never_becomes_markup() -> None:
    shown = poem_html(replace(QUIET_NIGHT, theme="<b>月</b>&amp;"), speak("en"))
    assert shown.startswith("<b>&lt;b&gt;月&lt;/b&gt;&amp;amp;</b>\n")


def test_an_acrostic_of_odd_length_closes_with_a_full_stop() -> None:
    poem = replace(QUIET_NIGHT, heads="床疑举", form="五言", lines=QUIET_NIGHT.lines[:3])
    assert poem_html(poem, speak("zh-Hans")).endswith(
        "<i>藏头 · 五言 · 七阳韵</i>\n\n"
        "　　　　<b>床</b>前明月光，\n　　　　<b>疑</b>是地上霜。\n　　　　<b>举</b>头望明月。"
    )


def test_a_poem_without_rhyme_or_theme_is_still_whole() -> None:
    poem = replace(QUIET_NIGHT, theme="", rhyme="")
    assert poem_html(poem, speak("zh-Hans")).startswith("<b>无题</b>\n<i>五绝</i>\n")


def test_a_continued_poem_is_called_by_its_first_line() -> None:
    poem = replace(QUIET_NIGHT, first_line="床前明月光")
    assert poem_html(poem, speak("zh-Hant")).startswith(
        "<b>床前明月光</b>\n<i>續句 · 五絕 · 七陽韻</i>"
    )


A_TUNE = replace(
    QUIET_NIGHT,
    form="浣溪沙",
    theme="春",
    title="春思",
    lines=(
        *("一曲新词酒一杯", "去年天气旧亭台", "夕阳西下几时回"),
        *("无可奈何花落去", "似曾相识燕归来", "小园香径独徘徊"),
    ),
    text="一曲新词酒一杯，去年天气旧亭台。夕阳西下几时回。\n"
    "无可奈何花落去，似曾相识燕归来。小园香径独徘徊。",
    rhyme="第五部",
    dynasty="宋",
)


def test_a_tune_has_its_stanzas_apart_and_its_verses_centred() -> None:
    assert poem_html(A_TUNE, speak("zh-Hans")) == (
        "<b>春思</b>\n<i>浣溪沙 · 宋风 · 词韵第五部</i>\n\n"
        "　　　一曲新词酒一杯，\n　　　去年天气旧亭台。\n　　　夕阳西下几时回。\n\n"
        "　　　无可奈何花落去，\n　　　似曾相识燕归来。\n　　　小园香径独徘徊。"
    )


def test_short_verses_of_a_tune_share_a_line_and_each_line_stands_in_the_middle() -> None:
    text = "夜来寒，风露冷，月婵娟。蟾蜍照影，清明一镜更相看。谁是此心难与。"
    poem = replace(A_TUNE, form="水调歌头", text=text)
    assert poem_html(poem, speak("zh-Hans")).split("\n")[3:] == [
        "\u3000夜来寒，风露冷，月婵娟。",
        "\u2002蟾蜍照影，清明一镜更相看。",
        "\u3000\u3000\u3000\u2002谁是此心难与。",
    ]


def test_a_tunes_name_follows_the_script_of_the_poem() -> None:
    poem = replace(A_TUNE, form="鹧鸪天", script="traditional", dynasty="唐")
    assert "<i>鷓鴣天 · 唐風 · 詞韻第五部</i>" in poem_html(poem, speak("zh-Hant"))
    assert "<i>鷓鴣天 · Tang · rhyme 第五部</i>" in poem_html(poem, speak("en"))


A_COUPLET = replace(
    QUIET_NIGHT,
    form="五言联",
    theme="",
    first_line="海内存知己",
    lines=("海内存知己", "天涯若比邻"),
    text="海内存知己；天涯若比邻。",
    rhyme="",
    title="知己",
)


def test_a_couplet_stands_as_a_pair_and_says_that_a_line_was_answered() -> None:
    assert poem_html(A_COUPLET, speak("zh-Hans")) == (
        "<b>知己</b>\n<i>五言联</i>\n<i>「海内存知己」作上联，对出下联</i>\n\n"
        "上联：海内存知己\n下联：天涯若比邻"
    )


def test_a_theme_that_may_be_a_line_is_named_as_a_theme() -> None:
    poem = replace(A_COUPLET, first_line=None, theme="春江花月夜", script="traditional")
    shown = poem_html(poem, speak("zh-Hant"))
    assert "<i>五言聯</i>\n<i>「春江花月夜」作題目</i>" in shown
    assert "上聯：" in shown
    assert "作題目" not in poem_html(replace(poem, theme="月"), speak("zh-Hant"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-Hans", "<i>「&lt;写&gt;代码」取意：灯下、寒窗、夜深</i>"),
        ("zh-Hant", "<i>「&lt;写&gt;代码」取意：灯下、寒窗、夜深</i>"),
        ("en", "<i>“&lt;写&gt;代码” told through 灯下、寒窗、夜深</i>"),
    ],
)
def test_it_says_how_a_theme_was_read(language: Language, said: str) -> None:
    poem = replace(QUIET_NIGHT, theme="<写>代码", theme_reading=("灯下", "寒窗", "夜深"))
    assert said in poem_html(poem, speak(language)).split("\n")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-Hans", "<i>「&lt;囍&gt;」不见于古诗，随意写来</i>"),
        ("zh-Hant", "<i>「&lt;囍&gt;」不見於古詩，隨意寫來</i>"),
        (
            "en",
            "<i>“&lt;囍&gt;” is in none of the old poems, so this one goes its own way</i>",
        ),
    ],
)
def test_it_says_that_a_theme_could_only_be_taken_freely(language: Language, said: str) -> None:
    poem = replace(QUIET_NIGHT, theme="<囍>", theme_taken="freely")
    assert said in poem_html(poem, speak(language)).split("\n")
    literally = poem_html(replace(poem, theme_taken="literally"), speak(language))
    assert said not in literally.split("\n")


def test_a_title_goes_before_heads_line_and_theme() -> None:
    poem = replace(QUIET_NIGHT, title="静夜<思>", heads=None)
    assert poem_html(poem, speak("en")).startswith("<b>静夜&lt;思&gt;</b>\n")


def test_the_other_script_is_shown_and_nothing_else_changes() -> None:
    shown = poem_html(A_TUNE, speak("zh-Hans"), View(Script.TRADITIONAL))
    assert "　　　去年天氣舊亭臺。" in shown.replace("台", "臺")
    assert "<i>浣溪沙 · 宋风 · 词韵第五部</i>" in shown
    assert poem_html(A_TUNE, speak("zh-Hans"), View(Script.SIMPLIFIED)) == poem_html(
        A_TUNE, speak("zh-Hans")
    )


def test_the_tones_stand_under_each_verse_and_what_rhymes_is_bold() -> None:
    shown = poem_html(A_TUNE, speak("zh-Hans"), View(Script.SIMPLIFIED, Face.TONES)).split("\n")
    assert shown[:2] == ["<b>春思</b>", "<i>浣溪沙 · 宋风 · 词韵第五部</i>"]
    assert shown[3:5] == ["一　曲　新　词　酒　一　<b>杯</b>", "⊙　●　○　○　●　●　△"]
    assert shown[9:11] == ["无　可　奈　何　花　落　去", "◎　●　⊙　○　○　●　●"]
    assert shown[-3:] == [
        "<i>○ 平　● 仄　◎⊙ 平仄不拘　△▲ 韵脚</i>",
        "<i>格律：双调四十二字</i>",
        "<i>韵脚：杯、台、回、来、徊</i>",
    ]


def test_tones_are_told_of_lines_that_keep_no_pattern_too() -> None:
    poem = replace(QUIET_NIGHT, form="五言", lines=("遥看瀑布前", "一二三四五", "春"), rhyme="")
    shown = poem_html(poem, speak("en"), View(Script.SIMPLIFIED, Face.TONES)).split("\n")
    assert shown[3:5] == ["遥　看　瀑　布　前", "○　◎　●　●　○"]
    assert shown[-1] == "<i>○ level　● oblique　◎⊙ either　△▲ rhyme</i>"


def test_pinyin_stands_above_each_verse() -> None:
    shown = poem_html(QUIET_NIGHT, speak("zh-Hans"), View(Script.SIMPLIFIED, Face.PINYIN))
    assert shown.split("\n")[3:7] == [
        "<i>chuáng qián míng yuè guāng</i>",
        "床　前　明　月　光，",
        "<i>yí shì dì shàng shuāng</i>",
        "疑　是　地　上　霜。",
    ]


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("poem", [QUIET_NIGHT, A_TUNE, A_COUPLET], ids=lambda poem: poem.form)
@pytest.mark.parametrize("script", Script)
def test_every_face_of_every_kind_is_one_message(
    poem: StoredPoem, script: Script, face: Face
) -> None:
    times = 1 if poem is A_COUPLET else 4
    long = replace(poem, title="题" * 40, theme="题" * 40, lines=poem.lines * times)
    for each in (poem, long):
        assert 0 < len(poem_html(each, speak("en"), View(script, face))) < 4096


def test_pattern_and_rhyme_are_called_in_the_script_of_the_reader_and_not_of_the_poem() -> None:
    view = View(Script.SIMPLIFIED, Face.TONES)
    assert "<i>格律：雙調四十二字</i>" in poem_html(A_TUNE, speak("zh-Hant"), view)
    assert "<i>五絕 · 七陽韻</i>" in poem_html(QUIET_NIGHT, speak("zh-Hant"), view)
    other = View(Script.TRADITIONAL, Face.TONES)
    assert "<i>五绝 · 七阳韵</i>" in poem_html(QUIET_NIGHT, speak("zh-Hans"), other)
