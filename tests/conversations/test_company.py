"""Poems among people: links that open them, inline mode, groups and topics, 接龙. One real
process, real SQLite, everything over HTTP."""

import io
import re

import pytest
from PIL import Image

from tests.conversations.process import (
    ALICE,
    AMING,
    XIAOYUE,
    BotProcess,
    Conversation,
    Json,
    buttons,
    verses,
)

pytestmark = pytest.mark.conversation
NAME = "poetry_playground_bot"
POET = "🖋 请 AI 接一句"


@pytest.fixture(autouse=True)
def _served(quick_bot: BotProcess) -> None:
    """A bot is there."""


@pytest.fixture
def circle(conversation: Conversation) -> int:
    """A group of friends in which the bot has not spoken yet; 小月 leads it."""
    return conversation.circle(XIAOYUE, ALICE, AMING)


@pytest.fixture
def friend(conversation: Conversation) -> int:
    """Somebody who has heard of the bot from a friend."""
    return conversation.meets(started=False)


def of_bot(conversation: Conversation, chat: int, after: int = 0) -> list[Json]:
    """What the bot said in a chat."""
    return [each for each in conversation.messages(chat, after) if each["from"]["is_bot"]]


def urls(message: Json) -> list[str]:
    """Where a message's buttons lead."""
    rows = message["reply_markup"]["inline_keyboard"]
    return [each["url"] for row in rows for each in row if "url" in each]


# Links


def test_a_shared_poem_is_opened_by_somebody_else_and_is_theirs_to_keep(
    conversation: Conversation, friend: int
) -> None:
    poem = conversation.says("/poem 五绝 山居")
    conversation.taps(poem, "↗ 分享")
    conversation.becomes(poem, lambda now: "🔗 复制链接" in buttons(now))
    (copied,) = [
        each["copy_text"]["text"]
        for row in conversation.now(poem)["reply_markup"]["inline_keyboard"]
        for each in row
        if "copy_text" in each
    ]
    link = re.fullmatch(rf"https://t\.me/{NAME}\?start=([\w-]{{1,64}})", copied)
    assert link
    opened = conversation.says(f"/start {link[1]}", friend)
    assert verses(opened) == verses(poem)
    assert conversation.taps(opened, "❤️ 收藏", friend).startswith("已收藏")
    assert conversation.says("/favourites", friend)["text"].startswith("收藏 · 共 1 首")
    # From the other way of sharing, the poem itself is offered in any chat.
    token = conversation.now(poem)["reply_markup"]["inline_keyboard"][0][0]["switch_inline_query"]
    offered = conversation.types(token)["results"]
    assert {each["description"] for each in offered} == {first_sentence(poem)}


def first_sentence(poem: Json) -> str:
    """Its first couplet, as results are described."""
    first, second = verses(poem)[:2]
    return f"{first}，{second}。"


def test_a_link_that_is_broken_is_answered_kindly(conversation: Conversation, friend: int) -> None:
    assert "找不到" in conversation.says("/start p_0123456789abcdef", friend)["text"]
    assert conversation.says("/start 看看", friend)["text"].startswith("给我一个题目")


# Inline mode


def test_inline_a_theme_is_offered_in_different_forms_with_cards_and_a_choice_is_counted(
    conversation: Conversation, circle: int
) -> None:
    def offered() -> Json:
        found = conversation.types("月")
        pictures = [each for each in found["results"] if each["type"] == "photo"]
        return found if len(pictures) == 4 else {}

    found: Json = conversation.wait(offered)  # cards that are not ready yet come a tap later
    titles = [each["title"] for each in found["results"][:4]]
    forms = [title.rpartition(" · ")[2] for title in titles]
    assert forms == ["七绝", "五绝", "七言联", "如梦令"]
    sent = conversation.picks(found, 4, circle)
    assert sent["via_bot"]["username"] == NAME
    picture = Image.open(io.BytesIO(conversation.file(sent)))
    assert picture.width == 1080
    assert buttons(sent) == ["📖 打开这首诗", "🔄 再写一首"]
    assert "发出 1 首" in told_to_operators(conversation)
    history = conversation.says("/history 月")
    assert history["text"].startswith("写过的诗 · 共 1 首")


def told_to_operators(conversation: Conversation) -> str:
    """What /stats says, in 简体."""
    caption: str = conversation.says("/stats", AMING)["caption"]
    return caption.replace("發", "发").replace("別", "别")


def test_the_buttons_of_a_poem_that_was_sent_lead_to_it_and_to_another_one(
    conversation: Conversation, circle: int, friend: int
) -> None:
    sent = conversation.picks(conversation.types("五绝 江上", ALICE), 0, circle)
    poem, another = [url.partition("?start=")[2] for url in urls(sent)]
    assert verses(conversation.says(f"/start {poem}", friend)) == verses(sent)
    written = conversation.says(f"/start {another}", friend)
    assert "\n五绝 · " in written["text"]
    assert verses(written) != verses(sent)


def test_who_types_what_cannot_be_a_theme_is_told_what_can(conversation: Conversation) -> None:
    (hint,) = conversation.types("moonlight", ALICE)["results"]
    assert hint["id"] == "hint"
    assert "for example" in hint["description"]


# Groups and topics


def test_a_group_is_greeted_once_and_told_that_nobody_need_fear_noise(
    conversation: Conversation, circle: int
) -> None:
    for status in ("left", "member"):
        conversation.post(f"chats/{circle}/bot", user_id=XIAOYUE, status=status)
    (welcome,) = conversation.wait(lambda: of_bot(conversation, circle))
    assert "没人叫我，我不说话" in welcome["text"]


def test_in_a_group_the_bot_answers_who_asks_it_and_nobody_else(
    conversation: Conversation, circle: int
) -> None:
    conversation.post(f"chats/{circle}/bot", user_id=XIAOYUE, status="administrator")
    for text in (
        "秋夜",
        "今晚的月亮真圆",
        f"听说 @{NAME} 会写诗",
        "/poem@somebody_else_bot 月",
        "/no",
    ):
        conversation.write(text, circle, ALICE)
    asked = conversation.write(f"@{NAME} 秋夜", circle, AMING)
    poem = conversation.answer_after(asked, circle)
    assert poem["reply_to_message"]["message_id"] == asked
    assert of_bot(conversation, circle) == [poem]


def test_the_words_of_the_message_one_answers_are_the_theme(
    conversation: Conversation, circle: int
) -> None:
    words = conversation.write("昨夜下了一场雨，院子里都是桂花香", circle, AMING)
    poem = conversation.says("/poem 七绝", circle, XIAOYUE, reply_to=words)
    assert poem["reply_to_message"]["text"] == "/poem 七绝"
    assert "雨" in poem["text"]
    line = conversation.write("海内存知己", circle, AMING)
    couplet = conversation.says("/couplet", circle, XIAOYUE, reply_to=line)
    assert "上联：海内存知己" in couplet["text"]
    wordless = conversation.write("👍👍", circle, AMING)
    told = conversation.says("/poem", circle, XIAOYUE, reply_to=wordless)
    assert "没有能入诗的字" in told["text"]


def test_in_a_forum_everything_stays_in_its_topic(conversation: Conversation) -> None:
    topics = {"2": "诗词", "3": "闲聊"}
    forum = conversation.circle(XIAOYUE, ALICE, type="supergroup", topics=topics)
    poem = conversation.says("/poem 五绝 月", forum, XIAOYUE, thread_id=3)
    assert poem["message_thread_id"] == 3
    conversation.taps(poem, "🖼 诗笺")
    assert conversation.answer_after(poem["message_id"], forum)["message_thread_id"] == 3
    game = conversation.says("/jielong 五绝", forum, ALICE, thread_id=2)
    assert game["message_thread_id"] == 2


def test_a_groups_daily_poem_and_settings_are_for_its_administrators_to_change(
    conversation: Conversation, circle: int
) -> None:
    refused = conversation.says("/subscribe 08:00 月", circle, AMING)
    assert "管理員" in refused["text"]
    subscribed = conversation.says("/subscribe 08:00 月", circle, XIAOYUE)
    assert "每天 08:00" in subscribed["text"]
    settings = conversation.says("/settings", circle, ALICE)
    conversation.taps(settings, "Boldness", ALICE)
    conversation.becomes(settings, lambda now: "Bold 奇" in buttons(now))
    assert "admins" in conversation.taps(settings, "Bold 奇", ALICE)
    assert conversation.taps(settings, "Bold 奇", XIAOYUE) == "已经改好。"


def test_what_is_another_persons_is_refused_kindly(conversation: Conversation, circle: int) -> None:
    poem = conversation.says("/poem 五绝 月", circle, XIAOYUE)
    conversation.taps(poem, "❤️ 收藏", XIAOYUE)
    page = conversation.says("/favourites", circle, XIAOYUE)
    for button in ("1", "🗑 1"):
        said = conversation.taps(page, button, ALICE)
        assert said == "This list is someone else's; send /favourites for yours."
    assert conversation.now(page)["text"] == page["text"]
    # A poem's own buttons are everybody's: each keeps it in a book of their own.
    assert conversation.taps(poem, "❤️ 收藏", ALICE).startswith("Kept")


# 接龙


def test_a_whole_game_of_jielong(conversation: Conversation, circle: int) -> None:
    def adds(game: Json, line: str, user: int) -> Json:
        """Somebody answers the game's message."""
        return conversation.says(line, circle, user, reply_to=game["message_id"])

    game = conversation.says("/jielong 五绝 登楼", circle, XIAOYUE)
    assert "第 1 句（共 4 句），5 个字" in game["text"]
    conversation.write("白日依山尽", circle, ALICE)  # said to nobody
    game = adds(game, "白日依山尽", XIAOYUE)
    assert "白日依山尽，　小月" in game["text"]
    wrong = adds(game, "黄河入海去", ALICE)
    assert "Character 5, “去”, is oblique (仄)" in wrong["text"]
    assert "平平中仄平" in wrong["text"]
    game = adds(game, "黄河入海流", ALICE)
    assert "押" not in game["text"].partition("第 3 句")[2]
    assert "The last line was yours" in adds(game, "欲穷千里目", ALICE)["text"]
    conversation.taps(game, POET, AMING)
    conversation.becomes(game, lambda now: "第 4 句" in now["text"])
    assert "AI" in conversation.now(game)["text"]
    assert "押十一尤" in conversation.now(game)["text"]
    unrhymed = adds(game, "更上一层台", XIAOYUE)
    assert "不押韵：这里押十一尤" in unrhymed["text"]
    poem = adds(game, "更上一层楼", XIAOYUE)
    assert verses(poem)[:2] == ["白日依山尽", "黄河入海流"]
    assert "第 1、2、4 句众人写，其余 AI 写" in poem["text"]
    assert poem["text"].endswith("小月 1、4　Alice 2　AI 3")
    assert buttons(poem)[0] == "❤️ 收藏"
    conversation.becomes(game, lambda now: not buttons(now))
