"""Poems that are passed on: the token that opens one, and who opened it.

Whoever has the token may see the poem; a number opens nothing. To have opened one is a
request of the kind "shared", so that what lets people press a poem's buttons stays one rule.
It does not know how a token is made.
"""

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.errors import PoemNotFound
from bot.storage.database import Database
from bot.storage.poems import POEM, seen_by
from bot.storage.records import StoredPoem
from bot.storage.rows import read
from bot.storage.tables import poems, requests

SHARED = "shared"


class SharingStore:
    """Tokens of poems."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def token(self, poem_id: int, fresh: str) -> str:
        """The poem's token; `fresh` becomes it where the poem had none. Raises PoemNotFound."""
        first = update(poems).where(poems.c.id == poem_id, poems.c.share_token.is_(None))
        query = select(poems.c.share_token).where(poems.c.id == poem_id)
        async with self._database.writing() as connection:
            await connection.execute(first.values(share_token=fresh))
            token: str | None = (await connection.execute(query)).scalar_one_or_none()
        if token is None:
            raise PoemNotFound(poem_id)
        return token

    async def find(self, token: str) -> StoredPoem | None:
        """The poem that a token opens, or None."""
        query = select(*POEM).where(poems.c.share_token == token)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return read(StoredPoem, row) if row else None

    async def open(self, poem: StoredPoem, *, chat_id: int, user_id: int, now: datetime) -> None:
        """Let a chat that was `seen`, and who opened the poem there, use its buttons."""
        opened = insert(requests).values(
            chat_id=chat_id,
            user_id=user_id,
            poem_id=poem.id,
            kind=SHARED,
            form=poem.form,
            theme=poem.theme,
            created_at=now,
        )
        known = select(poems.c.id).where(
            poems.c.id == poem.id, seen_by(chat_id=chat_id, user_id=user_id)
        )
        async with self._database.writing() as connection:
            if (await connection.execute(known)).first() is None:
                await connection.execute(opened)
