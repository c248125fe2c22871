"""今日中秋 above a daily poem stays there however the poem is looked at."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.handlers.occasions import occasion_html
from bot.locales import LANGUAGES, Language, speak
from bot.services.seasons import OCCASIONS
from tests.fakes.chatting import XIAOYUE, BotAtWork, Json, buttons


async def daily_poem(chat: BotAtWork, words: str = "") -> Json:
    """The daily poem of the day of 中秋."""
    chat.clock.now = datetime(2026, 9, 25, 4, tzinfo=UTC)
    await chat.writes(f"/subscribe 12:30 {words}")
    chat.clock.now += timedelta(minutes=31)
    await chat.bot.daily.wake(chat.clock())
    return chat.messages(XIAOYUE)[-1]


async def test_the_days_name_stays_through_every_redraw(chat: BotAtWork) -> None:
    poem = await daily_poem(chat)
    for button in ("繁體", "平仄", "‹ 原诗", "拼音", "简体", "❤️ 收藏", "平仄"):
        await chat.presses(poem, button)
        now = chat.message(poem)
        assert now["text"].startswith("今日中秋\n\n"), button
        assert now["text"].count("今日中秋") == 1
    assert now["entities"][0] == {"type": "italic", "offset": 0, "length": 4}
    for button in ("体裁 ›", "词牌 ›", "‹ 返回", "‹ 返回"):
        await chat.presses(poem, button)
    assert chat.message(poem)["text"].startswith("今日中秋\n\n")
    assert buttons(chat.message(poem))[0] == "💛 已收藏"


async def test_it_speaks_the_language_that_was_chosen_since(chat: BotAtWork) -> None:
    poem = await daily_poem(chat)
    await chat.bot.store.chats.choose(XIAOYUE, language="en")
    await chat.presses(poem, "平仄")
    said = speak("en")("occasion", code="mid-autumn")
    assert chat.message(poem)["text"].startswith(f"{said}\n\n")


async def test_a_poem_of_another_theme_has_none_and_gets_none(chat: BotAtWork) -> None:
    poem = await daily_poem(chat, "竹")
    await chat.presses(poem, "平仄")
    assert chat.message(poem)["text"].startswith("竹\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_occasion_has_its_line(language: Language) -> None:
    lines = {occasion_html(each.code, speak(language)) for each in OCCASIONS}
    assert len(lines) == len(OCCASIONS)
    assert occasion_html(None, speak(language)) == ""


@pytest.mark.parametrize(("words", "beginning"), [("", "今日中秋\n\n"), ("竹", "竹\n")])
async def test_it_stays_where_telegram_no_longer_shows_the_message(
    chat: BotAtWork, words: str, beginning: str
) -> None:
    poem = await daily_poem(chat, words)
    await chat.presses_long_after(poem, "平仄")
    assert "○ 平" in chat.message(poem)["text"]
    assert chat.message(poem)["text"].startswith(beginning)
