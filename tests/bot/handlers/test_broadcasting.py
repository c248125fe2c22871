"""/broadcast: a look at it, a tap, everybody hears it; the faults are ordered from Telegram."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.playground.faults import Fault
from bot.storage import BroadcastProgress
from tests.fakes.chatting import ALICE, GROUP, OPERATOR, PATIENCE, XIAOYUE, BotAtWork, Json, buttons

SEND, STOP = "📣 發給 3 個", "⏹ 停下"


async def everybody(chat: BotAtWork) -> None:
    """Three people and a group know the bot."""
    for user in (XIAOYUE, ALICE, OPERATOR):
        await chat.writes("/help", user)
    await chat.writes("/help", XIAOYUE, GROUP)


async def drafted(chat: BotAtWork, text: str = "/broadcast 今晚停機") -> Json:
    """The operator's question, with its buttons."""
    await everybody(chat)
    _, question = await chat.writes(text, OPERATOR)
    return question


async def taps(chat: BotAtWork, question: Json, button: str) -> Json:
    await chat.presses(chat.message(question), button, OPERATOR)
    return chat.message(question)


async def finished(chat: BotAtWork, question: Json) -> Json:
    """The question when there is nothing left to do."""
    await finish(chat)
    return chat.message(question)


async def finish(chat: BotAtWork) -> None:
    """Wakes the service until there is nothing left to do."""
    async with asyncio.timeout(PATIENCE):
        while await chat.bot.store.broadcasts.unfinished():
            await chat.bot.broadcasts.wake()
            chat.clock.now += timedelta(seconds=5)
            await chat.hurry.sleep(5)


def last(chat: BotAtWork, where: int) -> Json:
    return chat.messages(where)[-1]


async def test_it_is_shown_as_it_will_arrive_and_arrives_so(chat: BotAtWork) -> None:
    await everybody(chat)
    entities = [
        {"type": "bot_command", "offset": 0, "length": 10},
        {"type": "bold", "offset": 11, "length": 2},
        {"type": "italic", "offset": 15, "length": 3},
    ]
    text = "/broadcast 今晚😀、停機 <十> 分鐘 & more"
    content = {"text": text, "entities": entities}
    preview, question = await chat.sends(content, OPERATOR)
    assert preview["text"] == "今晚😀、停機 <十> 分鐘 & more"
    assert [(each["type"], each["offset"]) for each in preview["entities"]] == [
        ("bold", 0),
        ("italic", 4),
    ]
    assert "發給 3 位使用者" in question["text"]
    assert buttons(question) == [SEND, "＋ 也發到群組", "不發了"]
    begun = await taps(chat, question, SEND)
    assert begun["text"].startswith("正在發：0 / 3")
    assert buttons(begun) == [STOP]
    done = await finished(chat, question)
    assert done["text"] == "發完了\n\n送到 3"
    assert buttons(done) == []
    for user in (XIAOYUE, ALICE):
        assert last(chat, user)["text"] == preview["text"]
        assert last(chat, user)["entities"] == preview["entities"]
    assert last(chat, GROUP)["text"] != preview["text"]


async def test_groups_hear_it_if_wanted(chat: BotAtWork) -> None:
    question = await drafted(chat)
    wider = await taps(chat, question, "＋ 也發到群組")
    assert "4 個聊天" in wider["text"]
    assert buttons(wider)[:2] == ["📣 發給 4 個", "－ 只發私聊"]
    assert buttons(await taps(chat, question, "－ 只發私聊"))[0] == SEND
    await taps(chat, question, "＋ 也發到群組")
    await taps(chat, question, "📣 發給 4 個")
    assert "送到 4" in (await finished(chat, question))["text"]
    assert last(chat, GROUP)["text"] == "今晚停機"


async def test_a_reply_sends_the_message_it_replies_to(chat: BotAtWork) -> None:
    await everybody(chat)
    await chat.writes("今晚停機十分鐘", OPERATOR)
    original = next(m for m in chat.messages(OPERATOR) if m["text"] == "今晚停機十分鐘")
    preview, _ = await chat.writes("/broadcast", OPERATOR, reply_to=original["message_id"])
    assert preview["text"] == "今晚停機十分鐘"


async def test_a_reply_to_a_picture_sends_its_caption(chat: BotAtWork) -> None:
    await everybody(chat)
    file = {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9}
    bold = {"type": "bold", "offset": 0, "length": 2}
    content = {"photo": [file], "caption": "今晚停機", "caption_entities": [bold]}
    picture = chat.playground.people.send(OPERATOR, OPERATOR, content, now=time.time())
    await chat.settled()
    preview, question = await chat.writes("/broadcast", OPERATOR, reply_to=picture.message_id)
    assert (preview["text"], preview["entities"]) == ("今晚停機", [bold])
    assert buttons(question)[0] == SEND


async def test_without_a_text_it_says_how(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/broadcast", OPERATOR)
    assert answer["text"].startswith("寫在指令後面")


async def test_it_can_be_dropped_before_it_is_sent(chat: BotAtWork) -> None:
    question = await drafted(chat)
    dropped = await taps(chat, question, "不發了")
    assert dropped["text"] == "沒有發。"
    assert chat.toasts()[-1] == "沒有發。"
    assert buttons(dropped) == []
    await chat.bot.broadcasts.wake()
    assert last(chat, ALICE)["text"] != "今晚停機"


async def test_a_second_tap_sends_nothing_twice(chat: BotAtWork) -> None:
    question = await drafted(chat)
    chat.press(question, SEND, OPERATOR)
    chat.press(question, SEND, OPERATOR)
    await chat.settled()
    await finished(chat, question)
    message = chat.playground.telegram.chats[OPERATOR].messages[question["message_id"]]
    message.reply_markup = question["reply_markup"]
    for button in (SEND, "＋ 也發到群組", "不發了"):
        message.reply_markup = question["reply_markup"]
        assert (await taps(chat, question, button))["text"] == "發完了\n\n送到 3"
    assert [m["text"] for m in chat.messages(ALICE)].count("今晚停機") == 1


async def test_it_is_stopped_on_the_way(chat: BotAtWork) -> None:
    question = await drafted(chat)
    await taps(chat, question, SEND)
    stopped = await taps(chat, question, STOP)
    assert stopped["text"] == "中途停下了\n\n沒有再發 3"
    assert chat.toasts()[-1] == "停下了。"
    assert (await finished(chat, question))["text"] == stopped["text"]
    assert last(chat, ALICE)["text"] != "今晚停機"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("retry_after", "sendMessage", ALICE, retry_after=2), ["送到 3"]),
        (Fault("server_error", "sendMessage", ALICE), ["送到 3"]),
        (Fault("drop_before", "sendMessage", ALICE), ["送到 2", "不知送到沒有 1"]),
        (Fault("drop_after", "sendMessage", ALICE), ["送到 2", "不知送到沒有 1"]),
        (Fault("forbidden", "sendMessage", ALICE), ["送到 2", "已封鎖或離開 1"]),
        (
            Fault("bad_request", "sendMessage", ALICE, description="Bad Request: no"),
            ["送到 2", "沒送成 1"],
        ),
    ],
)
async def test_through_faults_nobody_is_lost_and_nobody_hears_it_twice(
    chat: BotAtWork, fault: Fault, told: list[str]
) -> None:
    question = await drafted(chat)
    chat.playground.faults.add(fault)
    await taps(chat, question, SEND)
    done = await finished(chat, question)
    assert done["text"].split("\n\n")[1].split("\n") == told
    heard = [m["text"] for m in chat.messages(ALICE)].count("今晚停機")
    assert heard == (1 if told == ["送到 3"] or fault.kind == "drop_after" else 0)
    alice = await chat.bot.store.chats.get(ALICE)
    assert alice is not None
    assert (alice.blocked_at is not None) == (fault.kind == "forbidden")


async def test_a_question_that_was_deleted_stops_nothing(chat: BotAtWork) -> None:
    question = await drafted(chat)
    await taps(chat, question, SEND)
    del chat.playground.telegram.chats[OPERATOR].messages[question["message_id"]]
    await finish(chat)
    assert await chat.bot.store.broadcasts.progress(1) == BroadcastProgress(sent=3)


async def test_others_learn_nothing_of_it(chat: BotAtWork) -> None:
    question = await drafted(chat)
    (answer,) = await chat.writes("/broadcast 買買買", ALICE)
    assert answer["text"] == (await chat.writes("/nosuchcommand 買買買", ALICE))[0]["text"]
    assert await chat.writes("/broadcast 買買買", ALICE, GROUP) == []
    (hers,) = await chat.writes("/poem 月", ALICE)
    message = chat.playground.telegram.chats[ALICE].messages[hers["message_id"]]
    message.reply_markup = question["reply_markup"]
    for button in buttons(question):
        await chat.presses(hers, button, ALICE)
        assert chat.toasts()[-1].startswith("This button has expired")
    assert await chat.bot.store.broadcasts.unfinished() == ()
