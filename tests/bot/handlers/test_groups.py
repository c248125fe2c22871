"""Groups and topics: commands with a name, quoted words, the bot's name, the first greeting."""

import time

import pytest

from bot.playground import Fault
from tests.fakes.chatting import ALICE, AMING, FORUM, GROUP, XIAOYUE, BotAtWork, of_bot

BOT = "@poetry_playground_bot"


def said(chat: BotAtWork, text: str, user: int = ALICE, where: int = GROUP) -> int:
    """Somebody says something to the others; the number of the message."""
    return chat.playground.people.write(where, user, text, now=time.time()).message_id


async def test_a_command_with_our_name_is_ours_and_with_anothers_it_is_not(
    chat: BotAtWork,
) -> None:
    (answer,) = await chat.writes(f"/poem{BOT} 月", chat=GROUP)
    assert answer["text"].startswith("月\n")
    assert answer["reply_to_message"]["text"] == f"/poem{BOT} 月"
    assert await chat.writes("/poem@another_bot 月", chat=GROUP) == []
    assert await chat.writes(f"/nonsense{BOT}", chat=GROUP) == []
    assert await chat.writes("今晚月色真美", chat=GROUP) == []


async def test_in_a_topic_the_answer_stays_in_the_topic(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/poem 月", chat=FORUM, thread_id=2)
    assert answer["message_thread_id"] == 2
    assert answer["reply_to_message"]["text"] == "/poem 月"


@pytest.mark.parametrize(
    ("command", "theme", "form"),
    [
        ("/poem", "今晚月色真美", None),
        ("/poem 五律", "今晚月色真美", "五律"),
        ("/poem 秋", "秋", None),
    ],
)
async def test_a_poem_as_a_reply_takes_the_words_that_it_answers(
    chat: BotAtWork, command: str, theme: str, form: str | None
) -> None:
    quoted = said(chat, "今晚月色真美！")
    (answer,) = await chat.writes(command, AMING, chat=GROUP, reply_to=quoted)
    assert (chat.poet.asked[-1].theme, chat.poet.asked[-1].form) == (theme, form)
    assert answer["reply_to_message"]["text"] == command


async def test_other_commands_take_them_too(chat: BotAtWork) -> None:
    line, heads, words = (
        said(chat, "床前明月光，疑是地上霜"),
        said(chat, "生日快乐"),
        said(chat, "江南"),
    )
    for command, quoted in (
        ("/continue", line),
        ("/acrostic", heads),
        ("/couplet", line),
        ("/couplet", words),
        ("/couplet 五言", words),
    ):
        await chat.writes(command, chat=GROUP, reply_to=quoted)
    asked = [(ask.first_line, ask.heads, ask.theme, ask.form) for ask in chat.poet.asked]
    assert asked == [
        ("床前明月光", None, "", None),
        (None, "生日快乐", "", None),
        ("床前明月光", None, "", "五言联"),
        (None, None, "江南", "七言联"),
        (None, None, "江南", "五言联"),
    ]


@pytest.mark.parametrize(
    ("command", "quoted", "answered"),
    [
        ("/poem", "haha 💠", "那条消息里没有能入诗的字"),
        ("/continue", "今晚月色真美", "没有五言或七言的句子"),
        ("/acrostic", "春", "藏头要二到十六个汉字"),
    ],
)
async def test_a_message_without_usable_words_says_so(
    chat: BotAtWork, command: str, quoted: str, answered: str
) -> None:
    (answer,) = await chat.writes(command, chat=GROUP, reply_to=said(chat, quoted))
    assert answered in answer["text"]


async def test_a_poem_of_ours_gives_its_title(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 江雪", chat=GROUP)
    await chat.writes("/poem 五绝", chat=GROUP, reply_to=poem["message_id"])
    assert (chat.poet.asked[-1].theme, chat.poet.asked[-1].form) == ("江雪", "五绝")


async def test_a_picture_with_a_caption_gives_its_caption(chat: BotAtWork) -> None:
    file = {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9}
    people = chat.playground.people
    for content, expected in (
        ({"photo": [file], "caption": "江上夕阳"}, "江上夕阳"),
        ({"photo": [file]}, None),
    ):
        sent = people.send(GROUP, ALICE, content, now=time.time())
        (answer,) = await chat.writes("/poem", chat=GROUP, reply_to=sent.message_id)
        assert (expected or "没有能入诗的字") in answer["text"]


async def test_in_private_a_forwarded_word_can_be_answered_too(chat: BotAtWork) -> None:
    number = chat.playground.people.write(XIAOYUE, XIAOYUE, "江南", now=time.time()).message_id
    await chat.settled()
    await chat.writes("/poem 五绝", reply_to=number)
    assert (chat.poet.asked[-1].theme, chat.poet.asked[-1].form) == ("江南", "五绝")


@pytest.mark.parametrize(
    "text", [f"{BOT} 秋夜", f"秋夜 {BOT}", f"{BOT}，秋夜", f"{BOT.upper()} 秋夜"]
)
async def test_the_bots_name_at_an_end_asks_it(chat: BotAtWork, text: str) -> None:
    (answer,) = await chat.writes(text, chat=GROUP)
    assert chat.poet.asked[-1].theme == "秋夜"
    assert answer["reply_to_message"]["text"] == text


async def test_its_name_alone_takes_the_words_it_answers_or_asks_for_some(
    chat: BotAtWork,
) -> None:
    await chat.writes(BOT, chat=GROUP, reply_to=said(chat, "江南"))
    assert chat.poet.asked[-1].theme == "江南"
    for text in (BOT, f"{BOT} hello"):
        (answer,) = await chat.writes(text, chat=GROUP)
        assert answer["text"] == f"给我一个中文题目，例如：{BOT} 秋夜"


@pytest.mark.parametrize("text", [f"大家可以用 {BOT} 写诗", "@another_bot 秋夜", f"x{BOT} 月"])
async def test_talk_about_the_bot_is_not_answered(chat: BotAtWork, text: str) -> None:
    assert await chat.writes(text, chat=GROUP) == []


async def test_an_answer_to_a_poem_is_talk(chat: BotAtWork) -> None:
    (poem,) = await chat.writes("/poem 月", chat=GROUP)
    assert await chat.writes("好诗好诗", ALICE, chat=GROUP, reply_to=poem["message_id"]) == []


async def test_a_group_that_lets_the_bot_in_is_greeted_once(chat: BotAtWork) -> None:
    people = chat.playground.people
    people.set_bot_status(GROUP, XIAOYUE, "kicked", now=time.time())
    await chat.settled()
    before = len(chat.messages(GROUP))
    for status in ("member", "administrator", "member"):
        people.set_bot_status(GROUP, XIAOYUE, status, now=time.time())
        await chat.settled()
    (greeting,) = filter(of_bot, chat.messages(GROUP)[before:])
    assert greeting["text"].startswith("大家好，我写古诗。")
    assert f"{BOT} 秋夜" in greeting["text"]


async def test_a_group_that_cannot_be_greeted_is_left_in_peace(chat: BotAtWork) -> None:
    people = chat.playground.people
    people.set_bot_status(GROUP, XIAOYUE, "kicked", now=time.time())
    await chat.settled()
    chat.playground.faults.add(Fault("bad_request", method="sendMessage"))
    people.set_bot_status(GROUP, XIAOYUE, "member", now=time.time())
    await chat.settled()
    seen = await chat.bot.store.chats.get(GROUP)
    assert seen is not None
    assert seen.blocked_at is None


async def test_who_unblocks_the_bot_is_not_greeted(chat: BotAtWork) -> None:
    await chat.writes("/start")
    chat.playground.people.block(XIAOYUE, now=time.time())
    await chat.settled()
    before = len(chat.messages(XIAOYUE))
    chat.playground.people.unblock(XIAOYUE, now=time.time())
    await chat.settled()
    assert len(chat.messages(XIAOYUE)) == before
