"""Start, help, the menu; blocking the bot; groups that move; and what happens when it breaks."""

import io
import time
from typing import Any

import pytest

from bot.playground import Fault
from poetry_model import TUNES
from tests.fakes.chatting import (
    ALICE,
    AMING,
    GROUP,
    XIAOYUE,
    BotAtWork,
    buttons,
    until,
)


@pytest.mark.parametrize("user", [XIAOYUE, ALICE, AMING])
@pytest.mark.parametrize("command", ["/start", "/help", "/about"])
async def test_it_explains_itself_in_every_language(
    chat: BotAtWork, command: str, user: int
) -> None:
    (answer,) = await chat.writes(command, user)
    assert answer["text"]
    assert answer["entities"]


async def test_help_names_every_tune_in_the_readers_script(chat: BotAtWork) -> None:
    (simplified,) = await chat.writes("/help")
    await chat.presses(simplified, "填词")
    assert "、".join(TUNES) in chat.message(simplified)["text"]
    (traditional,) = await chat.writes("/help", AMING)
    await chat.presses(traditional, "填詞", AMING)
    assert "水調歌頭、鷓鴣天" in chat.message(traditional)["text"]


async def test_the_menu_is_in_chinese_and_in_english(chat: BotAtWork) -> None:
    menus = chat.playground.telegram.commands
    spoken = {
        (scope, language): [each["command"] for each in menu]
        for (scope, language), menu in menus.items()
    }
    assert {language for _, language in spoken} == {"", "zh", "en"}
    assert all({"poem", "couplet"} <= set(names) for names in spoken.values())
    described = {menu[0]["description"] for menu in menus.values()}
    assert len(described) == 2


async def test_who_blocks_the_bot_gets_no_daily_poem_any_more(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00")
    chat.playground.people.block(XIAOYUE, now=time.time())
    await chat.settled()
    assert await chat.bot.store.subscriptions.active(XIAOYUE) is None
    seen = await chat.bot.store.chats.get(XIAOYUE)
    assert seen is not None
    assert seen.blocked_at is not None
    await chat.writes("/start")
    seen = await chat.bot.store.chats.get(XIAOYUE)
    assert seen is not None
    assert seen.blocked_at is None


async def test_a_refused_answer_ends_the_subscription(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00")
    chat.playground.faults.add(Fault("forbidden", method="sendMessage"))
    assert await chat.writes("/poem 月") == []
    assert await chat.bot.store.subscriptions.active(XIAOYUE) is None


async def test_a_group_that_becomes_a_supergroup_takes_its_subscription_along(
    chat: BotAtWork,
) -> None:
    await chat.writes("/subscribe 08:00", chat=GROUP)
    moved = chat.playground.people.migrate(GROUP, now=time.time())
    await chat.settled()
    assert await chat.bot.store.subscriptions.active(GROUP) is None
    followed = await chat.bot.store.subscriptions.active(moved.id)
    assert followed is not None
    assert followed.chat_id == moved.id


async def test_a_move_that_only_an_error_tells_of_is_followed(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00", chat=GROUP)
    chat.playground.faults.add(Fault("migrate", method="sendMessage", migrate_to_chat_id=-1009999))
    await chat.writes("/poem 月", chat=GROUP)
    assert await chat.bot.store.subscriptions.active(-1009999) is not None


@pytest.mark.parametrize(
    ("text", "begins"), [("/poem 七律 月", "月\n七律"), ("/couplet 月", "月\n七言联")]
)
async def test_what_went_wrong_can_be_tried_again_with_one_tap(
    chat: BotAtWork, text: str, begins: str
) -> None:
    chat.playground.faults.add(Fault("server_error", method="sendMessage"))
    (apology,) = await chat.writes(text)
    assert apology["text"] == "出了点问题，请再试一次。"
    (poem,) = await chat.presses(apology, "🔄 再试一次")
    assert poem["text"].startswith(begins)
    assert not buttons(chat.message(apology))


async def test_a_tap_that_went_wrong_can_be_tried_again(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    await chat.presses(poem, "体裁 ›")
    chat.playground.faults.add(Fault("server_error", method="sendMessage"))
    (apology,) = await chat.presses(poem, "五律")
    (again,) = await chat.presses(apology, "🔄 再试一次")
    assert "五律 · " in again["text"]


async def test_when_telegram_asks_to_wait_the_answer_comes_later(chat: BotAtWork) -> None:
    chat.playground.faults.add(Fault("retry_after", method="sendMessage", retry_after=1))
    (poem,) = await chat.writes("/poem 月")
    assert poem["text"].startswith("月\n")


async def test_a_bug_is_logged_without_what_people_wrote(
    chat: BotAtWork, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(chat.bot.store.poems, "add", broken)
    (apology,) = await chat.writes("/poem 我的秘密")
    assert apology["text"] == "出了点问题，请再试一次。"
    assert "RuntimeError: a bug" in log_lines.getvalue()
    assert "我的秘密" not in log_lines.getvalue()


async def test_a_lost_connection_while_polling_is_survived(chat: BotAtWork) -> None:
    chat.playground.faults.add(Fault("drop_before", method="getUpdates"))
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: len(chat.messages(XIAOYUE)) == 2)
