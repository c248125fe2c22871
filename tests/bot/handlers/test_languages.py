"""Which language the bot speaks: the chosen one, else that of the person's Telegram."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.playground import Fault
from tests.fakes.chatting import ALICE, AMING, GROUP, XIAOYUE, BotAtWork, Json, buttons


async def daily_poem(chat: BotAtWork, user: int) -> Json:
    """The message of the next half past twelve."""
    chat.clock.now += timedelta(minutes=31)
    await chat.bot.daily.wake(chat.clock())
    return chat.messages(user)[-1]


async def test_what_was_chosen_is_spoken_whatever_telegram_says(chat: BotAtWork) -> None:
    await chat.writes("/start")
    await chat.bot.store.chats.choose(XIAOYUE, language="en")
    (poem,) = await chat.writes("/poem 月")
    assert buttons(poem)[0] == "❤️ Keep"
    chat.playground.faults.add(Fault("server_error", method="sendMessage"))
    (apology,) = await chat.writes("/poem 月")
    assert apology["text"] == "Something went wrong, please try again."


async def test_a_groups_language_is_spoken_to_everybody_there(chat: BotAtWork) -> None:
    await chat.writes("/help", chat=GROUP)
    await chat.bot.store.chats.choose(GROUP, language="zh-Hant")
    (poem,) = await chat.writes("/poem 月", ALICE, chat=GROUP)
    assert "🔄 再寫一首" in buttons(poem)


async def test_an_apology_needs_no_database(
    chat: BotAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise StorageError("the disk is gone")

    monkeypatch.setattr(chat.bot.store.chats, "seen", broken)
    monkeypatch.setattr(chat.bot.store.chats, "get", broken)
    (apology,) = await chat.writes("/poem 月", ALICE)
    assert apology["text"] == "Something went wrong, please try again."


async def test_the_daily_poem_speaks_the_language_heard_last(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 12:30 月", ALICE)
    alice = chat.playground.telegram.users[ALICE]
    chat.playground.telegram.users[ALICE] = replace(alice, language_code="zh-hant")
    await chat.writes("/help", ALICE)
    assert buttons(await daily_poem(chat, ALICE))[1] == "🔄 再寫一首"


async def test_the_daily_poem_speaks_the_chosen_language_before_the_heard_one(
    chat: BotAtWork,
) -> None:
    await chat.writes("/subscribe 12:30 月", AMING)
    await chat.bot.store.chats.choose(AMING, language="en")
    await chat.writes("/help", AMING)
    assert buttons(await daily_poem(chat, AMING))[1] == "🔄 Another"


async def test_a_groups_daily_poem_speaks_as_who_subscribed(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 12:30 月", chat=GROUP)
    await chat.writes("/poem 月", ALICE, chat=GROUP)
    assert buttons(await daily_poem(chat, GROUP))[1] == "🔄 再写一首"
