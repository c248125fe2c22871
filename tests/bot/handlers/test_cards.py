"""🖼 under a poem: the picture, its papers, and that Telegram is given none twice."""

import pytest

from bot.handlers.taps import PaperName
from bot.playground import Fault
from bot.services.cards import PAPER_NAMES
from tests.fakes.chatting import ALICE, FORUM, GROUP, XIAOYUE, BotAtWork, Json, buttons

PAPERS = ["宣纸", "朱丝栏", "洒金", "豆青", "磁青", "红笺", "夜色"]


def uploads(chat: BotAtWork) -> int:
    return len(chat.playground.telegram.files._by_id)


async def card_of(chat: BotAtWork, text: str = "/poem 七绝 月", where: int = 0) -> Json:
    (poem,) = await chat.writes(text, chat=where)
    (card,) = await chat.presses(poem, "🖼 诗笺")
    return card


async def test_a_poem_comes_as_a_picture_that_answers_it(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 月")
    (card,) = await chat.presses(poem, "🖼 诗笺")
    assert (card["photo"][-1]["width"], card["photo"][-1]["height"]) == (1080, 1440)
    assert card["caption"] == "月 · 七绝"
    assert card["reply_to_message"]["message_id"] == poem["message_id"]
    assert buttons(card) == ["✓ 宣纸", *PAPERS[1:]]
    assert chat.toasts() == [""]


async def test_another_paper_comes_in_the_same_message(chat: BotAtWork) -> None:
    card = await card_of(chat)
    assert await chat.presses(card, "夜色") == []
    changed = chat.message(card)
    assert changed["photo"][-1]["file_id"] != card["photo"][-1]["file_id"]
    assert changed["caption"] == card["caption"]
    assert buttons(changed) == [*PAPERS[:-1], "✓ 夜色"]


async def test_no_picture_is_sent_up_twice(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 月")
    (card,) = await chat.presses(poem, "🖼 诗笺")
    await chat.presses(card, "红笺")
    assert uploads(chat) == 2
    (again,) = await chat.presses(poem, "🖼 诗笺")
    await chat.presses(again, "红笺")
    await chat.presses(again, "宣纸")
    assert chat.message(again)["photo"] == card["photo"]
    assert uploads(chat) == 2


async def test_the_paper_it_is_on_changes_nothing(chat: BotAtWork) -> None:
    card = await card_of(chat)
    assert await chat.presses(card, "✓ 宣纸") == []
    assert chat.message(card)["photo"] == card["photo"]
    assert chat.toasts() == ["", ""]


async def test_the_card_is_in_the_script_the_poem_is_looked_at_in(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 七绝 云")
    await chat.presses(poem, "繁體")
    (card,) = await chat.presses(poem, "🖼 诗笺")
    assert card["caption"].startswith("雲")
    await chat.presses(poem, "简体")
    (plain,) = await chat.presses(poem, "🖼 诗笺")
    assert plain["caption"].startswith("云")
    assert plain["photo"][-1]["file_id"] != card["photo"][-1]["file_id"]


@pytest.mark.parametrize(
    "wish", ["/poem 沁园春 雪", "/couplet 月", "/acrostic 春夏秋冬", "/poem 五律 山"]
)
async def test_every_kind_of_poem_has_a_card(chat: BotAtWork, wish: str) -> None:
    card = await card_of(chat, wish)
    assert card["photo"][-1]["width"] == 1080


async def test_in_a_group_anyone_may_have_a_card_and_change_its_paper(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月", chat=GROUP)
    (card,) = await chat.presses(poem, "🖼 诗笺", ALICE)
    assert buttons(card)[0] == "✓ Rice paper"
    await chat.presses(card, "Night", XIAOYUE)
    assert buttons(chat.message(card))[-1] == "✓ Night"


async def test_in_a_topic_the_card_stays_there(chat: BotAtWork) -> None:
    topics = chat.playground.telegram.chats[FORUM].topics
    topic = next(iter(topics))
    (poem,) = await chat.writes("/poem 月", chat=FORUM, thread_id=topic)
    (card,) = await chat.presses(poem, "🖼 诗笺")
    assert card["message_thread_id"] == topic


async def test_somebody_elses_poem_has_no_card(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    (other,) = await chat.writes("/poem 山", ALICE)
    stolen = other["reply_markup"]["inline_keyboard"][0][2]
    stolen["callback_data"] = poem["reply_markup"]["inline_keyboard"][0][2]["callback_data"]
    chat.playground.telegram.chats[ALICE].messages[other["message_id"]].reply_markup = other[
        "reply_markup"
    ]
    assert await chat.presses(other, "🖼 Card", ALICE) == []
    assert chat.toasts()[-1]
    assert uploads(chat) == 0


async def test_a_card_deleted_meanwhile_is_let_be(chat: BotAtWork) -> None:
    card = await card_of(chat)
    gone = "Bad Request: message to edit not found"
    chat.playground.faults.add(Fault("bad_request", method="editMessageMedia", description=gone))
    assert await chat.presses(card, "夜色") == []
    assert chat.toasts()[-1] == ""


async def test_the_chats_paper_is_the_first_one(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    await chat.bot.store.chats.choose(XIAOYUE, paper="ciqing")
    (card,) = await chat.presses(poem, "🖼 诗笺")
    assert "✓ 磁青" in buttons(card)


async def test_a_file_id_that_telegram_forgot_is_drawn_anew(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月")
    await chat.presses(poem, "🖼 诗笺")
    wrong = "Bad Request: wrong remote file identifier specified: can't unserialize it"
    chat.playground.faults.add(Fault("bad_request", method="sendPhoto", description=wrong))
    (card,) = await chat.presses(poem, "🖼 诗笺")
    assert card["photo"]
    assert uploads(chat) == 2
    (again,) = await chat.presses(poem, "🖼 诗笺")
    assert again["photo"] == card["photo"]


async def test_a_group_that_allows_no_pictures_is_told_so(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月", chat=GROUP)
    refused = "Bad Request: not enough rights to send photos to the chat"
    chat.playground.faults.add(Fault("bad_request", method="sendPhoto", description=refused))
    assert await chat.presses(poem, "🖼 诗笺") == []
    assert chat.toasts()[-1].startswith("这个群不让我发图片")


def test_there_is_a_button_for_every_paper() -> None:
    assert tuple(PaperName) == PAPER_NAMES
