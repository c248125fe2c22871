"""Links that open the bot: a poem somebody shared, a theme, and broken ones."""

import pytest

from bot.services.deep_links import poem_payload, wish_payload
from tests.fakes.chatting import ALICE, AMING, FORUM, GROUP, XIAOYUE, BotAtWork, buttons

START = "给我一个题目"


async def shared(chat: BotAtWork) -> tuple[str, str]:
    """The text of 小月's poem, and the payload that opens it."""
    (poem,) = await chat.writes("/poem 七绝 月")
    return poem["text"], poem_payload(await chat.bot.store.sharing.token(1, "a-token-16-chars"))


async def test_a_link_opens_the_poem_with_buttons_that_work(chat: BotAtWork) -> None:
    text, payload = await shared(chat)
    (opened,) = await chat.writes(f"/start {payload}", ALICE)
    assert opened["text"].split("\n")[-1] == text.split("\n")[-1]
    await chat.presses(opened, "❤️ Keep", ALICE)
    assert (await chat.bot.store.favourites.page(ALICE, offset=0, limit=5)).total == 1
    (again,) = await chat.presses(opened, "🔄 Another", ALICE)
    assert again["text"].startswith("月\n")
    (kept,) = await chat.writes(f"/start {payload}", ALICE)
    assert buttons(kept)[0] == "💛 Kept"


async def test_without_the_link_a_number_opens_nothing(chat: BotAtWork) -> None:
    await shared(chat)
    for text in ("/start p_1", "/start p_0000000000000000"):
        (answer,) = await chat.writes(text, ALICE)
        assert "月\n" not in answer["text"]
    assert await chat.bot.store.poems.get_seen_by(1, chat_id=ALICE, user_id=ALICE) is None


@pytest.mark.parametrize("where", [GROUP, FORUM])
async def test_a_link_works_in_a_group_for_all_who_are_there(chat: BotAtWork, where: int) -> None:
    _, payload = await shared(chat)
    topic = {"thread_id": 2} if where == FORUM else {}
    (opened,) = await chat.writes(f"/start {payload}", ALICE, chat=where, **topic)
    assert opened.get("message_thread_id") == topic.get("thread_id")
    await chat.presses(opened, "❤️ Keep", XIAOYUE)
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=5)).total == 1


async def test_a_link_writes_on_a_theme(chat: BotAtWork) -> None:
    (poem,) = await chat.writes(f"/start {wish_payload('五律 秋夜')}")
    assert poem["text"].startswith("秋夜\n五律")
    (near,) = await chat.writes(f"/start {wish_payload('如夢今')}")
    assert near["text"].startswith("如夢今\n")
    (refused,) = await chat.writes(f"/start {wish_payload('moon')}")
    assert "题目请用汉字" in refused["text"]


@pytest.mark.parametrize("payload", ["x", "t_%", "t__w", "p_短"])
async def test_a_broken_link_is_a_plain_start(chat: BotAtWork, payload: str) -> None:
    (answer,) = await chat.writes(f"/start {payload}")
    assert START in answer["text"]


async def test_opening_a_poem_twice_is_noted_once_and_is_no_writing(chat: BotAtWork) -> None:
    _, payload = await shared(chat)
    await chat.writes(f"/start {payload}", ALICE)
    await chat.writes(f"/start {payload}", ALICE)
    history = await chat.bot.store.poems.history(ALICE, offset=0, limit=5)
    assert history.total == 0


async def test_who_reads_the_other_script_opens_the_poem_in_it(chat: BotAtWork) -> None:
    await chat.writes("/poem 七绝 头发")
    payload = poem_payload(await chat.bot.store.sharing.token(1, "a-token-16-chars"))
    (opened,) = await chat.writes(f"/start {payload}", AMING)
    assert opened["text"].startswith("頭髮\n")
    assert "简体" in buttons(opened)
