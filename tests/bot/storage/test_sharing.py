"""Tokens of poems, on both databases."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.errors import PoemNotFound
from bot.storage import NewRequest, Store, StoredPoem
from tests.fakes.daily import A_POEM

NOW = datetime(2026, 4, 1, tzinfo=UTC)
OWNER, FRIEND, GROUP, STRANGER = 1, 2, -3, 4


async def a_poem(store: Store) -> StoredPoem:
    await store.chats.seen(OWNER, "private", now=NOW)
    asked = NewRequest(OWNER, OWNER, "poem", None, "月", None, None, 1.0)
    return await store.poems.add(A_POEM, asked, now=NOW)


async def test_the_first_token_stays(store: Store) -> None:
    poem = await a_poem(store)
    tokens = await asyncio.gather(*(store.sharing.token(poem.id, f"t{n}") for n in range(8)))
    assert len(set(tokens)) == 1
    assert await store.sharing.find(tokens[0]) == poem
    assert await store.sharing.find("another") is None


async def test_a_poem_that_is_not_there_has_no_token(store: Store) -> None:
    with pytest.raises(PoemNotFound):
        await store.sharing.token(7, "t")


async def test_who_opened_a_poem_may_see_it_and_so_may_the_chat(store: Store) -> None:
    poem = await a_poem(store)
    await store.chats.seen(GROUP, "group", now=NOW)
    for _ in range(2):
        await store.sharing.open(poem, chat_id=GROUP, user_id=FRIEND, now=NOW)
    seen = store.poems.get_seen_by
    assert await seen(poem.id, chat_id=FRIEND, user_id=FRIEND) == poem
    assert await seen(poem.id, chat_id=GROUP, user_id=STRANGER) == poem
    assert await seen(poem.id, chat_id=STRANGER, user_id=STRANGER) is None
    assert (await store.poems.history(FRIEND, offset=0, limit=5)).total == 0
