"""What the bot says of itself, and what it can learn of chats."""

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import BadRequest, Forbidden

from bot.playground import Playground
from bot.playground.methods.profile import commands_for
from tests.bot.playground.conftest import ALICE, GROUP, XIAOYUE, Api


async def test_commands_are_kept_per_scope_and_language(bot: Bot) -> None:
    everyone = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("poem", "write a poem")])
    await bot.set_my_commands([("poem", "写一首诗")], everyone, "zh")
    assert (await bot.get_my_commands())[0].description == "write a poem"
    assert (await bot.get_my_commands(everyone, "zh"))[0].description == "写一首诗"
    assert await bot.get_my_commands(language_code="zh") == ()
    await bot.delete_my_commands(everyone, "zh")
    assert await bot.get_my_commands(everyone, "zh") == ()


async def test_people_see_the_narrowest_commands_in_their_language(
    bot: Bot, playground: Playground
) -> None:
    telegram = playground.telegram
    await bot.set_my_commands([("one", "default")])
    await bot.set_my_commands([("two", "中文")], language_code="zh")
    await bot.set_my_commands([("three", "only here")], BotCommandScopeChat(XIAOYUE))

    def seen(chat_id: int, language: str) -> str:
        return str(commands_for(telegram, telegram.chats[chat_id], language)[0]["command"])

    assert seen(GROUP, "en") == "one"
    assert seen(GROUP, "zh-hant") == "two"
    assert seen(XIAOYUE, "zh-hans") == "three"


@pytest.mark.parametrize(
    ("name", "description", "words"),
    [
        ("Poem", "x", "BOT_COMMAND_INVALID"),
        ("p" * 33, "x", "BOT_COMMAND_INVALID"),
        ("poem", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("poem", "月" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_bad_commands_are_refused(api: Api, name: str, description: str, words: str) -> None:
    commands = [{"command": name, "description": description}]
    assert await api.refusal("setMyCommands", commands=commands) == f"Bad Request: {words}"


async def test_too_many_commands_and_odd_languages_are_refused(api: Api) -> None:
    many = [{"command": "poem", "description": "x"}] * 101
    assert await api.refusal("setMyCommands", commands=many) == (
        "Bad Request: BOT_COMMANDS_TOO_MUCH"
    )
    refused = await api.refusal("setMyCommands", commands=many[:1], language_code="zh-hans")
    assert refused == "Bad Request: invalid language code specified"
    await api.refusal("setMyCommands", commands=many[:1], scope={"type": "galaxy"})


async def test_names_descriptions_and_menu_are_remembered(bot: Bot) -> None:
    await bot.set_my_description("我写格律诗。", "zh")
    await bot.set_my_short_description("诗")
    await bot.set_my_name("吟诗")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_my_description("zh")).description == "我写格律诗。"
    assert (await bot.get_my_short_description()).short_description == "诗"
    assert (await bot.get_my_name()).name == "吟诗"
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    with pytest.raises(BadRequest, match=r"(?i)description is too long"):
        await bot.set_my_description("月" * 513)


async def test_a_group_tells_its_title_members_and_administrators(bot: Bot) -> None:
    chat = await bot.get_chat(GROUP)
    assert (chat.type, chat.title) == ("group", "诗友群")
    assert (await bot.get_chat_member(GROUP, ALICE)).status == "member"
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "member"
    assert [m.user.id for m in await bot.get_chat_administrators(GROUP)] == [XIAOYUE]
    assert await bot.get_chat_member_count(GROUP) == 4
    with pytest.raises(BadRequest, match=r"(?i)participant_id_invalid"):
        await bot.get_chat_member(GROUP, 5)


async def test_a_bot_that_left_is_out(bot: Bot) -> None:
    assert await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "月")


async def test_an_unknown_file_is_refused(api: Api) -> None:
    assert await api.refusal("getFile", file_id="x") == "Bad Request: invalid file_id"


async def test_getme_names_the_bot_of_the_token(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.supports_inline_queries) == (123456, True, True)
