"""Leafing through favourites and history: chosen, ordered, searched, let go and taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.handlers.taps import Choice, FavouritesAt, HistoryAt, RemoveFavourite, write_tap
from tests.fakes.chatting import ALICE, AMING, GROUP, XIAOYUE, BotAtWork, Json, buttons, data

ALL_EMPTY = "还没有收藏。"


async def keep(chat: BotAtWork, wish: str, user: int = XIAOYUE, where: int = 0) -> Json:
    """A kept poem; the next one is kept an hour later."""
    (poem,) = await chat.writes(f"/poem {wish}", user, where)
    heart = next(each for each in buttons(poem) if each.startswith("❤️"))
    await chat.presses(poem, heart, user)
    chat.clock.now += timedelta(hours=1)
    return poem


async def book(chat: BotAtWork) -> Json:
    """Five poems of three forms, four themes and two months; the page that lists them."""
    chat.clock.now = datetime(2026, 3, 31, 14, 30, tzinfo=UTC)  # half past ten in Shanghai
    for wish in ("七绝 月", "五律 月"):
        await keep(chat, wish)
    chat.clock.now = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)  # there it is April already
    for wish in ("七绝 头发", "浣溪沙 秋思", "七绝 山"):
        await keep(chat, wish)
    return (await chat.writes("/favourites"))[0]


def titles(page: Json) -> list[str]:
    """The titles of a page, in their order."""
    lines = [line for line in page["text"].splitlines() if line[:1].isdigit() and ". " in line]
    return [line.split(". ")[1].split(" · ")[0] for line in lines]


async def choose(chat: BotAtWork, page: Json, *path: str) -> Json:
    """Taps one button after the other; the message as it then stands."""
    for button in path:
        await chat.presses(chat.message(page), button)
    return chat.message(page)


async def test_poems_are_chosen_by_form(chat: BotAtWork) -> None:
    page = await book(chat)
    menu = await choose(chat, page, "🗂 挑着看", "体裁")
    assert buttons(menu) == ["七绝 · 3", "五律 · 1", "浣溪沙 · 1", "‹ 返回"]
    chosen = await choose(chat, page, "七绝 · 3")
    assert chosen["text"].startswith("收藏 · 共 3 首\n体裁：七绝\n")
    assert titles(chosen) == ["山", "头发", "月"]
    assert titles(await choose(chat, page, "‹ 看全部")) == titles(page)


async def test_poems_are_chosen_by_theme(chat: BotAtWork) -> None:
    page = await book(chat)
    menu = await choose(chat, page, "🗂 挑着看", "题目")
    assert buttons(menu) == ["月 · 2", "山 · 1", "秋思 · 1", "头发 · 1", "‹ 返回"]
    chosen = await choose(chat, page, "月 · 2")
    assert "题目：月" in chosen["text"]
    assert titles(chosen) == ["月", "月"]


async def test_poems_are_chosen_by_the_month_of_the_readers_zone(chat: BotAtWork) -> None:
    page = await book(chat)
    menu = await choose(chat, page, "🗂 挑着看", "月份")
    assert buttons(menu) == ["2026年4月 · 3", "2026年3月 · 2", "‹ 返回"]
    chosen = await choose(chat, page, "2026年3月 · 2")
    assert titles(chosen) == ["月", "月"]
    assert "2026年3月" in chosen["text"]


async def test_choices_are_left_again(chat: BotAtWork) -> None:
    page = await book(chat)
    assert await choose(chat, page, "🗂 挑着看", "月份", "‹ 返回", "‹ 返回") == page | {
        "edit_date": chat.message(page)["edit_date"]
    }


async def test_the_order_is_turned_and_kept_while_choosing(chat: BotAtWork) -> None:
    page = await book(chat)
    turned = await choose(chat, page, "⇅ 旧的在前")
    assert titles(turned) == list(reversed(titles(page)))
    assert "旧的在前" in turned["text"]
    chosen = await choose(chat, page, "🗂 挑着看", "体裁", "七绝 · 3")
    assert titles(chosen) == ["月", "头发", "山"]
    assert titles(await choose(chat, page, "⇅ 新的在前")) == ["山", "头发", "月"]


@pytest.mark.parametrize("word", ["头发", "頭髮", "  头发 "])
async def test_words_are_found_in_either_script(chat: BotAtWork, word: str) -> None:
    await book(chat)
    (found,) = await chat.writes(f"/favourites {word}")
    assert titles(found) == ["头发"]
    assert f"搜：{word.strip()}" in found["text"]


async def test_a_form_and_a_word_are_looked_for_together(chat: BotAtWork) -> None:
    await book(chat)
    (found,) = await chat.writes("/favourites 七绝 头发")
    assert titles(found) == ["头发"]
    (none,) = await chat.writes("/favourites 头发 五律")
    assert "没有找到" in none["text"]


async def test_a_poem_in_the_other_script_is_found_too(chat: BotAtWork) -> None:
    await keep(chat, "頭髮", AMING)
    (found,) = await chat.writes("/favourites 头发", AMING)
    assert titles(found) == ["頭髮"]


async def test_a_search_goes_over_pages_orders_and_restarts(chat: BotAtWork) -> None:
    """The words are read from the message itself: nothing is remembered."""
    for _ in range(6):
        await keep(chat, "明月")
    await keep(chat, "山")
    (found,) = await chat.writes("/favorites 明月")
    second = await choose(chat, found, "下一页 ›")
    assert second["text"].startswith("收藏 · 共 6 首\n搜：明月\n")
    assert len(titles(second)) == 1
    turned = await choose(chat, found, "⇅ 旧的在前")
    assert "搜：明月 · 旧的在前" in turned["text"]
    assert len(titles(turned)) == 5
    back = await choose(chat, found, "🗂 挑着看", "‹ 返回")
    assert "搜：明月" in back["text"]
    assert titles(await choose(chat, found, "‹ 看全部")) == ["明月"] * 5


async def test_words_that_are_a_form_choose_it(chat: BotAtWork) -> None:
    await book(chat)
    (found,) = await chat.writes("/favourites 浣溪沙")
    assert found["text"].startswith("收藏 · 共 1 首\n体裁：浣溪沙\n")


async def test_what_a_user_searches_for_is_no_markup(chat: BotAtWork) -> None:
    await book(chat)
    (found,) = await chat.writes("/favourites <b>% _\\")
    assert "搜：<b>% _\\" in found["text"]
    assert "没有找到" in found["text"]
    (found,) = await chat.writes("/favourites %")
    assert "没有找到" in found["text"]


async def test_nothing_found_leads_back(chat: BotAtWork) -> None:
    page = await book(chat)
    (found,) = await chat.writes("/favourites 鲸")
    assert buttons(found) == ["‹ 看全部"]
    assert titles(await choose(chat, found, "‹ 看全部")) == titles(page)


async def test_what_is_let_go_is_taken_back_to_its_place(chat: BotAtWork) -> None:
    page = await book(chat)
    gone = await choose(chat, page, "🗑 2")
    assert titles(gone) == ["山", "头发", "月", "月"]
    assert "↩️ 放回《秋思》" in buttons(gone)
    back = await choose(chat, page, "↩️ 放回《秋思》")
    assert titles(back) == titles(page)
    assert chat.toasts()[-1] == "放回来了。"
    assert not any("放回" in each for each in buttons(back))


async def test_the_last_one_of_a_choice_is_let_go_and_taken_back(chat: BotAtWork) -> None:
    await book(chat)
    (found,) = await chat.writes("/favourites 浣溪沙")
    gone = await choose(chat, found, "🗑 1")
    assert "没有找到" in gone["text"]
    assert buttons(gone) == ["↩️ 放回《秋思》", "‹ 看全部"]
    assert titles(await choose(chat, found, "↩️ 放回《秋思》")) == ["秋思"]


async def test_the_last_one_of_all_is_let_go_and_taken_back(chat: BotAtWork) -> None:
    await keep(chat, "月")
    (page,) = await chat.writes("/favourites")
    assert buttons(page) == ["1", "🗑 1"]
    gone = await choose(chat, page, "🗑 1")
    assert gone["text"].startswith(ALL_EMPTY)
    assert titles(await choose(chat, page, "↩️ 放回《月》")) == ["月"]


async def test_what_is_let_go_twice_is_let_go_once(chat: BotAtWork) -> None:
    await book(chat)
    (first,) = await chat.writes("/favourites")
    (second,) = await chat.writes("/favourites")
    await choose(chat, first, "🗑 1")
    again = await choose(chat, second, "🗑 1")
    assert titles(again) == ["秋思", "头发", "月", "月"]
    assert not any("放回" in each for each in buttons(again))


async def test_a_theme_whose_poem_is_deleted_leads_to_all(chat: BotAtWork) -> None:
    await book(chat)
    (page,) = await chat.writes("/favourites")
    menu = await choose(chat, page, "🗂 挑着看", "题目")
    stale = chat.playground.telegram.chats[XIAOYUE].messages[menu["message_id"]]
    rows = menu["reply_markup"]["inline_keyboard"]
    rows[0][0]["callback_data"] = f"aa:{XIAOYUE}:fnt999:0"
    stale.reply_markup = {"inline_keyboard": rows}
    shown = await choose(chat, page, "月 · 2")
    assert chat.toasts()[-1].startswith("这个题目的诗已经没有了")
    assert len(titles(shown)) == 5


async def test_any_poem_comes_with_all_its_buttons(chat: BotAtWork) -> None:
    page = await book(chat)
    chosen = await choose(chat, page, "🗂 挑着看", "体裁", "浣溪沙 · 1")
    for _ in range(2):
        (poem,) = await chat.presses(chosen, "🎲 随便一首")
        assert poem["text"].startswith("秋思\n")
        assert buttons(poem)[0] == "💛 已收藏"


async def test_chance_has_nothing_to_give_when_all_is_gone(chat: BotAtWork) -> None:
    await book(chat)
    (found,) = await chat.writes("/favourites 浣溪沙")
    await chat.bot.store.favourites.drop(XIAOYUE, 4)
    assert await chat.presses(found, "🎲 随便一首") == []
    assert chat.toasts()[-1] == "这里已经没有诗了。"


async def test_history_is_chosen_and_searched_likewise(chat: BotAtWork) -> None:
    await book(chat)
    (page,) = await chat.writes("/history")
    assert titles(page) == ["山", "秋思", "头发", "月", "月"]
    assert not any("🗑" in each for each in buttons(page))
    chosen = await choose(chat, page, "🗂 挑着看", "体裁", "五律 · 1")
    assert titles(chosen) == ["月"]
    assert "/history 月" in (await choose(chat, page, "🗂 挑着看"))["text"]
    (found,) = await chat.writes("/history 頭髮")
    assert titles(found) == ["头发"]
    (poem,) = await chat.presses(found, "1")
    assert poem["text"].startswith("头发\n")


async def test_nobody_else_leafs_through_it(chat: BotAtWork) -> None:
    for wish in ("七绝 月", "五律 山"):
        await keep(chat, wish, where=GROUP)
    (page,) = await chat.writes("/favourites", chat=GROUP)
    for button in ("🗂 挑着看", "⇅ 旧的在前", "🎲 随便一首", "1", "🗑 1"):
        assert await chat.presses(page, button, ALICE) == []
        assert chat.toasts()[-1] == "This list is someone else's; send /favourites for yours."
    await chat.presses(page, "🗂 挑着看")
    await chat.presses(chat.message(page), "体裁", ALICE)
    assert chat.toasts()[-1].startswith("This list is someone else's")
    await chat.presses(page, "‹ 返回")
    await chat.presses(page, "🗑 1")
    await chat.presses(chat.message(page), "↩️ 放回《山》", ALICE)
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 1


async def test_buttons_of_older_lists_still_work(chat: BotAtWork) -> None:
    page = await book(chat)
    message = chat.playground.telegram.chats[XIAOYUE].messages[page["message_id"]]
    old = {
        "turn": FavouritesAt(XIAOYUE, 0),
        "remove": RemoveFavourite(XIAOYUE, 1, 0),
        "history": HistoryAt(XIAOYUE, 0),
    }
    for name, expected in (("turn", 5), ("remove", 4), ("history", 5)):
        rows = [[{"text": text, "callback_data": write_tap(tap)}] for text, tap in old.items()]
        message.reply_markup = {"inline_keyboard": rows}
        assert len(titles(await choose(chat, page, name))) == expected


@pytest.mark.parametrize("choice", ["fnq", "fnm202613", "fnm000000", "fnfnosuchform"])
async def test_a_choice_that_means_nothing_any_more_says_so(chat: BotAtWork, choice: str) -> None:
    """Words that stand in no message, a month and a form there are not."""
    page = await book(chat)
    message = chat.playground.telegram.chats[XIAOYUE].messages[page["message_id"]]
    data_ = f"aa:{XIAOYUE}:{Choice(choice)}:0"
    message.reply_markup = {"inline_keyboard": [[{"text": "old", "callback_data": data_}]]}
    await chat.presses(page, "old")
    assert chat.toasts()[-1].startswith("这个按钮已经过期")


async def test_all_buttons_fit(chat: BotAtWork) -> None:
    page = await book(chat)
    for path in (("🗑 1",), ("🗂 挑着看", "体裁"), ("‹ 返回", "题目"), ("‹ 返回", "月份")):
        assert all(len(each.encode()) <= 64 for each in data(await choose(chat, page, *path)))


async def test_poems_are_read_again_in_the_script_that_is_read_now(chat: BotAtWork) -> None:
    await keep(chat, "头发")
    (settings,) = await chat.writes("/settings")
    await choose(chat, settings, "诗的字", "繁体")
    (page,) = await chat.writes("/favourites")
    assert titles(page) == ["頭髮"]
    (poem,) = await chat.presses(page, "1")
    assert poem["text"].startswith("頭髮\n")
    assert buttons(poem)[0] == "💛 已收藏"
    assert "简体" in buttons(poem)
    (history,) = await chat.writes("/history")
    assert titles(history) == ["頭髮"]
