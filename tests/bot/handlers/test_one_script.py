"""Who reads English and 繁體 sees no 简体 beside it."""

import pytest

from tests.fakes.chatting import ALICE, BotAtWork, buttons


@pytest.fixture(autouse=True)
async def choices(chat: BotAtWork) -> None:
    """Alice reads English, and poems in traditional characters."""
    await chat.writes("/start", ALICE)
    await chat.bot.store.chats.choose(ALICE, script="traditional")


async def test_forms_under_a_poem(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 离别", ALICE)
    assert poem["text"].split("\n")[1] == "七絕 · rhyme 七陽"
    await chat.presses(poem, "Forms ›", ALICE)
    forms = ["五絕", "七絕", "五律", "七律", "五言聯", "七言聯", "詞 tunes ›", "‹ Back"]
    assert buttons(chat.message(poem)) == forms
    (other,) = await chat.presses(poem, "五絕", ALICE)
    assert other["text"].split("\n")[:2] == ["離別", "五絕 · rhyme 七陽"]


async def test_forms_and_themes_in_lists(chat: BotAtWork) -> None:
    await chat.writes("/poem 五绝 离别", ALICE)
    await chat.bot.store.chats.choose(ALICE, script="simplified")
    await chat.writes("/poem 五绝 云", ALICE)
    await chat.bot.store.chats.choose(ALICE, script="traditional")
    (page,) = await chat.writes("/history", ALICE)
    assert "1. 雲 · 五絕\n" in page["text"]
    await chat.presses(page, "🗂 Choose", ALICE)
    await chat.presses(page, "By theme", ALICE)
    await chat.presses(page, "云 · 1", ALICE)
    assert "theme: 雲" in chat.message(page)["text"]


async def test_the_name_of_a_game(chat: BotAtWork) -> None:
    (game,) = await chat.writes("/jielong 五绝 离别", ALICE)
    assert game["text"].startswith("接龍 · 離別\n五絕\n")


async def test_daily_poems(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/subscribe 08:00 离别 五绝", ALICE)
    assert "離別" in answer["text"]
    assert "五絕" in answer["text"]


async def test_the_usual_form(chat: BotAtWork) -> None:
    await chat.bot.store.chats.choose(ALICE, default_form="七绝")
    (settings,) = await chat.writes("/settings", ALICE)
    assert "七絕" in settings["text"]
    await chat.presses(settings, "Usual form", ALICE)
    assert "✓ 七絕" in buttons(chat.message(settings))
    assert "詞, to a tune" in buttons(chat.message(settings))
