"""Who is in a group, who runs it, and what bots hear of it."""

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import BadRequest

from bot.playground import Playground
from bot.playground.errors import ImpossibleError
from tests.bot.playground.conftest import ALICE, FORUM, GROUP, XIAOYUE


async def _heard(bot: Bot) -> list[Update]:
    updates = list(await bot.get_updates())
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def test_a_member_is_promoted_and_is_an_administrator(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    assert (await bot.get_chat_member(GROUP, ALICE)).status == "member"
    path, body = f"/playground/chats/{GROUP}/members", {"user_id": ALICE, "status": "administrator"}
    assert (await http.post(path, json=body)).status_code == 200
    assert (await bot.get_chat_member(GROUP, ALICE)).status == "administrator"
    assert {each.user.id for each in await bot.get_chat_administrators(GROUP)} == {XIAOYUE, ALICE}


async def test_changes_of_members_reach_an_administrator_that_asked(
    bot: Bot, playground: Playground
) -> None:
    people, now = playground.people, playground.clock()
    people.set_bot_status(GROUP, XIAOYUE, "administrator", now=now)
    await bot.get_updates(allowed_updates=["chat_member"], timeout=0)
    playground.telegram.updates.drop()
    people.set_member(GROUP, ALICE, "kicked", by=XIAOYUE, now=now)
    (update,) = await _heard(bot)
    assert update.chat_member is not None
    assert update.chat_member.new_chat_member.status == "kicked"
    with pytest.raises(ImpossibleError, match="is not in chat"):
        people.write(GROUP, ALICE, "月", now=now)


async def test_coming_and_going_leaves_a_note(bot: Bot, playground: Playground) -> None:
    people, now = playground.people, playground.clock()
    people.set_bot_status(GROUP, XIAOYUE, "kicked", now=now)
    went = [each.message for each in await _heard(bot) if each.message]
    assert went[0].left_chat_member == bot.bot
    people.set_bot_status(GROUP, XIAOYUE, "member", now=now)
    came = [each.message for each in await _heard(bot) if each.message]
    assert came[0].new_chat_members == (bot.bot,)


async def test_an_administrator_may_write_as_the_group(bot: Bot, playground: Playground) -> None:
    people, now = playground.people, playground.clock()
    people.write(GROUP, XIAOYUE, "/poem", now=now, anonymous=True)
    (update,) = await _heard(bot)
    assert update.message is not None
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == GROUP
    assert update.message.from_user is not None
    assert update.message.from_user.username == "GroupAnonymousBot"
    with pytest.raises(ImpossibleError, match="only administrators"):
        people.write(GROUP, ALICE, "月", now=now, anonymous=True)


async def test_a_message_that_a_person_deleted_is_gone_for_the_bot(
    bot: Bot, playground: Playground, http: httpx.AsyncClient
) -> None:
    sent = await bot.send_message(GROUP, "月")
    with pytest.raises(ImpossibleError, match="only administrators"):
        playground.people.delete(GROUP, sent.message_id, ALICE)
    body = {"chat_id": GROUP, "message_id": sent.message_id, "user_id": XIAOYUE}
    assert (await http.post("/playground/messages/delete", json=body)).status_code == 200
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await sent.edit_text("日")
    assert await _heard(bot) == []


async def test_answers_in_a_supergroup_form_a_thread_that_is_no_topic(
    bot: Bot, playground: Playground
) -> None:
    people, now = playground.people, playground.clock()
    moved = people.migrate(GROUP, now=now).id
    sent = await bot.send_message(moved, "月")
    playground.telegram.updates.drop()
    people.write(moved, ALICE, "日", now=now, reply_to=sent.message_id)
    people.write(FORUM, ALICE, "/poem", now=now, thread_id=2)
    threaded, topical = [update.message for update in await _heard(bot)]
    assert threaded is not None
    assert threaded.message_thread_id == sent.message_id
    assert not threaded.is_topic_message
    assert topical is not None
    assert topical.is_topic_message
