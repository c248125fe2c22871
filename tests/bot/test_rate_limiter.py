"""Every call at its pace: messages take slots, the rest goes at once, a 429 loses nothing."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.errors import StorageError
from bot.playground import Fault
from bot.rate_limiter import BULK, ONCE
from bot.services.pacing import Pacer
from tests.fakes.chatting import GROUP, XIAOYUE, BotAtWork, bot_at_work


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot that has met Xiaoyue and a group."""
    async with bot_at_work(tmp_path) as at_work:
        await at_work.writes("/start")
        await at_work.writes("/start", chat=GROUP)
        yield at_work


async def time_for(chat: BotAtWork, *messages: tuple[int, int | None]) -> float:
    """The seconds by the pacer's clock that these messages take."""
    await chat.hurry.sleep(120)
    before = chat.hurry.now
    for where, manner in messages:
        await chat.bot.application.bot.send_message(where, "月", rate_limit_args=manner)
    return (chat.hurry.now - before).total_seconds()


async def test_one_chat_gets_a_message_a_second_and_a_group_twenty_a_minute(
    chat: BotAtWork,
) -> None:
    assert 4 <= await time_for(chat, *[(XIAOYUE, None)] * 5) < 5.5
    assert 60 <= await time_for(chat, *[(GROUP, None)] * 21) < 80


async def test_the_bulk_has_the_same_limits(chat: BotAtWork) -> None:
    assert 4 <= await time_for(chat, *[(XIAOYUE, BULK)] * 5) < 6


async def test_what_has_its_slot_already_waits_for_no_other(chat: BotAtWork) -> None:
    assert await time_for(chat, *[(XIAOYUE, ONCE)] * 5) == 0


async def test_what_is_no_message_takes_no_slot(chat: BotAtWork) -> None:
    await chat.hurry.sleep(120)
    before = chat.hurry.now
    for _ in range(40):
        await chat.bot.application.bot.send_chat_action(XIAOYUE, "typing")
    await chat.bot.application.bot.get_me()
    assert chat.hurry.now == before


async def test_a_refused_message_goes_when_telegram_allows_it_and_others_meanwhile(
    chat: BotAtWork,
) -> None:
    await chat.hurry.sleep(120)
    chat.playground.faults.add(Fault("retry_after", chat_id=XIAOYUE, retry_after=30, times=2))
    before = chat.hurry.now
    sent = await chat.bot.application.bot.send_message(XIAOYUE, "月")
    assert chat.message(sent.to_dict())["text"] == "月"
    assert (chat.hurry.now - before).total_seconds() >= 60
    chat.playground.faults.add(Fault("retry_after", chat_id=XIAOYUE, retry_after=30))
    with pytest.raises(RetryAfter):
        await chat.bot.application.bot.send_message(XIAOYUE, "月", rate_limit_args=ONCE)


async def test_the_pause_is_that_chats_alone(chat: BotAtWork) -> None:
    await chat.hurry.sleep(120)
    await chat.pacer.refused(XIAOYUE, 30)
    before = chat.hurry.now
    await chat.bot.application.bot.send_message(GROUP, "月")
    assert (chat.hurry.now - before).total_seconds() < 1


async def test_after_some_tries_or_for_too_long_the_caller_hears_of_it(chat: BotAtWork) -> None:
    bot, faults = chat.bot.application.bot, chat.playground.faults
    faults.add(Fault("retry_after", chat_id=XIAOYUE, retry_after=1, times=4))
    with pytest.raises(RetryAfter):
        await bot.send_message(XIAOYUE, "月")
    assert not faults.waiting()
    faults.add(Fault("retry_after", chat_id=XIAOYUE, retry_after=3600))
    with pytest.raises(RetryAfter):
        await bot.send_message(XIAOYUE, "月")


async def test_other_errors_are_not_repeated(chat: BotAtWork) -> None:
    chat.playground.faults.add(Fault("bad_request", description="Bad Request: odd"))
    with pytest.raises(BadRequest):
        await chat.bot.application.bot.send_message(XIAOYUE, "月")
    assert chat.playground.faults.waiting() == []


async def test_a_refused_answer_to_a_tap_is_given_again(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    chat.playground.faults.add(Fault("retry_after", method="answerCallbackQuery", retry_after=1))
    began = time.monotonic()
    chat.press(poem, "❤️ 收藏")
    await chat.settled()
    assert chat.toasts() == ["已收藏，/favourites 里能找到。"]
    assert time.monotonic() - began >= 1


async def test_without_a_database_messages_go_all_the_same(
    chat: BotAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise StorageError("the database is away")

    monkeypatch.setattr(Pacer, "reply", away)
    sent = await chat.bot.application.bot.send_message(XIAOYUE, "月")
    assert chat.message(sent.to_dict())["text"] == "月"
