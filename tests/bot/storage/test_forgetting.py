"""What is known of a person, and that nothing of it stays; on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.storage import (
    Belongings,
    NewRequest,
    PlannedDay,
    PlannedSubscription,
    Store,
    StoredPoem,
    WrittenDaily,
)
from bot.storage.database import Database
from bot.storage.tables import (
    broadcast_messages,
    broadcasts,
    jielong_games,
    metadata,
    pictures,
    updates,
)
from tests.fakes.daily import A_POEM

NOW = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)
SHE, HE, GROUP = 7_000_000_001, 7_000_000_002, -1_000_000_000_003
WITH_OFTEN_USED_DIGITS = 700  # part of her id
NOTHING = Belongings(0, 0, 0, 0, 0, 0, 0)


async def wrote(store: Store, user: int, chat: int | None, kind: str = "poem") -> StoredPoem:
    if chat is not None:
        await store.chats.seen(chat, "private" if chat > 0 else "supergroup", now=NOW)
    asked = NewRequest(chat, user, kind, None, "月", None, None, 41.5)
    return await store.poems.add(A_POEM, asked, now=NOW)


async def rows(database: Database, table: str) -> list[dict[str, Any]]:
    async with database.reading() as connection:
        found = await connection.execute(select(metadata.tables[table]))
        listed = [dict(row._mapping) for row in found]
    return sorted(listed, key=lambda row: int(row.get("id", 0)))


async def put(database: Database, table: Any, **values: Any) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(table).values(**values))


async def test_a_stranger_has_nothing(store: Store) -> None:
    await store.chats.seen(SHE, "private", now=NOW, heard="en")
    assert await store.forgetting.belongings(SHE) == NOTHING
    assert (await store.forgetting.belongings(SHE)).are_none
    assert await store.forgetting.forget(SHE) == NOTHING
    assert await store.chats.get(SHE) is None


async def test_all_that_is_hers_is_counted_then_gone(store: Store, database: Database) -> None:
    poems = [await wrote(store, SHE, SHE), await wrote(store, SHE, GROUP)]
    await wrote(store, SHE, None, "inline")
    await store.favourites.keep(SHE, poems[0].id, now=NOW)
    await store.chats.choose(SHE, script="traditional")
    await store.subscriptions.subscribe(SHE, SHE, time(8), "Asia/Shanghai", now=NOW)
    await put(database, pictures, poem_id=poems[0].id, style="x", file_id="f", created_at=NOW)
    counted = Belongings(
        poems=3,
        requests=3,
        favourites=1,
        subscriptions=1,
        handed_over=0,
        pictures=1,
        settings=1,
    )
    assert await store.forgetting.belongings(SHE) == counted
    assert await store.forgetting.forget(SHE) == counted
    assert await store.forgetting.belongings(SHE) == NOTHING
    for table in ("poems", "requests", "favourites", "subscriptions", "pictures"):
        assert await rows(database, table) == []
    assert [row["id"] for row in await rows(database, "chats")] == [GROUP]


async def test_a_daily_poem_that_ended_is_hers_too(store: Store, database: Database) -> None:
    await store.chats.seen(SHE, "private", now=NOW)
    await store.subscriptions.subscribe(SHE, SHE, time(8), "Asia/Shanghai", now=NOW)
    await store.subscriptions.end(SHE, "blocked", now=NOW)
    assert await store.forgetting.belongings(SHE) == replace(NOTHING, ended=1)
    assert await store.forgetting.forget(SHE) == replace(NOTHING, ended=1)
    assert await rows(database, "subscriptions") == []


async def test_what_others_have_of_hers_stays_theirs(store: Store) -> None:
    kept, asked, lonely = [await wrote(store, SHE, GROUP) for _ in range(3)]
    await store.favourites.keep(HE, kept.id, now=NOW)
    await store.chats.seen(HE, "private", now=NOW)
    his = await wrote(store, HE, GROUP)
    await store.favourites.keep(SHE, his.id, now=NOW)
    gone = await store.forgetting.forget(SHE)
    assert (gone.poems, gone.requests, gone.favourites) == (2, 3, 1)
    assert await store.poems.get(kept.id) == kept
    assert (await store.favourites.page(HE, offset=0, limit=5)).items == (kept,)
    assert await store.poems.get(asked.id) is None
    assert await store.poems.get(lonely.id) is None
    assert (await store.poems.history(HE, offset=0, limit=5)).items == (his,)


async def test_a_group_keeps_its_daily_poem_without_her_name(
    store: Store, database: Database
) -> None:
    await store.chats.seen(GROUP, "supergroup", now=NOW)
    await store.subscriptions.subscribe(GROUP, SHE, time(8), "Asia/Shanghai", now=NOW)
    day = PlannedDay(date(2026, 5, 2), NOW, NOW + timedelta(hours=12))
    plan = PlannedSubscription((day,), day.local_date, NOW + timedelta(days=1))
    await store.planner.plan(NOW, lambda _: plan, limit=5)
    (delivery,) = await store.deliveries.claim(NOW, limit=1, lease_until=NOW + timedelta(hours=1))
    written = [WrittenDaily(delivery.claim, A_POEM)]
    (poem,) = (await store.deliveries.attach_poems(written, let_go=False, now=NOW)).values()
    await store.deliveries.begin_sending([delivery.claim], lease_until=NOW, now=NOW)
    counted = await store.forgetting.forget(SHE)
    assert counted == replace(NOTHING, handed_over=1)
    assert await store.poems.get(poem.id) == poem
    (subscription,) = await rows(database, "subscriptions")
    assert (subscription["chat_id"], subscription["user_id"]) == (GROUP, 0)
    (request,) = await rows(database, "requests")
    assert request["user_id"] is None
    assert len(await rows(database, "deliveries")) == 1


async def test_games_of_groups_lose_her_name_and_keep_their_lines(
    store: Store, database: Database
) -> None:
    await store.chats.seen(GROUP, "supergroup", now=NOW)
    game = {
        "chat_id": GROUP,
        "form": "五绝",
        "theme": "月",
        "script": "simplified",
        "seed": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }
    authors = (f"{SHE} 小月", "bot", str(WITH_OFTEN_USED_DIGITS))
    await put(
        database, jielong_games, user_id=SHE, lines=("甲", "乙", "丙"), authors=authors, **game
    )
    await put(database, jielong_games, user_id=HE, lines=("甲",), authors=(str(SHE),), **game)
    await store.forgetting.forget(SHE)
    first, second = await rows(database, "jielong_games")
    assert (first["user_id"], first["authors"]) == (0, ("0", "bot", str(WITH_OFTEN_USED_DIGITS)))
    assert (first["lines"], second["user_id"], second["authors"]) == (
        ("甲", "乙", "丙"),
        HE,
        ("0",),
    )
    await store.forgetting.forget(WITH_OFTEN_USED_DIGITS)
    assert (await rows(database, "jielong_games"))[0]["authors"] == ("0", "bot", "0")


async def test_the_inbox_and_broadcasts_forget_her(store: Store, database: Database) -> None:
    for number, person, done in ((1, f"{GROUP}:{SHE}", NOW), (2, f"{SHE}:{HE}", NOW)):
        await put(
            database,
            updates,
            id=number,
            person=person,
            tap="t",
            body="{}",
            received_at=NOW,
            attempts=1,
            finished_at=done,
        )
    broadcast = {"admin_id": HE, "chat_id": HE, "language": "en", "audience": "people"}
    await put(database, broadcasts, text="x", created_at=NOW, **broadcast)
    for chat_id in (SHE, HE):
        await put(database, broadcast_messages, broadcast_id=1, chat_id=chat_id, state="sent")
    await store.forgetting.forget(SHE)
    hers, his = await rows(database, "updates")
    assert (hers["person"], hers["tap"], hers["body"]) == (None, None, "")
    assert (his["person"], his["tap"], his["body"]) == (f"{SHE}:{HE}", "t", "{}")
    assert [row["chat_id"] for row in await rows(database, "broadcast_messages")] == [HE]
