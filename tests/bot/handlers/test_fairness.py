"""Who asks too often waits, and who waits sees how many are ahead."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.state import User
from tests.fakes.chatting import (
    ALICE,
    OPERATOR,
    XIAOYUE,
    BotAtWork,
    Json,
    bot_at_work,
    buttons,
    until,
)

BURST = 10


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot that lets one person have a poem each six seconds."""
    async with bot_at_work(tmp_path, poem_interval=6) as at_work:
        yield at_work


async def spent(chat: BotAtWork, user: int = XIAOYUE) -> Json:
    """The last of as many poems as may come at once."""
    answers: list[Json] = []
    for _ in range(BURST):
        answers += await chat.writes("/poem 月", user)
    assert len(chat.poet.asked) == BURST
    return answers[-1]


async def test_who_asks_too_often_is_told_how_long_to_wait_and_goes_on_by_a_button(
    strict: BotAtWork,
) -> None:
    await spent(strict)
    (refusal,) = await strict.writes("/poem 山")
    assert refusal["text"] == "写得真快！再过 6 秒就能接着写。"
    assert buttons(refusal) == ["🔄 再试一次"]
    strict.clock.now += timedelta(seconds=6)
    (poem,) = await strict.presses(refusal, "🔄 再试一次")
    assert poem["text"].startswith("山\n")
    assert strict.poet.asked[-1].theme == "山"


async def test_a_tap_that_comes_too_often_is_answered_over_the_chat(strict: BotAtWork) -> None:
    poem = await spent(strict, ALICE)
    assert await strict.presses(poem, "🔄 Another", ALICE) == []
    assert strict.toasts() == ["That was quick! The next poem can be written in 6 s."]
    strict.clock.now += timedelta(seconds=6)
    assert len(await strict.presses(poem, "🔄 Another", ALICE)) == 1


async def test_what_cannot_be_written_counts_for_nothing(strict: BotAtWork) -> None:
    for _ in range(BURST + 1):
        await strict.writes("/acrostic 春")
    assert (await strict.writes("/poem 月"))[0]["text"].startswith("月\n")


async def test_others_and_operators_need_not_wait(strict: BotAtWork) -> None:
    await spent(strict)
    assert (await strict.writes("/poem 月", ALICE))[0]["text"].startswith("月\n")
    for _ in range(BURST + 2):
        (poem,) = await strict.writes("/poem 月", OPERATOR)
        assert poem["text"].startswith("月\n")


async def queue_of_three(chat: BotAtWork) -> None:
    """Three people wait behind a closed gate."""
    chat.poet.gate.clear()
    for user in (7, 8, 9):
        chat.playground.telegram.add_user(User(user, f"U{user}"))
        chat.playground.people.write(user, user, "/poem 一", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 3)


async def test_a_place_in_the_queue_is_shown_and_becomes_the_poem(chat: BotAtWork) -> None:
    await queue_of_three(chat)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    place = await until(
        lambda: next((m for m in chat.messages(XIAOYUE) if "前面还有 3 首" in m["text"]), None)
    )
    chat.poet.gate.set()
    await chat.settled()
    poem = chat.message(place)
    assert poem["text"].startswith("月\n")
    assert buttons(poem)[0] == "❤️ 收藏"
    assert len(chat.messages(XIAOYUE)) == 2


async def test_a_place_that_somebody_deleted_is_followed_by_the_poem(chat: BotAtWork) -> None:
    await queue_of_three(chat)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: len(chat.messages(XIAOYUE)) == 2)
    telegram = chat.playground.telegram
    telegram.delete_message(list(telegram.chats[XIAOYUE].messages.values())[-1])
    chat.poet.gate.set()
    await chat.settled()
    assert chat.messages(XIAOYUE)[-1]["text"].startswith("月\n")


async def test_a_place_is_taken_back_when_nothing_comes_of_it(chat: BotAtWork) -> None:
    await queue_of_three(chat)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: len(chat.messages(XIAOYUE)) == 2)
    chat.poet.failure = RuntimeError("a bug")
    chat.poet.gate.set()
    await chat.settled()
    texts = [message["text"] for message in chat.messages(XIAOYUE)]
    assert not any("前面还有" in text for text in texts)
    assert "出了点问题" in texts[-1]


async def test_a_short_queue_is_not_spoken_of(chat: BotAtWork) -> None:
    chat.poet.gate.clear()
    chat.playground.people.write(ALICE, ALICE, "/poem 一", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 1)
    chat.playground.people.write(XIAOYUE, XIAOYUE, "/poem 月", now=time.time())
    await until(lambda: chat.bot.poet.ahead == 2)
    chat.poet.gate.set()
    await chat.settled()
    assert len(chat.messages(XIAOYUE)) == 2
