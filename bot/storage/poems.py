"""Poems and the requests they answer. It does not know how a poem is written."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.records import NewPoem, NewRequest, Page, StoredPoem
from bot.storage.rows import columns, read
from bot.storage.tables import favourites, poems, requests

POEM = columns(poems, StoredPoem)
# Requests whose poem somebody asked for: not one that was opened by a link, nor one that was
# offered inline and never sent.
ASKED_FOR = or_(
    requests.c.kind.not_in(("shared", "inline")),
    and_(requests.c.kind == "inline", requests.c.chosen_at.is_not(None)),
)


class PoemStore:
    """Every poem that was written, and every request, answered or not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, poem: NewPoem, request: NewRequest, *, now: datetime) -> StoredPoem:
        """Store the poem with the request it answers, both or neither; the chat was `seen`."""
        store = insert(poems).values(**dataclasses.asdict(poem), created_at=now)
        async with self._database.writing() as connection:
            row = (await connection.execute(store.returning(*POEM))).one()
            answered = dataclasses.asdict(request) | {"poem_id": row.id, "created_at": now}
            await connection.execute(insert(requests).values(**answered))
        return read(StoredPoem, row)

    async def record_failure(self, request: NewRequest, error: str, *, now: datetime) -> None:
        """Store a request that got no poem, and why (a class name, say; not a user's words)."""
        unanswered = dataclasses.asdict(request) | {"error": error, "created_at": now}
        async with self._database.writing() as connection:
            await connection.execute(insert(requests).values(**unanswered))

    async def chosen_inline(self, poem_id: int, user_id: int, *, now: datetime) -> None:
        """Note that this user sent a poem that was written for them inline."""
        chosen = update(requests).where(
            requests.c.poem_id == poem_id,
            requests.c.user_id == user_id,
            requests.c.kind == "inline",
            requests.c.chosen_at.is_(None),
        )
        async with self._database.writing() as connection:
            await connection.execute(chosen.values(chosen_at=now))

    async def get(self, poem_id: int) -> StoredPoem | None:
        """The poem, or None."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(*POEM).where(poems.c.id == poem_id))).first()
        return read(StoredPoem, row) if row else None

    async def get_seen_by(self, poem_id: int, *, chat_id: int, user_id: int) -> StoredPoem | None:
        """The poem if it was written in this chat, or if this user asked for it or kept it.

        What a button holds comes from outside: a number may be anybody's.
        """
        seen = seen_by(chat_id=chat_id, user_id=user_id)
        query = select(*POEM).where(poems.c.id == poem_id, seen)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return read(StoredPoem, row) if row else None

    async def history(self, user_id: int, *, offset: int, limit: int) -> Page[StoredPoem]:
        """The poems this user asked for, newest first."""
        return await page_of_poems(
            self._database, requests, user_id, offset=offset, limit=limit, only=ASKED_FOR
        )


def seen_by(*, chat_id: int, user_id: int) -> ColumnElement[bool]:
    """That a poem was written or opened in this chat or by this user, or is kept by them."""
    here = exists().where(
        requests.c.poem_id == poems.c.id,
        or_(requests.c.chat_id == chat_id, requests.c.user_id == user_id),
    )
    kept = exists().where(favourites.c.poem_id == poems.c.id, favourites.c.user_id == user_id)
    return or_(here, kept)


async def add_poems(
    connection: AsyncConnection, written: Sequence[NewPoem], now: datetime
) -> list[StoredPoem]:
    """Store poems in one statement, in this order."""
    store = insert(poems).returning(*POEM, sort_by_parameter_order=True)
    values = [vars(poem) | {"created_at": now} for poem in written]
    return [read(StoredPoem, row) for row in await connection.execute(store, values)]


async def page_of_poems(
    database: Database,
    among: Table,
    user_id: int,
    *,
    offset: int,
    limit: int,
    only: ColumnElement[bool] | None = None,
    order: Sequence[ColumnElement[Any]] = (),
) -> Page[StoredPoem]:
    """The poems that this user's rows of `among` refer to, those of the newest rows first
    unless an `order` is given; `only` may ask for something of rows and poems."""
    theirs = and_(among.c.user_id == user_id, true() if only is None else only)
    referred = among.join(poems, among.c.poem_id == poems.c.id)
    count = select(func.count()).select_from(referred).where(theirs)
    query = select(*POEM).select_from(referred).where(theirs)
    query = query.order_by(*(order or [among.c.id.desc()])).offset(offset).limit(limit)
    async with database.reading() as connection:
        total = (await connection.execute(count)).scalar_one()
        rows = (await connection.execute(query)).all()
    return Page(tuple(read(StoredPoem, row) for row in rows), total, offset, limit)
