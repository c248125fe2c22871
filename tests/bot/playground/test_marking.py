"""Pinned messages and reactions."""

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.playground import Playground
from bot.playground.errors import ImpossibleError
from bot.playground.state import seen
from tests.bot.playground.conftest import GROUP, XIAOYUE


async def test_a_message_is_pinned_with_a_note_and_unpinned(bot: Bot) -> None:
    first, second = await bot.send_message(XIAOYUE, "一"), await bot.send_message(XIAOYUE, "二")
    for message in (first, second):
        await message.pin()
    chat = await bot.get_chat(XIAOYUE)
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == second.message_id
    await bot.unpin_chat_message(XIAOYUE)
    await second.delete()
    top = (await bot.get_chat(XIAOYUE)).pinned_message
    assert top is not None
    assert top.message_id == first.message_id
    await bot.unpin_all_chat_messages(XIAOYUE)
    assert (await bot.get_chat(XIAOYUE)).pinned_message is None
    with pytest.raises(BadRequest, match=r"(?i)message to unpin not found"):
        await bot.unpin_chat_message(XIAOYUE)


async def test_pinning_in_a_group_needs_an_administrator(bot: Bot, playground: Playground) -> None:
    sent = await bot.send_message(GROUP, "月")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage pinned"):
        await sent.pin()
    people = playground.people
    people.set_bot_status(GROUP, XIAOYUE, "administrator", now=playground.clock())
    assert await sent.pin()


async def test_the_bot_reacts_and_takes_it_back(bot: Bot, playground: Playground) -> None:
    written = playground.people.write(XIAOYUE, XIAOYUE, "月", now=playground.clock())
    await bot.set_message_reaction(XIAOYUE, written.message_id, "❤")
    assert seen(written)["reactions"] == {str(bot.id): [{"type": "emoji", "emoji": "❤"}]}
    await bot.set_message_reaction(XIAOYUE, written.message_id)
    assert "reactions" not in seen(written)
    for wrong in ("月", ["❤", "👍"]):
        with pytest.raises(BadRequest, match=r"(?i)reaction"):
            await bot.set_message_reaction(XIAOYUE, written.message_id, wrong)


async def test_a_persons_reaction_reaches_a_bot_that_asked_for_it(
    bot: Bot, playground: Playground
) -> None:
    sent, people = await bot.send_message(XIAOYUE, "月"), playground.people
    await bot.get_updates(allowed_updates=["message_reaction"], timeout=0)
    people.react(XIAOYUE, sent.message_id, XIAOYUE, "❤", now=playground.clock())
    (update,) = await bot.get_updates()
    assert update.message_reaction is not None
    assert update.message_reaction.message_id == sent.message_id
    with pytest.raises(ImpossibleError, match="is no reaction"):
        people.react(XIAOYUE, sent.message_id, XIAOYUE, "月", now=playground.clock())
