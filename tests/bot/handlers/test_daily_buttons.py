"""Changing a daily poem: by buttons, by replies, by a location. The clock stands at noon of
Wednesday, 1 April 2026 in Shanghai."""

import time as real_time
from datetime import time, timedelta
from typing import Any

import pytest

from bot.storage import Subscription
from tests.fakes.chatting import ALICE, FORUM, GROUP, XIAOYUE, BotAtWork, buttons, data

Json = dict[str, Any]


async def subscribed(
    chat: BotAtWork, text: str = "/subscribe 21:30 月", where: int = XIAOYUE
) -> Json:
    """The panel of a new daily poem."""
    return (await chat.writes(text, XIAOYUE, where))[0]


async def kept(chat: BotAtWork, chat_id: int = XIAOYUE) -> Subscription:
    (one,) = await chat.bot.store.subscriptions.of_chat(chat_id)
    return one


async def press(chat: BotAtWork, panel: Json, *names: str, user: int = XIAOYUE) -> Json:
    """Presses one button after another; the message as it then stands. Nothing new comes."""
    for name in names:
        assert await chat.presses(panel, name, user) == []
        panel = chat.message(panel)
    return panel


async def replies(chat: BotAtWork, question: Json, text: str, user: int = XIAOYUE) -> list[Json]:
    where = question["chat"]["id"]
    return await chat.writes(text, user, where, reply_to=question["message_id"])


async def wakes(chat: BotAtWork, **ahead: int) -> int:
    """How many poems come when time goes on."""
    before = len(chat.poet.asked)
    chat.clock.now += timedelta(**ahead)
    await chat.bot.daily.wake(chat.clock())
    return len(chat.poet.asked) - before


# Buttons


async def test_the_panel_offers_everything_there_is_to_change(chat: BotAtWork) -> None:
    panel = await subscribed(chat)
    assert buttons(panel) == [
        "🕗 钟点",
        "🌏 时区",
        "📅 哪几天",
        "🖌 题目",
        "📜 体裁",
        "✓ 简体诗",
        "⏸ 暂停",
        "⏭ 4月2日不送",
        "➕ 再加一份",
        "🗑 停止",
    ]
    assert all(len(each.encode()) <= 64 for each in data(panel))


async def test_an_hour_is_changed_in_place(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🕗 钟点")
    assert panel["text"].endswith("改到几点？")
    panel = await press(chat, panel, "22:00")
    assert panel["text"].startswith("每天 22:00 送一首诗，题目“月”。\n下一首：今天 22:00")
    assert (await kept(chat)).local_time == time(22)
    assert chat.toasts()[-1] == "改好了。"


async def test_what_is_chosen_is_marked_and_the_way_back_changes_nothing(chat: BotAtWork) -> None:
    before = await subscribed(chat, "/subscribe 21:00")
    panel = await press(chat, before, "🕗 钟点")
    assert "✓ 21:00" in buttons(panel)
    panel = await press(chat, panel, "‹ 返回")
    assert buttons(panel) == buttons(before)


async def test_a_zone_is_changed_and_the_next_poem_shown_by_its_clock(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区", "东京 UTC+9")
    assert "下一首：今天 21:30（东京 UTC+9）。" in panel["text"]
    assert (await kept(chat)).timezone == "Asia/Tokyo"
    seen = await chat.bot.store.chats.get(XIAOYUE)
    assert seen is not None
    assert seen.timezone == "Asia/Tokyo"


async def test_weekdays_are_taken_in_and_out(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "📅 哪几天", "工作日")
    assert panel["text"].startswith("工作日 21:30")
    panel = await press(chat, panel, "✓ 二", "✓ 四")
    assert panel["text"].startswith("每周一、三、五 21:30")
    assert (await kept(chat)).weekdays == 0b0010101
    panel = await press(chat, panel, "每天")
    assert panel["text"].startswith("每天 21:30")
    assert (await kept(chat)).weekdays is None


async def test_the_last_day_stays(chat: BotAtWork) -> None:
    panel = await subscribed(chat, "/subscribe 21:30 周三")
    panel = await press(chat, panel, "📅 哪几天", "✓ 三")
    assert chat.toasts()[-1].startswith("总要留一天吧")
    assert (await kept(chat)).weekdays == 0b0000100


async def test_themes_forms_manners_and_scripts(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🖌 题目", "山居", "📜 体裁", "七律")
    assert "题目“山居”，写七律" in panel["text"]
    panel = await press(chat, panel, "📜 体裁", "宋风", "✓ 简体诗", "📜 体裁", "词牌 ›", "浣溪沙")
    assert "写浣溪沙，宋风" in panel["text"]
    assert "✓ 繁体诗" in buttons(panel)
    now = await kept(chat)
    assert (now.theme, now.form, now.dynasty, now.script) == (
        "山居",
        "浣溪沙",
        "宋",
        "traditional",
    )
    panel = await press(chat, panel, "📜 体裁", "随意填词", "🖌 题目", "随时节")
    assert "题目随时节，写随意填词" in panel["text"]
    panel = await press(chat, panel, "📜 体裁", "不拘", "📜 体裁", "风格不拘")
    assert panel["text"].startswith("每天 21:30 送一首诗，题目随时节。")


async def test_a_tap_twice_is_done_once(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🕗 钟点")
    chat.press(panel, "22:00")
    chat.press(panel, "22:00")
    await chat.settled()
    assert (await kept(chat)).local_time == time(22)
    assert "UNANSWERED" not in chat.toasts()


async def test_while_paused_nothing_comes(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "⏸ 暂停")
    assert "暂停中，先不送（北京 UTC+8）" in panel["text"]
    assert await wakes(chat, hours=10) == 0
    panel = await press(chat, panel, "▶️ 继续送")
    assert "下一首：明天 21:30" in panel["text"]
    assert await wakes(chat, days=1) == 1


async def test_a_day_is_skipped_and_taken_back(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "⏭ 4月2日不送")
    assert panel["text"].endswith("4月2日周四跳过，那天不送。")
    assert await wakes(chat, hours=10) == 1
    assert await wakes(chat, days=1) == 0
    assert await wakes(chat, days=1) == 1
    panel = await press(chat, panel, "↩️ 4月2日照送")
    assert chat.toasts()[-1].startswith("来不及了")
    panel = await press(chat, panel, "⏭ 4月4日不送", "↩️ 4月4日照送")
    assert "跳过" not in panel["text"]
    assert await wakes(chat, days=1) == 1


async def test_who_ends_it_can_take_that_back(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🗑 停止")
    assert panel["text"] == "已停止 21:30 的每日一诗。"
    assert await chat.bot.store.subscriptions.of_chat(XIAOYUE) == ()
    panel = await press(chat, panel, "↩️ 还是要")
    assert panel["text"].startswith("每天 21:30 送一首诗")
    assert (await kept(chat)).theme == "月"


async def test_buttons_of_one_that_ended_say_so_kindly(chat: BotAtWork) -> None:
    panel = await subscribed(chat)
    await chat.writes("/unsubscribe")
    await press(chat, panel, "⏸ 暂停")
    assert chat.toasts()[-1].startswith("这份每日一诗已经停了")


# Several


async def test_several_are_listed_opened_and_added_to(chat: BotAtWork) -> None:
    await subscribed(chat)
    second = await subscribed(chat, "/subscribe 08:00 秋 七绝 工作日")
    assert "这里一共有 2 份" in second["text"]
    (listed,) = await chat.writes("/subscribe")
    assert listed["text"].startswith("每日一诗，共 2 份")
    assert buttons(listed) == ["08:00 · 秋 · 七绝 · 工作日", "21:30 · 月", "➕ 再加一份"]
    panel = await press(chat, listed, "21:30 · 月")
    assert panel["text"].startswith("每天 21:30")
    panel = await press(chat, panel, "‹ 全部", "➕ 再加一份", "12:00")
    assert panel["text"].startswith("每天 12:00 送一首诗，题目随时节。")
    assert len(await chat.bot.store.subscriptions.of_chat(XIAOYUE)) == 3


async def test_a_new_one_may_take_the_place_of_the_others(chat: BotAtWork) -> None:
    first = await subscribed(chat)
    assert "1️⃣ 只留这一份" not in buttons(first)
    panel = await press(chat, await subscribed(chat, "/subscribe 08:00"), "1️⃣ 只留这一份")
    assert panel["text"].startswith("每天 08:00")
    assert (await kept(chat)).local_time == time(8)


async def test_five_are_enough(chat: BotAtWork) -> None:
    for hour in range(5):
        await subscribed(chat, f"/subscribe {hour}:00")
    (answer,) = await chat.writes("/subscribe 12:00")
    assert answer["text"].startswith("这里已经有 5 份每日一诗了")


async def test_an_hour_that_is_taken_is_refused(chat: BotAtWork) -> None:
    await subscribed(chat, "/subscribe 22:00")
    panel = await subscribed(chat)
    await press(chat, panel, "🕗 钟点", "22:00")
    assert chat.toasts()[-1] == "这个钟点已经有一份每日一诗了。"


async def test_the_same_hour_again_changes_the_one_there_is(chat: BotAtWork) -> None:
    await subscribed(chat)
    await subscribed(chat, "/subscribe 21:30 秋")
    assert (await kept(chat)).theme == "秋"


async def test_of_several_one_or_all_are_ended(chat: BotAtWork) -> None:
    for hour in (8, 12, 21):
        await subscribed(chat, f"/subscribe {hour}:00")
    (which,) = await chat.writes("/unsubscribe")
    assert which["text"] == "停哪一份？"
    await press(chat, which, "🗑 12:00")
    left = await chat.bot.store.subscriptions.of_chat(XIAOYUE)
    assert [each.local_time.hour for each in left] == [8, 21]
    (which,) = await chat.writes("/unsubscribe")
    await press(chat, which, "全部停止")
    assert await chat.bot.store.subscriptions.of_chat(XIAOYUE) == ()


# Words


@pytest.mark.parametrize(
    ("text", "zone", "week"),
    [
        ("/subscribe 08:00 月 五绝 工作日 东京", "Asia/Tokyo", 0b0011111),
        ("/subscribe Tokyo 月 Mon,Wed 五绝 8:00", "Asia/Tokyo", 0b0000101),
        ("/subscribe 月 五绝 UTC+8 8点", "Etc/GMT-8", None),
        ("/subscribe 8:00 am New York 五绝 月 每天", "America/New_York", None),
        ("/subscribe 紐約 月 8点 五绝 周末", "America/New_York", 0b1100000),
        ("/subscribe 东八区 月 五绝 8点", "Etc/GMT-8", None),
        ("/subscribe asia/kathmandu 月 五绝 8点", "Asia/Kathmandu", None),
    ],
)
async def test_zones_and_weekdays_stand_anywhere(
    chat: BotAtWork, text: str, zone: str, week: int | None
) -> None:
    await chat.writes(text)
    now = await kept(chat)
    assert (now.timezone, now.weekdays) == (zone, week)
    assert (now.local_time, now.theme, now.form) == (time(8), "月", "五绝")


async def test_a_city_of_ones_own_clock_is_a_theme_and_so_is_a_quoted_one(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 08:00 洛阳")
    await chat.writes("/subscribe 09:00 “东京”")
    first, second = await chat.bot.store.subscriptions.of_chat(XIAOYUE)
    assert (first.theme, first.timezone) == ("洛阳", "Asia/Shanghai")
    assert (second.theme, second.timezone) == ("东京", "Asia/Shanghai")


async def test_a_name_of_two_places_is_asked_about(chat: BotAtWork) -> None:
    panel, question = await chat.writes("/subscribe 08:00 Portland")
    assert panel["text"].startswith("好，每天 08:00")
    assert question["text"].endswith("先按 北京 UTC+8 送。")
    assert buttons(question) == [
        "Portland · 美国 UTC-7",
        "Portland · 美国 UTC-4",
        "不用改",
    ]
    await press(chat, question, "Portland · 美国 UTC-7")
    assert (await kept(chat)).timezone == "America/Los_Angeles"


async def test_a_place_nobody_knows_is_said_to_be_unknown(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/subscribe 08:00 Brigadoon")
    assert answer["text"].startswith("不知道“Brigadoon”在哪儿。")
    assert await chat.bot.store.subscriptions.of_chat(XIAOYUE) == ()


# Replies


async def test_a_city_is_written_in_reply(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    assert chat.playground.telegram.chats[XIAOYUE].keyboards[XIAOYUE]["force_reply"] is True
    (told,) = await replies(chat, question, "柏林")
    assert "（柏林 UTC+2）" in told["text"]
    assert (await kept(chat)).timezone == "Europe/Berlin"
    assert "🕗 钟点" in buttons(told)


async def test_a_reply_of_several_places_is_asked_about(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    (which,) = await replies(chat, question, "剑桥")
    assert which["text"].startswith("“剑桥”不止一处")
    panel = await press(chat, which, "剑桥 · 英国 UTC+1")
    assert (await kept(chat)).timezone == "Europe/London"
    (unknown,) = await replies(chat, question, "大观园")
    assert unknown["text"].startswith("不知道“大观园”在哪儿")


async def test_an_hour_and_a_theme_are_written_in_reply(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🕗 钟点")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    assert (await replies(chat, question, "晚上 9点45"))[0]["text"].startswith("改好了。")
    assert (await replies(chat, question, "25:99"))[0]["text"].startswith("看不懂“25:99”")
    panel = await press(chat, panel, "‹ 返回", "🖌 题目")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    await replies(chat, question, "七绝 灯下读书")
    now = await kept(chat)
    assert (now.local_time, now.theme, now.form) == (time(21, 45), "灯下读书", "七绝")
    (refused,) = await replies(chat, question, "hello")
    assert refused["text"].startswith("题目请用汉字")


async def test_an_answer_that_was_not_understood_is_asked_for_again(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    (again,) = await replies(chat, question, "大观园")
    assert again["text"].startswith("不知道“大观园”在哪儿")
    assert chat.playground.telegram.chats[XIAOYUE].keyboards[XIAOYUE]["force_reply"] is True
    await replies(chat, again, "柏林")
    assert (await kept(chat)).timezone == "Europe/Berlin"


async def test_what_has_ended_is_not_asked_about_again(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    await chat.writes("/unsubscribe")
    (gone,) = await replies(chat, question, "柏林")
    assert "已经停了" in gone["text"]
    assert "✍️" not in gone["text"]


async def test_a_reply_to_anything_else_is_a_theme_as_ever(chat: BotAtWork) -> None:
    panel = await subscribed(chat)
    (poem,) = await replies(chat, panel, "秋夜")
    assert poem["text"].startswith("秋夜\n")


async def test_a_reply_after_it_ended_says_so(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    await chat.writes("/unsubscribe")
    (answer,) = await replies(chat, question, "柏林")
    assert answer["text"].startswith("这份每日一诗已经停了")


# Where somebody is


async def test_a_location_may_become_the_zone(chat: BotAtWork) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    await chat.presses(panel, "📍 发位置")
    keyboard = chat.playground.telegram.chats[XIAOYUE].keyboards[XIAOYUE]
    assert keyboard["keyboard"][0][0]["request_location"] is True
    (found,) = await chat.sends({"location": {"latitude": 52.52, "longitude": 13.4}})
    assert found["text"].startswith("这里的时间是 柏林 UTC+2。")
    assert (await kept(chat)).timezone == "Asia/Shanghai"
    found = await press(chat, found, "✅ 改成 柏林 UTC+2")
    assert found["text"] == "好，以后按 柏林 UTC+2 的时间。每日一诗也跟着改了。"
    assert (await kept(chat)).timezone == "Europe/Berlin"


async def test_a_location_where_the_clock_stands_already_changes_nothing(chat: BotAtWork) -> None:
    here = {"location": {"latitude": 31.2, "longitude": 121.5}}
    (same,) = await chat.sends(here)
    assert same["text"] == "这里的时间就是 北京 UTC+8，正是我用的，不用改。"
    await chat.writes("/subscribe 08:00 东京")
    (found,) = await chat.sends(here)
    assert buttons(found) == ["✅ 改成 北京 UTC+8", "不用改"]


async def test_a_location_may_be_let_be(chat: BotAtWork) -> None:
    (found,) = await chat.sends({"location": {"latitude": 43.8, "longitude": 87.6}})
    assert buttons(found) == ["✅ 改成 北京 UTC+8", "✅ 改成 乌鲁木齐 UTC+6", "不用改"]
    found = await press(chat, found, "不用改")
    assert found["text"] == "好，还是按 北京 UTC+8 的时间。"


async def test_who_would_rather_not_say_where_they_are_gets_no_poem_about_it(
    chat: BotAtWork,
) -> None:
    panel = await press(chat, await subscribed(chat), "🌏 时区")
    await chat.presses(panel, "📍 发位置")
    (answer,) = await chat.writes("不发了")
    assert answer["text"].startswith("好，时区也可以用按钮选")
    assert chat.playground.telegram.chats[XIAOYUE].keyboards == {}


async def test_who_moves_takes_along_what_went_by_the_old_clock(chat: BotAtWork) -> None:
    await subscribed(chat, "/subscribe 08:00")
    await chat.bot.store.subscriptions.subscribe(
        XIAOYUE, XIAOYUE, time(9), "Asia/Tokyo", now=chat.clock()
    )
    (found,) = await chat.sends({"location": {"latitude": 40.7, "longitude": -74.0}})
    await press(chat, found, "✅ 改成 纽约 UTC-4")
    zones = [each.timezone for each in await chat.bot.store.subscriptions.of_chat(XIAOYUE)]
    assert zones == ["America/New_York", "Asia/Tokyo"]


# Groups


async def test_members_look_and_administrators_change(chat: BotAtWork) -> None:
    panel = await subscribed(chat, where=GROUP)
    (seen,) = await chat.writes("/subscribe", ALICE, GROUP)
    assert seen["text"].startswith("A poem comes every day at 21:30")
    assert buttons(seen) == []
    await press(chat, panel, "⏸ 暂停", user=ALICE)
    assert chat.toasts()[-1].startswith("Only the group's admins")
    assert (await kept(chat, GROUP)).paused_at is None
    await press(chat, panel, "⏸ 暂停")
    assert (await kept(chat, GROUP)).paused_at is not None


async def test_members_do_not_begin_or_answer_for_the_group(chat: BotAtWork) -> None:
    (none,) = await chat.writes("/subscribe", ALICE, GROUP)
    assert none["text"].startswith("This group has no daily poem yet.")
    panel = await press(chat, await subscribed(chat, where=GROUP), "🌏 时区")
    assert "📍 发位置" not in buttons(panel)
    (question,) = await chat.presses(panel, "⌨️ 自己写")
    (refused,) = await replies(chat, question, "Tokyo", ALICE)
    assert refused["text"].startswith("Only the group's admins")
    await replies(chat, question, "Tokyo")
    assert (await kept(chat, GROUP)).timezone == "Asia/Tokyo"


async def test_topics_of_a_forum_have_their_own(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 21:30 月", chat=FORUM, thread_id=2)
    await chat.writes("/subscribe 21:30 秋", chat=FORUM, thread_id=3)
    found = await chat.bot.store.subscriptions.of_chat(FORUM)
    assert {(each.thread_id, each.theme) for each in found} == {(2, "月"), (3, "秋")}


async def test_in_a_group_a_location_is_nobodys_business(chat: BotAtWork) -> None:
    chat.playground.telegram.chats[GROUP].bot_status = "administrator"
    content = {"location": {"latitude": 40.7, "longitude": -74.0}}
    before = len(chat.messages(GROUP))
    chat.playground.people.send(GROUP, ALICE, content, now=real_time.time())
    await chat.settled()
    assert len(chat.messages(GROUP)) == before + 1


# Poems that were written ahead


async def written_ahead(chat: BotAtWork) -> Json:
    """The panel of a daily poem whose poem of today is written and waits for its hour."""
    panel = await subscribed(chat, "/subscribe 13:00 月")
    await chat.bot.daily.wake(chat.clock())
    assert [ask.theme for ask in chat.poet.asked] == ["月"]
    return panel


async def arrived(chat: BotAtWork, **ahead: int) -> list[str]:
    """The first lines of what comes when time goes on."""
    before = len(chat.messages(XIAOYUE))
    chat.clock.now += timedelta(**ahead)
    await chat.bot.daily.wake(chat.clock())
    return [each["text"].partition("\n")[0] for each in chat.messages(XIAOYUE)[before:]]


async def test_another_theme_lets_go_of_the_poem_that_was_written_ahead(chat: BotAtWork) -> None:
    panel = await written_ahead(chat)
    await press(chat, panel, "🖌 题目", "山居")
    assert await arrived(chat, hours=1) == ["山居"]
    assert await arrived(chat, hours=1) == []


async def test_another_hour_moves_it_and_it_still_comes_once(chat: BotAtWork) -> None:
    panel = await written_ahead(chat)
    await press(chat, panel, "🕗 钟点", "15:00")
    assert await arrived(chat, hours=1) == []
    assert await arrived(chat, hours=2) == ["月"]
    await press(chat, panel, "🕗 钟点", "20:00")
    assert await arrived(chat, hours=6) == []
    assert await arrived(chat, days=1) == ["月"]


async def test_what_was_written_ahead_does_not_come_to_who_paused_or_ended(
    chat: BotAtWork,
) -> None:
    panel = await written_ahead(chat)
    panel = await press(chat, panel, "⏸ 暂停")
    assert await arrived(chat, minutes=61) == []
    await press(chat, panel, "▶️ 继续送")
    assert await arrived(chat, hours=1) == []
    chat.clock.now += timedelta(hours=22)
    await chat.bot.daily.wake(chat.clock())
    await press(chat, panel, "🗑 停止")
    assert await arrived(chat, days=1) == []


async def test_who_ends_it_and_takes_that_back_before_the_hour_gets_it(chat: BotAtWork) -> None:
    panel = await written_ahead(chat)
    await press(chat, panel, "🗑 停止", "↩️ 还是要")
    assert await arrived(chat, hours=1) == ["月"]


async def test_who_unsubscribes_and_subscribes_again_gets_no_second_one_that_day(
    chat: BotAtWork,
) -> None:
    await written_ahead(chat)
    assert await arrived(chat, hours=1) == ["月"]
    await chat.writes("/unsubscribe")
    await chat.writes("/subscribe 13:00 月")
    assert await arrived(chat, hours=2) == []
    assert await arrived(chat, days=1) == ["月"]
