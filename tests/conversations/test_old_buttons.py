"""Buttons outlive the process that sent them: after a stop or a kill -9 they do what they say,
and so do those of earlier versions; what nobody knows any more is answered kindly."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.conversations.forking import HURRIED
from tests.conversations.process import (
    ALICE,
    TOKEN,
    XIAOYUE,
    BotProcess,
    Conversation,
    Json,
    buttons,
    running,
    verses,
)

pytestmark = pytest.mark.conversation


@pytest.fixture
def settings(telegram: str, cheap_poet: Path) -> dict[str, str]:
    """Of a bot that starts more than once."""
    own = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram, "MODEL_DIR": str(cheap_poet)}
    return HURRIED | own


@pytest.mark.parametrize("end", [BotProcess.stop, BotProcess.kill])
def test_old_buttons_do_what_they_say_after_a_restart(
    conversation: Conversation,
    settings: dict[str, str],
    tmp_path: Path,
    end: Callable[[BotProcess], object],
) -> None:
    reader, collector, chooser, asker = (conversation.meets() for _ in range(4))
    group = conversation.circle(XIAOYUE, ALICE)
    with running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        poem = conversation.says("/poem 五绝 月", reader)
        kept = conversation.says("/poem 五绝 月", collector)
        chosen = conversation.says("/settings", chooser)
        meant = conversation.says("/poem 七决 月", asker)
        game = conversation.says("/jielong 五绝 登楼", group, XIAOYUE)
        conversation.turns(poem, "❤️ 收藏")
        conversation.turns(kept, "❤️ 收藏")
        conversation.turns(chosen, "诗笺")
        question = conversation.brings(conversation.says("/start", asker), "🀄 写藏头诗")
        shelf = conversation.says("/favourites", collector)
        help_ = conversation.says("/help", chooser)
        card = conversation.brings(poem, "🖼 诗笺")
        export = conversation.says("/export", collector)
        daily = conversation.says("/subscribe 08:00 月", chooser)
        end(bot)
    with running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        # Under a poem and its card; under a list, and with the question which file.
        assert buttons(conversation.turns(poem, "💛 已收藏"))[0] == "❤️ 收藏"
        assert conversation.brings(export, "📄 文本")["caption"] == "共 1 首。"
        assert buttons(conversation.turns(poem, "❤️ 收藏"))[0] == "💛 已收藏"
        assert verses(conversation.brings(shelf, "1")) == verses(kept)
        assert "○ 平" in conversation.turns(poem, "平仄")["text"]
        assert "还没有收藏" in conversation.turns(shelf, "🗑 1")["text"]
        assert "简体" in buttons(conversation.turns(poem, "繁體"))
        assert "✓ 红笺" in buttons(conversation.turns(chosen, "红笺"))
        assert "✓ 夜色" in buttons(conversation.turns(card, "夜色"))
        assert Image.open(io.BytesIO(conversation.file(conversation.now(card)))).width == 1080
        assert conversation.turns(help_, "对联")["text"].startswith("对联\n")
        assert "五绝 · " in conversation.brings(poem, "🔄 再写一首")["text"]
        assert "▶️ 继续送" in buttons(conversation.turns(daily, "⏸ 暂停"))
        assert verses(conversation.brings(poem, "✍️ 同一起句"))
        # Questions that were open, and a game under way.
        assert "七绝 · " in conversation.brings(meant, "七绝")["text"]
        assert "第 2 句" in conversation.turns(game, "🖋 请 AI 接一句", ALICE)["text"]
        acrostic = conversation.says("春夏秋冬", asker, reply_to=question["message_id"])
        assert "".join(line[0] for line in verses(acrostic)) == "春夏秋冬"
        assert bot.stop() == 0
    assert "Traceback" not in bot.said()


# Earlier versions


@pytest.fixture(scope="module")
def _served(quick_bot: BotProcess) -> None:
    """A bot is there."""


@pytest.fixture
def reader(_served: None, conversation: Conversation) -> int:
    """Somebody who has a poem, which they keep."""
    user = conversation.meets()
    conversation.turns(conversation.says("/poem 五绝 月", user), "❤️ 收藏")
    return user


def message_with(conversation: Conversation, reader: int, *data: str) -> Json:
    """A message that the bot sent long ago; its buttons are called by what they hold."""
    rows = [[{"text": each, "callback_data": each}] for each in data]
    return conversation.api(
        "sendMessage", chat_id=reader, text="诗", reply_markup={"inline_keyboard": rows}
    )


def poem_of(conversation: Conversation, reader: int) -> int:
    """The number of their poem."""
    poem = conversation.messages(reader)[1]
    return int(poem["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1])


def test_the_buttons_of_earlier_versions_still_work(
    conversation: Conversation, reader: int
) -> None:
    number = poem_of(conversation, reader)
    for name, said in (("k", "已经在你的收藏里了。"), ("u", "已取消收藏。"), ("a", "正在写……")):
        old = message_with(conversation, reader, f"{name}:{number}")
        assert conversation.taps(old, f"{name}:{number}", reader) == said
    tunes = message_with(conversation, reader, f"t:{number}")
    assert "浣溪沙" in buttons(conversation.turns(tunes, f"t:{number}"))
    back = message_with(conversation, reader, f"th:{number}")
    assert "🔄 再写一首" in buttons(conversation.turns(back, f"th:{number}"))
    form = message_with(conversation, reader, f"f:{number}:qilv")
    assert "七律 · " in conversation.brings(form, f"f:{number}:qilv")["text"]
    for page in (f"fp:{reader}:0", f"hp:{reader}:0"):
        list_ = message_with(conversation, reader, page)
        assert conversation.turns(list_, page)["text"]


@pytest.mark.parametrize("data", ["zz:1", "k:一", "k", "cp:1:s:gold", "et:q", "🌕", "v:1:x:v"])
def test_what_nobody_knows_any_more_is_said_to_have_expired(
    conversation: Conversation, reader: int, data: str
) -> None:
    old = message_with(conversation, reader, data)
    assert conversation.taps(old, data, reader).startswith("这个按钮已经过期")


@pytest.mark.parametrize("action", ["k", "u", "a", "l", "t", "v:{}:t:z", "c:{}:s", "s:{}:s:v"])
def test_a_poem_that_is_gone_or_somebody_elses_is_said_to_be_so(
    conversation: Conversation, reader: int, action: str
) -> None:
    theirs = conversation.meets()
    poem = conversation.says("/poem 五绝 山", theirs)
    number = poem["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    for each in (number, "987654321"):
        data = action.format(each) if "{" in action else f"{action}:{each}"
        old = message_with(conversation, reader, data)
        assert conversation.taps(old, data, reader).startswith("这首诗已经找不到了")
