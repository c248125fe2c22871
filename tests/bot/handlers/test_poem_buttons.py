"""The buttons under a poem."""

import re

import pytest

from bot.handlers.taps import TUNE_CODES
from bot.playground.faults import Fault
from tests.fakes.chatting import ALICE, GROUP, XIAOYUE, BotAtWork, Json, buttons, data, until


async def written(chat: BotAtWork, text: str = "/poem 七绝 月", where: int = 0) -> Json:
    """A poem with its buttons."""
    (answer,) = await chat.writes(text, chat=where)
    return answer


async def test_a_heart_keeps_and_a_second_tap_lets_go(chat: BotAtWork) -> None:
    poem = await written(chat)
    assert await chat.presses(poem, "❤️ 收藏") == []
    assert buttons(chat.message(poem))[0] == "💛 已收藏"
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 1
    await chat.presses(poem, "💛 已收藏")
    assert buttons(chat.message(poem))[0] == "❤️ 收藏"
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 0
    assert chat.toasts() == ["已收藏，/favourites 里能找到。", "已取消收藏。"]


async def test_a_heart_tapped_twice_keeps_once(chat: BotAtWork) -> None:
    poem = await written(chat)
    chat.press(poem, "❤️ 收藏")
    chat.press(poem, "❤️ 收藏")
    await chat.settled()
    assert buttons(chat.message(poem))[0] == "💛 已收藏"
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 1


async def test_in_a_group_a_heart_keeps_for_whoever_tapped(chat: BotAtWork) -> None:
    poem = await written(chat, where=GROUP)
    await chat.presses(poem, "❤️ 收藏", ALICE)
    assert (await chat.bot.store.favourites.page(ALICE, offset=0, limit=5)).total == 1
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 0
    assert buttons(chat.message(poem))[0] == "❤️ 收藏"
    await chat.presses(poem, "❤️ 收藏", ALICE)
    assert chat.toasts() == ["Kept. You find it in /favourites.", "You kept it already."]


async def test_another_is_the_same_wish_with_a_new_seed(chat: BotAtWork) -> None:
    poem = await written(chat)
    (again,) = await chat.presses(poem, "🔄 再写一首")
    first, second = chat.poet.asked
    assert (first.theme, first.form) == (second.theme, second.form)
    assert first.seed != second.seed
    assert again["message_id"] != poem["message_id"]
    assert chat.toasts() == ["正在写……"]


async def test_a_form_button_keeps_the_theme(chat: BotAtWork) -> None:
    poem = await written(chat)
    await chat.presses(poem, "体裁 ›")
    (answer,) = await chat.presses(poem, "五律")
    assert [(ask.form, ask.theme) for ask in chat.poet.asked][-1] == ("五律", "月")
    assert "五律 · " in answer["text"]


async def test_every_tune_can_be_had_by_a_button(chat: BotAtWork) -> None:
    poem = await written(chat)
    await chat.presses(poem, "❤️ 收藏")
    kept = chat.message(poem)
    assert await chat.presses(poem, "体裁 ›") == []
    assert await chat.presses(poem, "词牌 ›") == []
    shown = buttons(chat.message(poem))
    assert shown == [*TUNE_CODES.values(), "‹ 返回"]
    (tune,) = await chat.presses(poem, "如梦令")
    assert [(ask.form, ask.theme) for ask in chat.poet.asked][-1] == ("如梦令", "月")
    assert "如梦令 · " in tune["text"]
    await chat.presses(poem, "‹ 返回")
    assert "五言联" in buttons(chat.message(poem))
    await chat.presses(poem, "‹ 返回")
    assert buttons(chat.message(poem)) == buttons(kept)


async def test_the_other_script_is_one_tap_away_and_a_tap_back(chat: BotAtWork) -> None:
    poem = await written(chat, "/poem 浣溪沙 云")
    await chat.presses(poem, "❤️ 收藏")
    assert await chat.presses(poem, "繁體") == []
    traditional = chat.message(poem)
    assert traditional["text"].startswith("雲\n浣溪沙 · 词韵")
    assert buttons(traditional)[0] == "💛 已收藏"
    await chat.presses(poem, "💛 已收藏")
    assert buttons(chat.message(poem))[0] == "❤️ 收藏"
    assert chat.message(poem)["text"] == traditional["text"]
    await chat.presses(poem, "体裁 ›")
    await chat.presses(poem, "词牌 ›")
    assert "水調歌頭" in buttons(chat.message(poem))
    for button in ("‹ 返回", "‹ 返回", "简体"):
        await chat.presses(poem, button)
    assert chat.message(poem)["text"] == poem["text"]
    assert len(chat.poet.asked) == 1


async def test_tones_and_pinyin_replace_the_verse_and_give_it_back(chat: BotAtWork) -> None:
    poem = await written(chat)
    await chat.presses(poem, "平仄")
    assert "○ 平　● 仄" in chat.message(poem)["text"]
    await chat.presses(poem, "繁體")
    assert "‹ 原诗" in buttons(chat.message(poem))
    await chat.presses(poem, "拼音")
    assert re.search("[āáǎàēéěèīíǐìōóǒòūúǔù]", chat.message(poem)["text"])
    await chat.presses(poem, "❤️ 收藏")
    assert buttons(chat.message(poem))[0] == "💛 已收藏"
    for button in ("‹ 原诗", "简体"):
        await chat.presses(poem, button)
    assert chat.message(poem)["text"] == poem["text"]
    assert buttons(chat.message(poem))[0] == "💛 已收藏"


async def test_in_a_group_everybody_may_look_otherwise(chat: BotAtWork) -> None:
    poem = await written(chat, where=GROUP)
    await chat.presses(poem, "平仄", ALICE)
    assert "○ 平" in chat.message(poem)["text"]
    await chat.presses(poem, "‹ 原诗", XIAOYUE)
    assert chat.message(poem)["text"] == poem["text"]


async def test_a_poem_is_written_from_the_same_first_line(chat: BotAtWork) -> None:
    poem = await written(chat, "浣溪沙 月")
    (begun,) = await chat.presses(poem, "✍️ 同一起句")
    asked = chat.poet.asked[-1]
    assert (asked.form, asked.theme) == ("浣溪沙", "月")
    assert asked.first_line in poem["text"]
    assert asked.first_line in begun["text"]
    assert "✍️ 同一起句" not in buttons(begun)
    await chat.presses(begun, "🔄 再写一首")
    assert chat.poet.asked[-1].first_line == asked.first_line


async def test_an_acrostic_has_no_first_line_of_its_own(chat: BotAtWork) -> None:
    poem = await written(chat, "/acrostic 春夏秋冬")
    assert "✍️ 同一起句" not in buttons(poem)
    await put(chat, poem, "l:1")
    assert await chat.presses(poem, "?") == []
    assert chat.toasts() == ["这首诗已经找不到了，请再写一首。"]


async def test_buttons_of_older_messages_still_open_and_close_the_tunes(chat: BotAtWork) -> None:
    poem = await written(chat)
    await put(chat, poem, "t:1")
    await chat.presses(poem, "?")
    assert "如梦令" in buttons(chat.message(poem))
    await put(chat, poem, "th:1")
    await chat.presses(poem, "?")
    assert buttons(chat.message(poem)) == buttons(poem)


async def put(chat: BotAtWork, message: Json, held: str) -> None:
    """Puts a button "?" that holds this under a message."""
    stored = chat.playground.telegram.chats[XIAOYUE].messages[message["message_id"]]
    stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": held}]]}


async def test_another_acrostic_of_an_uncommon_length_can_be_had(chat: BotAtWork) -> None:
    poem = await written(chat, "/acrostic 春夏秋")
    (again,) = await chat.presses(poem, "🔄 再写一首")
    assert chat.poet.asked[-1].heads == "春夏秋"
    assert len(again["text"].split("\n")) == 3 + 3


async def test_another_tapped_again_while_it_is_written_is_written_once(chat: BotAtWork) -> None:
    poem = await written(chat)
    chat.poet.gate.clear()
    chat.press(poem, "🔄 再写一首")
    chat.press(poem, "🔄 再写一首")
    await until(lambda: len(chat.playground.requests.find("answerCallbackQuery")) == 2)
    chat.poet.gate.set()
    await chat.settled()
    assert len(chat.poet.asked) == 2
    assert chat.toasts() == ["正在写……", "收到了，稍候。"]
    assert len(await chat.presses(poem, "🔄 再写一首")) == 1


async def test_buttons_nobody_knows_are_answered_kindly(chat: BotAtWork) -> None:
    poem = await written(chat)
    stored = chat.playground.telegram.chats[XIAOYUE].messages[poem["message_id"]]
    for strange in ("z:1", "k", "k:1:2", "k:-1", "k:x", "f:1:none", "k:99999999999999999999", "月"):
        stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": strange}]]}
        await chat.presses(poem, "?")
        assert chat.toasts()[-1] == "这个按钮已经过期，请再发一次 /poem。"


async def test_a_poem_that_is_gone_is_answered_kindly(chat: BotAtWork) -> None:
    poem = await written(chat)
    stored = chat.playground.telegram.chats[XIAOYUE].messages[poem["message_id"]]
    for gone in ("k:999", "u:999"):
        stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": gone}]]}
        await chat.presses(poem, "?")
    assert chat.toasts() == ["这首诗已经找不到了，请再写一首。"] * 2


async def test_a_deleted_message_and_a_late_answer_are_tolerated(chat: BotAtWork) -> None:
    poem = await written(chat)
    telegram = chat.playground.telegram
    telegram.query_lifetime = -1.0
    chat.press(poem, "❤️ 收藏")
    telegram.delete_message(telegram.chats[XIAOYUE].messages[poem["message_id"]])
    await chat.settled()
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 1
    assert not [m for m in chat.messages(XIAOYUE) if "出了点问题" in m.get("text", "")]


async def test_buttons_work_after_the_poem_was_written_by_another_run(chat: BotAtWork) -> None:
    poem = await written(chat)
    assert data(poem)[:2] == ["k:1", "a:1"]  # nothing but what the database knows


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "server_error"])
async def test_where_the_word_for_a_tap_is_lost_the_tap_is_done_all_the_same(
    chat: BotAtWork, kind: str
) -> None:
    poem = await written(chat)
    chat.playground.faults.add(Fault(kind, "answerCallbackQuery", times=3))
    assert await chat.presses(poem, "❤️ 收藏") == []
    assert buttons(chat.message(poem))[0] == "💛 已收藏"
    chat.playground.faults.clear()


async def test_couplets_are_counted_otherwise_than_poems(chat: BotAtWork) -> None:
    (pair,) = await chat.writes("/couplet 月")
    assert "🔄 再写一副" in buttons(pair)
