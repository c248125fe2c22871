"""How a poem looks."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.handlers.rendering import poem_html
from bot.locales import speak
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
        "<b>月</b>\n<i>五绝 · 七阳韵</i>\n\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。"
    )


def test_what_a_user_wrote_never_becomes_markup() -> None:
    shown = poem_html(replace(QUIET_NIGHT, theme="<b>月</b>&amp;"), speak("en"))
    assert shown.startswith("<b>&lt;b&gt;月&lt;/b&gt;&amp;amp;</b>\n")


def test_an_acrostic_of_odd_length_closes_with_a_full_stop() -> None:
    poem = replace(QUIET_NIGHT, heads="床疑举", form="五言", lines=QUIET_NIGHT.lines[:3])
    assert poem_html(poem, speak("zh-Hans")).endswith(
        "<i>藏头 · 五言 · 七阳韵</i>\n\n"
        "<b>床</b>前明月光，\n<b>疑</b>是地上霜。\n<b>举</b>头望明月。"
    )


def test_a_poem_without_rhyme_or_theme_is_still_whole() -> None:
    poem = replace(QUIET_NIGHT, theme="", rhyme="")
    assert poem_html(poem, speak("zh-Hans")).startswith("<b>无题</b>\n<i>五绝</i>\n")


def test_a_continued_poem_is_called_by_its_first_line() -> None:
    poem = replace(QUIET_NIGHT, first_line="床前明月光")
    assert poem_html(poem, speak("zh-Hant")).startswith(
        "<b>床前明月光</b>\n<i>續句 · 五絕 · 七阳韻</i>"
    )
