"""Poems and the requests they answer. It does not know how a poem is written."""

import dataclasses
from datetime import datetime

from sqlalchemy import exists, func, insert, or_, select

from bot.storage.database import Database
from bot.storage.records import NewPoem, NewRequest, Page, StoredPoem
from bot.storage.rows import columns, read
from bot.storage.tables import favourites, poems, requests

POEM = columns(poems, StoredPoem)


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

    async def get(self, poem_id: int) -> StoredPoem | None:
        """The poem, or None."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(*POEM).where(poems.c.id == poem_id))).first()
        return read(StoredPoem, row) if row else None

    async def get_seen_by(self, poem_id: int, *, chat_id: int, user_id: int) -> StoredPoem | None:
        """The poem if it was written in this chat, or if this user asked for it or kept it.

        What a button holds comes from outside: a number may be anybody's.
        """
        here = exists().where(
            requests.c.poem_id == poems.c.id,
            or_(requests.c.chat_id == chat_id, requests.c.user_id == user_id),
        )
        kept = exists().where(favourites.c.poem_id == poems.c.id, favourites.c.user_id == user_id)
        query = select(*POEM).where(poems.c.id == poem_id, or_(here, kept))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return read(StoredPoem, row) if row else None

    async def history(self, user_id: int, *, offset: int, limit: int) -> Page[StoredPoem]:
        """The poems this user asked for, newest first."""
        theirs = requests.c.user_id == user_id
        answered = requests.c.poem_id.is_not(None)
        count = select(func.count()).select_from(requests).where(theirs, answered)
        query = (
            select(*POEM)
            .join(requests, requests.c.poem_id == poems.c.id)
            .where(theirs)
            .order_by(requests.c.id.desc())
            .offset(offset)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            total = (await connection.execute(count)).scalar_one()
            rows = (await connection.execute(query)).all()
        return Page(tuple(read(StoredPoem, row) for row in rows), total, offset, limit)
