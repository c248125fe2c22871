"""What of a message becomes a theme, a line or heads."""

import pytest

from bot.services.asking import NotUnderstood
from bot.services.quoting import LONGEST, quoted_heads, quoted_line, quoted_theme
from poetry_model.requests import checked_theme


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("今晚月色真美", "今晚月色真美"),
        ("月！！！", "月"),
        ("想家了 😭 @aming_demo 你呢", "想家了 你呢"),
        ("看 https://example.org/月 这个", "看 这个"),
        ("/poem@other_bot 秋夜", "秋夜"),
        ("moon 月 moon", "月"),
        ("🌙", "🌙"),
        ("AI", "AI"),
    ],
)
def test_a_short_message_is_a_theme_as_it_stands(text: str, theme: str) -> None:
    assert quoted_theme(text) == theme


def test_of_a_long_message_what_is_most_like_verse_is_taken() -> None:
    told = "我跟你们说我今天下班路上真的太累了，抬头看见一轮明月，忽然就很想念故乡的秋风，你们呢？"
    theme = quoted_theme(told)
    assert "明月" in theme or "秋风" in theme
    assert len(theme.replace(" ", "")) <= LONGEST
    assert checked_theme(theme)


def test_a_long_message_without_marks_still_gives_a_theme() -> None:
    told = "我们昨天一起去爬山然后在山顶看到了非常漂亮的夕阳和云海大家都觉得特别开心" * 3
    theme = quoted_theme(told)
    assert 0 < len(theme.replace(" ", "")) <= LONGEST


@pytest.mark.parametrize("text", ["", "hello", "💠", "https://example.org", "123", "@aming_demo"])
def test_a_message_without_words_says_so(text: str) -> None:
    with pytest.raises(NotUnderstood, match="quote_without_words"):
        quoted_theme(text)


def test_the_first_line_of_verse_is_found() -> None:
    assert quoted_line("床前明月光，疑是地上霜。") == "床前明月光"
    assert quoted_line("好诗！两个黄鹂鸣翠柳") == "两个黄鹂鸣翠柳"
    with pytest.raises(NotUnderstood, match="quote_without_line"):
        quoted_line("今晚月色真美")


def test_heads_are_a_short_message() -> None:
    assert quoted_heads("生日，快乐！") == "生日快乐"
    for text in ("春", "春" * 17, "hi"):
        with pytest.raises(NotUnderstood, match="quote_without_heads"):
            quoted_heads(text)
