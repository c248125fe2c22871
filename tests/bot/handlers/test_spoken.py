"""Commands by their Chinese names, and commands that run into their words."""

import pytest

from bot.handlers.spoken import STEPS
from bot.services.command_names import COMMANDS
from tests.fakes.chatting import AMING, GROUP, BotAtWork, buttons


def test_every_command_has_its_step() -> None:
    assert set(STEPS) == set(COMMANDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("帮助", "用法"),
        ("设置", "设置"),
        ("我的收藏", "还没有收藏"),
        ("每日一诗", "好，每天 08:00"),
        ("退订", "这里没有订阅"),
        ("接龙", "接龙"),
        ("/收藏", "还没有收藏"),
        ("/关于", "诗由一个小小的"),
        ("/每日一诗 21:30 月", "好，每天 21:30"),
        ("／help", "用法"),
        ("／帮助", "用法"),
        ("帮助：", "用法"),
        ("／subscribe 08:00", "好，每天 08:00"),
        ("订阅：21:30", "好，每天 21:30"),
        ("／", "没有这个命令"),
        ("/藏头", "✍️ 藏头诗要给我几个字"),
        ("/", "没有这个命令"),
        ("//", "没有这个命令"),
    ],
)
async def test_a_name_is_a_command(chat: BotAtWork, text: str, said: str) -> None:
    (answer,) = await chat.writes(text)
    assert answer["text"].startswith(said)


@pytest.mark.parametrize(
    ("text", "form", "theme"),
    [
        ("/poem月", None, "月"),
        ("/poem，秋夜", None, "秋夜"),
        ("/poem: 七律，江雪", "七律", "江雪"),
        ("/诗 七律 江雪", "七律", "江雪"),
        ("/秋夜 五绝", "五绝", "秋夜"),
        ("／秋夜 五绝", "五绝", "秋夜"),
        ("／诗，月", None, "月"),
        ("每日一诗，怡情养性", None, "每日一诗，怡情养性"),
        ("接龙，乐", None, "接龙，乐"),
        ("藏头露尾", None, "藏头露尾"),
        ("藏头诗的妙处", None, "藏头诗的妙处"),
        ("帮助：月", None, "帮助：月"),
        ("/poem@another_bot 月", None, "月"),  # nobody else is here
        ("收藏", None, "收藏"),
        ("“帮助”", None, "帮助"),
        ("藏头", None, "藏头"),
    ],
)
async def test_everything_else_is_a_theme(
    chat: BotAtWork, text: str, form: str | None, theme: str
) -> None:
    await chat.writes(text)
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [(form, theme)]


@pytest.mark.parametrize(
    "text",
    [
        *("藏头诗 春夏秋冬", "/藏頭 春夏秋冬", "/acrostic春夏秋冬", "/acrostic，春夏秋冬"),
        *("藏头诗\u3000春夏秋冬", "藏头诗：春夏秋冬", "藏头诗，春夏秋冬", "藏头诗\n春夏秋冬"),
        *("／藏头诗 春夏秋冬", "／acrostic 春夏秋冬", "／acrostic：春夏秋冬"),
    ],
)
async def test_heads_stand_behind_the_name(chat: BotAtWork, text: str) -> None:
    await chat.writes(text, AMING)
    assert chat.poet.asked[0].heads == "春夏秋冬"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/favourites，月", "没有找到"),
        ("/subscribe：21:30", "好，每天 21:30"),
        ("/peom，秋夜", "没有 /peom 这个命令"),
    ],
)
async def test_a_mark_stands_between_a_command_and_its_words(
    chat: BotAtWork, text: str, said: str
) -> None:
    assert said in (await chat.writes(text))[0]["text"]


@pytest.mark.parametrize(
    ("text", "button", "form", "theme"),
    [
        ("/poem，七决 月", "七绝", "七绝", "月"),
        ("/peom，秋夜", "/poem 秋夜", None, "秋夜"),
    ],
)
async def test_and_so_it_does_where_the_message_is_served_once_more(
    chat: BotAtWork, text: str, button: str, form: str, theme: str
) -> None:
    (question,) = await chat.writes(text)
    await chat.presses(question, button)
    assert [(ask.form, ask.theme) for ask in chat.poet.asked] == [(form, theme)]


async def test_a_line_behind_a_chinese_name_is_shortened_without_it(chat: BotAtWork) -> None:
    (question,) = await chat.writes("续写 床前明月光疑是地上")
    await chat.presses(question, buttons(question)[0])
    assert chat.poet.asked[0].first_line == "床前明月光疑是"


async def test_while_a_game_waits_a_command_is_no_line_of_it(chat: BotAtWork) -> None:
    await chat.writes("/jielong 七绝")
    await chat.writes("藏头诗 春夏秋冬")
    assert chat.poet.asked[0].heads == "春夏秋冬"


async def test_in_a_group_the_name_goes_behind_ours(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("@poetry_playground_bot 帮助", chat=GROUP)
    assert answer["text"].startswith("用法")
    assert await chat.writes("帮助", chat=GROUP) == []
