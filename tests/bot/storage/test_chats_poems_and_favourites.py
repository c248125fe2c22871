"""What the bot remembers of chats, poems and favourites, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.errors import PoemNotFound, StorageError
from bot.storage import NewPoem, NewRequest, Store, StoredPoem
from tests.fakes.daily import A_POEM

NOW = datetime(2026, 5, 2, 4, 30, 15, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CHAT = 7_000_000_001  # more than 32 bits, as Telegram's are
USER = 7_000_000_002
ASKED = NewRequest(CHAT, USER, "poem", None, "月", None, None, 41.5)


async def write(store: Store, poem: NewPoem = A_POEM, request: NewRequest = ASKED) -> StoredPoem:
    await store.chats.seen(request.chat_id, "private", now=NOW)
    return await store.poems.add(poem, request, now=NOW)


async def test_a_chat_is_remembered_with_what_it_chose(store: Store) -> None:
    assert await store.chats.get(CHAT) is None
    chat = await store.chats.seen(CHAT, "private", now=NOW)
    assert (chat.id, chat.kind, chat.created_at, chat.timezone) == (CHAT, "private", NOW, None)
    await store.chats.choose(CHAT, script="traditional")
    await store.chats.choose(CHAT, language="zh-Hant")
    await store.chats.set_timezone(CHAT, "Asia/Taipei")
    known = await store.chats.seen(CHAT, "private", now=LATER)
    chosen = replace(chat, script="traditional", language="zh-Hant", timezone="Asia/Taipei")
    assert known == chosen


async def test_a_choice_comes_back_and_nothing_else_can_be_chosen(store: Store) -> None:
    assert await store.chats.choose(CHAT, paper="hong") is None
    seen = await store.chats.seen(CHAT, "private", now=NOW)
    chosen = await store.chats.choose(CHAT, default_form="七绝", boldness="bold")
    assert chosen == replace(seen, default_form="七绝", boldness="bold")
    assert await store.chats.choose(CHAT, default_form=None) == replace(seen, boldness="bold")
    with pytest.raises(ValueError, match="kind"):
        await store.chats.choose(CHAT, kind="group")


async def test_the_language_heard_last_is_no_choice(store: Store) -> None:
    await store.chats.seen(CHAT, "private", now=NOW, heard="en")
    chat = await store.chats.seen(CHAT, "private", now=LATER, heard="zh-Hant")
    assert (chat.heard_language, chat.language) == ("zh-Hant", None)
    assert await store.chats.seen(CHAT, "private", now=LATER) == chat
    await store.chats.hear(CHAT, "en")
    assert await store.chats.get(CHAT) == replace(chat, heard_language="en")


async def test_a_menu_of_its_own_is_remembered_and_does_not_move_with_a_group(
    store: Store,
) -> None:
    await store.chats.seen(-55, "group", now=NOW)
    await store.chats.set_menu(-55, "en")
    chat = await store.chats.get(-55)
    assert chat is not None
    assert chat.menu == "en"
    await store.chats.move(-55, -100_55, now=LATER)
    moved = await store.chats.get(-100_55)
    assert moved is not None
    assert moved.menu is None


async def test_a_chat_that_writes_again_is_no_longer_blocked(store: Store) -> None:
    await store.chats.seen(CHAT, "private", now=NOW)
    await store.chats.mark_blocked(CHAT, now=LATER)
    blocked = await store.chats.get(CHAT)
    assert blocked is not None
    assert blocked.blocked_at == LATER
    assert (await store.chats.seen(CHAT, "private", now=LATER)).blocked_at is None


async def test_ten_first_messages_at_once_make_one_chat(store: Store) -> None:
    seen = await asyncio.gather(*(store.chats.seen(CHAT, "private", now=NOW) for _ in range(10)))
    assert len(set(seen)) == 1


async def test_an_instant_comes_back_in_utc_whatever_zone_it_was_given_in(store: Store) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    chat = await store.chats.seen(CHAT, "private", now=there)
    assert chat.created_at == NOW
    assert chat.created_at.tzinfo == UTC


async def test_a_datetime_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="without a time zone"):
        await store.chats.seen(CHAT, "private", now=NOW.replace(tzinfo=None))


async def test_a_word_outside_the_allowed_ones_is_refused(store: Store) -> None:
    with pytest.raises(StorageError):
        await store.chats.seen(CHAT, "spaceship", now=NOW)


async def test_a_poem_comes_back_as_it_was_written(store: Store) -> None:
    poem = await write(store)
    again = await store.poems.get(poem.id)
    assert again == poem
    assert poem == StoredPoem(id=poem.id, created_at=NOW, **vars(A_POEM))
    assert await store.poems.get(poem.id + 1) is None


async def test_a_tune_comes_back_with_its_stanzas_title_reading_and_style(store: Store) -> None:
    tune = replace(
        A_POEM,
        form="如梦令",
        text="常记溪亭日暮，沉醉不知归路。\n兴尽晚回舟，误入藕花深处。",
        title="溪亭",
        theme_reading=("灯下", "寒窗"),
        theme_taken="images",
        dynasty="宋",
        register="plain",
        boldness="bold",
    )
    poem = await write(store, tune, replace(ASKED, dynasty="宋", register="plain"))
    assert poem == StoredPoem(id=poem.id, created_at=NOW, **vars(tune))
    assert await store.poems.get(poem.id) == poem
    assert (await store.poems.history(USER, offset=0, limit=1)).items == (poem,)


async def test_a_poem_whose_request_can_not_be_stored_is_not_stored_either(store: Store) -> None:
    first = await write(store)
    with pytest.raises(StorageError):
        await store.poems.add(A_POEM, replace(ASKED, chat_id=404), now=NOW)
    assert await store.poems.get(first.id + 1) is None


async def test_history_is_the_users_own_newest_first_in_pages(store: Store) -> None:
    written = [await write(store, replace(A_POEM, seed=seed)) for seed in range(5)]
    await write(store, request=replace(ASKED, user_id=USER + 1))
    await store.poems.record_failure(ASKED, "NoCharacterFits", now=NOW)
    page = await store.poems.history(USER, offset=1, limit=3)
    assert page.items == (written[3], written[2], written[1])
    assert (page.total, page.offset, page.limit) == (5, 1, 3)


async def test_a_poem_is_kept_once_and_dropped_once(store: Store) -> None:
    poem = await write(store)
    assert not await store.favourites.is_kept(USER, poem.id)
    assert await store.favourites.keep(USER, poem.id, now=NOW)
    assert not await store.favourites.keep(USER, poem.id, now=LATER)
    assert await store.favourites.is_kept(USER, poem.id)
    assert (await store.favourites.page(USER, offset=0, limit=5)).total == 1
    assert await store.favourites.drop(USER, poem.id)
    assert not await store.favourites.drop(USER, poem.id)
    assert not await store.favourites.is_kept(USER, poem.id)


async def test_ten_presses_at_once_keep_a_poem_once(store: Store) -> None:
    poem = await write(store)
    kept = await asyncio.gather(*(store.favourites.keep(USER, poem.id, now=NOW) for _ in range(10)))
    assert sorted(kept) == [False] * 9 + [True]


async def test_favourites_come_latest_kept_first(store: Store) -> None:
    first, second, third = [await write(store) for _ in range(3)]
    for poem in (second, third, first):
        await store.favourites.keep(USER, poem.id, now=NOW)
    await store.favourites.keep(USER + 1, second.id, now=NOW)
    page = await store.favourites.page(USER, offset=0, limit=2)
    assert page.items == (first, third)
    assert page.total == 3
    assert (await store.favourites.page(USER, offset=2, limit=2)).items == (second,)


async def test_a_poem_that_is_not_there_can_not_be_kept(store: Store) -> None:
    with pytest.raises(PoemNotFound) as caught:
        await store.favourites.keep(USER, 404, now=NOW)
    assert caught.value.poem_id == 404


async def test_a_group_that_moves_takes_everything_with_it(store: Store) -> None:
    group = replace(ASKED, chat_id=-55)
    poem = await write(store, request=group)
    await store.chats.choose(-55, script="traditional")
    await store.chats.move(-55, -100_55, now=LATER)
    moved = await store.chats.get(-100_55)
    assert moved is not None
    assert (moved.kind, moved.script, moved.created_at) == ("supergroup", "traditional", NOW)
    assert await store.chats.get(-55) is None
    assert (await store.poems.history(USER, offset=0, limit=5)).items == (poem,)


async def test_what_a_group_chose_holds_after_its_move_whoever_is_seen_first(store: Store) -> None:
    """Telegram may tell of the new group before it says that the old one moved."""
    chosen = {"language": "zh-Hant", "script": "traditional", "timezone": "Asia/Taipei"}
    chosen |= {"default_form": "七绝", "boldness": "bold", "paper": "hong", "layout": "rows"}
    await store.chats.seen(-55, "group", now=NOW, heard="en")
    old = await store.chats.choose(-55, **chosen)
    assert old is not None
    await store.chats.seen(-100_55, "supergroup", now=NOW)
    await store.chats.choose(-100_55, paper="juan")
    await store.chats.move(-55, -100_55, now=LATER)
    moved = await store.chats.get(-100_55)
    assert moved == replace(old, id=-100_55, kind="supergroup", paper="juan")


async def test_a_move_that_happened_already_changes_nothing(store: Store) -> None:
    await write(store, request=replace(ASKED, chat_id=-55))
    await store.chats.seen(-100_55, "supergroup", now=NOW)
    for _ in range(2):
        await store.chats.move(-55, -100_55, now=LATER)
    assert await store.chats.get(-100_55) is not None


@pytest.mark.parametrize("theme", ["\ud800", "月\x00"])
async def test_text_no_database_can_hold_is_a_storage_error_without_that_text(
    store: Store, theme: str, backend: str
) -> None:
    if backend == "sqlite" and "\x00" in theme:
        pytest.skip("SQLite holds a zero byte")
    await store.chats.seen(CHAT, "private", now=NOW)
    with pytest.raises(StorageError) as caught:
        await store.poems.record_failure(replace(ASKED, theme=theme), "BadRequest", now=NOW)
    assert "月" not in str(caught.value)
