"""What a reader does: in three languages and two scripts, under a poem, with its picture, and
with all that was kept. One real process, real SQLite, everything over HTTP."""

import asyncio
import io
import json
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.storage import NewRequest, Store
from tests.bot.books.reading import is_in_columns, words
from tests.conversations.process import (
    AMING,
    ROOT,
    BotProcess,
    Conversation,
    Json,
    buttons,
    verses,
)
from tests.fakes.daily import A_POEM

pytestmark = pytest.mark.conversation
# What the commands say that write no poem, to somebody who has none yet.
SAYS = {
    "/start": "给我一个题目",
    "/help": "用法",
    "/about": "LSTM",
    "/jielong": "第 1 句",
    "/favourites": "收藏",
    "/history": "诗",
    "/subscribe": "08:00",
    "/unsubscribe": "没有订阅",
    "/settings": "笔致",
    "/export": "没有诗可以装订",
    "/forget": "没有关于你的东西",
    "/stats": "今天寫詩",
    "/broadcast": "今晚停机十分钟",
}
TONE_MARKS = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


def _table() -> str:
    """The rows of the README's table of commands."""
    lines = (ROOT / "README.md").read_text("utf-8").split("\n")
    return "\n".join(line.partition(" | ")[0] for line in lines if line.startswith("| `/"))


@pytest.fixture(autouse=True)
def _served(quick_bot: BotProcess) -> None:
    """A bot is there."""


@pytest.fixture
def reader(conversation: Conversation) -> int:
    """Such a one, who reads 简体."""
    return conversation.meets()


def choose(conversation: Conversation, user: int, topic: str, option: str) -> Json:
    """Somebody chooses in /settings; the message as it then stands."""
    message = conversation.says("/settings", user)
    conversation.turns(message, topic)
    return conversation.turns(message, option)


# What the README promises


@pytest.mark.parametrize("example", sorted(set(re.findall(r"`(/[a-z]+[^`]*)`", _table()))))
def test_every_example_of_the_readme_is_answered(conversation: Conversation, example: str) -> None:
    command = example.split()[0]
    user = AMING if command in ("/stats", "/broadcast") else conversation.meets()
    answer = conversation.says(example, user)
    if command in SAYS:
        assert SAYS[command] in answer.get("text", answer.get("caption"))
    else:
        assert buttons(answer)[0] == "❤️ 收藏"


# Languages and scripts


@pytest.mark.parametrize(
    ("code_of_telegram", "greeting", "keep"),
    [
        ("zh-hans", "给我一个题目", "❤️ 收藏"),
        ("zh-hant", "給我一個題目", "❤️ 收藏"),
        ("zh-TW", "給我一個題目", "❤️ 收藏"),
        ("en-GB", "Give me a theme", "❤️ Keep"),
        ("fr", "Give me a theme", "❤️ Keep"),
    ],
)
def test_the_bot_speaks_the_language_of_ones_telegram(
    conversation: Conversation, code_of_telegram: str, greeting: str, keep: str
) -> None:
    user = conversation.meets(code_of_telegram)
    assert conversation.says("/start", user)["text"].startswith(greeting)
    assert buttons(conversation.says("/poem 月", user))[0] == keep


def test_another_language_is_chosen_and_stays_chosen(
    conversation: Conversation, reader: int
) -> None:
    assert "✓ English" in buttons(choose(conversation, reader, "语言", "English"))
    assert conversation.says("/help", reader)["text"].startswith("How it works")
    again = choose(conversation, reader, "Language", "繁體中文")
    assert again["text"].startswith("語言")
    assert conversation.says("/favourites", reader)["text"].startswith("還沒有收藏")


def test_poems_are_in_the_script_of_the_language_until_another_is_chosen(
    conversation: Conversation, reader: int
) -> None:
    assert verses(conversation.says("/continue 門前萬里雲", reader))[0] == "门前万里云"
    choose(conversation, reader, "诗的字", "繁体")
    poem = conversation.says("/continue 门前万里云", reader)
    assert verses(poem)[0] == "門前萬里雲"
    assert buttons(poem)[0] == "❤️ 收藏"  # the bot itself goes on in 简体


def test_one_tap_turns_a_poem_into_the_other_script_and_back(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/continue 門前萬里雲", reader)
    traditional = conversation.turns(poem, "繁體")
    assert verses(traditional)[0] == "門前萬里雲"
    assert "简体" in buttons(traditional)
    assert conversation.turns(poem, "简体") == conversation.now(poem)
    assert conversation.now(poem)["text"] == poem["text"]


# A poem's message


def test_a_poem_is_typeset(conversation: Conversation, reader: int) -> None:
    poem = conversation.says("/poem 七绝 江雪", reader)
    title, quiet, empty, *lines = poem["text"].split("\n")
    assert title
    assert re.fullmatch("七绝 · [一二三四五六七八九十]+.韵", quiet)
    assert empty == ""
    assert [line[:3] for line in lines] == ["\u3000" * 3] * 4  # as in the middle of the screen
    styles = {each["type"] for each in poem["entities"]}
    assert {"bold", "italic"} <= styles
    assert buttons(poem) == [
        *("❤️ 收藏", "🔄 再写一首", "🖼 诗笺"),
        *("繁體", "平仄", "拼音", "↗ 分享"),
        *("✍️ 同一起句", "体裁 ›"),
    ]


def test_a_heart_turns_full_and_empty_and_a_second_tap_changes_nothing(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/poem 五绝 月", reader)
    assert conversation.taps(poem, "❤️ 收藏", reader).startswith("已收藏")
    conversation.becomes(poem, lambda now: buttons(now)[0] == "💛 已收藏")
    assert "共 1 首" in conversation.says("/favourites", reader)["text"]
    assert conversation.taps(poem, "💛 已收藏", reader) == "已取消收藏。"
    conversation.becomes(poem, lambda now: buttons(now)[0] == "❤️ 收藏")
    assert conversation.says("/favourites", reader)["text"].startswith("还没有收藏")
    assert "已收藏，/favourites 里能找到。" in _twice(conversation, poem, "❤️ 收藏")
    assert "共 1 首" in conversation.says("/favourites", reader)["text"]


def test_another_that_is_asked_for_twice_at_once_comes_once(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/poem 五绝 月", reader)
    conversation.post("faults", kind="hang", method="sendMessage", seconds=1, chat_id=reader)
    assert _twice(conversation, poem, "🔄 再写一首") == {"正在写……", "收到了，稍候。"}
    conversation.answer_after(poem["message_id"], reader)
    assert "共 2 首" in conversation.says("/history", reader)["text"]


def _twice(conversation: Conversation, message: Json, button: str) -> set[str]:
    """What is said to two taps that come at once."""
    reader = message["chat"]["id"]
    tap = {
        "chat_id": reader,
        "message_id": message["message_id"],
        "user_id": reader,
        "button": button,
    }
    asked = [conversation.post("callbacks", **tap)["query_id"] for _ in range(2)]
    return {
        conversation.wait(lambda each=each: conversation.get(f"callbacks/{each}")["answer"])["text"]
        for each in asked
    }


def test_the_same_first_line_goes_on_otherwise(conversation: Conversation, reader: int) -> None:
    poem = conversation.says("/poem 五绝 秋夜", reader)
    assert conversation.taps(poem, "✍️ 同一起句", reader) == "正在写……"
    other = conversation.answer_after(poem["message_id"], reader)
    assert verses(other)[0] == verses(poem)[0]
    assert verses(other)[1:] != verses(poem)[1:]


def test_tones_and_rhyme_are_shown_character_by_character(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/poem 五绝 山居", reader)
    tones = conversation.turns(poem, "平仄")["text"].split("\n\n")[1].split("\n")
    assert [line.replace("\u3000", "") for line in tones[::2]] == verses(poem)
    signs = [line.replace("\u3000", "") for line in tones[1::2]]
    assert {len(line) for line in signs} == {5}
    assert [line[-1] in "△▲" for line in signs][1::2] == [True, True]
    pattern, rhymes = conversation.now(poem)["text"].split("\n")[-2:]
    assert re.fullmatch("格律：[平仄]起首句不?入韵", pattern)
    assert rhymes.endswith(f"{verses(poem)[1][-1]}、{verses(poem)[3][-1]}")
    assert conversation.turns(poem, "‹ 原诗")["text"] == poem["text"]


def test_pinyin_stands_over_each_character(conversation: Conversation, reader: int) -> None:
    poem = conversation.says("/continue 床前明月光", reader)
    read = conversation.turns(poem, "拼音")["text"].split("\n\n")[1].split("\n")
    assert read[0] == "chuáng qián míng yuè guāng"
    assert [len(line.split()) for line in read[::2]] == [5] * 4
    assert all(TONE_MARKS & set(line) for line in read[::2])


def test_a_poem_taken_in_another_form_keeps_its_theme(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/couplet 秋夜", reader)
    conversation.turns(poem, "体裁 ›")
    conversation.taps(poem, "五律", reader)
    written = conversation.answer_after(poem["message_id"], reader)
    assert "\n五律 · " in written["text"]
    history = conversation.says("/history 秋夜", reader)
    assert "五律" in history["text"]


# Cards


def test_a_card_is_a_picture_to_print_and_changes_its_paper(
    conversation: Conversation, reader: int
) -> None:
    poem = conversation.says("/poem 七律 秋夜", reader)
    conversation.taps(poem, "🖼 诗笺", reader)
    card = conversation.answer_after(poem["message_id"], reader)
    assert card["reply_to_message"]["message_id"] == poem["message_id"]
    first = conversation.file(card)
    assert Image.open(io.BytesIO(first)).size == (1080, 1440)
    assert len(first) < 500_000
    assert buttons(card)[0] == "✓ 宣纸"
    other = conversation.turns(card, "夜色")
    assert "✓ 夜色" in buttons(other)
    second = Image.open(io.BytesIO(conversation.file(other))).convert("L")
    assert _light(second) < 100 < _light(Image.open(io.BytesIO(first)).convert("L"))
    back = conversation.turns(card, "宣纸")
    assert conversation.file(back) == first


def _light(picture: Image.Image) -> float:
    """How light a grey picture is, from 0 to 255."""
    small = picture.resize((1, 1))
    found = small.getpixel((0, 0))
    assert isinstance(found, int)
    return found


def test_the_paper_and_script_of_the_settings_are_those_of_the_card(
    conversation: Conversation, reader: int
) -> None:
    choose(conversation, reader, "诗笺", "红笺")
    poem = conversation.says("/couplet 春", reader)
    conversation.taps(poem, "🖼 诗笺", reader)
    card = conversation.answer_after(poem["message_id"], reader)
    assert "✓ 红笺" in buttons(card)
    red, green, _ = Image.open(io.BytesIO(conversation.file(card))).convert("RGB").split()
    assert _light(red) > 2 * _light(green)


# What was kept


@pytest.fixture(scope="module")
def collector(quick_bot: BotProcess, conversation: Conversation, folder: Path) -> int:
    """Somebody who has kept six poems, of seven."""
    user = conversation.meets()

    async def collect() -> None:
        store = await Store.open(f"sqlite:///{folder / 'poetry-bot.db'}")
        await store.chats.seen(user, "private", now=datetime.now(UTC))
        for number, theme in enumerate(("山居", "江水", "秋风", "落花", "残雪", "春晓", "听雨")):
            when = datetime.now(UTC) - timedelta(minutes=10 - number)
            poem = replace(A_POEM, theme=theme, title=theme)
            asked = NewRequest(user, user, "poem", None, theme, None, None, 1.0)
            written = await store.poems.add(poem, asked, now=when)
            if number < 6:
                await store.favourites.keep(user, written.id, now=when)
        await store.close()

    asyncio.run(collect())
    return user


def test_favourites_are_leafed_through_sorted_and_searched_in_one_message(
    conversation: Conversation, collector: int
) -> None:
    page = conversation.says("/favourites", collector)
    assert "共 6 首" in page["text"]
    assert "1. 春晓 · 五绝" in page["text"]
    assert "6. 山居 · 五绝" in conversation.turns(page, "下一页 ›")["text"]
    assert "1. 山居 · 五绝" in conversation.turns(page, "⇅ 旧的在前")["text"]
    conversation.turns(page, "🗂 挑着看")
    conversation.turns(page, "题目")
    found = conversation.turns(page, "落花 · 1")
    assert found["text"].startswith("收藏 · 共 1 首\n题目：落花")
    conversation.turns(page, "‹ 看全部")
    assert "共 6 首" in conversation.now(page)["text"]
    found = conversation.says("/history 聽雨", collector)  # in either script
    assert "共 1 首" in found["text"]
    conversation.taps(found, "1", collector)
    opened = conversation.answer_after(found["message_id"], collector)
    assert opened["text"].startswith("听雨\n")
    assert buttons(opened)[0] == "❤️ 收藏"
    nothing = conversation.says("/favourites 鲸", collector)
    assert "没有找到" in nothing["text"]


def test_a_favourite_that_was_removed_is_put_back_to_its_place(
    conversation: Conversation, collector: int
) -> None:
    page = conversation.says("/favourites", collector)
    before = page["text"]
    removed = conversation.turns(page, "🗑 2")
    assert "共 5 首" in removed["text"]
    back = next(each for each in buttons(removed) if each.startswith("↩️ 放回"))
    assert conversation.turns(page, back)["text"] == before


def test_an_anthology_comes_as_a_book_a_text_and_data(
    conversation: Conversation, collector: int
) -> None:
    question = conversation.says("/export", collector)
    assert buttons(question)[:2] == ["✓ 收藏 · 6", "写过的 · 7"]
    files = {}
    for button in ("📕 PDF", "📄 文本", "🧩 JSON"):
        files[button] = _exported(conversation, question, button)
    pages = words(files["📕 PDF"])
    assert pages[0] == ["诗友诗草"]
    assert pages[1][0] == "目录"
    assert files["📄 文本"].decode().startswith("诗友诗草\n")
    poems = json.loads(files["🧩 JSON"])["poems"]
    assert [poem["title"] for poem in poems][:2] == ["山居", "江水"]
    assert len(poems) == 6
    # In columns from right to left until it is chosen otherwise.
    choose(conversation, collector, "诗集版式", "横排")
    lines = _exported(conversation, question, "📕 PDF")
    assert [is_in_columns(each) for each in (files["📕 PDF"], lines)] == [True, False]


def _exported(conversation: Conversation, question: Json, button: str) -> bytes:
    """The file that a button under /export brings."""
    reader = question["chat"]["id"]
    last = conversation.messages(reader)[-1]["message_id"]
    conversation.taps(question, button, reader)
    message = conversation.answer_after(last, reader)
    assert message["caption"] == "共 6 首。"
    return conversation.file(message)


def test_who_asks_to_be_forgotten_is_asked_once_and_nothing_is_left(
    conversation: Conversation, reader: int, folder: Path
) -> None:
    poem = conversation.says("/poem 五绝 月", reader)
    conversation.taps(poem, "❤️ 收藏", reader)
    conversation.says("/subscribe 08:00", reader)
    question = conversation.says("/forget", reader)
    belongings = ["· 收藏 1 首", "· 写诗的记录 1 条", "· 只属于你的诗 1 首", "· 每日一诗 1 份"]
    assert [line for line in question["text"].split("\n") if line[0:1] == "·"] == belongings
    assert "还是留着" in buttons(question)
    assert _mentions(folder, reader)
    gone = conversation.turns(question, "🗑 全部删除")
    assert gone["text"].startswith("都删掉了。")
    assert all(line in gone["text"] for line in belongings)
    # For an hour it is known when the next message may go to this chat; nothing else.
    conversation.wait(lambda: _mentions(folder, reader) == {"rates.key"})
    assert conversation.taps(poem, "💛 已收藏", reader).startswith("这首诗已经找不到了")


def _mentions(folder: Path, user: int) -> set[str]:
    """The columns of the database in which a number stands."""
    number = re.compile(rf"(?<!\d){user}(?!\d)")
    with sqlite3.connect(folder / "poetry-bot.db") as database:
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        tables = {name: database.execute(f'SELECT * FROM "{name}"') for (name,) in names}  # noqa: S608 - our own names
        found = {
            f"{name}.{column[0]}"
            for name, rows in tables.items()
            for row in rows
            for column, value in zip(rows.description, row, strict=True)
            if number.search(str(value))
        }
    database.close()
    return found
