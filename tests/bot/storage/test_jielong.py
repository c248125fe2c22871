"""Games of 接龙, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.storage import Game, NewGame, NewRequest, Store
from tests.fakes.daily import A_POEM

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
GROUP, XIAOYUE, ALICE = -7, 1, 2
NEW = NewGame(GROUP, None, XIAOYUE, "五绝", "夜", "simplified", "zh-Hans", 5)
LINES = A_POEM.lines


async def begun(store: Store, new: NewGame = NEW) -> Game:
    await store.chats.seen(GROUP, "group", now=NOW)
    game, is_new = await store.jielong.begin(new, idle_since=NOW - timedelta(days=1), now=NOW)
    assert is_new
    return game


async def added(store: Store, game: Game, line: str, author: str) -> Game | None:
    lines, authors = (*game.lines, line), (*game.authors, author)
    return await store.jielong.set_lines(game, lines, authors, now=LATER)


async def test_a_game_begins_empty_and_is_found(store: Store) -> None:
    game = await begun(store)
    assert (game.lines, game.authors, game.updated_at) == ((), (), NOW)
    assert await store.jielong.open_in(GROUP, None) == game
    assert await store.jielong.get(game.id, chat_id=GROUP) == game
    assert await store.jielong.get(game.id, chat_id=ALICE) is None


async def test_ten_beginnings_at_once_make_one_game(store: Store) -> None:
    await store.chats.seen(GROUP, "group", now=NOW)
    begin = store.jielong.begin
    found = await asyncio.gather(*(begin(NEW, idle_since=NOW, now=NOW) for _ in range(10)))
    assert len({game.id for game, _ in found}) == 1
    assert sum(is_new for _, is_new in found) == 1


async def test_each_topic_has_a_game_of_its_own(store: Store) -> None:
    first, second = await begun(store), await begun(store, replace(NEW, thread_id=2))
    assert first.id != second.id
    assert await store.jielong.open_in(GROUP, 2) == second
    assert await store.jielong.open_in(GROUP, 3) is None


async def test_an_idle_game_makes_room(store: Store) -> None:
    idle = await begun(store)
    tomorrow = NOW + timedelta(days=1, seconds=1)
    game, is_new = await store.jielong.begin(
        NEW, idle_since=tomorrow - timedelta(days=1), now=tomorrow
    )
    assert is_new
    ended = await store.jielong.get(idle.id, chat_id=GROUP)
    assert ended is not None
    assert (ended.ended_reason, ended.ended_at, game.id != idle.id) == ("idle", tomorrow, True)


async def test_of_two_lines_at_once_one_is_taken(store: Store) -> None:
    game = await begun(store)
    both = await asyncio.gather(added(store, game, "甲", "1 月"), added(store, game, "乙", "2 A"))
    (winner,) = [each for each in both if each is not None]
    assert await store.jielong.get(game.id, chat_id=GROUP) == winner
    assert len(winner.lines) == len(winner.authors) == 1


async def test_lines_are_added_and_taken_back(store: Store) -> None:
    game = await begun(store)
    first = await added(store, game, "甲", "1 小月")
    assert first is not None
    second = await added(store, first, "乙", "bot")
    assert second is not None
    assert (second.lines, second.authors) == (("甲", "乙"), ("1 小月", "bot"))
    back = await store.jielong.set_lines(second, ("甲",), ("1 小月",), now=LATER)
    assert back == first
    assert await store.jielong.set_lines(second, (), (), now=LATER) is None


async def test_the_message_that_shows_it_finds_it(store: Store) -> None:
    game = await begun(store)
    await store.jielong.show_as(game.id, 33)
    found = await store.jielong.shown_as(GROUP, 33)
    assert found is not None
    assert found.id == game.id
    assert await store.jielong.shown_as(ALICE, 33) is None


async def test_a_finished_poem_is_stored_once_with_its_last_line(store: Store) -> None:
    game = await begun(store)
    for number, line in enumerate(LINES[:3]):
        game = await added(store, game, line, f"{number % 2 + 1} 谁") or game
    poem = replace(A_POEM, people_lines=("1", "2", "3"))
    asked = NewRequest(GROUP, XIAOYUE, "jielong", "五绝", "夜", None, None, None)

    async def finish() -> Game | None:
        return await store.jielong.finish(game, (*game.authors, "bot"), poem, asked, now=LATER)

    done = [each for each in await asyncio.gather(finish(), finish()) if each is not None]
    (over,) = done
    assert (over.lines, over.ended_reason, over.ended_at) == (LINES, "finished", LATER)
    assert over.poem_id is not None
    stored = await store.poems.get_seen_by(over.poem_id, chat_id=GROUP, user_id=ALICE)
    assert stored is not None
    assert stored.people_lines == ("1", "2", "3")
    assert (await store.poems.history(XIAOYUE, offset=0, limit=5)).total == 1
    assert await store.jielong.open_in(GROUP, None) is None


async def test_a_game_ends_once(store: Store) -> None:
    game = await begun(store)
    assert await store.jielong.end(game.id, "ended", now=LATER)
    assert not await store.jielong.end(game.id, "ended", now=LATER)
    assert await added(store, game, "甲", "1 月") is None


async def test_a_game_moves_with_its_group(store: Store) -> None:
    game = await begun(store)
    await store.chats.move(GROUP, -1007, now=LATER)
    assert await store.jielong.open_in(-1007, None) == replace(game, chat_id=-1007)
