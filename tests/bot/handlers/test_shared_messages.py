"""In a group that chose no language, a message keeps its own whoever taps its buttons."""

import pytest

from tests.fakes.chatting import ALICE, AMING, GROUP, XIAOYUE, BotAtWork, Json, buttons


async def tap(chat: BotAtWork, message: Json, kind: str, user: int) -> Json:
    """Taps the last button of a kind; the message as it is then."""
    rows = chat.message(message)["reply_markup"]["inline_keyboard"]
    held = [each.get("callback_data", "") for row in rows for each in row]
    await chat.presses(message, [each for each in held if each.startswith(f"{kind}:")][-1], user)
    return chat.message(message)


@pytest.mark.parametrize(
    ("writer", "tapper"), [(XIAOYUE, ALICE), (XIAOYUE, AMING), (AMING, XIAOYUE), (ALICE, AMING)]
)
@pytest.mark.parametrize(
    "asked", ["/poem 七绝 月", "/acrostic 七律 春夏秋冬山水花月", "/couplet 月", "/poem 浣溪沙 月"]
)
async def test_a_poem_keeps_its_language(
    chat: BotAtWork, asked: str, writer: int, tapper: int
) -> None:
    (poem,) = await chat.writes(asked, writer, chat=GROUP)
    to_forms, to_tunes, to_sharing = "mv", "mnmv", "sv"
    has_tunes = not asked.startswith("/acrostic")
    for path in (to_forms, to_sharing, *([to_tunes] if has_tunes else [])):
        for kind in path:
            shown = await tap(chat, poem, kind, tapper)
        assert (shown["text"], buttons(shown)) == (poem["text"], buttons(poem)), path
    pinyin = await tap(chat, poem, "v", tapper)
    assert pinyin["text"].split("\n")[1] == poem["text"].split("\n")[1]


async def test_a_card_keeps_its_language(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 月", chat=GROUP)
    (card,) = await chat.presses(poem, "🖼 诗笺")
    await chat.presses(card, "红笺", ALICE)
    changed = chat.message(card)
    assert changed["caption"] == card["caption"]
    assert "✓ 红笺" in buttons(changed)


async def test_what_the_group_chose_is_spoken_from_then_on(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 月", chat=GROUP)
    await chat.bot.store.chats.choose(GROUP, language="en")
    shown = await tap(chat, poem, "v", XIAOYUE)
    assert "rhyme" in shown["text"]


async def test_of_a_message_that_is_no_longer_seen_who_taps_is_asked(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 月", chat=GROUP)
    await chat.presses_long_after(poem, "平仄", ALICE)
    assert "rhyme" in chat.message(poem)["text"]
