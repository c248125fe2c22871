"""Who let the bot go and is back: told once that their daily poem stopped, given it back as it was.
The clock stands at noon of Wednesday, 1 April 2026 in Shanghai, until somebody moves it."""

import time as real_time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.playground import Fault
from bot.services.daily import DailyLimits
from bot.storage import Subscription
from tests.fakes.chatting import ALICE, FORUM, GROUP, XIAOYUE, BotAtWork, buttons, of_bot

Json = dict[str, Any]
BACK = "☀️ 照原样接着送"


async def lost(chat: BotAtWork, *wishes: str, where: int = XIAOYUE) -> tuple[Subscription, ...]:
    """Somebody wishes for daily poems, then lets the bot go; what they had."""
    for wish in wishes:
        await chat.writes(f"/subscribe {wish}", XIAOYUE, where)
    had = await chat.bot.store.subscriptions.of_chat(where)
    await goes(chat, where)
    assert await chat.bot.store.subscriptions.of_chat(where) == ()
    return had


async def goes(chat: BotAtWork, where: int = XIAOYUE) -> None:
    """Somebody blocks the bot, or removes it."""
    chat.clock.now += timedelta(minutes=1)
    chat.playground.people.set_bot_status(where, XIAOYUE, "kicked", now=real_time.time())
    await chat.settled()


async def returns(chat: BotAtWork, where: int = XIAOYUE, status: str = "member") -> list[Json]:
    """Somebody lets the bot in again; what it says to that."""
    chat.clock.now += timedelta(days=3)
    before = chat.playground.telegram.chats[where].last_message_id
    chat.playground.people.set_bot_status(where, XIAOYUE, status, now=real_time.time())
    await chat.settled()
    new = [each for each in chat.messages(where) if each["message_id"] > before]
    return [each for each in new if of_bot(each)]


async def active(chat: BotAtWork, where: int = XIAOYUE) -> tuple[Subscription, ...]:
    return await chat.bot.store.subscriptions.of_chat(where)


async def test_who_unblocks_the_bot_is_told_once_and_gets_it_back_as_it_was(
    chat: BotAtWork,
) -> None:
    had = await lost(chat, "21:30 月 五绝 宋风 工作日 东京")
    (told,) = await returns(chat)
    assert told["text"].startswith("又见面了。你停用我的那阵子，每日一诗停了：")
    assert "· 工作日 21:30，题目“月”，写五绝，宋风" in told["text"]
    assert buttons(told) == [BACK]
    assert len(await chat.writes("/start")) == 1  # once
    assert await active(chat) == ()  # nothing comes back without being asked for

    assert await chat.presses(told, BACK) == []
    assert chat.toasts()[-1] == "好，照原样接着送。"
    assert await active(chat) == had
    assert chat.message(told)["text"].startswith("工作日 21:30 送一首诗，题目“月”，写五绝，宋风。")
    chat.clock.now += timedelta(days=2, hours=9)  # Monday, 22:01 in Tokyo
    await chat.bot.daily.wake(chat.clock())
    assert chat.poet.asked[-1].theme == "月"


async def test_who_writes_after_a_block_is_told_behind_the_answer(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00 月")
    chat.playground.faults.add(Fault("forbidden", method="sendMessage"))
    assert await chat.writes("/poem 月") == []  # and no word of it from Telegram
    answer, told = await chat.writes("/start")
    assert "每日一诗停了" not in answer["text"]
    assert "· 每天 08:00，题目“月”" in told["text"]
    assert len(await chat.writes("/start")) == 1


async def test_a_poem_that_was_refused_stops_and_is_offered_again(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 12:30 月")
    chat.playground.faults.add(Fault("forbidden", method="sendMessage"))
    chat.clock.now += timedelta(minutes=31)
    await chat.bot.daily.wake(chat.clock())
    assert await active(chat) == ()
    _, told = await chat.writes("/help")
    assert buttons(told) == [BACK]


async def test_several_come_back_together_and_a_paused_one_stays_so(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00 月")
    (panel,) = await chat.writes("/subscribe")
    await chat.presses(panel, "⏸ 暂停")
    had = await lost(chat, "21:00 雪")
    (told,) = await returns(chat)
    assert "· 每天 08:00，题目“月”（暂停中）\n· 每天 21:00，题目“雪”\n" in told["text"]
    await chat.presses(told, BACK)
    assert await active(chat) == had
    assert chat.message(told)["text"].startswith("每日一诗，共 2 份。")


async def test_two_taps_at_once_bring_it_back_once(chat: BotAtWork) -> None:
    had = await lost(chat, "08:00 月")
    (told,) = await returns(chat)
    chat.press(told, BACK)
    chat.press(told, BACK)
    await chat.settled()
    assert await active(chat) == had
    assert "好，照原样接着送。" in chat.toasts()


async def test_a_second_tap_finds_it_going_on(chat: BotAtWork) -> None:
    had = await lost(chat, "08:00 月")
    (told,) = await returns(chat)
    uneditable = "Bad Request: message can't be edited"  # so its button stays
    chat.playground.faults.add(Fault("bad_request", "editMessageText", description=uneditable))
    await chat.presses(told, BACK)
    await chat.presses(told, BACK)
    assert chat.toasts()[-1] == "已经在送了。"
    assert await active(chat) == had
    assert BACK not in buttons(chat.message(told))


async def test_an_hour_that_is_taken_by_now_is_left_alone(chat: BotAtWork) -> None:
    await lost(chat, "08:00 月", "21:00 雪")
    (told,) = await returns(chat)
    await chat.writes("/subscribe 08:00 花")
    await chat.presses(told, BACK)
    assert chat.toasts()[-1].startswith("接上了，除了")
    assert [each.theme for each in await active(chat)] == ["花", "雪"]


async def test_where_its_only_hour_is_taken_nothing_changes(chat: BotAtWork) -> None:
    await lost(chat, "08:00 月")
    (told,) = await returns(chat)
    await chat.writes("/subscribe 08:00 花")
    await chat.presses(told, BACK)
    assert chat.toasts()[-1].startswith("没有恢复")
    assert [each.theme for each in await active(chat)] == ["花"]
    assert "题目“花”" in chat.message(told)["text"]


async def test_what_was_forgotten_meanwhile_is_gone(chat: BotAtWork) -> None:
    await lost(chat, "08:00 月")
    (told,) = await returns(chat)
    (question,) = await chat.writes("/forget")
    await chat.presses(question, buttons(question)[0])
    await chat.presses(told, BACK)
    assert chat.toasts()[-1].startswith("这份每日一诗已经停了")
    assert await active(chat) == ()


async def test_two_absences_are_two_offers(chat: BotAtWork) -> None:
    (first,) = await lost(chat, "08:00 月")
    (told_first,) = await returns(chat)
    (second,) = await lost(chat, "21:00 雪")
    (told_second,) = await returns(chat)
    assert "08:00" not in told_second["text"]
    await chat.presses(told_first, BACK)
    assert await active(chat) == (first,)
    await chat.presses(told_second, BACK)
    assert await active(chat) == (first, second)


async def test_who_ended_it_themselves_is_not_asked(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00 月")
    await chat.writes("/unsubscribe")
    await goes(chat)
    assert await returns(chat) == []


async def test_what_could_not_be_told_is_told_another_time(chat: BotAtWork) -> None:
    await lost(chat, "08:00 月")
    chat.playground.faults.add(Fault("bad_request", method="sendMessage"))
    assert await returns(chat) == []
    _, told = await chat.writes("/start")
    assert buttons(told) == [BACK]


async def test_a_group_is_greeted_then_asked_and_only_admins_decide(chat: BotAtWork) -> None:
    had = await lost(chat, "08:00 月", where=GROUP)
    _, told = await returns(chat, GROUP)
    assert told["text"].startswith("又见面了。我不在的那阵子，群里的每日一诗停了：")
    assert await chat.presses(told, BACK, ALICE) == []
    assert chat.toasts()[-1] == "Only the group's admins can change this; everyone can look."
    assert await active(chat, GROUP) == ()
    await chat.presses(told, BACK)
    assert [replace(each, user_id=0) for each in await active(chat, GROUP)] == [
        replace(each, user_id=0) for each in had
    ]


async def test_a_forum_gets_it_back_in_its_topic(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00 月", XIAOYUE, FORUM, thread_id=2)
    await goes(chat, FORUM)
    told = (await returns(chat, FORUM))[-1]
    await chat.presses(told, BACK)
    (one,) = await active(chat, FORUM)
    assert one.thread_id == 2


async def refuses(chat: BotAtWork, where: int, words: str) -> None:
    """The hour of a daily poem, at which Telegram refuses it as often as it is asked."""
    tries = DailyLimits().most_attempts
    said = f"Bad Request: {words}"
    fault = Fault("bad_request", "sendMessage", chat_id=where, description=said, times=tries)
    chat.playground.faults.add(fault)
    for _ in range(tries):
        chat.clock.now += timedelta(minutes=31)
        await chat.bot.daily.wake(chat.clock())


async def test_a_forum_is_told_of_its_closed_topic_and_its_other_poem_goes_on(
    chat: BotAtWork,
) -> None:
    await chat.writes("/subscribe 12:30 月", XIAOYUE, FORUM, thread_id=2)
    await chat.writes("/subscribe 21:00 雪", XIAOYUE, FORUM, thread_id=3)
    await refuses(chat, FORUM, "TOPIC_CLOSED")
    assert [each.theme for each in await active(chat, FORUM)] == ["雪"]
    _, told = await chat.writes("/help", XIAOYUE, FORUM, thread_id=3)
    assert told["text"].startswith("话题关了或删了，那里的每日一诗只好停下：")
    assert "· 每天 12:30，题目“月”" in told["text"]
    assert len(await chat.writes("/help", XIAOYUE, FORUM, thread_id=3)) == 1  # once
    await chat.presses(told, BACK)
    assert [each.theme for each in await active(chat, FORUM)] == ["月", "雪"]


async def test_a_group_that_did_not_let_the_bot_write_is_told_when_it_does(
    chat: BotAtWork,
) -> None:
    await chat.writes("/subscribe 12:30 月", XIAOYUE, GROUP)
    words = "not enough rights to send text messages to the chat"
    await refuses(chat, GROUP, words)
    assert await active(chat, GROUP) == ()
    chat.playground.faults.add(Fault("bad_request", "sendMessage", description=words))
    assert await chat.writes("/help", XIAOYUE, GROUP) == []
    _, told = await chat.writes("/help", XIAOYUE, GROUP)
    assert told["text"].startswith("有一阵子这里不让我发言，每日一诗只好停下：")
    assert buttons(told) == [BACK]
