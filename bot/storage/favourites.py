"""Poems that users keep. Keeping twice is keeping once."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.errors import PoemNotFound
from bot.storage.database import Database
from bot.storage.poems import page_of_poems
from bot.storage.records import Page, StoredPoem
from bot.storage.tables import favourites, poems


class FavouriteStore:
    """Who kept which poem, since when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, user_id: int, poem_id: int, *, now: datetime) -> bool:
        """Keep a poem; False when it was kept already. Committed when this returns.

        Raises PoemNotFound.
        """
        values = {"user_id": user_id, "poem_id": poem_id, "created_at": now}
        insert = self._database.insert(favourites).values(values).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            poem = await connection.execute(select(poems.c.id).where(poems.c.id == poem_id))
            if poem.first() is None:
                raise PoemNotFound(poem_id)
            kept = await connection.execute(insert.returning(favourites.c.id))
            return kept.first() is not None

    async def drop(self, user_id: int, poem_id: int) -> bool:
        """Keep it no longer; False when it was not kept."""
        return await self.take_out(user_id, poem_id) is not None

    async def take_out(self, user_id: int, poem_id: int) -> datetime | None:
        """Keep it no longer; since when it was kept, None when it was not."""
        gone = delete(favourites).where(
            favourites.c.user_id == user_id, favourites.c.poem_id == poem_id
        )
        async with self._database.writing() as connection:
            dropped = await connection.execute(gone.returning(favourites.c.created_at))
            since: datetime | None = dropped.scalar_one_or_none()
            return since

    async def is_kept(self, user_id: int, poem_id: int) -> bool:
        """Whether this user keeps this poem."""
        query = select(favourites.c.id).where(
            favourites.c.user_id == user_id, favourites.c.poem_id == poem_id
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def page(self, user_id: int, *, offset: int, limit: int) -> Page[StoredPoem]:
        """What this user keeps, the latest first."""
        order = (favourites.c.created_at.desc(), favourites.c.id.desc())
        return await page_of_poems(
            self._database, favourites, user_id, offset=offset, limit=limit, order=order
        )
