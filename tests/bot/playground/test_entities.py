"""Telegram's HTML: what it makes of good text, and its words about bad text."""

import re

import pytest

from bot.playground.entities import formatted
from bot.playground.errors import ApiError
from bot.playground.formatted_text import utf16_length
from bot.playground.html_text import parse_html


def _entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_a_poem_with_a_bold_title_becomes_text_and_one_entity() -> None:
    parsed = parse_html("<b>静夜思</b>\n床前明月光")
    assert parsed.text == "静夜思\n床前明月光"
    assert parsed.entities == (_entity("bold", 0, 3),)


def test_offsets_count_utf16_units_so_rare_characters_count_twice() -> None:
    parsed = parse_html("𠮷🌙<i>月</i>")
    assert parsed.entities == (_entity("italic", 4, 1),)
    assert utf16_length("𠮷🌙月") == 5


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<strong>x</strong>", "bold"),
        ("<em>x</em>", "italic"),
        ("<ins>x</ins>", "underline"),
        ("<del>x</del>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ("<CODE>x</CODE>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
    ],
)
def test_each_tag_has_its_entity(html: str, kind: str) -> None:
    assert parse_html(html).entities == (_entity(kind, 0, 1),)


def test_tags_nest() -> None:
    parsed = formatted("<b>春<i>夏</i></b>", "HTML")
    assert parsed.entities == (_entity("bold", 0, 2), _entity("italic", 1, 1))


def test_a_code_block_keeps_its_language() -> None:
    parsed = parse_html('<pre><code class="language-python">x</code></pre>')
    assert parsed.entities == (_entity("pre", 0, 1, language="python"),)


def test_links_keep_their_address_and_bad_addresses_leave_only_the_words() -> None:
    good = parse_html("<a href='https://example.org/?a=1&amp;b=2'>x</a>")
    assert good.entities == (_entity("text_link", 0, 1, url="https://example.org/?a=1&b=2"),)
    assert parse_html("<a href='?'>月</a>").entities == ()


def test_references_stand_for_characters_and_unknown_ones_stay() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#26376;&#x6708;").text == '<>&"月月'
    assert parse_html("&nbsp; & &copy;").text == "&nbsp; & &copy;"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<x>月</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("月<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("月 < 日 >", 'Unsupported start tag "" at byte offset 4'),
        ("<b>月", 'Can\'t find end tag corresponding to start tag "b"'),
        ("月</b>", "Unexpected end tag at byte offset 3"),
        (
            "<b><i>月</b></i>",
            'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
        ),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<b>月</b", "Unclosed end tag at byte offset 6"),
        ("<a =x>月</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>月</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>月</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(html)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_commands_names_links_and_tags_are_found_without_markup() -> None:
    parsed = formatted("/poem@some_bot 月 @alice_demo https://example.org #诗", None)
    found = [(e["type"], parsed.text[e["offset"] :][: e["length"]]) for e in parsed.entities]
    assert found == [
        ("bot_command", "/poem@some_bot"),
        ("mention", "@alice_demo"),
        ("url", "https://example.org"),
        ("hashtag", "#诗"),
    ]


def test_nothing_is_found_inside_code() -> None:
    assert formatted("<code>/poem</code>", "HTML").entities == (_entity("code", 0, 5),)


@pytest.mark.parametrize("text", ["and/or", "1/2/3", "</poem", "email@example.org"])
def test_what_only_looks_like_a_command_or_a_name_is_left_alone(text: str) -> None:
    assert formatted(text, None).entities == ()


def test_space_around_the_text_goes_and_entities_follow() -> None:
    parsed = formatted("  \n月 <b>日 </b>\n", "HTML")
    assert parsed.text == "月 日"
    assert parsed.entities == (_entity("bold", 2, 1),)


def test_entities_given_as_json_are_checked() -> None:
    given = [_entity("bold", 0, 1)]
    assert formatted("月", None, given).entities == tuple(given)
    for wrong in (_entity("bold", 0, 9), _entity("shiny", 0, 1), {"type": "bold"}):
        with pytest.raises(ApiError):
            formatted("月", None, [wrong])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        (r"*月* _星_ __云__", "月 星 云", [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1)]),
        (r"*月 _星_*\.", "月 星.", [("bold", 0, 3), ("italic", 2, 1)]),
        (r"~旧~ ||谜||", "旧 谜", [("strikethrough", 0, 1), ("spoiler", 2, 1)]),
        ("`a.b` 1", "a.b 1", [("code", 0, 3)]),
        ("```\n平.仄```", "平.仄", [("pre", 0, 3)]),
        (">一行\n>二行\n后", "一行\n二行\n后", [("blockquote", 0, 5)]),
        ("**>一\n>二||\n后", "一\n二\n后", [("expandable_blockquote", 0, 3)]),
        ("🌙*月*", "🌙月", [("bold", 2, 1)]),
    ],
)
def test_markdown_is_read_as_telegram_reads_it(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    read = formatted(source, "MarkdownV2")
    assert read.text == text
    assert list(read.entities) == [_entity(*each) for each in entities]


def test_markdown_links_languages_and_emoji() -> None:
    source = "[诗](https://example.org/a\\)b) ![🌙](tg://emoji?id=5)\n```py\nx```"
    link, emoji, block = formatted(source, "MarkdownV2").entities
    assert link == _entity("text_link", 0, 1) | {"url": "https://example.org/a)b"}
    assert emoji["custom_emoji_id"] == "5"
    assert block["language"] == "py"
    assert formatted("[诗](javascript:x)", "MarkdownV2").entities == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1. 月", "Character '.' is reserved and must be escaped with the preceding"),
        ("*月", "Can't find end of Bold entity at byte offset 0"),
        ("月_星*", "Can't find end of Bold entity at byte offset 7"),
        ("[月](x", "Can't find end of a URL at byte offset 5"),
    ],
)
def test_broken_markdown_is_refused(source: str, words: str) -> None:
    with pytest.raises(ApiError, match=re.escape(words)):
        formatted(source, "MarkdownV2")


def test_other_parse_modes_are_refused_clearly() -> None:
    with pytest.raises(ApiError, match="MarkdownV2, not the old Markdown"):
        formatted("*x*", "Markdown")
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("x", "LaTeX")
