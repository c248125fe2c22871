"""/favourites and /history."""

from tests.fakes.chatting import ALICE, GROUP, XIAOYUE, BotAtWork, Json, buttons, data


async def keep_poems(chat: BotAtWork, count: int, where: int = 0) -> list[Json]:
    """So many poems, all kept; themes 一, 二, 三 …"""
    kept = []
    for theme in "一二三四五六七八九"[:count]:
        (poem,) = await chat.writes(f"/poem {theme}", chat=where)
        await chat.presses(poem, "❤️ 收藏")
        kept.append(poem)
    return kept


async def test_without_favourites_it_says_how_to_get_some(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/favorites")
    assert answer["text"].startswith("还没有收藏。")
    (poem,) = await chat.presses(answer, "🌙 写一首“秋夜”")
    assert "❤️ 收藏" in buttons(poem)


async def test_favourites_are_paged_newest_first(chat: BotAtWork) -> None:
    await keep_poems(chat, 7)
    (page,) = await chat.writes("/favourites")
    assert page["text"].startswith("收藏 · 共 7 首")
    assert "1. 七 · 七绝" in page["text"]
    assert buttons(page)[-2:] == ["1 / 2", "下一页 ›"]
    await chat.presses(page, "下一页 ›")
    second = chat.message(page)
    assert "6. 二 · 七绝" in second["text"]
    assert "7. 一 · 七绝" in second["text"]
    assert buttons(second)[-2:] == ["‹ 上一页", "2 / 2"]
    await chat.presses(page, "‹ 上一页")
    assert chat.message(page)["text"] == page["text"]


async def test_a_favourite_is_read_again_with_its_buttons(chat: BotAtWork) -> None:
    (poem,) = await keep_poems(chat, 1)
    (page,) = await chat.writes("/favourites")
    (again,) = await chat.presses(page, "1")
    assert again["text"] == poem["text"]
    assert buttons(again)[0] == "💛 已收藏"


async def test_a_favourite_read_in_a_group_has_no_buttons_for_the_others(chat: BotAtWork) -> None:
    (poem,) = await keep_poems(chat, 1)
    (page,) = await chat.writes("/favourites", chat=GROUP)
    (again,) = await chat.presses(page, "1")
    assert again["text"] == poem["text"]
    assert not buttons(again)


async def test_a_favourite_is_removed_and_the_page_closes_the_gap(chat: BotAtWork) -> None:
    await keep_poems(chat, 6)
    (page,) = await chat.writes("/favourites")
    await chat.presses(page, "下一页 ›")
    await chat.presses(page, "🗑 6")
    closed = chat.message(page)
    assert closed["text"].startswith("收藏 · 共 5 首")
    assert "1. 六 · 七绝" in closed["text"]
    for _ in range(5):
        await chat.presses(page, "🗑 1")
    assert chat.message(page)["text"].startswith("还没有收藏。")


async def test_a_page_on_which_nothing_changed_is_turned_without_complaint(
    chat: BotAtWork,
) -> None:
    await keep_poems(chat, 6)
    (page,) = await chat.writes("/favourites")
    assert await chat.presses(page, "1 / 2") == []
    assert chat.message(page)["text"] == page["text"]


async def test_somebody_elses_list_is_refused_politely(chat: BotAtWork) -> None:
    await keep_poems(chat, 6, GROUP)
    (page,) = await chat.writes("/favourites", chat=GROUP)
    for button in ("下一页 ›", "1", "🗑 1"):
        assert await chat.presses(page, button, ALICE) == []
        assert chat.toasts()[-1] == "This list is someone else's; send /favourites for yours."
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=1)).total == 6


async def test_history_lists_what_was_asked_for_and_opens_it(chat: BotAtWork) -> None:
    assert (await chat.writes("/history"))[0]["text"].startswith("还没有写过诗。")
    poems = [(await chat.writes(f"/poem {theme}"))[0] for theme in "一二三四五六"]
    (page,) = await chat.writes("/history")
    assert page["text"].startswith("写过的诗 · 共 6 首")
    (again,) = await chat.presses(page, "1")
    assert again["text"] == poems[-1]["text"]
    assert buttons(again)[0] == "❤️ 收藏"
    await chat.presses(page, "下一页 ›")
    assert "6. 一" in chat.message(page)["text"]


async def test_somebody_elses_history_is_refused_politely(chat: BotAtWork) -> None:
    for theme in "一二三四五六":
        await chat.writes(f"/poem {theme}", chat=GROUP)
    (page,) = await chat.writes("/history", chat=GROUP)
    for button in ("1", "下一页 ›"):
        assert await chat.presses(page, button, ALICE) == []
        assert chat.toasts()[-1] == "This list is someone else's; send /history for yours."


async def test_buttons_of_people_with_long_ids_fit(chat: BotAtWork) -> None:
    await keep_poems(chat, 6)
    (page,) = await chat.writes("/favourites")
    assert all(len(each.encode()) <= 64 for each in data(page))
