"""Which pictures Telegram keeps already, so that none is drawn and sent up twice."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from bot.storage.database import Database
from bot.storage.tables import pictures, poems


class PictureStore:
    """Telegram's file_id of a poem's picture in a style."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def file_id(self, poem_id: int, style: str) -> str | None:
        """The picture's file_id, or None."""
        query = select(pictures.c.file_id).where(*_one(poem_id, style))
        async with self._database.reading() as connection:
            file_id: str | None = (await connection.execute(query)).scalar_one_or_none()
        return file_id

    async def remember(self, poem_id: int, style: str, file_id: str, *, now: datetime) -> None:
        """Keep a file_id; the first one stays where two come at once.

        A poem that was deleted meanwhile has no picture to be remembered.
        """
        values = {"poem_id": poem_id, "style": style, "file_id": file_id, "created_at": now}
        insert = self._database.insert(pictures).values(values).on_conflict_do_nothing()
        here = select(poems.c.id).where(poems.c.id == poem_id)
        async with self._database.writing() as connection:
            if (await connection.execute(here)).first() is not None:
                await connection.execute(insert)

    async def forget(self, poem_id: int, style: str) -> None:
        """The file_id is of no use any more."""
        async with self._database.writing() as connection:
            await connection.execute(delete(pictures).where(*_one(poem_id, style)))


def _one(poem_id: int, style: str) -> tuple[ColumnElement[bool], ...]:
    return pictures.c.poem_id == poem_id, pictures.c.style == style
