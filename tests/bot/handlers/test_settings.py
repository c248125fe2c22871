"""/settings: one message, edited in place."""

import pytest

from bot.handlers.settings import LABELS, SETTINGS
from bot.handlers.taps import ChooseOption, Option, Topic, read_tap, write_tap
from tests.fakes.chatting import AMING, GROUP, XIAOYUE, BotAtWork, Json, buttons


async def opened(chat: BotAtWork, user: int = XIAOYUE, where: int = 0) -> Json:
    """The message of /settings."""
    (message,) = await chat.writes("/settings", user, chat=where)
    return message


async def test_everything_is_shown_and_chosen_in_one_message(chat: BotAtWork) -> None:
    message = await opened(chat)
    assert "语言 · 随 Telegram（简体中文）" in message["text"]
    assert "笔致 · 平" in message["text"]
    assert await chat.presses(message, "笔致") == []
    assert buttons(chat.message(message)) == ["稳", "✓ 平", "奇", "‹ 返回"]
    assert await chat.presses(message, "奇") == []
    assert buttons(chat.message(message)) == ["稳", "平", "✓ 奇", "‹ 返回"]
    assert chat.toasts()[-1] == "已经改好。"
    await chat.presses(message, "‹ 返回")
    assert "笔致 · 奇" in chat.message(message)["text"]


@pytest.mark.parametrize("topic", Topic)
async def test_every_option_can_be_chosen_and_is_then_marked(chat: BotAtWork, topic: Topic) -> None:
    message = await opened(chat)
    for code, stored in SETTINGS[topic].options.items():
        await press(chat, message, write_tap(ChooseOption(topic, Option(code))))
        seen = await chat.bot.store.chats.get(XIAOYUE)
        assert getattr(seen, SETTINGS[topic].field) == stored
        marked = [each for each in buttons(chat.message(message)) if each.startswith("✓")]
        assert len(marked) == 1


async def test_the_chosen_language_is_spoken_at_once(chat: BotAtWork) -> None:
    message = await opened(chat)
    await chat.presses(message, "语言")
    await chat.presses(message, "English")
    assert "The language I speak here." in chat.message(message)["text"]
    await chat.presses(message, "As Telegram")
    assert "我用哪种语言说话。" in chat.message(message)["text"]


async def test_poems_follow_the_settings(chat: BotAtWork) -> None:
    message = await opened(chat)
    for setting, option in (("诗的字", "繁体"), ("惯用体裁", "五律"), ("笔致", "稳")):
        await chat.presses(message, setting)
        await chat.presses(message, option)
        await chat.presses(message, "‹ 返回")
    await chat.writes("/poem 月")
    await chat.writes("/poem 七绝 月")
    asked = [(ask.form, ask.script, ask.boldness) for ask in chat.poet.asked]
    assert asked == [("五律", "traditional", "steady"), ("七绝", "traditional", "steady")]


async def test_the_usual_form_yields_to_heads_and_lines_that_do_not_fit_it(
    chat: BotAtWork,
) -> None:
    await chat.writes("/start")
    await chat.bot.store.chats.choose(XIAOYUE, default_form="五律")
    for text in ("/acrostic 春夏秋冬", "/acrostic 一二三四五六七八", "/continue 床前明月光"):
        await chat.writes(text)
    await chat.writes("/continue 两个黄鹂鸣翠柳")
    assert [ask.form for ask in chat.poet.asked] == [None, "五律", "五律", None]
    await chat.bot.store.chats.choose(XIAOYUE, default_form="词")
    await chat.writes("/acrostic 春夏秋冬")
    assert chat.poet.asked[-1].form is None


async def test_in_a_group_everyone_looks_and_administrators_choose(chat: BotAtWork) -> None:
    message = await opened(chat, AMING, GROUP)
    await chat.presses(message, "筆致", AMING)
    await chat.presses(message, "奇", AMING)
    assert chat.toasts()[-1] == "群組的設定要請管理員來改，大家都可以看。"
    group = await chat.bot.store.chats.get(GROUP)
    assert group is not None
    assert group.boldness is None
    await chat.presses(message, "奇")  # 小月 made the group
    group = await chat.bot.store.chats.get(GROUP)
    assert group is not None
    assert group.boldness == "bold"


async def test_an_option_there_is_no_longer_has_expired(chat: BotAtWork) -> None:
    message = await opened(chat)
    await press(chat, message, "ec:p:papyrus")
    assert chat.toasts()[-1].startswith("这个按钮已经过期")
    seen = await chat.bot.store.chats.get(XIAOYUE)
    assert seen is not None
    assert seen.paper is None


async def test_a_stored_choice_there_is_no_longer_counts_as_none(chat: BotAtWork) -> None:
    await chat.writes("/start")
    await chat.bot.store.chats.choose(XIAOYUE, paper="papyrus", language="tlh")
    assert "诗笺 · 宣纸" in (await opened(chat))["text"]


def test_every_button_can_be_read_back() -> None:
    for topic, code in LABELS:
        assert read_tap(write_tap(ChooseOption(topic, Option(code)))) == ChooseOption(
            topic, Option(code)
        )


async def press(chat: BotAtWork, message: Json, held: str) -> None:
    """Presses a button that holds this."""
    stored = chat.playground.telegram.chats[message["chat"]["id"]].messages[message["message_id"]]
    stored.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": held}]]}
    await chat.presses(message, "?")


async def test_it_says_when_daily_poems_come(chat: BotAtWork) -> None:
    message = await opened(chat)
    assert "每日一诗 · 还没订" in message["text"]
    await chat.writes("/subscribe 21:30")
    (second,) = await chat.writes("/subscribe 08:00")
    await chat.presses(second, "⏸ 暂停")
    await chat.presses(message, "语言")
    await chat.presses(message, "‹ 返回")
    assert "每日一诗 · 21:30、⏸ 08:00" in chat.message(message)["text"]


async def test_only_in_a_group_administrators_are_spoken_of(chat: BotAtWork) -> None:
    assert "管理员" not in (await opened(chat))["text"]
    assert "群里由管理员改" in (await opened(chat, where=GROUP))["text"]


async def test_a_city_nobody_knows_is_asked_for_again(chat: BotAtWork) -> None:
    message = await opened(chat)
    await chat.presses(message, "时区")
    (question,) = await chat.presses(message, "✍️ 写个城市")
    (again,) = await chat.writes("大观园", reply_to=question["message_id"])
    assert again["text"].startswith("不知道“大观园”在哪儿")
    await chat.writes("柏林", reply_to=again["message_id"])
    seen = await chat.bot.store.chats.get(XIAOYUE)
    assert seen is not None
    assert seen.timezone == "Europe/Berlin"
