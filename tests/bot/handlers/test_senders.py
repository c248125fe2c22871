"""Who writes in the name of a chat is that chat: what is asked, limited, played and kept so."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.inbox import read_update
from bot.settings import Settings
from tests.fakes.chatting import ALICE, FORUM, GROUP, XIAOYUE, BotAtWork, Json, bot_at_work, buttons

QUATRAIN = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
BURST = Settings(_env_file=None).poem_burst
CHANNEL_BOT = {"id": 136_817_688, "is_bot": True, "first_name": "Channel"}
CHANNEL = {"id": -1000000099999, "type": "channel", "title": "诗的频道"}


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot that lets one person have a poem each five seconds."""
    async with bot_at_work(tmp_path, poem_interval=5) as at_work:
        yield at_work


async def writes(chat: BotAtWork, text: str, where: int = GROUP, **more: Any) -> list[Json]:
    """小月, an administrator of both groups, stays anonymous; what the bot says to it."""
    chat.playground.telegram.chats[where].members[XIAOYUE] = "administrator"
    said = await chat.writes(text, chat=where, anonymous=True, **more)
    return [each for each in said if "sender_chat" not in each]


async def writes_as_a_channel(chat: BotAtWork, text: str, **more: Any) -> Json:
    """Somebody writes in the name of a channel of theirs; the last the bot says to it."""
    command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
    entities = [command] if text.startswith("/") else []
    content = {"text": text, "entities": entities, "sender_chat": CHANNEL, "from": CHANNEL_BOT}
    chat.playground.people.send(GROUP, ALICE, content, now=time.time(), **more)
    await chat.settled()
    return chat.messages(GROUP)[-1]


@pytest.mark.parametrize("command", ["/history", "/favourites", "/history 秘密"])
async def test_no_list_of_poems_is_shown_to_a_name_that_many_stand_behind(
    chat: BotAtWork, command: str
) -> None:
    await writes(chat, "/poem 我们公司的秘密", GROUP)
    for said in (*await writes(chat, command, FORUM), await writes_as_a_channel(chat, command)):
        assert "秘密" not in said["text"].replace(command, "")
        assert "私聊" in said["text"]
        assert "url" in said["reply_markup"]["inline_keyboard"][0][0]


async def test_what_is_asked_for_in_a_groups_name_is_the_groups(chat: BotAtWork) -> None:
    (poem,) = await writes(chat, "/poem 月")
    history = chat.bot.store.poems.history
    assert (await history(GROUP, offset=0, limit=1)).total == 1
    assert (await history(1_087_968_824, offset=0, limit=1)).total == 0
    # A tap is the administrator's own: it keeps the poem for the person.
    await chat.presses(poem, "❤️ 收藏")
    assert (await chat.bot.store.favourites.page(XIAOYUE, offset=0, limit=1)).total == 1


async def test_groups_do_not_share_the_limits_of_one_person(strict: BotAtWork) -> None:
    for _ in range(BURST):
        await writes(strict, "/poem 月", GROUP)
    assert (await writes(strict, "/poem 月", GROUP))[0]["text"].startswith("写得真快")
    assert (await writes(strict, "/poem 月", FORUM))[0]["text"].startswith("月\n")
    assert (await writes_as_a_channel(strict, "/poem 月"))["text"].startswith("月\n")
    assert (await strict.writes("/poem 月"))[0]["text"].startswith("月\n")


async def test_a_game_shows_the_chats_name_and_takes_turns_with_it(chat: BotAtWork) -> None:
    chat.poet.verse = QUATRAIN
    (game,) = await writes(chat, "/jielong 五绝 登楼")
    (game,) = await writes(chat, QUATRAIN[0], reply_to=game["message_id"])
    assert chat.playground.telegram.chats[GROUP].title in game["text"]
    game = await writes_as_a_channel(chat, QUATRAIN[1], reply_to=game["message_id"])
    assert "诗的频道" in game["text"]
    refused = await writes_as_a_channel(chat, QUATRAIN[2], reply_to=game["message_id"])
    assert "就是你写的" in refused["text"]
    (game,) = await writes(chat, QUATRAIN[2], reply_to=game["message_id"])
    await chat.presses(game, "↩️ 撤回上一句")  # the administrator's rank lets them
    assert QUATRAIN[2] not in chat.message(game)["text"]
    assert await chat.presses(game, "🏁 结束") == []
    assert buttons(chat.message(game)) == []


async def test_an_operators_group_sends_what_it_announced_in_its_own_name(tmp_path: Path) -> None:
    async with bot_at_work(tmp_path, admin_chat_ids=(GROUP,)) as chat:
        await chat.writes("/help", XIAOYUE)
        _, question = await writes(chat, "/broadcast 今晚停机")
        await chat.presses(question, "不发了", ALICE)  # who is no administrator
        assert buttons(chat.message(question))
        await chat.presses(question, "不发了")
        assert not buttons(chat.message(question))


async def test_the_name_of_an_operators_chat_opens_nothing_elsewhere(tmp_path: Path) -> None:
    async with bot_at_work(tmp_path, admin_chat_ids=(CHANNEL["id"],)) as chat:
        assert (await writes_as_a_channel(chat, "/stats"))["text"] == "/stats"


def test_in_the_name_of_different_chats_different_people_are_served_side_by_side() -> None:
    group = {"id": GROUP, "type": "supergroup", "title": "G"}
    persons = []
    for number, sender in enumerate((CHANNEL, group), 1):
        message = {
            "message_id": number,
            "date": 0,
            "chat": group,
            "from": CHANNEL_BOT,
            "text": "月",
        }
        kept = read_update({"update_id": number, "message": message | {"sender_chat": sender}})
        assert kept is not None
        persons.append(kept.person)
    assert persons == [f"{GROUP}:{CHANNEL['id']}", f"{GROUP}:{GROUP}"]
