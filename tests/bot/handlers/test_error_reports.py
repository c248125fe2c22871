"""Operators hear of errors: what, where, and nothing that anybody wrote."""

from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.playground.faults import Fault
from bot.scheduling.jobs import NAME, schedule_daily
from tests.fakes.chatting import GROUP, OPERATOR, BotAtWork, Json, until

SECRET = "月下独酌"
SILENCED = "Forbidden: CHAT_WRITE_FORBIDDEN"


async def reports(chat: BotAtWork) -> list[Json]:
    """What operators were told so far."""
    return [m for m in chat.messages(OPERATOR) if m["text"].startswith("⚠️")]


async def fails(chat: BotAtWork, error: Exception, user_text: str = f"/poem {SECRET}") -> None:
    chat.poet.failure = error
    await chat.writes(user_text)
    await chat.settled()


@pytest.fixture
async def told(chat: BotAtWork) -> BotAtWork:
    """The operator has begun a chat with the bot, so that it may write there."""
    await chat.writes("/help", OPERATOR)
    return chat


async def test_an_error_is_told_without_a_private_word(told: BotAtWork) -> None:
    await fails(told, KeyError(SECRET))
    (report,) = await reports(told)
    first, place, during = report["text"].splitlines()
    assert first == "⚠️ KeyError"
    assert place.startswith("bot.")
    assert during.startswith("message · update ")
    assert SECRET not in report["text"]
    assert told.bot.application.bot.token not in report["text"]


async def test_a_tap_that_fails_says_so(told: BotAtWork) -> None:
    (poem,) = await told.writes("/poem 月")
    told.poet.failure = KeyError("x")
    await told.presses(poem, "🔄 再写一首")
    assert "callback_query · update " in (await reports(told))[0]["text"]


async def test_a_group_where_the_bot_may_not_write_is_nobodys_error(told: BotAtWork) -> None:
    await told.writes("/subscribe 08:00 月", chat=GROUP)
    told.playground.faults.add(Fault("forbidden", "sendMessage", description=SILENCED, times=9))
    await told.writes("/poem 月", chat=GROUP)
    told.playground.faults.clear()
    assert await reports(told) == []
    assert len(await told.bot.store.subscriptions.of_chat(GROUP)) == 1


async def test_the_same_again_is_counted_not_told(told: BotAtWork) -> None:
    for _ in range(4):
        await fails(told, KeyError("x"))
    assert len(await reports(told)) == 1
    told.clock.now += timedelta(minutes=11)
    await fails(told, KeyError("x"))
    assert (await reports(told))[1]["text"].splitlines()[-1] == "另有 3 個沒有單獨報。"


async def test_what_is_no_bug_is_not_told(told: BotAtWork) -> None:
    """Telegram's absence, a user who blocks the bot, a wish that can't be served."""
    told.playground.faults.add(Fault("server_error", "sendMessage", times=1))
    await told.writes("/help")
    told.playground.faults.add(Fault("forbidden", "sendMessage", times=1))
    await told.writes("/help")
    await told.writes("/poem abc")
    assert await reports(told) == []


async def test_an_operator_who_can_not_be_told_is_no_second_error(chat: BotAtWork) -> None:
    chat.playground.faults.add(Fault("forbidden", "sendMessage", OPERATOR))
    (apology,) = await chat.writes("/help")
    await fails(chat, KeyError("x"))
    assert apology["text"]
    assert "出了点问题" in chat.messages(10001)[-1]["text"]


async def test_a_daily_wake_that_fails_is_told(told: BotAtWork) -> None:
    class Broken:
        async def wake(self, *_: object, **__: object) -> None:
            raise StorageError("the database is away")

    queue = told.bot.application.job_queue
    assert queue is not None
    reports_ = told.bot.reports
    schedule_daily(queue, Broken(), clock=told.clock, tell=reports_.tell)  # type: ignore[arg-type]  # broken on purpose
    await until(lambda: any(m["text"].startswith("⚠️") for m in told.messages(OPERATOR)))
    (report,) = await reports(told)
    assert report["text"].splitlines()[0] == "⚠️ StorageError"
    assert report["text"].splitlines()[-1] == NAME
    assert "away" not in report["text"]
