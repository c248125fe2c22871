"""How the bot looks after people and its operators: it says what works, is set as one likes,
gives everybody their turn, and tells operators how it goes. One real process that lets people
have three poems at once, real SQLite, everything over HTTP."""

import io
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.conversations.forking import HURRIED
from tests.conversations.process import (
    AMING,
    TOKEN,
    BotProcess,
    Conversation,
    buttons,
    running,
    verses,
)

pytestmark = pytest.mark.conversation
BURST = 3
SECRET = "望断天涯路"


@pytest.fixture(scope="module", autouse=True)
def bot(telegram: str, folder: Path) -> Iterator[BotProcess]:
    """A bot that lets people have a few poems at once; 阿明 is its operator. Its poet has the
    weights that ship, so that eight long poems take a while."""
    settings = {"ADMIN_CHAT_IDS": str(AMING), "POEM_BURST": str(BURST), "POEM_INTERVAL": "6"}
    settings |= HURRIED | {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram}
    with running(folder, "run", **settings) as process:
        process.wait_for("serving @")
        yield process


@pytest.fixture
def reader(conversation: Conversation) -> int:
    """Somebody of whom nothing is known yet."""
    return conversation.meets()


# Guidance


def test_start_has_three_buttons_that_do_it(conversation: Conversation, reader: int) -> None:
    start = conversation.says("/start", reader)
    assert start["text"].count("\n") < 5  # one screen
    poem, acrostic, daily = buttons(start)
    assert "七绝 · " in conversation.brings(start, poem)["text"]
    asked = conversation.brings(start, acrostic)
    keyboard = conversation.get(f"chats/{reader}/messages")["chat"]["keyboards"][str(reader)]
    assert keyboard["force_reply"]
    written = conversation.says("春夏秋冬", reader, reply_to=asked["message_id"])
    assert "".join(line[0] for line in verses(written)) == "春夏秋冬"
    assert "每天 08:00" in conversation.brings(start, daily)["text"]


def test_help_is_leafed_through_in_one_message_and_does_what_it_tells(
    conversation: Conversation, reader: int
) -> None:
    help_ = conversation.says("/help", reader)
    for section in buttons(help_):
        shown = conversation.turns(help_, section)
        assert shown["text"].startswith(f"{section}\n")
        assert buttons(shown)[-1] == "‹ 返回"
        conversation.turns(help_, "‹ 返回")
    assert conversation.now(help_)["text"] == help_["text"]
    for section, button, said in (
        ("收藏", "📤 导出成册", "还没有诗可以装订"),
        ("收藏", "🗑 删除我的资料", "没有关于你的东西"),
        ("每日一诗", "🌅 每日一诗", "每天 08:00"),
        ("群里", "🔗 接龙", "第 1 句"),
        ("设置", "⚙️ 设置", "笔致 · 平"),
        ("设置", "🪶 谁在写诗", "LSTM"),
    ):
        conversation.turns(help_, section)
        assert said in conversation.brings(help_, button)["text"]
        conversation.turns(help_, "‹ 返回")
    conversation.turns(help_, "填词")
    assert "浣溪沙 · 词韵" in conversation.brings(help_, "✍️ 浣溪沙 秋思")["text"]


@pytest.mark.parametrize(
    ("text", "said", "button", "result"),
    [
        ("/poem 七决 月", "是不是七绝", "七绝", "七绝 · "),
        ("/peom 五绝 月", "是不是 /poem", "/poem 五绝 月", "五绝 · "),
        ("/acrostic 春夏秋 七绝", "字数与体裁不合", "用“春夏秋”", "藏头"),
        ("/continue 床前明月光亮", "五个字", "以“床前明月光”起句", "续句 · 五绝"),
    ],
)
def test_what_does_not_work_proposes_the_nearest_thing_that_does(
    conversation: Conversation, reader: int, text: str, said: str, button: str, result: str
) -> None:
    told = conversation.says(text, reader)
    assert said in told["text"]
    assert result in conversation.brings(told, button)["text"]


def test_an_english_word_is_offered_in_chinese(conversation: Conversation, reader: int) -> None:
    told = conversation.says("moon", reader)
    offered = next(each for each in buttons(told) if "月" in each)
    assert conversation.brings(told, offered)["text"].split("\n")[1].startswith("七绝 · ")


def test_who_sends_something_else_is_told_what_the_bot_can_do(
    conversation: Conversation, reader: int
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    for kind, said in (("photo", "我看不见图"), ("voice", "我听不见声音"), ("document", "读不了")):
        told = conversation.sends(kind, picture.getvalue(), reader)
        assert said in told["text"]
        assert buttons(told) == ["🌙 写一首“秋夜”", "🍃 写眼前时节"]
    captioned = conversation.sends("photo", picture.getvalue(), reader, caption="秋夜")
    assert "七绝 · " in captioned["text"]
    sticker = conversation.sends("sticker", picture.getvalue(), reader)
    assert sticker["text"]
    assert buttons(sticker)


# Settings


def test_all_settings_are_in_one_message_that_is_edited_in_place(
    conversation: Conversation, reader: int
) -> None:
    settings = conversation.says("/settings", reader)
    for name in buttons(settings)[:-1]:
        assert name in settings["text"]
        conversation.turns(settings, name)
        conversation.turns(settings, "‹ 返回")
    assert conversation.now(settings)["text"] == settings["text"]
    assert [each["message_id"] for each in conversation.messages(reader)] == [
        settings["message_id"] - 1,
        settings["message_id"],
    ]


def test_form_and_boldness_are_those_of_the_next_poem(
    conversation: Conversation, reader: int, folder: Path
) -> None:
    settings = conversation.says("/settings", reader)
    for setting, option in (("惯用体裁", "五律"), ("笔致", "奇")):
        conversation.turns(settings, setting)
        assert f"✓ {option}" in buttons(conversation.turns(settings, option))
        conversation.turns(settings, "‹ 返回")
    assert "惯用体裁 · 五律\n笔致 · 奇" in conversation.now(settings)["text"]
    assert "五律 · " in conversation.says("/poem 月", reader)["text"]
    assert "七绝 · " in conversation.says("/poem 七绝 月", reader)["text"]
    with sqlite3.connect(folder / "poetry-bot.db") as database:
        asked = "SELECT boldness FROM requests WHERE user_id = ?"
        assert set(database.execute(asked, (reader,))) == {("bold",)}
    database.close()


def test_the_time_zone_is_chosen_or_written_and_daily_poems_go_by_it(
    conversation: Conversation, reader: int
) -> None:
    settings = conversation.says("/settings", reader)
    conversation.turns(settings, "时区")
    question = conversation.brings(settings, "✍️ 写个城市")
    written = conversation.says("东京", reader, reply_to=question["message_id"])
    assert "东京 UTC+9" in written["text"]
    assert "时区 · 东京 UTC+9" in conversation.turns(settings, "‹ 返回")["text"]
    daily = conversation.brings(settings, "🌅 每日一诗")
    assert "08:00（东京 UTC+9）" in daily["text"]


# Fairness


def test_who_asks_too_often_is_told_how_long_to_wait_and_others_are_not(
    conversation: Conversation, reader: int
) -> None:
    for _ in range(BURST):
        poem = conversation.says("/poem 五绝 月", reader)
    refused = conversation.says("/poem 五绝 月", reader)
    wait = re.fullmatch(r"写得真快！再过 (\d) 秒就能接着写。", refused["text"])
    assert wait
    assert 1 <= int(wait[1]) <= 6
    assert re.match("写得真快", conversation.taps(poem, "🔄 再写一首", reader))
    assert "五绝 · " in conversation.says("/poem 五绝 月", conversation.meets())["text"]
    assert conversation.says("/favourites", reader)["text"]  # reading costs nothing
    answer = refused
    while answer["text"].startswith("写得真快"):  # until the time is over
        time.sleep(0.5)
        answer = conversation.brings(answer, "🔄 再试一次")
    assert "五绝 · " in answer["text"]


def test_who_waits_behind_others_sees_their_place_and_then_the_poem(
    conversation: Conversation,
) -> None:
    crowd = [conversation.meets() for _ in range(8)]
    for user in crowd:
        conversation.write("/poem 沁园春 雪", user)
    for user in crowd:
        conversation.wait(lambda user=user: "沁园春 · " in conversation.messages(user)[-1]["text"])
        assert len(conversation.messages(user)) == 2  # the place has become the poem
    calls = conversation.get("requests?method=sendMessage")["requests"]
    sent = [each["parameters"] for each in calls]
    places = [each["text"] for each in sent if int(each["chat_id"]) in crowd]
    assert any(re.fullmatch(r"前面还有 \d+ 首，马上就到你。", place) for place in places)


# Operators


def test_operators_see_the_numbers_and_a_picture_and_others_nothing(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/poem 五绝 月", reader)
    conversation.taps(poem, "❤️ 收藏", reader)
    stats = conversation.says("/stats", AMING)
    picture = Image.open(io.BytesIO(conversation.file(stats)))
    assert picture.width == 1200
    for told in ("使用者", "今天寫詩", "收藏", "半數"):
        assert told in stats["caption"]
    assert "/stats" in conversation.says("/stats", reader)["text"]  # as any command there is not


def test_operators_hear_of_an_error_without_a_private_word(
    conversation: Conversation, reader: int
) -> None:
    conversation.says("/help", AMING)
    before = conversation.messages(AMING)[-1]["message_id"]
    strange = "Bad Request: TEST_OF_AN_ERROR"
    fault = {"kind": "bad_request", "method": "sendMessage", "chat_id": reader}
    conversation.post("faults", **fault, description=strange)
    apology = conversation.says(f"/poem 五绝 {SECRET}", reader)
    assert "出了点问题" in apology["text"]
    report = conversation.answer_after(before, AMING)
    assert report["text"].startswith("⚠️ BadRequest\nbot.")
    assert "message · update " in report["text"]
    assert not any(word in report["text"] for word in (SECRET, TOKEN, str(reader)))
    assert "五绝 · " in conversation.brings(apology, "🔄 再试一次")["text"]


def test_a_broadcast_is_previewed_sent_and_counted(conversation: Conversation, reader: int) -> None:
    conversation.says("/help", reader)
    last = conversation.messages(reader)[-1]["message_id"]
    preview = conversation.says("/broadcast 今晚停機十分鐘", AMING)
    assert preview["text"] == "今晚停機十分鐘"
    question = conversation.answer_after(preview["message_id"], AMING)
    assert not conversation.messages(reader, last)
    people = re.search(r"發給 (\d+) 位使用者", question["text"])
    assert people
    conversation.taps(question, f"📣 發給 {people[1]} 個", AMING)
    conversation.becomes(question, lambda now: now["text"].startswith("發完了"))
    assert f"送到 {people[1]}" in conversation.now(question)["text"]
    (heard,) = conversation.messages(reader, last)
    assert heard["text"] == preview["text"]
