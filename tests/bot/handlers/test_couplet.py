"""/couplet: on a theme, or in answer to a line; and the other reading by a button."""

import pytest

from tests.fakes.chatting import AMING, BotAtWork, Json, buttons, forms_of

ANSWER_THEME = "📝 作题目，另写一副"
ANSWER_LINE = "✍️ 作上联，对下联"


def asked(chat: BotAtWork) -> tuple[str | None, str, str | None]:
    """What the poet was asked for last."""
    last = chat.poet.asked[-1]
    return last.form, last.theme, last.first_line


def verses(message: Json) -> list[str]:
    """上联 and 下联."""
    return [line.partition("：")[2] for line in message["text"].split("\n")[-2:]]


async def test_a_couplet_on_a_theme(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/couplet 月")
    title, quiet, gap, first, second = answer["text"].split("\n")
    assert (title, quiet, gap) == ("月", "七言联", "")
    assert [first[:3], second[:3]] == ["上联：", "下联："]
    assert [len(verse) for verse in verses(answer)] == [7, 7]
    assert asked(chat) == ("七言联", "月", None)
    assert (await forms_of(chat, answer))[-3:] == ["五言联", "七言联", "词牌 ›"]


async def test_without_theme_the_season_chooses(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/couplet 五言")
    form, theme, line = asked(chat)
    assert (form, line) == ("五言联", None)
    assert answer["text"].startswith(f"{theme}\n五言联\n")


async def test_a_line_is_answered_and_can_be_a_theme_instead(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/couplet 海内存知己")
    assert asked(chat) == ("五言联", "", "海内存知己")
    assert "「海内存知己」作上联，对出下联" in answer["text"]
    assert verses(answer)[0] == "海内存知己"
    assert buttons(answer)[-2:] == ["体裁 ›", ANSWER_THEME]
    (instead,) = await chat.presses(answer, ANSWER_THEME)
    assert asked(chat) == ("五言联", "海内存知己", None)
    assert "「海内存知己」作题目" in instead["text"]
    (back,) = await chat.presses(instead, ANSWER_LINE)
    assert asked(chat) == ("五言联", "", "海内存知己")
    assert buttons(back)[-1] == ANSWER_THEME


async def test_a_theme_of_another_length_than_asked_for_can_be_a_line(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/couplet 七言 春江花月夜")
    assert asked(chat) == ("七言联", "春江花月夜", None)
    await chat.presses(answer, ANSWER_LINE)
    assert asked(chat) == ("五言联", "", "春江花月夜")


async def test_another_answers_the_same_line(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/couplet 两个黄鹂鸣翠柳 宋风")
    (again,) = await chat.presses(answer, "🔄 再写一副")
    assert asked(chat) == ("七言联", "", "两个黄鹂鸣翠柳")
    assert chat.poet.asked[-1].dynasty == "宋"
    assert verses(again)[0] == "两个黄鹂鸣翠柳"
    assert verses(again)[1] != verses(answer)[1]


async def test_readers_of_traditional_characters_get_them(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("對聯 月", AMING)
    assert "七言聯" in answer["text"]
    assert "上聯：" in answer["text"]


async def test_a_line_of_a_poem_gets_its_answer_by_a_button(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/continue 床前明月光")
    await chat.presses(answer, "体裁 ›")
    await chat.presses(answer, "五言联")
    assert asked(chat) == ("五言联", "", "床前明月光")


async def test_a_poem_that_has_no_other_reading_is_not_read_otherwise(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    stored = chat.playground.telegram.chats[poem["chat"]["id"]].messages[poem["message_id"]]
    stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": "x:1"}]]}
    assert await chat.presses(poem, "?") == []
    assert chat.toasts() == ["这首诗已经找不到了，请再写一首。"]


@pytest.mark.parametrize("command", ["/couplet 月", "/couplet 海内存知己"])
async def test_a_couplet_is_kept_and_listed(chat: BotAtWork, command: str) -> None:
    (answer,) = await chat.writes(command)
    await chat.presses(answer, "❤️ 收藏")
    (page,) = await chat.writes("/favourites")
    first, second = verses(answer)
    assert f"    {first}；{second}。" in page["text"]
    (again,) = await chat.presses(page, "1")
    assert again["text"] == answer["text"]
