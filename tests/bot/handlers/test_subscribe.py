"""/subscribe and /unsubscribe, and the daily poem that follows. The clock stands at noon of
1 April 2026 in Shanghai."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.services.seasons import occasion
from tests.fakes.chatting import ALICE, AMING, XIAOYUE, BotAtWork, buttons


@pytest.mark.parametrize(
    ("text", "at", "theme", "form"),
    [
        ("/subscribe", time(8), "", None),
        ("/subscribe 21:30", time(21, 30), "", None),
        ("/subscribe 8:00 月 五绝", time(8), "月", "五绝"),
        ("/subscribe 七律 秋夜 8点", time(8), "秋夜", "七律"),
        ("/subscribe 08：00", time(8), "", None),
        ("/subscribe 晚上9点半 月", time(21, 30), "月", None),
        ("/subscribe 8:30 pm", time(20, 30), "", None),
        ("/subscribe 早上八点", time(8), "", None),
    ],
)
async def test_hours_are_read_as_people_write_them(
    chat: BotAtWork, text: str, at: time, theme: str, form: str | None
) -> None:
    await chat.writes(text)
    kept = await chat.bot.store.subscriptions.active(XIAOYUE)
    assert kept is not None
    assert (kept.local_time, kept.theme, kept.form) == (at, theme, form)
    assert kept.timezone == "Asia/Shanghai"


async def test_it_says_when_the_first_poem_comes(chat: BotAtWork) -> None:
    (today,) = await chat.writes("/subscribe 12:30")
    assert "第一首：今天 12:30（北京 UTC+8）。" in today["text"]
    (tomorrow,) = await chat.writes("/subscribe 08:00", ALICE)
    assert "The first one: tomorrow at 08:00 (Beijing UTC+8)." in tomorrow["text"]


async def test_without_words_a_subscriber_is_told_what_there_is(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 21:30 月")
    (state,) = await chat.writes("/subscribe")
    assert state["text"].startswith("每天 21:30 送一首诗，题目“月”。\n下一首：今天 21:30")


async def test_unsubscribe_ends_it_once(chat: BotAtWork) -> None:
    await chat.writes("/subscribe")
    assert (await chat.writes("/unsubscribe"))[0]["text"].startswith("已停止每日一诗")
    assert (await chat.writes("/unsubscribe"))[0]["text"].startswith("这里没有订阅每日一诗")
    assert await chat.bot.store.subscriptions.active(XIAOYUE) is None


async def test_the_daily_poem_comes_with_buttons_in_the_readers_language(
    chat: BotAtWork,
) -> None:
    await chat.writes("/subscribe 12:30 月 五绝", AMING)
    noon = chat.clock()
    chat.clock.now = noon + timedelta(minutes=31)
    await chat.bot.daily.wake(chat.clock())
    poem = chat.messages(AMING)[-1]
    assert poem["text"].startswith("月\n五絕 · ")
    assert buttons(poem)[0] == "❤️ 收藏"
    assert chat.poet.asked[-1].script == "traditional"
    await chat.bot.daily.wake(chat.clock())
    assert chat.messages(AMING)[-1] == poem
    (another,) = await chat.presses(poem, "🔄 再寫一首", AMING)
    assert another["text"].startswith("月\n五絕")


async def test_a_daily_poem_may_be_a_tune_in_a_style(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/subscribe 12:30 浣溪沙 秋 宋风")
    assert answer["text"].startswith("好，每天 12:30 送你一首诗，题目“秋”，写浣溪沙，宋风。")
    chat.clock.now += timedelta(minutes=31)
    await chat.bot.daily.wake(chat.clock())
    assert chat.messages(XIAOYUE)[-1]["text"].startswith("秋\n浣溪沙 · 宋风 · 词韵第七部\n")
    assert chat.poet.asked[-1].dynasty == "宋"


async def test_a_daily_poem_is_never_the_same_twice(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 12:30 月")
    noon = chat.clock()
    for day in range(3):
        chat.clock.now = noon + timedelta(days=day, minutes=31)
        await chat.bot.daily.wake(chat.clock())
    poems = [each["text"] for each in chat.messages(XIAOYUE) if each["text"].startswith("月")]
    assert len(set(poems)) == 3


async def test_without_a_theme_the_daily_poem_varies_with_the_day(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 12:30")
    noon = chat.clock()
    for day in range(5):
        chat.clock.now = noon + timedelta(days=day, minutes=31)
        await chat.bot.daily.wake(chat.clock())
    assert len({ask.theme for ask in chat.poet.asked}) > 1


async def test_the_sent_poem_is_counted(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 12:30")
    chat.clock.now += timedelta(minutes=31)
    await chat.bot.daily.wake(chat.clock())
    assert b'poetry_bot_deliveries_total{outcome="sent"} 1.0' in chat.bot.metrics.text()


async def test_a_festival_leads_the_daily_poem_and_is_named_above_it(chat: BotAtWork) -> None:
    chat.clock.now = datetime(2026, 9, 25, 4, tzinfo=UTC)
    await chat.writes("/subscribe 12:30")
    await chat.writes("/subscribe 12:45 竹")
    for minutes in (31, 15):
        chat.clock.now += timedelta(minutes=minutes)
        await chat.bot.daily.wake(chat.clock())
    led, chosen = [each["text"] for each in chat.messages(XIAOYUE)[-2:]]
    assert led.startswith("今日中秋\n\n")
    assert chosen.startswith("竹\n")


async def test_whoever_asks_for_just_a_poem_gets_one_for_the_day(chat: BotAtWork) -> None:
    chat.clock.now = datetime(2026, 2, 4, 4, tzinfo=UTC)
    await chat.writes("/poem")
    led = occasion(chat.clock().date())
    assert led is not None
    assert chat.poet.asked[-1].theme in led.themes


async def test_who_has_none_to_end_may_begin_one(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/unsubscribe")
    (begun,) = await chat.presses(answer, "🌅 每日一诗")
    assert begun["text"].startswith("好，每天 08:00")
