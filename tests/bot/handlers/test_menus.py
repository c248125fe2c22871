"""Who reads another language than their Telegram's menu has gets a menu of their own."""

from dataclasses import replace

import pytest

from bot.handlers.menus import set_menus, spoken_to
from bot.playground import Fault
from bot.playground.methods.profile import commands_for
from tests.fakes.chatting import ALICE, AMING, GROUP, OPERATOR, XIAOYUE, BotAtWork

WENHAN = 10009  # reads 繁體, and is no operator


@pytest.fixture(autouse=True)
def somebody_in_taipei(chat: BotAtWork) -> None:
    """A person whose Telegram is set to 繁體."""
    telegram = chat.playground.telegram
    telegram.add_user(replace(telegram.users[AMING], id=WENHAN, first_name="文翰"))


def menu(chat: BotAtWork, where: int, language: str) -> dict[str, str]:
    """What somebody with this Telegram reads there."""
    telegram = chat.playground.telegram
    shown = commands_for(telegram, telegram.chats[where], language)
    return {each["command"]: each["description"] for each in shown}


def calls(chat: BotAtWork, method: str = "setMyCommands") -> int:
    return len(chat.playground.requests.find(method))


async def test_who_reads_traditional_characters_has_the_menu_in_them(chat: BotAtWork) -> None:
    before = calls(chat)
    await chat.writes("/start", WENHAN)
    assert menu(chat, WENHAN, "zh-hant")["poem"] == "寫一首詩，可加題目與體裁：/poem 七絕 月"
    await chat.writes("/help", WENHAN)
    await chat.writes("/poem 月", WENHAN)
    assert calls(chat) == before + 1
    assert menu(chat, XIAOYUE, "zh-hans")["poem"].startswith("写一首诗")


async def test_who_has_everybodys_menu_is_given_no_other(chat: BotAtWork) -> None:
    before = calls(chat)
    for user in (XIAOYUE, ALICE):
        await chat.writes("/start", user)
    assert (calls(chat), calls(chat, "deleteMyCommands")) == (before, 0)


async def test_who_reads_german_has_the_menu_in_the_language_the_bot_speaks(
    chat: BotAtWork,
) -> None:
    telegram = chat.playground.telegram
    telegram.users[ALICE] = replace(telegram.users[ALICE], language_code="de")
    await chat.writes("/start", ALICE)
    assert menu(chat, ALICE, "de")["poem"].startswith("Write a poem")


async def test_a_chosen_language_has_its_menu_and_giving_it_up_has_everybodys(
    chat: BotAtWork,
) -> None:
    (panel,) = await chat.writes("/settings")
    await chat.presses(panel, "语言")
    await chat.presses(panel, "English")
    assert menu(chat, XIAOYUE, "zh-hans")["poem"].startswith("Write a poem")
    await chat.presses(panel, "As Telegram")
    assert menu(chat, XIAOYUE, "zh-hans")["poem"].startswith("写一首诗")
    assert calls(chat, "deleteMyCommands") == 1


async def test_a_group_has_the_menu_in_the_language_it_chose(chat: BotAtWork) -> None:
    await chat.writes("/help", chat=GROUP)
    await chat.bot.store.chats.choose(GROUP, language="en")
    await chat.writes("/help", chat=GROUP)
    shown = menu(chat, GROUP, "zh-hans")
    assert shown["poem"].startswith("Write a poem")
    assert "forget" not in shown


@pytest.mark.parametrize("refusal", ["bad_request", "server_error"])
async def test_a_refusal_harms_nobody(chat: BotAtWork, refusal: str) -> None:
    chat.playground.faults.add(Fault(refusal, method="setMyCommands", description="no"))
    (poem,) = await chat.writes("/poem 月", WENHAN)
    assert poem["text"].startswith("月\n")
    before = calls(chat)
    await chat.writes("/help", WENHAN)
    asked_again = calls(chat) - before
    assert asked_again == (0 if refusal == "bad_request" else 1)


async def test_who_is_forgotten_has_everybodys_menu(chat: BotAtWork) -> None:
    await chat.writes("/start")
    await chat.bot.store.chats.choose(XIAOYUE, language="en")
    (question,) = await chat.writes("/forget")
    assert menu(chat, XIAOYUE, "zh-hans")["poem"].startswith("Write a poem")
    await chat.presses(question, "🗑 Delete everything")
    assert menu(chat, XIAOYUE, "zh-hans")["poem"].startswith("写一首诗")
    await chat.writes("/start")
    assert menu(chat, XIAOYUE, "zh-hans")["poem"].startswith("写一首诗")


async def test_an_operators_menu_stays_long_in_their_language(chat: BotAtWork) -> None:
    await chat.writes("/start", OPERATOR)
    assert menu(chat, OPERATOR, "zh-hant")["stats"] == "機器人的近況"
    operators = await spoken_to(chat.bot.store, (OPERATOR, 99))
    assert operators == {OPERATOR: "zh-Hant", 99: None}
    await set_menus(chat.bot.application.bot, operators)  # as a restart does
    assert menu(chat, OPERATOR, "zh-hant")["stats"] == "機器人的近況"
