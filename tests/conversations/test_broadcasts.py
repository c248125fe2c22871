"""A broadcast through kill -9: real processes, real SQLite, Telegram's limits in force."""

import asyncio
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage import Store, migrate
from tests.conversations.process import TOKEN, XIAOYUE, Conversation, Json, buttons, running

pytestmark = pytest.mark.conversation
PEOPLE = range(50_001, 50_081)
NEWS = "今晚停机十分钟"


def database_with_everybody(folder: Path) -> Path:
    """A database that knows them all, as if each had written to the bot."""
    file = folder / "poetry-bot.db"
    migrate(f"sqlite:///{file}")

    async def meet() -> None:
        store = await Store.open(f"sqlite:///{file}")
        for user in PEOPLE:
            await store.chats.seen(user, "private", now=datetime.now(UTC))
        await store.close()

    asyncio.run(meet())
    return file


def heard(conversation: Conversation) -> Counter[int]:
    """Who heard the news, how often."""
    sends: list[Json] = conversation.get("requests?method=sendMessage")["requests"]
    news = [s for s in sends if s["parameters"].get("text") == NEWS and s["status"] == 200]
    return Counter(int(s["parameters"]["chat_id"]) for s in news)


def minutes_later(file: Path) -> None:
    """What the dead process had in its hands is free again."""
    with sqlite3.connect(file) as database:
        database.execute("UPDATE broadcast_messages SET lease_until = '2020-01-01 00:00:00.000000'")
    database.close()


def test_a_broadcast_through_kill_9_reaches_everybody_once(
    telegram: str, tmp_path: Path, conversation: Conversation
) -> None:
    file = database_with_everybody(tmp_path)
    for user in PEOPLE:
        conversation.post("users", id=user, first_name="Reader")
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram, "ADMIN_CHAT_IDS": str(XIAOYUE)}
    with running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        conversation.post("limits", per_second=30, per_chat_second=1, per_group_minute=20)
        preview = conversation.says(f"/broadcast {NEWS}")
        question = conversation.answer_after(preview["message_id"])
        send = next(each for each in buttons(question) if each.startswith("📣"))
        conversation.taps(question, send)
        conversation.wait(lambda: sum(heard(conversation).values()) > 30)
        bot.kill()
    assert sum(heard(conversation).values()) < len(PEOPLE)
    minutes_later(file)
    with running(tmp_path, "run", **settings) as bot:
        bot.wait_for("serving @")
        conversation.becomes(question, lambda now: now["text"].startswith("发完了"))
        assert bot.stop() == 0
    reached = heard(conversation)
    del reached[XIAOYUE]  # saw it in the preview, too
    assert max(reached.values()) == 1
    with sqlite3.connect(file) as database:
        rows = dict(database.execute("SELECT chat_id, state FROM broadcast_messages").fetchall())
    database.close()
    assert set(rows) == {*PEOPLE, XIAOYUE}
    assert set(rows.values()) <= {"sent", "unknown"}
    assert {user for user in PEOPLE if rows[user] == "sent"} <= set(reached)
    assert list(rows.values()).count("unknown") <= 15
    sends = conversation.get("requests?method=sendMessage")["requests"]
    assert [each for each in sends if each["status"] == 429] == []
    assert conversation.get("limits")["refused"] == 0
