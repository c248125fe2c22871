"""What outlives the process: favourites and subscriptions; and today's poem comes once."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conversations.process import TOKEN, XIAOYUE, Conversation, Json, buttons, running

pytestmark = pytest.mark.conversation
SHANGHAI = ZoneInfo("Asia/Shanghai")


def next_minute() -> str:
    """The next full minute that leaves time to say so, on Shanghai's clock."""
    return f"{datetime.now(SHANGHAI) + timedelta(seconds=75):%H:%M}"


def daily_poems(conversation: Conversation, after: int) -> list[Json]:
    """The poems that came unasked."""
    return [m for m in conversation.messages(XIAOYUE, after) if m["text"].startswith("梅花\n")]


def poems(conversation: Conversation, user: int, after: int) -> list[Json]:
    """What was written for somebody; a place in the queue becomes a poem in the end."""
    return [m for m in conversation.messages(user, after) if m["text"].startswith("秋夜\n")]


def test_kill_and_start_again(telegram: str, tmp_path: Path, conversation: Conversation) -> None:
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram}
    with running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        poem = conversation.says("/poem 五绝 月")
        conversation.taps(poem, "❤️ 收藏")
        answer = conversation.says(f"/subscribe {next_minute()} 梅花 五绝")
        assert "第一首：" in answer["text"]
        start = answer["message_id"]
        (daily,) = conversation.wait(lambda: daily_poems(conversation, start))
        assert "五绝 · " in daily["text"]
        bot.kill()
    unread = conversation.write("/history")
    with running(tmp_path, "run", **settings) as bot:
        assert conversation.answer_after(unread)["text"].startswith("写过的诗 · 共 2 首")
        assert "共 1 首" in conversation.says("/favourites")["text"]
        assert "题目“梅花”，写五绝" in conversation.says("/subscribe")["text"]
        conversation.taps(daily, "❤️ 收藏")
        conversation.becomes(daily, lambda now: buttons(now)[0] == "💛 已收藏")
        assert daily_poems(conversation, start) == [conversation.now(daily)]
        assert bot.stop() == 0
    assert TOKEN not in bot.said()


def test_nobody_who_was_heard_is_forgotten_by_a_kill(
    telegram: str, cheap_poet: Path, tmp_path: Path, conversation: Conversation
) -> None:
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram, "MODEL_DIR": str(cheap_poet)}
    people = range(50_001, 50_009)
    for user in people:
        conversation.post("users", id=user, first_name=f"诗友{user}", language_code="zh-hans")
    with running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        asked = {user: conversation.write("/poem 五绝 秋夜", user) for user in people}
        conversation.wait(lambda: conversation.get("updates")["pending"] == 0)
        bot.kill()
    with running(tmp_path, "run", **settings) as bot:
        for user, number in asked.items():
            conversation.wait(lambda user=user, number=number: poems(conversation, user, number))
        assert bot.stop() == 0
