"""Who may change what a group shares: driven through /subscribe."""

import time
from typing import Any

from tests.fakes.chatting import ALICE, FORUM, GROUP, XIAOYUE, BotAtWork

NO = "Only the group's admins can change this; everyone can look."


async def _subscribed(chat: BotAtWork, where: int) -> bool:
    return await chat.bot.store.subscriptions.active(where) is not None


async def test_a_member_is_refused_kindly_and_an_administrator_served(chat: BotAtWork) -> None:
    (answer,) = await chat.writes("/subscribe 21:00", ALICE, GROUP)
    assert answer["text"] == NO
    assert not await _subscribed(chat, GROUP)
    chat.playground.telegram.chats[GROUP].members[ALICE] = "administrator"
    await chat.writes("/subscribe 21:00", ALICE, GROUP)
    assert await _subscribed(chat, GROUP)


async def test_the_groups_creator_may_and_so_may_everyone_in_private(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 21:00", XIAOYUE, GROUP)
    await chat.writes("/subscribe 21:00", ALICE)
    assert await _subscribed(chat, GROUP)
    assert await _subscribed(chat, ALICE)


async def test_a_member_does_not_end_what_the_group_gets(chat: BotAtWork) -> None:
    await chat.writes("/subscribe 21:00", XIAOYUE, GROUP)
    (answer,) = await chat.writes("/unsubscribe", ALICE, GROUP)
    assert answer["text"] == NO
    assert await _subscribed(chat, GROUP)


async def test_an_administrator_who_stays_anonymous_may(chat: BotAtWork) -> None:
    await _writes_as(chat, {"id": FORUM, "type": "supergroup", "title": "Poetry Forum"})
    assert await _subscribed(chat, FORUM)


async def test_writing_in_the_name_of_another_chat_gives_no_right(chat: BotAtWork) -> None:
    await _writes_as(chat, {"id": -1000000099999, "type": "channel", "title": "A channel"})
    assert not await _subscribed(chat, FORUM)


async def _writes_as(chat: BotAtWork, sender_chat: dict[str, Any]) -> None:
    """Somebody who is no administrator by their own name writes in another's."""
    text = "/subscribe 21:00"
    command = {"type": "bot_command", "offset": 0, "length": len("/subscribe")}
    content = {"text": text, "entities": [command], "sender_chat": sender_chat}
    chat.playground.people.send(FORUM, ALICE, content, now=time.time())
    await chat.settled()
