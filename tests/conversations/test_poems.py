"""Whole conversations about poems: a real process, real SQLite, the weights that ship."""

import re

import pytest

from poetry_model import find_form
from tests.conversations.process import (
    ALICE,
    AMING,
    GROUP,
    TOKEN,
    XIAOYUE,
    BotProcess,
    Conversation,
    buttons,
    verses,
)

pytestmark = pytest.mark.conversation
PAIR = re.compile("[上下]联：(.+)")


@pytest.fixture(autouse=True)
def _served(bot: BotProcess) -> None:
    """A bot is there."""


@pytest.mark.parametrize(
    ("text", "form", "lines", "length"),
    [
        ("/poem 月", "七绝", 4, 7),
        ("/poem 秋夜 七律", "七律", 8, 7),
        ("/poem 五絕 山", "五绝", 4, 5),
        ("五律 归乡", "五律", 8, 5),
        ("/poem", "七绝", 4, 7),
    ],
)
def test_a_poem_in_form(
    conversation: Conversation, text: str, form: str, lines: int, length: int
) -> None:
    poem = conversation.says(text)
    assert f"{form} · " in poem["text"]
    assert [len(verse) for verse in verses(poem)] == [length] * lines


def test_an_acrostic_has_its_heads(conversation: Conversation) -> None:
    poem = conversation.says("/acrostic 春夏秋冬")
    assert "".join(verse[0] for verse in verses(poem)) == "春夏秋冬"
    again = conversation.says("/acrostic 恭喜发财万事如意 五律")
    assert [len(verse) for verse in verses(again)] == [5] * 8


def test_an_acrostic_of_three_and_another_of_it(conversation: Conversation) -> None:
    poem = conversation.says("/acrostic 𠮷祥龘")
    assert "".join(verse[0] for verse in verses(poem)) == "𠮷祥龘"
    conversation.taps(poem, "🔄 再写一首")
    again = conversation.answer_after(poem["message_id"])
    assert "".join(verse[0] for verse in verses(again)) == "𠮷祥龘"
    assert again["text"] != poem["text"]


def test_a_line_is_continued(conversation: Conversation) -> None:
    poem = conversation.says("/continue 床前明月光")
    assert verses(poem)[0] == "床前明月光"
    assert [len(verse) for verse in verses(poem)] == [5] * 4


def test_a_tune_stands_in_stanzas_and_is_read_again_as_it_was(conversation: Conversation) -> None:
    tune = conversation.says("/poem 浣溪沙 秋思")
    heading, *stanzas = tune["text"].split("\n\n")
    assert heading.startswith("秋思\n浣溪沙 · 词韵第")
    assert [len(line) for each in stanzas for line in re.findall(r"\w+", each)] == [7] * 6
    assert len(stanzas) == 2
    history = conversation.says("/history")
    conversation.taps(history, "1")
    assert conversation.answer_after(history["message_id"])["text"] == tune["text"]


def test_a_tune_by_buttons_and_in_plain_text(conversation: Conversation) -> None:
    poem = conversation.says("对联 秋夜")
    for menu in ("体裁 ›", "词牌 ›"):
        assert conversation.taps(poem, menu) == ""
    conversation.becomes(poem, lambda now: "如梦令" in buttons(now))
    conversation.taps(poem, "如梦令")
    tune = conversation.answer_after(poem["message_id"])
    assert tune["text"].startswith("秋夜\n如梦令 · 词韵第")


def test_a_tune_whose_name_is_miswritten(conversation: Conversation) -> None:
    question = conversation.says("/poem 如夢今 秋思")
    assert question["text"].endswith("是不是如梦令？")
    conversation.taps(question, "如梦令")
    assert "如梦令 · " in conversation.answer_after(question["message_id"])["text"]


def test_couplets_on_a_theme_and_in_answer_to_a_line(conversation: Conversation) -> None:
    on_theme = conversation.says("/couplet 月")
    first, second = PAIR.findall(on_theme["text"])
    assert (len(first), len(second)) == (7, 7)
    answer = conversation.says("/couplet 海内存知己")
    assert "「海内存知己」作上联，对出下联" in answer["text"]
    first, second = PAIR.findall(answer["text"])
    assert (first, len(second)) == ("海内存知己", 5)
    conversation.taps(answer, "📝 作题目，另写一副")
    instead = conversation.answer_after(answer["message_id"])
    assert "「海内存知己」作题目" in instead["text"]
    assert PAIR.findall(instead["text"])[0] != "海内存知己"


def test_a_theme_of_today_is_read_through_images_and_a_style_is_kept(
    conversation: Conversation,
) -> None:
    poem = conversation.says("/poem 写代码 宋风")
    title, quiet, reading, *_ = poem["text"].split("\n")
    assert title == "写代码"
    assert " · 宋风 · " in quiet
    assert reading.startswith("「写代码」取意：")
    conversation.taps(poem, "🔄 再写一首")
    again = conversation.answer_after(poem["message_id"])
    assert " · 宋风 · " in again["text"]


def test_another_and_the_forms(conversation: Conversation) -> None:
    poem = conversation.says("/poem 七绝 江雪")
    assert conversation.taps(poem, "🔄 再写一首") == "正在写……"
    another = conversation.answer_after(poem["message_id"])
    assert another["text"].startswith("江雪\n七绝 · ")
    assert verses(another) != verses(poem)
    conversation.taps(another, "体裁 ›")
    for form in ("五绝", "五律", "七律"):
        assert find_form(form) == form
        last = conversation.messages(poem["chat"]["id"])[-1]["message_id"]
        conversation.taps(another, form)
        answer = conversation.answer_after(last)
        assert answer["text"].startswith(f"江雪\n{form} · ")


def test_keep_page_and_remove(conversation: Conversation) -> None:
    for theme in ("山居", "江水", "秋风", "落花", "残雪", "明月"):
        poem = conversation.says(f"/poem 五绝 {theme}", ALICE)
        assert conversation.taps(poem, "❤️ Keep", ALICE).startswith("Kept.")
        conversation.becomes(poem, lambda now: buttons(now)[0] == "💛 Kept")
    page = conversation.says("/favourites", ALICE)
    assert "Kept poems · 6" in page["text"]
    conversation.taps(page, "More ›", ALICE)
    assert "6. 山居" in conversation.now(page)["text"]
    conversation.taps(page, "🗑 6", ALICE)
    conversation.becomes(page, lambda now: "Kept poems · 5" in now["text"])
    conversation.taps(page, "1", ALICE)
    assert conversation.answer_after(page["message_id"], ALICE)["text"].startswith("明月\n")


def test_traditional_readers_get_traditional_poems(conversation: Conversation) -> None:
    poem = conversation.says("/continue 門前萬里雲", AMING)
    assert "五絕 · " in poem["text"]
    assert verses(poem)[0] == "門前萬里雲"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/poem hello", "题目请用汉字"),
        ("/poem " + "月" * 3000, "题目太长了"),
        ("/poem <b>x</b>", "题目请用汉字"),
        ("/poem </pre>&amp;", "题目请用汉字"),
        ("/poem 七决 月", "是不是七绝"),
        ("/poem 六律 月", "没有“六律”这种体裁"),
        ("/couplet 七律 月", "对联有五言、七言两种"),
        ("/continue 浣溪沙 床前明月光", "续句只写诗"),
        ("/acrostic " + "春" * 40, "二到十六个汉字"),
        ("/acrostic 春夏秋 七绝", "字数与体裁不合"),
        ("/continue 床前明月光亮", "五个字"),
        ("/continue 七绝 床前明月光", "五个字"),
        ("/subscribe 25:00", "看不懂“25:00”"),
        ("/unknown", "没有这个命令"),
        ("hello", "请发中文题目"),
    ],
)
def test_bad_input_gets_a_sentence_that_says_what_works(
    conversation: Conversation, text: str, said: str
) -> None:
    assert said in conversation.says(text)["text"]


def test_ten_thousand_characters_come_as_three_messages(conversation: Conversation) -> None:
    first = conversation.write("月" * 10_000)
    conversation.wait(lambda: len(conversation.messages(XIAOYUE, first - 1)) == 6)
    answers = [m for m in conversation.messages(XIAOYUE, first) if m["from"]["is_bot"]]
    assert all("题目太长了" in answer["text"] for answer in answers)


def test_groups_are_left_alone_unless_a_command_asks(conversation: Conversation) -> None:
    conversation.post(f"chats/{GROUP}/bot", user_id=ALICE, status="administrator")
    first = conversation.write("秋夜", GROUP, ALICE)
    conversation.write("/unknown", GROUP, ALICE)
    poem = conversation.says("/poem@poetry_playground_bot 月", GROUP, ALICE)
    assert poem["reply_to_message"]["text"].startswith("/poem@")
    answers = [m for m in conversation.messages(GROUP, first) if m["from"]["is_bot"]]
    assert answers == [conversation.now(poem)]


def test_the_token_is_in_no_line_of_its_output(bot: BotProcess, conversation: Conversation) -> None:
    conversation.says("/start")
    assert TOKEN not in bot.said()
    assert "t" * 20 not in bot.said()
